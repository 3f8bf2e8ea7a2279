import { textOfLatin1 } from '#core';
import type { Platform } from '#platforms';

const linesLookedAt = 6;
const longestLine = 400;

/** The line by which a device refused a command, if it did, as text: only the first and the last few lines of what it said are looked at. */
export function failureLine(latin1: string, failures: Platform['failures']): string | undefined {
  if (failures.length === 0) return undefined;
  for (const line of [...firstLines(latin1), ...lastLines(latin1)]) {
    const short = textOfLatin1(line.slice(0, longestLine));
    if (failures.some((failure) => failure.test(short))) return short.trim();
  }
  return undefined;
}

function firstLines(text: string): string[] {
  const lines: string[] = [];
  for (let from = 0; lines.length < linesLookedAt && from <= text.length; ) {
    const newline = text.indexOf('\n', from);
    lines.push(text.slice(from, newline < 0 ? text.length : newline));
    if (newline < 0) break;
    from = newline + 1;
  }
  return lines;
}

function lastLines(text: string): string[] {
  const lines: string[] = [];
  for (let to = text.length; lines.length < linesLookedAt && to > 0; ) {
    const newline = text.lastIndexOf('\n', to - 1);
    lines.push(text.slice(newline + 1, to));
    to = newline;
  }
  return lines.reverse();
}
