import type { Ask } from './ask.ts';

/** No line of a table is longer; what is, is noise, and a pattern shall not have to look at all of it. */
const longestLine = 20_000;

/**
 * Reads an output line by line. `read` returns false for a line that it does not understand: that becomes a warning
 * with the command, the number and the line. Blank lines are passed over.
 */
export function readLines(
  ask: Ask,
  command: string,
  output: string,
  read: (line: string, number: number) => boolean,
): void {
  let number = 0;
  for (const raw of output.split('\n')) {
    number += 1;
    const line = raw.length > longestLine ? raw.slice(0, longestLine) : raw.trimEnd();
    if (line !== '' && !read(line, number)) ask.warn({ command, line, number, reason: 'unknown line' });
  }
  ask.understood(command);
}
