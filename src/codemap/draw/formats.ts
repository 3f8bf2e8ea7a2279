/** What a drawing can be written as, with the ending of its files. */
export const drawingFormats = {
  svg: '.svg',
  html: '.html',
  mermaid: '.mmd',
  plantuml: '.puml',
  dot: '.dot',
  json: '.json',
} as const;
export type DrawingFormat = keyof typeof drawingFormats;

const otherEndings: Readonly<Record<string, DrawingFormat>> = {
  '.htm': 'html',
  '.mermaid': 'mermaid',
  '.plantuml': 'plantuml',
  '.gv': 'dot',
};

/** The format that a file name asks for; undefined when its ending is none of them. */
export function formatOf(file: string): DrawingFormat | undefined {
  const ending = /\.[^./\\]+$/.exec(file)?.[0]?.toLowerCase() ?? '';
  const own = (Object.keys(drawingFormats) as DrawingFormat[]).find((format) => drawingFormats[format] === ending);
  return own ?? otherEndings[ending];
}
