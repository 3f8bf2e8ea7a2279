import type { Candidate } from '../candidate.ts';
import { canonicalText } from '../canonical.ts';
import type { SimulatedDevice } from '../device.ts';
import { createEditor, type Editor } from '../editor.ts';
import { asSetLines } from '../editor-set.ts';

export const junosLoads = ['merge', 'override', 'set', 'replace', 'update'] as const;
export type JunosLoad = (typeof junosLoads)[number];

interface Loaded {
  readonly text: string;
  readonly complaints: readonly string[];
}

/** Loads a text into the candidate as `load merge` and its kin do. @returns what is printed */
export function junosLoad(
  device: SimulatedDevice,
  candidate: Candidate,
  how: JunosLoad,
  source: string,
  name: string,
  path: readonly string[] = [],
): string {
  const text = source.replaceAll('\r', '');
  const loaded =
    how === 'set' ? loadSet(device, candidate, text, name, path) : loadBraces(device, candidate, how, text, name, path);
  const { complaints } = loaded;
  if (how === 'override' || how === 'update') {
    if (complaints.length > 0) return `${complaints.join('')}load failed (${complaints.length} errors)\n`;
    candidate.load(loaded.text);
    return 'load complete\n';
  }
  candidate.load(loaded.text);
  return `${complaints.join('')}load complete${complaints.length === 0 ? '' : ` (${complaints.length} errors)`}\n`;
}

function loadSet(
  device: SimulatedDevice,
  candidate: Candidate,
  text: string,
  name: string,
  path: readonly string[],
): Loaded {
  const { edit } = device.persona;
  const editor = createEditor(edit, candidate.text);
  const complaints: string[] = [];
  for (const [at, line] of text.split('\n').entries()) {
    const body = line.trim();
    if (body === '' || body.startsWith('#')) continue;
    editor.top();
    editor.enter(path);
    const rule = edit.refuses?.find(({ match }) => match.test(body));
    const isTaken = rule === undefined && !device.faults.refuses(body) && editor.type(body);
    if (isTaken) continue;
    const [verb = '', word = ''] = body.split(/ +/);
    complaints.push(
      rule === undefined
        ? `${name}:${at + 1}:(${verb.length + 2}) syntax error: ${word}\n`
        : `${name}:${at + 1}: ${rule.says(body, 0).trim()}\n`,
    );
  }
  return { text: editor.text, complaints };
}

function loadBraces(
  device: SimulatedDevice,
  candidate: Candidate,
  how: Exclude<JunosLoad, 'set'>,
  text: string,
  name: string,
  path: readonly string[],
): Loaded {
  const { edit } = device.persona;
  const bad = unbalanced(text);
  if (bad !== undefined) return { text: candidate.text, complaints: [`${name}:${bad}:(1) syntax error\n`] };
  const body = text
    .split('\n')
    .filter((line) => !/^\s*(?:#|\/\*)/.test(line))
    .join('\n');
  const complaints: string[] = [];
  const whole = how === 'override' || how === 'update';
  const editor: Editor = createEditor(edit, whole ? '' : candidate.text);
  if (how === 'replace') for (const gone of replaced(body)) editor.type(`delete ${[...path, gone].join(' ')}`);
  const setLines = asSetLines(body.replaceAll(/^(\s*)replace: /gm, '$1'), edit);
  for (const line of setLines.split('\n')) {
    const plain = line.replace(/ ## SECRET-DATA$/, '');
    if (plain === '') continue;
    editor.top();
    editor.enter(path);
    const rule = edit.refuses?.find(({ match }) => match.test(plain));
    if (rule === undefined && !device.faults.refuses(plain) && editor.type(plain)) continue;
    const word = plain.split(' ')[1 + path.length] ?? '';
    const at = text.split('\n').findIndex((row) => row.trim().startsWith(word)) + 1;
    complaints.push(
      rule === undefined
        ? `${name}:${at}:(1) syntax error: ${word}\n`
        : `${name}:${at}: ${rule.says(plain, 0).trim()}\n`,
    );
  }
  return { text: whole ? canonicalText(device, withVersion(body, editor.text)) : editor.text, complaints };
}

/** A whole text as it was written where it is well formed: sections keep their order. */
function withVersion(body: string, edited: string): string {
  return /^\S.*[{;]\s*$/m.test(body) && !/^\s*replace: /m.test(body) ? `${body.trimEnd()}\n` : edited;
}

/** Sections marked `replace:`, as paths. */
function replaced(text: string): string[] {
  const path: string[] = [];
  const found: string[] = [];
  for (const line of text.split('\n')) {
    const body = line.trim();
    const name = body
      .replace(/^replace: /, '')
      .replace(/ ?\{$/, '')
      .replace(/;.*$/, '');
    if (body.startsWith('replace: ')) found.push([...path, name].join(' '));
    if (body.endsWith('{')) path.push(name);
    else if (body === '}') path.pop();
  }
  return found;
}

/** The line at which the braces do not fit; undefined when they do. */
function unbalanced(text: string): number | undefined {
  let depth = 0;
  const lines = text.split('\n');
  for (const [at, line] of lines.entries()) {
    const body = line.trim();
    if (body === '' || /^(?:#|\/\*)/.test(body)) continue;
    if (/\{$/.test(body)) depth += 1;
    else if (body === '}') depth -= 1;
    else if (!/;(?: ##.*| \/\*.*)?$/.test(body)) return at + 1;
    if (depth < 0) return at + 1;
  }
  return depth === 0 ? undefined : lines.length;
}
