/** How many lines may have come or gone at once for the two lists to be found in step again. */
const mostSkipped = 8;

interface Line {
  readonly text: string;
}

/**
 * Pairs equal lines of two lists while both are gone through together, so that only what changed has to be looked up.
 * The nth of several equal lines is paired with the nth: a line that was passed over on one side is left unpaired from
 * there on, wherever it stands, for whoever looks up the rest.
 *
 * @param partner filled with the index of the older line, per newer line
 * @param isTaken filled with 1 per older line that has a partner
 */
export function pairInStep(
  before: readonly Line[],
  after: readonly Line[],
  partner: Int32Array,
  isTaken: Uint8Array,
): void {
  const passed = new Set<string>();
  let [old, now] = [0, 0];
  while (old < before.length && now < after.length) {
    const text = before[old]!.text;
    const other = after[now]!.text;
    if (text === other) {
      if (!passed.has(text)) {
        partner[now] = old;
        isTaken[old] = 1;
      }
      old += 1;
      now += 1;
      continue;
    }
    let skipped = 1;
    while (
      skipped <= mostSkipped &&
      before[old + skipped]?.text !== other &&
      after[now + skipped]?.text !== text &&
      before[old + skipped]?.text !== after[now + skipped]?.text
    )
      skipped += 1;
    const hasGone = before[old + skipped]?.text === other;
    const hasCome = !hasGone && after[now + skipped]?.text === text;
    const [gone, come] = skipped > mostSkipped ? [1, 1] : [hasCome ? 0 : skipped, hasGone ? 0 : skipped];
    for (const end = old + gone; old < end && old < before.length; old += 1) passed.add(before[old]!.text);
    for (const end = now + come; now < end && now < after.length; now += 1) passed.add(after[now]!.text);
  }
}

/** Those that found no partner on the other side, in their order. */
export interface OutOfStep<T> {
  readonly before: readonly T[];
  readonly after: readonly T[];
  /** For each newer line the place of the older one, -1 for none. */
  readonly partner: Int32Array;
}

/** As {@link pairInStep}, for whoever wants to know what is left. */
export function outOfStep<T extends Line>(before: readonly T[], after: readonly T[]): OutOfStep<T> {
  const partner = new Int32Array(after.length).fill(-1);
  const isTaken = new Uint8Array(before.length);
  pairInStep(before, after, partner, isTaken);
  return {
    partner,
    before: before.filter((_, at) => isTaken[at] === 0),
    after: after.filter((_, at) => partner[at]! < 0),
  };
}
