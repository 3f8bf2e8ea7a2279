/** One step from an older text to a newer one: a line kept, removed or added. */
export interface LineStep {
  readonly sign: ' ' | '-' | '+';
  readonly line: string;
}

/** The shortest way between two lists of lines (E. Myers, 1986). */
export function diffLines(older: readonly string[], newer: readonly string[]): LineStep[] {
  let head = 0;
  while (head < older.length && head < newer.length && older[head] === newer[head]) head += 1;
  let tail = 0;
  while (
    tail < older.length - head &&
    tail < newer.length - head &&
    older[older.length - 1 - tail] === newer[newer.length - 1 - tail]
  )
    tail += 1;
  const kept = (lines: readonly string[]): LineStep[] => lines.map((line) => ({ sign: ' ', line }));
  return [
    ...kept(older.slice(0, head)),
    ...middle(older.slice(head, older.length - tail), newer.slice(head, newer.length - tail)),
    ...kept(older.slice(older.length - tail)),
  ];
}

function middle(older: readonly string[], newer: readonly string[]): LineStep[] {
  const most = older.length + newer.length;
  const furthest = new Map<number, number>([[1, 0]]);
  const trail: Map<number, number>[] = [];
  for (let edits = 0; edits <= most; edits += 1) {
    trail.push(new Map(furthest));
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      const down = furthest.get(diagonal + 1) ?? -1;
      const right = (furthest.get(diagonal - 1) ?? -1) + 1;
      let x = diagonal === -edits || (diagonal !== edits && right <= down) ? down : right;
      while (x < older.length && x - diagonal < newer.length && older[x] === newer[x - diagonal]) x += 1;
      furthest.set(diagonal, x);
      if (x >= older.length && x - diagonal >= newer.length) return back(older, newer, trail);
    }
  }
  return [];
}

function back(older: readonly string[], newer: readonly string[], trail: readonly Map<number, number>[]): LineStep[] {
  const steps: LineStep[] = [];
  let x = older.length;
  let y = newer.length;
  for (let edits = trail.length - 1; edits >= 0; edits -= 1) {
    const furthest = trail[edits]!;
    const diagonal = x - y;
    const down = furthest.get(diagonal + 1) ?? -1;
    const right = (furthest.get(diagonal - 1) ?? -1) + 1;
    const isDown = diagonal === -edits || (diagonal !== edits && right <= down);
    const before = isDown ? diagonal + 1 : diagonal - 1;
    const fromX = furthest.get(before) ?? 0;
    const fromY = fromX - before;
    while (
      x > fromX &&
      y > fromY &&
      x > 0 &&
      y > 0 &&
      edits >= 0 &&
      older[x - 1] === newer[y - 1] &&
      x > Math.max(fromX, 0) &&
      y > Math.max(fromY, 0)
    ) {
      x -= 1;
      y -= 1;
      steps.push({ sign: ' ', line: older[x]! });
    }
    if (edits === 0) break;
    if (isDown) {
      y -= 1;
      steps.push({ sign: '+', line: newer[y]! });
    } else {
      x -= 1;
      steps.push({ sign: '-', line: older[x]! });
    }
  }
  return steps.reverse();
}

/** A unified diff with `context` lines around each change; empty when the texts are equal. */
export function unifiedText(older: string, newer: string, from: string, to: string, context = 3): string {
  const steps = diffLines(older.split('\n'), newer.split('\n'));
  const changed = steps.flatMap(({ sign }, at) => (sign === ' ' ? [] : [at]));
  if (changed.length === 0) return '';
  const hunks: [number, number][] = [];
  for (const at of changed) {
    const last = hunks.at(-1);
    const start = Math.max(0, at - context);
    const end = Math.min(steps.length, at + context + 1);
    if (last !== undefined && start <= last[1]) last[1] = end;
    else hunks.push([start, end]);
  }
  let text = `--- ${from}\n+++ ${to}\n`;
  for (const [start, end] of hunks) {
    const before = steps.slice(0, start);
    const inside = steps.slice(start, end);
    const count = (list: readonly LineStep[], sign: '-' | '+'): number =>
      list.filter((step) => step.sign === ' ' || step.sign === sign).length;
    const range = (sign: '-' | '+'): string => `${count(before, sign) + 1},${count(inside, sign)}`;
    text += `@@ -${range('-')} +${range('+')} @@\n${inside.map(({ sign, line }) => `${sign}${line}\n`).join('')}`;
  }
  return text;
}
