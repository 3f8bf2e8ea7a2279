import type { FactoryTable, Member } from '../model.ts';
import type { Forest, Pack } from './forest.ts';
import { aloneId, foldersOf, foldKey } from './forest.ts';
import type { BoxKind, DrawnClass, PictureRow } from './picture.ts';
import { fitText, textWidth } from './text-width.ts';

/** A box with its rows, not yet placed. */
export interface MeasuredBox {
  readonly id: string;
  readonly kind: BoxKind;
  readonly width: number;
  readonly height: number;
  readonly rows: readonly PictureRow[];
  readonly head?: number;
  readonly target?: string;
}

export const sizes = { title: 14, name: 12, caption: 10, folder: 10, member: 11, note: 10 } as const;
const padding = 10;
const rowHeight = 17;
const memberHeight = 15;
const indentWidth = 13;
const columnGap = 18;
const widestFolder = 110;
const widestName = 250;
const mostMembers = 22;
const mostKeyRows = 4;

export interface BoxContext {
  readonly tags: Forest['tags'];
  readonly children: ReadonlyMap<string, readonly DrawnClass[]>;
  readonly names: ReadonlyMap<string, DrawnClass>;
  readonly detailed: ReadonlySet<string>;
  /** What to show at the top folder: the name of the whole. */
  readonly top: string;
  /** Whether an ancestor defines the member too. */
  readonly isOverride: (one: DrawnClass, member: Member) => boolean;
  /** Whether a detailed class below defines the member again. */
  readonly isOverridden: (one: DrawnClass, member: Member) => boolean;
}

/** A class with a box of its own: name, where it is, how much is in it; its members when it is detailed. */
export function classBox(one: DrawnClass, context: BoxContext): MeasuredBox {
  const tags = context.tags.get(one.id) ?? [];
  const heirs = countBelow(one, context.children);
  const isOutside = one.kind === 'outside';
  const kind: BoxKind =
    isOutside || one.kind === 'runtime'
      ? one.kind
      : one.kind === 'class' || one.kind === 'enum'
        ? 'class'
        : 'interface';
  const word = isOutside ? 'outside' : one.kind === 'class' ? (one.isAbstract ? 'abstract' : '') : one.kind;
  const facts = [
    word,
    one.folder,
    one.kind === 'runtime' ? `made at ${madeAt(one)}` : '',
    isOutside || one.members.length === 0 ? '' : counted(one.members.length, 'member'),
    heirs === 0 ? '' : `${heirs} below`,
  ].filter((fact) => fact !== '');
  const rows: PictureRow[] = [];
  let y = 20;
  rows.push({
    ...row('title', fitText(one.name, sizes.title, 320, true), padding, y),
    target: one.id,
    ...signsOf(one),
  });
  for (const tag of tags) {
    y += 14;
    rows.push({ ...row('note', `◂ ${fullName(tag)}`, padding, y), target: tag.id, isOutside: true });
  }
  if (facts.length > 0) {
    y += 14;
    rows.push(row('caption', facts.join(' · '), padding, y));
  }
  const head = y + 8;
  if (context.detailed.has(one.id) && one.members.length > 0) {
    y = head;
    // Those that the line of classes redefines come first: they say how the classes differ.
    const rank = (member: Member): number =>
      memberRank(member) - (context.isOverride(one, member) || context.isOverridden(one, member) ? 10 : 0);
    const order = [...one.members].sort((a, b) => rank(a) - rank(b));
    for (const member of order.slice(0, mostMembers)) {
      y += memberHeight;
      rows.push({
        ...row('member', fitText(memberText(member), sizes.member, 300), padding, y),
        member,
        ...(context.isOverride(one, member) && { isOverride: true }),
        ...(context.isOverridden(one, member) && { isOverridden: true }),
      });
    }
    if (order.length > mostMembers) {
      y += memberHeight;
      rows.push(row('caption', `and ${order.length - mostMembers} more`, padding, y));
    }
    y += 8;
  }
  const width = Math.ceil(Math.max(...rows.map((one) => one.x + one.width + (one.isMade ? 10 : 0))) + padding);
  const height = Math.ceil(Math.max(head, y));
  return { id: one.id, kind, width, height, rows, target: one.id, ...(y > head && { head }) };
}

export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`;

/** `+ send_command(command, …): str` as UML writes it. */
export function memberText({ name, kind, visibility, parameters, type }: Member): string {
  const sign = visibility === 'private' ? '−' : visibility === 'protected' ? '#' : '+';
  const short = parameters === undefined || parameters === '' ? '()' : '(…)';
  const call = kind === 'method' || kind === 'constructor' ? short : '';
  return `${sign} ${name}${call}${type === undefined || kind === 'constructor' ? '' : `: ${type}`}`;
}

/** What can be called before what is stored. */
const memberRank = ({ kind, visibility }: Member): number =>
  ['constructor', 'method', 'property', 'attribute'].indexOf(kind) + (visibility === 'public' ? 0 : 0.5);

/** Siblings as a table: folders at the left, names and little trees at the right, in a few columns. */
export function packBox(pack: Pack, folded: ReadonlySet<string>, shape: number, context: BoxContext): MeasuredBox {
  const lines = linesOf(pack, folded, context);
  const title = packTitle(pack, context);
  const columns = splitColumns(lines, shape);
  const rows: PictureRow[] = title === '' ? [] : [row('caption', title, padding, 17)];
  const top = title === '' ? 6 : 24;
  let x = padding;
  let height = 0;
  for (const column of columns) {
    const labels = column.some(({ label }) => label !== '');
    const labelWidth = labels ? Math.max(...column.map(({ label }) => textWidth(label, sizes.folder))) + 10 : 0;
    let y = top;
    let right = x;
    for (const { label, names, foldKey, isFolded } of column) {
      y += rowHeight;
      const base = y - 5;
      if (label !== '')
        rows.push({ ...row('folder', label, x, base), folds: foldKey, ...(isFolded && { isFolded: true }) });
      for (const { text, indent, one, tag } of names) {
        const left = x + labelWidth + indent * indentWidth;
        const name = { ...row('name', text, left, base), indent, ...(one && { target: one.id, ...signsOf(one) }) };
        rows.push(one ? name : { ...row('note', text, left, base), folds: foldKey, isFolded: true });
        right = Math.max(right, left + name.width + (one?.isMade ? 10 : 0));
        if (tag === '') continue;
        const note = { ...row('note', tag, left + name.width + (one?.isMade ? 14 : 8), base), isOutside: true };
        rows.push(note);
        right = Math.max(right, note.x + note.width);
      }
    }
    height = Math.max(height, y);
    x = right + columnGap;
  }
  const titleWidth = title === '' ? 0 : padding + rows[0]!.width;
  const width = Math.ceil(Math.max(x - columnGap, titleWidth) + padding);
  return { id: pack.id, kind: 'pack', width, height: Math.ceil(height + 7), rows };
}

/** Those that stand alone may lie as wide as they like: nothing hangs at them. */
export const packShape = (pack: Pack, shape: number): number => (pack.id === aloneId ? shape * 2 : shape);

interface PackLine {
  readonly label: string;
  readonly foldKey: string;
  readonly isFolded: boolean;
  readonly names: readonly { text: string; indent: number; one?: DrawnClass; tag: string }[];
  /** A column may begin here. */
  readonly canBreak: boolean;
  /** The folder's label, for a column that begins within it. */
  readonly folder: string;
}

function linesOf(pack: Pack, folded: ReadonlySet<string>, context: BoxContext): PackLine[] {
  const lines: PackLine[] = [];
  const folders = foldersOf(pack);
  for (const [folder, families] of folders) {
    const label =
      folder === '' && folders.length === 1
        ? ''
        : fitText(folder === '' ? context.top : folder, sizes.folder, widestFolder);
    const key = foldKey(pack.id, folder);
    const count = families.reduce((sum, { rows }) => sum + rows.length, 0);
    const base = { foldKey: key, folder: label };
    if (folded.has(key) && count > 1) {
      const names = [{ text: `${count} classes`, indent: 0, tag: '' }];
      lines.push({ ...base, label, isFolded: true, names, canBreak: true });
      continue;
    }
    let isFirst = true;
    const sorted = [...families].sort((a, b) => (a.head.name < b.head.name ? -1 : 1));
    for (const { head, rows } of sorted) {
      for (const { one, indent } of rows) {
        const tags = (context.tags.get(one.id) ?? []).map((tag) => fullName(tag));
        const elsewhere = one.folder === head.folder ? '' : one.folder;
        const words = [tags.length > 0 ? `◂ ${tags.join(', ')}` : '', elsewhere, madeAt(one)];
        const tag = words.filter((word) => word !== '').join(' · ');
        const names = [
          { text: fitText(one.name, sizes.name, widestName), indent, one, tag: fitText(tag, sizes.note, 240) },
        ];
        lines.push({ ...base, label: isFirst ? label : '', isFolded: false, names, canBreak: indent === 0 });
        isFirst = false;
      }
    }
  }
  return lines;
}

/** As many columns as make the box about `shape` times as wide as high. */
function splitColumns(lines: readonly PackLine[], shape: number): PackLine[][] {
  const wanted = Math.max(1, Math.round(Math.sqrt((lines.length * rowHeight * shape) / 230)));
  const perColumn = Math.ceil(lines.length / wanted);
  const columns: PackLine[][] = [[]];
  for (const line of lines) {
    const last = columns.at(-1)!;
    if (last.length < perColumn || !line.canBreak) last.push(line);
    else columns.push([line.label === '' ? { ...line, label: line.folder } : line]);
  }
  return columns;
}

function packTitle(pack: Pack, { names }: BoxContext): string {
  if (pack.id === aloneId) return 'no relatives in the drawing';
  if (pack.parents.length < 2) return '';
  if (pack.parents.length > 2) return `of ${pack.parents.length} parents`;
  return `of ${pack.parents.map((id) => names.get(id)?.name ?? id).join(' and ')}`;
}

function signsOf(one: DrawnClass): Partial<PictureRow> {
  return {
    ...(one.isAbstract && { isAbstract: true }),
    ...((one.kind === 'interface' || one.kind === 'type') && { isInterface: true }),
    ...(one.kind === 'runtime' && { isRuntime: true }),
    ...(one.kind === 'outside' && { isOutside: true }),
    ...(one.isMade && { isMade: true }),
  };
}

/** `arp.py:12`: the line that makes a class of run time. */
const madeAt = ({ madeAt }: DrawnClass): string =>
  madeAt === undefined ? '' : `${madeAt.file.slice(madeAt.file.lastIndexOf('/') + 1)}:${madeAt.line}`;

const fullName = ({ folder, name, kind }: DrawnClass): string =>
  folder === '' || kind !== 'outside' ? name : `${folder}.${name}`;

function countBelow(one: DrawnClass, children: BoxContext['children'], seen = new Set<string>()): number {
  for (const child of children.get(one.id) ?? []) {
    if (seen.has(child.id)) continue;
    seen.add(child.id);
    countBelow(child, children, seen);
  }
  return seen.size;
}

function row(style: keyof typeof sizes, text: string, x: number, y: number): PictureRow {
  return { style, text, x, y, width: Math.ceil(textWidth(text, sizes[style], style === 'title')) };
}

/** What a factory does, in a box: the table, its keys, the functions that ask it. */
export function factoryBox(
  { id, name, module, entries }: FactoryTable,
  askers: readonly string[],
  keys: readonly string[],
): MeasuredBox {
  const targets = new Set(entries.map(({ target }) => target)).size;
  const rows: PictureRow[] = [
    row('caption', `factory · ${module}`, padding, 17),
    { ...row('title', fitText(name, sizes.title, 320, true), padding, 34), target: id },
    {
      ...row(
        'note',
        `${counted(entries.length, 'key')} ${entries.length === 1 ? 'leads' : 'lead'} to ${counted(targets, 'class', 'classes')}`,
        padding,
        50,
      ),
      isMade: true,
    },
  ];
  if (askers.length > 0) rows.push(row('note', fitText(`asked by ${askers.join(', ')}`, sizes.note, 280), padding, 65));
  for (let at = 0; at < keys.length && at < 3 * mostKeyRows; at += 3) {
    rows.push(row('name', keys.slice(at, at + 3).join(', '), padding, rows.at(-1)!.y + rowHeight));
  }
  if (keys.length > 3 * mostKeyRows)
    rows.push(row('note', `and ${keys.length - 3 * mostKeyRows} more`, padding, rows.at(-1)!.y + 15));
  const width = Math.ceil(Math.max(...rows.map((one) => one.x + one.width + (one.isMade ? 10 : 0))) + padding);
  return { id, kind: 'factory', width, height: 10 + rows.at(-1)!.y, rows, target: id };
}
