import { runAtOnce, type Sliced } from '../relationships/slices.ts';
import { countingOrder } from './counting-order.ts';

/** Prefixes in any order: four words each, IPv4 in the first. */
export interface PrefixColumns {
  readonly count: number;
  /** 4 or 6. */
  readonly family: ArrayLike<number>;
  readonly length: ArrayLike<number>;
  readonly words: ArrayLike<number>;
}

/** Positions of prefixes, IPv4 before IPv6, by address and then by length; sorted digit by digit, in linear time. */
export function prefixOrder(prefixes: PrefixColumns): PrefixOrder {
  return runAtOnce(orderInSlices(prefixes));
}

interface PrefixOrder {
  readonly order: Uint32Array;
  readonly count4: number;
}

/** As {@link prefixOrder}, in slices. */
export function* orderInSlices({ count, family, length, words }: PrefixColumns): Sliced<PrefixOrder> {
  const four: number[] = [];
  const six: number[] = [];
  for (let at = 0; at < count; at += 1) (family[at] === 4 ? four : six).push(at);
  yield 'sorting prefixes';
  const digit = new Uint16Array(count);
  const order = new Uint32Array(count);
  order.set(yield* sorted(Uint32Array.from(four), 1));
  order.set(yield* sorted(Uint32Array.from(six), 4), four.length);
  return { order, count4: four.length };

  function* sorted(items: Uint32Array, wordCount: number): Sliced<Uint32Array> {
    let found = countingOrder(length, items, 129);
    for (let word = wordCount - 1; word >= 0; word -= 1) {
      for (const shift of [0, 16]) {
        yield 'sorting prefixes';
        for (const item of items) digit[item] = (words[item * 4 + word]! >>> shift) & 0xffff;
        yield 'sorting prefixes';
        found = countingOrder(digit, found, 0x10000);
      }
    }
    return found;
  }
}
