import type { Ask } from './ask.ts';

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
    const line = raw.trimEnd();
    if (line !== '' && !read(line, number)) ask.warn({ command, line, number, reason: 'unknown line' });
  }
  ask.understood(command);
}
