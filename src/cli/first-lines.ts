/** Reads no further than needed and never echoes. A line end belongs to no value; other blanks do. */
export async function firstLines(input: NodeJS.ReadStream, count: number): Promise<string[]> {
  let text = '';
  for await (const chunk of input.setEncoding('utf8')) {
    text += chunk as string;
    if (text.split('\n').length > count) break;
  }
  const lines = text.split('\n').map((line) => line.replace(/\r$/, ''));
  return text.endsWith('\n') ? lines.slice(0, -1) : lines;
}
