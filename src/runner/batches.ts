import { NetwrightError } from '#core';

export type BatchSize = number | `${number}%`;

/**
 * Cuts a list into canary batches: `[1, '10%', '100%']` is one, then a tenth of all, then the rest. A share counts
 * from the whole list, rounded up; the last size repeats until nothing is left.
 */
export function batchesOf<T>(items: readonly T[], sizes: readonly BatchSize[] = ['100%']): readonly (readonly T[])[] {
  const batches: (readonly T[])[] = [];
  let from = 0;
  for (let nth = 0; from < items.length; nth += 1) {
    const size = sizeOf(sizes[Math.min(nth, sizes.length - 1)] ?? '100%', items.length);
    batches.push(items.slice(from, from + size));
    from += size;
  }
  return batches;
}

function sizeOf(size: BatchSize, total: number): number {
  const count = typeof size === 'number' ? size : Math.ceil((Number.parseFloat(size) / 100) * total);
  if (!Number.isFinite(count) || count <= 0 || (typeof size === 'number' && !Number.isInteger(size))) {
    throw new NetwrightError('NW_USAGE', `serial: "${size}" is no batch size`, {
      hint: 'write counts or shares: 1,10%,100%',
    });
  }
  return Math.max(1, count);
}
