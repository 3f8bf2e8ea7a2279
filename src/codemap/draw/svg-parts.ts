import { escapeXml } from '#page';
import type { PictureBox, PictureLine, PictureRow } from '../layout/picture.ts';

const corner = 6;
const bend = 5;

/** One box with its rows. Rows and boxes carry the id of what they stand for, so that a page can find them. */
export function svgBox(box: PictureBox): string {
  const { x, y, width, height, kind, rows, head, target } = box;
  const parts = [
    `<g class="b b-${kind}" data-box="${escapeXml(box.id)}"${target === undefined ? '' : ` data-id="${escapeXml(target)}"`} transform="translate(${x} ${y})">`,
    `<rect class="box" width="${width}" height="${height}" rx="${corner}"/>`,
  ];
  if (head !== undefined) parts.push(`<path class="rule" d="M0 ${head + 0.5}H${width}"/>`);
  parts.push(treeLines(rows));
  for (const row of rows) parts.push(svgRow(row));
  parts.push('</g>');
  return parts.join('');
}

/** Little lines from the rows of a family to the class above them. */
function treeLines(rows: readonly PictureRow[]): string {
  const path: string[] = [];
  const open: PictureRow[] = [];
  for (const row of rows) {
    if (row.style !== 'name' || row.indent === undefined) continue;
    open.length = Math.min(open.length, row.indent);
    const parent = open[row.indent - 1];
    if (row.indent > 0 && parent !== undefined && parent.y < row.y) {
      path.push(`M${parent.x + 4.5} ${parent.y + 4}V${row.y - 4}H${row.x - 3}`);
    }
    open[row.indent] = row;
  }
  return path.length === 0 ? '' : `<path class="tree" d="${path.join('')}"/>`;
}

function svgRow(row: PictureRow): string {
  const styles = [
    row.style,
    row.isAbstract && 'abstract',
    row.isInterface && 'interface',
    row.isRuntime && 'runtime',
    row.isOutside && 'outside',
    row.isOverride && 'override',
    row.isOverridden && 'lost',
  ].filter((style) => style);
  // The measure is Helvetica's: other fonts are fitted to it, so that no name leaves its box.
  const fit = row.text.length > 3 ? ` textLength="${row.width}" lengthAdjust="spacingAndGlyphs"` : '';
  const text = `<text class="${styles.join(' ')}" x="${row.x}" y="${row.y}"${fit}>${escapeXml(row.text)}</text>`;
  const pill =
    row.isRuntime && row.style === 'name'
      ? `<rect class="pill" x="${row.x - 4}" y="${row.y - 11.5}" width="${row.width + 8}" height="15.5" rx="4"/>`
      : '';
  const dot = row.isMade ? `<circle class="dot" cx="${row.x + row.width + 6}" cy="${row.y - 4}" r="2.6"/>` : '';
  if (row.target === undefined && row.folds === undefined) return text;
  const mark = row.target === undefined ? `data-fold="${escapeXml(row.folds!)}"` : `data-id="${escapeXml(row.target)}"`;
  return `<g class="row" ${mark}>${pill}${text}${dot}</g>`;
}

const heads: Readonly<Record<PictureLine['kind'], string>> = {
  inherits: ' marker-end="url(#m-hollow)"',
  implements: ' marker-end="url(#m-implements)"',
  composes: ' marker-start="url(#m-holds)"',
  aggregates: ' marker-start="url(#m-given)"',
  imports: ' marker-end="url(#m-plain)"',
  makes: ' marker-end="url(#m-switch)"',
  switches: ' marker-end="url(#m-switch)"',
};

/** A line with rounded bends. */
export function svgLine({ kind, points, from, to, label, isCyclic, isDeferred }: PictureLine): string {
  if (points.length < 2) return '';
  const styles = `line l-${kind}${isDeferred ? ' l-deferred' : ''}${isCyclic ? ' l-cyclic' : ''}`;
  const head = isCyclic ? ' marker-end="url(#m-cyclic)"' : heads[kind];
  const title = label === undefined ? '' : `<title>${escapeXml(label)}</title>`;
  return `<path class="${styles}" data-from="${escapeXml(from)}" data-to="${escapeXml(to)}"${head} d="${rounded(points)}">${title}</path>`;
}

function rounded(points: PictureLine['points']): string {
  const [first] = points;
  const parts = [`M${first!.x} ${first!.y}`];
  for (let index = 1; index < points.length - 1; index += 1) {
    const [before, here, after] = [points[index - 1]!, points[index]!, points[index + 1]!];
    const room = Math.min(bend, distance(before, here) / 2, distance(here, after) / 2);
    const [start, end] = [towards(here, before, room), towards(here, after, room)];
    parts.push(`L${start.x} ${start.y}Q${here.x} ${here.y} ${end.x} ${end.y}`);
  }
  const last = points.at(-1)!;
  parts.push(`L${last.x} ${last.y}`);
  return parts.join('');
}

type Point = PictureLine['points'][number];
const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);

function towards(from: Point, to: Point, by: number): Point {
  const whole = distance(from, to) || 1;
  const round = (value: number): number => Math.round(value * 10) / 10;
  return { x: round(from.x + ((to.x - from.x) * by) / whole), y: round(from.y + ((to.y - from.y) * by) / whole) };
}
