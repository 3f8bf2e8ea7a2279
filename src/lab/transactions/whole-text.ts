import { canonicalText } from '../canonical.ts';
import type { SimulatedDevice } from '../device.ts';
import { createEditor } from '../editor.ts';
import type { Refused } from '../persona.ts';
import { logicalLines } from '../text-block.ts';

/** A line of a file that the system did not take. */
export interface RefusedLine {
  readonly line: string;
  readonly path: readonly string[];
  readonly why: 'unknown' | Refused;
}

/** Whether the system takes a line in a section, as it would when it were typed there. */
function complaint(
  device: SimulatedDevice,
  path: readonly string[],
  line: string,
  known: Known,
): RefusedLine['why'] | undefined {
  if (device.faults.refuses(line)) return 'unknown';
  const rule = device.persona.edit.refuses?.find(
    ({ match, within }) => match.test(line) && (within === undefined || within.test(path.join('\n'))),
  );
  return rule ?? (known(line) ? undefined : 'unknown');
}

type Known = (line: string) => boolean;

/** Says of a line whether its words are known, without a trace: asked of an editor of its own. */
function knownLines(device: SimulatedDevice): Known {
  const { edit } = device.persona;
  const editor = createEditor(edit, device.running.text);
  return (line) => {
    editor.top();
    return editor.type(line);
  };
}

/**
 * A whole configuration in place of another: lines that run already stay whatever they are, new ones are looked at one
 * by one, refused ones (with what is below them) are left out.
 */
export function replaceWith(
  device: SimulatedDevice,
  wanted: string,
): { readonly text: string; readonly refused: readonly RefusedLine[] } {
  const { edit } = device.persona;
  const running = new Set(device.running.text.split('\n').map((line) => line.trim()));
  const known = knownLines(device);
  const refused: RefusedLine[] = [];
  const kept: string[] = [];
  const path: { readonly indent: number; readonly line: string }[] = [];
  let skipsBelow: number | undefined;
  for (const line of logicalLines(device.marked(wanted), edit)) {
    const body = line.trim();
    const indent = line.length - line.trimStart().length;
    if (body === '' || edit.comment?.test(line) === true || /^(?:[!#}]|exit|end)$/.test(body)) {
      kept.push(line);
      continue;
    }
    if (skipsBelow !== undefined && indent > skipsBelow) continue;
    skipsBelow = undefined;
    while (path.length > 0 && path.at(-1)!.indent >= indent) path.pop();
    const why = running.has(body)
      ? undefined
      : complaint(
          device,
          path.map((step) => step.line),
          body,
          known,
        );
    if (why === undefined) kept.push(line);
    else {
      refused.push({ line: body, path: path.map((step) => step.line), why });
      skipsBelow = indent;
    }
    path.push({ indent, line: body });
  }
  return { text: canonicalText(device, kept.join('\n')), refused };
}

/**
 * Lines of a file typed one after the other into a configuration; sections as their indentation says, where the file
 * has any. `taken` hears of each line that was, with the sections that it was typed in.
 */
export function mergeInto(
  device: SimulatedDevice,
  base: string,
  added: string,
  taken: (path: readonly string[], line: string) => void = () => {},
): { readonly text: string; readonly refused: readonly RefusedLine[] } {
  const { edit } = device.persona;
  const editor = createEditor(edit, base, device.order);
  const refused: RefusedLine[] = [];
  const isIndented = /^[ \t]+\S/m.test(added);
  const indents: number[] = [];
  for (const line of logicalLines(added.replaceAll('\r', ''), edit)) {
    const body = line.trim();
    if (body === '' || edit.comment?.test(line) === true || /^[!#]/.test(body)) continue;
    const indent = line.length - line.trimStart().length;
    if (isIndented) {
      while (indents.length > 0 && indents.at(-1)! >= indent) {
        indents.pop();
        editor.up();
      }
    }
    if (/^(?:end|exit|return)$/.test(body)) {
      if (!isIndented) editor.up();
      continue;
    }
    const path = [...editor.path];
    const rule = edit.refuses?.find(
      ({ match, within }) => match.test(body) && (within === undefined || within.test(path.join('\n'))),
    );
    if (device.faults.refuses(body)) refused.push({ line: body, path, why: 'unknown' });
    else if (rule !== undefined) refused.push({ line: body, path, why: rule });
    else if (editor.type(body)) {
      taken(path, body);
      if (editor.path.length > path.length) indents.push(indent);
    } else refused.push({ line: body, path, why: 'unknown' });
  }
  return { text: editor.text, refused };
}
