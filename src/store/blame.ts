import { setImmediate as nextTurn } from 'node:timers/promises';
import type { BlameLine, Version } from './configuration-store.ts';
import { lineChanges, splitLines } from './line-changes.ts';

/** Versions on their way from git while one is compared. */
const readAhead = 6;
/** Versions that are compared in one turn of the event loop: a few ms each for the largest configurations. */
const turnEvery = 4;

/**
 * Which version brought each line of the first of `versions` (newest first): its lines are followed back through the
 * versions of this device alone, until every one has met the change that brought it.
 */
export async function blameLines(
  versions: readonly Version[],
  read: (version: Version) => Promise<string>,
): Promise<readonly BlameLine[]> {
  const newest = versions[0];
  if (newest === undefined) return [];
  const target = splitLines(await read(newest));
  const origins = new Array<Version>(target.length);
  // For every line still followed: where it stands in the version at hand, and which line of the target it is.
  let followed = target.map((_, index) => ({ index, at: index }));
  let version = newest;
  let lines = target;
  const ahead: Promise<string>[] = [];
  for (const [nth, older] of versions.slice(1).entries()) {
    if (followed.length === 0) break;
    for (const next of versions.slice(1 + nth + ahead.length, 1 + nth + readAhead)) {
      const text = read(next);
      text.catch(() => undefined); // told when its turn comes, if it comes
      ahead.push(text);
    }
    const text = await ahead.shift()!;
    const olderLines = older.blob === version.blob ? lines : splitLines(text);
    const changes = olderLines === lines ? [] : await lineChanges(olderLines, lines);
    const kept: typeof followed = [];
    let next = 0;
    let shift = 0;
    for (const line of followed) {
      while (next < changes.length && changes[next]!.newTo <= line.at) {
        const { oldFrom, oldTo, newFrom, newTo } = changes[next]!;
        shift += oldTo - oldFrom - (newTo - newFrom);
        next += 1;
      }
      const change = changes[next];
      if (change !== undefined && change.newFrom <= line.at) origins[line.index] = version;
      else kept.push({ index: line.index, at: line.at + shift });
    }
    followed = kept;
    version = older;
    lines = olderLines;
    if (nth % turnEvery === 0) await nextTurn();
  }
  for (const { index } of followed) origins[index] = version;
  return target.map((text, index) => ({
    line: index + 1,
    text: text.endsWith('\n') ? text.slice(0, -1) : text,
    version: origins[index]!,
  }));
}
