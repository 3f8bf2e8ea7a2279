import { asSetLines } from './editor-set.ts';
import type { EditStyle } from './persona.ts';

/** What `show | compare` prints of a candidate: per section the lines that go and the ones that come. */
export function compareConfigurations(running: string, candidate: string, style: EditStyle): string {
  const isSet = style.style === 'set';
  const linesOf = (text: string): string[] =>
    (isSet ? asSetLines(text, style) : text).split('\n').filter((line) => line !== '');
  const before = linesOf(running);
  const after = linesOf(candidate);
  const old = new Set(before);
  const fresh = new Set(after);
  const gone = before.filter((line) => !fresh.has(line)).map((line) => ({ sign: '-', line }));
  const come = after.filter((line) => !old.has(line)).map((line) => ({ sign: '+', line }));
  if (!isSet) return [...gone, ...come].map(({ sign, line }) => `${sign}${line}\n`).join('');
  const sections = new Map<string, string[]>();
  for (const { sign, line } of [...gone, ...come]) {
    const [, path = '', leaf = ''] = /^set (.*?)\s*(\S+ (?:"[^"]*"|'[^']*'|\S+)|\S+)$/.exec(line) ?? [];
    const section = `[edit${path === '' ? '' : ` ${path}`}]`;
    sections.set(section, [...(sections.get(section) ?? []), `${sign}  ${leaf}${style.leafEnd ?? ''}`]);
  }
  return [...sections].map(([section, lines]) => `${section}\n${lines.join('\n')}\n`).join('');
}
