import { type LineChange, lineChanges, splitLines } from './line-changes.ts';

/** A unified diff of two texts, empty when they are equal: two header lines, then hunks with `context` lines around. */
export async function unifiedDiff(
  older: { readonly name: string; readonly text: string },
  newer: { readonly name: string; readonly text: string },
  context = 3,
): Promise<string> {
  if (older.text === newer.text) return '';
  const old = splitLines(older.text);
  const now = splitLines(newer.text);
  const changes = await lineChanges(old, now);
  const parts = [`--- ${older.name}\n+++ ${newer.name}\n`];
  for (const group of grouped(changes, context)) parts.push(hunk(old, now, group, context));
  return parts.join('');
}

/** Changes whose contexts touch share a hunk. */
function grouped(changes: readonly LineChange[], context: number): LineChange[][] {
  const groups: LineChange[][] = [];
  for (const change of changes) {
    const group = groups.at(-1);
    if (group && change.oldFrom - group.at(-1)!.oldTo <= 2 * context) group.push(change);
    else groups.push([change]);
  }
  return groups;
}

function hunk(old: readonly string[], now: readonly string[], group: readonly LineChange[], context: number): string {
  const first = group[0]!;
  const last = group.at(-1)!;
  const before = Math.min(context, first.oldFrom, first.newFrom);
  const oldFrom = first.oldFrom - before;
  const newFrom = first.newFrom - before;
  const after = Math.min(context, old.length - last.oldTo);
  const oldTo = last.oldTo + after;
  const newTo = last.newTo + after;
  const parts = [`@@ -${range(oldFrom, oldTo)} +${range(newFrom, newTo)} @@\n`];
  let at = oldFrom;
  for (const change of group) {
    for (const line of old.slice(at, change.oldFrom)) parts.push(marked(' ', line));
    for (const line of old.slice(change.oldFrom, change.oldTo)) parts.push(marked('-', line));
    for (const line of now.slice(change.newFrom, change.newTo)) parts.push(marked('+', line));
    at = change.oldTo;
  }
  for (const line of old.slice(at, oldTo)) parts.push(marked(' ', line));
  return parts.join('');
}

/** Lines from 1; an empty range names the line before it, as diff(1) does. */
function range(from: number, to: number): string {
  const count = to - from;
  if (count === 1) return `${from + 1}`;
  return `${count === 0 ? from : from + 1},${count}`;
}

const marked = (mark: string, line: string): string =>
  line.endsWith('\n') ? mark + line : `${mark}${line}\n\\ No newline at end of file\n`;
