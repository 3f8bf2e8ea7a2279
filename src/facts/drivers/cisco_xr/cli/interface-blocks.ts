import type { Ask } from '../../../ask.ts';

export interface InterfaceHeading {
  readonly name: string;
  /** `up`, `down`, `administratively down`, and further words of the system. */
  readonly state: string;
  readonly protocol: string;
}

export interface InterfaceBlock extends InterfaceHeading {
  /** The lines below the heading, which are indented. */
  readonly lines: readonly string[];
}

/** `GigabitEthernet0/0/0/0 is up, line protocol is up`; of `show ipv4 interface` also `…, ipv4 protocol is Up`. */
export function interfaceHeading(line: string): InterfaceHeading | undefined {
  const [, name, state, protocol] =
    /^(\S{1,80}) is ([A-Za-z -]{1,40}), (?:line|ipv4|ipv6) protocol is ([A-Za-z -]{1,40}?)(?:,.{0,120}| \(.{0,120})? *$/.exec(
      line,
    ) ?? [];
  if (name === undefined || state === undefined || protocol === undefined) return undefined;
  return { name, state: state.trim().toLowerCase(), protocol: protocol.trim().toLowerCase() };
}

/** The interfaces in an output. A line at the margin that begins none becomes a warning. */
export function interfaceBlocks(ask: Ask, command: string, output: string): InterfaceBlock[] {
  const blocks: (InterfaceHeading & { lines: string[] })[] = [];
  for (const [index, raw] of output.split('\n').entries()) {
    const line = raw.trimEnd();
    if (line === '') continue;
    const heading = interfaceHeading(line);
    const block = blocks.at(-1);
    if (heading !== undefined) blocks.push({ ...heading, lines: [] });
    else if (block !== undefined && /^\s/.test(line)) block.lines.push(line);
    else ask.warn({ command, line, number: index + 1, reason: 'unknown line' });
  }
  if (blocks.length > 0) ask.understood(command);
  return blocks;
}

/** The first group of the first line that matches. */
export function foundIn(lines: readonly string[], pattern: RegExp): string | undefined {
  for (const line of lines) {
    const found = pattern.exec(line)?.[1];
    if (found !== undefined) return found;
  }
  return undefined;
}
