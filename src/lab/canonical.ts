import type { SimulatedDevice } from './device.ts';
import { createEditor, type Editor } from './editor.ts';
import type { EditStyle } from './persona.ts';
import { diffTexts, type NodeChange, parseTree } from './section-tree.ts';

/** A number that is the same for texts with the same lines, whatever their order, indentation and separators. */
export function lineSum(text: string): number {
  let sum = 0;
  let hash = 0;
  let length = 0;
  for (let at = 0; at <= text.length; at += 1) {
    const code = at === text.length ? 10 : text.charCodeAt(at);
    if (code === 10) {
      // Separators and closing words say nothing.
      if (length > 4) sum = (sum + (hash >>> 0)) % Number.MAX_SAFE_INTEGER;
      hash = 0;
      length = 0;
    } else if (code !== 32 && code !== 9 && code !== 13) {
      hash = Math.imul(hash ^ code, 0x5bd1e995);
      hash ^= hash >>> 15;
      length += 1;
    }
  }
  return sum;
}

/** Lines whose order means something, as they follow one another. */
function orderedLines(text: string, style: EditStyle): string {
  const { ordered } = style;
  if (ordered === undefined) return '';
  return parseTree(text, style)
    .filter(({ line }) => ordered.test(line))
    .map(({ line }) => line)
    .join('\n');
}

/** Whether two texts say the same: the same lines in the same sections, in the same order where that counts. */
function saysTheSame(one: string, other: string, style: EditStyle): boolean {
  return diffTexts(one, other, style).length === 0 && orderedLines(one, style) === orderedLines(other, style);
}

/** A system keeps facts, not text: what it has printed before in other words comes back as it was printed then. */
export function settledText(device: SimulatedDevice, text: string): string {
  const { edit } = device.persona;
  if (edit.style === 'files' || edit.style === 'forti' || edit.style === 'routeros' || edit.style === 'flat')
    return text;
  const sum = lineSum(text);
  for (const known of device.knownTexts()) {
    if (known.text === text || (known.sum === sum && saysTheSame(known.text, text, edit))) return known.text;
  }
  return text;
}

/**
 * A whole configuration as the device prints it, however it was written. One that it has not printed before is the
 * running text with the lines changed that differ.
 */
export function canonicalText(device: SimulatedDevice, wanted: string): string {
  const { edit } = device.persona;
  const marked = device.marked(wanted);
  for (const { text: known } of device.knownTexts()) if (saysTheSame(known, marked, edit)) return known;
  const { text } = device.running;
  const editor = createEditor(edit, text, device.order);
  apply(editor, edit, [], diffTexts(text, marked, edit));
  return diffTexts(editor.text, marked, edit).length === 0 ? editor.text : marked;
}

function apply(editor: Editor, style: EditStyle, path: readonly string[], changes: readonly NodeChange[]): void {
  const keyOf = (line: string): string | undefined =>
    style.single?.map((pattern) => pattern.exec(line)?.[0]).find((key) => key !== undefined);
  const replaced = new Set(changes.flatMap(({ sign, line }) => (sign === '+' ? (keyOf(line) ?? []) : [])));
  for (const { line, sign, below } of changes) {
    if (sign === ' ') {
      apply(editor, style, [...path, line], below);
      continue;
    }
    const key = keyOf(line);
    // The line that comes in its place takes it away.
    if (sign === '-' && key !== undefined && replaced.has(key)) continue;
    editor.top();
    editor.enter(path);
    if (sign === '-')
      editor.type(line.startsWith(style.negate) ? line.slice(style.negate.length) : style.negate + line);
    else {
      editor.type(line);
      apply(editor, style, [...path, line], below);
    }
  }
}
