/** One interface as a configuration text with indented sections has it. */
export interface InterfaceLines {
  readonly name: string;
  readonly lines: readonly string[];
}

/** The interface sections of a configuration, in their order. */
export function interfaceLines(text: string): InterfaceLines[] {
  const found: { name: string; lines: string[] }[] = [];
  let last: { name: string; lines: string[] } | undefined;
  for (const line of text.split('\n')) {
    const name = /^interface (\S.*)$/.exec(line)?.[1]?.trim();
    if (name !== undefined) {
      last = { name, lines: [] };
      found.push(last);
    } else if (/^\S/.test(line)) last = undefined;
    else if (line.trim() !== '') last?.lines.push(line.trim());
  }
  return found;
}
