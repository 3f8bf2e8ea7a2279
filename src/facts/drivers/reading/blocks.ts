import type { Ask } from '../../ask.ts';
import { readLines } from '../../lines.ts';

/** A part of an answer: the line that begins it, and the lines below. */
export interface Block {
  readonly head: RegExpExecArray;
  /** The first group of the head: a name, mostly. */
  readonly name: string;
  /** Trimmed; blank ones are left out. */
  readonly lines: readonly string[];
  /** As they came, blanks before them included. */
  readonly raw: readonly string[];
}

/**
 * Splits an answer at the lines that match `head`. What stands before the first is a warning, unless `preface` knows
 * it.
 */
export function blocksIn(ask: Ask, command: string, output: string, head: RegExp, preface?: RegExp): Block[] {
  const blocks: (Block & { lines: string[]; raw: string[] })[] = [];
  readLines(ask, command, output, (line) => {
    const found = head.exec(line);
    if (found !== null) {
      blocks.push({ head: found, name: found[1] ?? '', lines: [], raw: [] });
      return true;
    }
    const last = blocks.at(-1);
    if (last === undefined) return preface?.test(line) ?? false;
    const short = line.slice(0, 2000);
    if (short.trim() !== '') last.lines.push(short.trim());
    last.raw.push(short);
    return true;
  });
  return blocks;
}

/** The first group of the pattern in the first line that matches. */
export function lineIn({ lines }: Pick<Block, 'lines'>, pattern: RegExp): string | undefined {
  for (const line of lines) {
    const text = pattern.exec(line)?.[1];
    if (text !== undefined) return text;
  }
  return undefined;
}
