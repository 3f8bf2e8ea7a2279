import { setImmediate as nextTurn } from 'node:timers/promises';
import { diffArrays } from 'diff';

/** Lines `oldFrom..oldTo` (from 0, end excluded) became `newFrom..newTo`. */
export interface LineChange {
  readonly oldFrom: number;
  readonly oldTo: number;
  readonly newFrom: number;
  readonly newTo: number;
}

/** Above so many edits Myers' algorithm (quadratic in them) is left for anchors. */
const mostEdits = 400;
/** Squares of edits that all of one comparison may cost: about 30 ms. */
const stepBudget = 600_000;

/** Lines with their ends, so that a last line without newline differs from one with. */
export function splitLines(text: string): string[] {
  const lines: string[] = [];
  for (let from = 0; from < text.length; ) {
    const newline = text.indexOf('\n', from);
    const to = newline === -1 ? text.length : newline + 1;
    lines.push(text.slice(from, to));
    from = to;
  }
  return lines;
}

/**
 * The changes between two texts, in order. Common ends go first, then Myers (jsdiff) where few lines differ; else
 * lines that both have exactly once divide the text (patience), piece by piece, until the pieces are small or the
 * budget is spent, which makes of a piece one big change. So the work for two 1 MB texts with nothing in common
 * stays within a few turns of the event loop.
 */
export async function lineChanges(older: readonly string[], newer: readonly string[]): Promise<LineChange[]> {
  const ids = new Map<string, number>();
  const numbered = (lines: readonly string[]): Int32Array =>
    Int32Array.from(lines, (line) => {
      const known = ids.get(line);
      if (known !== undefined) return known;
      ids.set(line, ids.size);
      return ids.size - 1;
    });
  const old = numbered(older);
  if (older.length > 5_000) await nextTurn();
  const now = numbered(newer);
  if (newer.length > 5_000) await nextTurn();
  const changes: LineChange[] = [];
  const budget = { steps: stepBudget };
  const pieces: Piece[] = [{ oldFrom: 0, oldTo: old.length, newFrom: 0, newTo: now.length }];
  for (let piece = pieces.pop(); piece !== undefined; piece = pieces.pop()) {
    const core = withoutCommonEnds(old, now, piece);
    if (core.oldFrom === core.oldTo && core.newFrom === core.newTo) continue;
    if (core.oldFrom === core.oldTo || core.newFrom === core.newTo) {
      changes.push(core);
      continue;
    }
    const found = myers(old, now, core, budget);
    if (found !== undefined) {
      changes.push(...found);
      continue;
    }
    const parts = divide(old, now, core);
    // Last first, so that the stack gives them in order.
    if (parts === undefined) changes.push(core);
    else pieces.push(...parts.reverse());
  }
  return joined(changes);
}

type Piece = LineChange;

function withoutCommonEnds(old: Int32Array, now: Int32Array, piece: Piece): Piece {
  let { oldFrom, oldTo, newFrom, newTo } = piece;
  while (oldFrom < oldTo && newFrom < newTo && old[oldFrom] === now[newFrom]) {
    oldFrom += 1;
    newFrom += 1;
  }
  while (oldTo > oldFrom && newTo > newFrom && old[oldTo - 1] === now[newTo - 1]) {
    oldTo -= 1;
    newTo -= 1;
  }
  return { oldFrom, oldTo, newFrom, newTo };
}

function myers(old: Int32Array, now: Int32Array, piece: Piece, budget: { steps: number }): LineChange[] | undefined {
  const lines = piece.oldTo - piece.oldFrom + piece.newTo - piece.newFrom;
  const maxEditLength = Math.min(mostEdits, lines, Math.floor(Math.sqrt(Math.max(0, budget.steps))));
  if (maxEditLength < 2 || Math.abs(piece.oldTo - piece.oldFrom - (piece.newTo - piece.newFrom)) > maxEditLength) {
    return undefined;
  }
  const parts = diffArrays(
    Array.from(old.subarray(piece.oldFrom, piece.oldTo)),
    Array.from(now.subarray(piece.newFrom, piece.newTo)),
    { maxEditLength },
  );
  if (parts === undefined) {
    budget.steps -= maxEditLength ** 2;
    return undefined;
  }
  const changes: LineChange[] = [];
  let oldAt = piece.oldFrom;
  let newAt = piece.newFrom;
  let edits = 0;
  for (const { count, added, removed } of parts) {
    if (added) {
      changes.push({ oldFrom: oldAt, oldTo: oldAt, newFrom: newAt, newTo: newAt + count });
      newAt += count;
      edits += count;
    } else if (removed) {
      changes.push({ oldFrom: oldAt, oldTo: oldAt + count, newFrom: newAt, newTo: newAt });
      oldAt += count;
      edits += count;
    } else {
      oldAt += count;
      newAt += count;
    }
  }
  budget.steps -= edits ** 2;
  return changes;
}

/** The pieces between lines that stand exactly once in both, in the longest run that keeps their order. */
function divide(old: Int32Array, now: Int32Array, piece: Piece): Piece[] | undefined {
  const seen = new Map<number, { old: number; now: number }>();
  for (let at = piece.oldFrom; at < piece.oldTo; at += 1) {
    const place = seen.get(old[at]!);
    if (place === undefined) seen.set(old[at]!, { old: at, now: -1 });
    else place.old = -1;
  }
  for (let at = piece.newFrom; at < piece.newTo; at += 1) {
    const place = seen.get(now[at]!);
    if (place !== undefined) place.now = place.now === -1 ? at : -2;
  }
  const unique = [...seen.values()].filter((place) => place.old >= 0 && place.now >= 0);
  const anchors = longestIncreasing(unique);
  if (anchors.length === 0) return undefined;
  const pieces: Piece[] = [];
  let { oldFrom, newFrom } = piece;
  for (const anchor of anchors) {
    pieces.push({ oldFrom, oldTo: anchor.old, newFrom, newTo: anchor.now });
    oldFrom = anchor.old + 1;
    newFrom = anchor.now + 1;
  }
  pieces.push({ oldFrom, oldTo: piece.oldTo, newFrom, newTo: piece.newTo });
  return pieces;
}

/** Patience sorting: the longest subsequence whose `now` grows; `places` comes in the order of `old`. */
function longestIncreasing<P extends { readonly now: number }>(places: readonly P[]): P[] {
  const tops: number[] = [];
  const before = new Int32Array(places.length).fill(-1);
  for (let at = 0; at < places.length; at += 1) {
    let low = 0;
    for (let high = tops.length; low < high; ) {
      const middle = (low + high) >>> 1;
      if (places[tops[middle]!]!.now < places[at]!.now) low = middle + 1;
      else high = middle;
    }
    if (low > 0) before[at] = tops[low - 1]!;
    tops[low] = at;
  }
  const result: P[] = [];
  for (let at = tops.at(-1) ?? -1; at !== -1; at = before[at]!) result.push(places[at]!);
  return result.reverse();
}

/** Changes that touch become one, as a reader sees them. */
function joined(changes: readonly LineChange[]): LineChange[] {
  const result: LineChange[] = [];
  for (const change of changes) {
    const last = result.at(-1);
    if (last && last.oldTo === change.oldFrom && last.newTo === change.newFrom) {
      result[result.length - 1] = { ...last, oldTo: change.oldTo, newTo: change.newTo };
    } else result.push(change);
  }
  return result;
}
