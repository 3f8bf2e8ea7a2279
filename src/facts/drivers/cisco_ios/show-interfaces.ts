import type { Ask } from '../../ask.ts';

/** One paragraph of `show interfaces`: the line that begins it, and what is indented under it. */
export interface InterfaceParagraph {
  readonly name: string;
  /** `up`, `down`, `administratively down`, `reset`, `deleted`. */
  readonly status: string;
  /** `up`, `down`, `up (looped)`. */
  readonly protocol: string;
  readonly lines: readonly string[];
}

const head =
  /^([A-Za-z][\w./:-]*(?: \d[\d/.:]*)?) is ([a-z][a-z -]{1,40})(?: \([^)]{0,80}\))?, line protocol is ([a-z]+(?: \([^)]{0,80}\))?)/;

/** Splits what `show interfaces` and its kin print. A line at the margin that begins no paragraph is a warning. */
export function interfaceParagraphs(ask: Ask, command: string, output: string): readonly InterfaceParagraph[] {
  const paragraphs: (InterfaceParagraph & { lines: string[] })[] = [];
  let number = 0;
  for (const raw of output.split('\n')) {
    number += 1;
    const line = raw.slice(0, 2000).trimEnd();
    if (line === '') continue;
    const found = head.exec(line);
    if (found !== null) {
      const [, name = '', status = '', protocol = ''] = found;
      paragraphs.push({ name, status, protocol, lines: [] });
    } else if (/^\s/.test(line)) {
      const last = paragraphs.at(-1);
      if (last !== undefined) last.lines.push(line.trim());
      else ask.warn({ command, line, number, reason: 'belongs to no interface' });
    } else if (!/^(?:Load for five secs|Time source is|\*?\d\d:\d\d:\d\d\.)/.test(line)) {
      ask.warn({ command, line, number, reason: 'unknown line' });
    }
  }
  ask.understood(command);
  return paragraphs;
}

/** The first group of the pattern in the first line that matches. */
export function found({ lines }: Pick<InterfaceParagraph, 'lines'>, pattern: RegExp): string | undefined {
  for (const line of lines) {
    const match = pattern.exec(line);
    if (match !== null) return match[1];
  }
  return undefined;
}
