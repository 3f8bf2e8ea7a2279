/**
 * Draws what a terminal shows as an SVG: `node scripts/terminal-picture.ts <title> < output.ansi > picture.svg`.
 * Knows the colours and weights (SGR) that Netwright prints, and nothing else of a terminal.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import stringWidth from 'string-width';

const palette: Readonly<Record<number, string>> = {
  30: '#6e7681',
  31: '#ff7b72',
  32: '#7ee787',
  33: '#e3b341',
  34: '#79c0ff',
  35: '#d2a8ff',
  36: '#76e3ea',
  37: '#e6edf3',
  90: '#8b949e',
};
const [cellWidth, lineHeight, fontSize, margin, bar] = [8.4, 20, 14, 20, 36];

interface Style {
  colour?: string | undefined;
  bold?: boolean;
  dim?: boolean;
}

interface Span {
  text: string;
  column: number;
  style: Style;
}

function apply(before: Style, codes: readonly number[]): Style {
  let style = { ...before };
  for (const code of codes) {
    const colour = palette[code >= 91 && code <= 97 ? code - 60 : code];
    if (code === 0) style = {};
    else if (code === 1) style.bold = true;
    else if (code === 2) style.dim = true;
    else if (code === 22) Object.assign(style, { bold: false, dim: false });
    else if (code === 39) style.colour = undefined;
    else if (colour !== undefined) style.colour = colour;
  }
  return style;
}

function spansOf(line: string, start: Style): { spans: Span[]; style: Style } {
  let style = start;
  let column = 0;
  const spans: Span[] = [];
  for (const part of line.split(/(\x1b\[[0-9;]*m)/)) {
    const codes = /^\x1b\[([0-9;]*)m$/.exec(part);
    if (codes) {
      style = apply(style, (codes[1] || '0').split(';').map(Number));
    } else {
      // Renderers fold blanks, so what stands apart is placed apart.
      for (const text of part.split(/( {2,}|^ | $)/)) {
        if (text.trim() !== '') spans.push({ text, column, style });
        column += stringWidth(text);
      }
    }
  }
  return { spans, style };
}

const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/** @param output text with SGR sequences, lines ended by `\n`. @param columns width of the picture; default: the longest line. */
export function terminalPicture(title: string, output: string, columns?: number): string {
  const lines = output.replace(/\n+$/, '').split('\n');
  let style: Style = {};
  let widest = columns ?? 60;
  const rows = lines.map((line, row) => {
    const read = spansOf(line, style);
    style = read.style;
    const y = bar + margin + row * lineHeight + fontSize;
    return read.spans
      .map((span) => {
        widest = Math.max(widest, span.column + stringWidth(span.text));
        const weight = span.style.bold ? ' font-weight="600"' : '';
        const fill = span.style.colour ? ` fill="${span.style.colour}"` : '';
        const faded = span.style.dim ? ' opacity="0.6"' : '';
        const x = (margin + span.column * cellWidth).toFixed(1);
        const length = (stringWidth(span.text) * cellWidth).toFixed(1);
        return `<text x="${x}" y="${y}" textLength="${length}"${weight}${fill}${faded}>${escaped(span.text)}</text>`;
      })
      .join('');
  });
  const width = Math.ceil(widest * cellWidth + 2 * margin);
  const height = bar + 2 * margin + lines.length * lineHeight;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(title)}">
<rect width="${width}" height="${height}" rx="10" fill="#0d1117"/>
<path d="M0 ${bar}V10A10 10 0 0 1 10 0H${width - 10}A10 10 0 0 1 ${width} 10V${bar}Z" fill="#161b22"/>
<g fill="#30363d"><circle cx="22" cy="18" r="6"/><circle cx="42" cy="18" r="6"/><circle cx="62" cy="18" r="6"/></g>
<text x="${width / 2}" y="23" text-anchor="middle" font-family="system-ui,sans-serif" font-size="13" fill="#8b949e">${escaped(title)}</text>
<g font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace" font-size="${fontSize}" fill="#e6edf3">
${rows.join('\n')}
</g>
</svg>
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.stdout.write(terminalPicture(process.argv[2] ?? 'netwright', readFileSync(0, 'utf8')));
}
