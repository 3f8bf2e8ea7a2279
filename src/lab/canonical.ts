import type { SimulatedDevice } from './device.ts';
import { createEditor, type Editor } from './editor.ts';
import type { EditStyle } from './persona.ts';
import { diffTexts, type NodeChange } from './section-tree.ts';

/**
 * A whole configuration as the device prints it, however it was written: a system keeps facts, not text. One that it
 * has printed before comes back byte by byte; another one is the running text with the lines changed that differ.
 */
export function canonicalText(device: SimulatedDevice, wanted: string): string {
  const { edit } = device.persona;
  const marked = device.marked(wanted);
  for (const known of device.knownTexts()) if (diffTexts(known, marked, edit).length === 0) return known;
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
