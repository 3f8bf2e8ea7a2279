import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ConfigNode } from '../../../src/parse/config/config-tree.ts';
import { pairInStep } from '../../../src/parse/config/in-step.ts';

const nodes = (texts: readonly string[]): ConfigNode[] =>
  texts.map((text, at) => ({ text, children: [], line: at + 1 }));

/** What has a partner after going through both lists together, and after looking up the rest in order. */
function pair(before: readonly string[], after: readonly string[]): { inStep: Int32Array; all: number[] } {
  const inStep = new Int32Array(after.length).fill(-1);
  const isTaken = new Uint8Array(before.length);
  pairInStep(nodes(before), nodes(after), inStep, isTaken);
  const all = [...inStep];
  for (const [at, text] of after.entries()) {
    if (all[at]! >= 0) continue;
    const found = before.findIndex((other, old) => other === text && isTaken[old] === 0);
    if (found < 0) continue;
    isTaken[found] = 1;
    all[at] = found;
  }
  return { inStep, all };
}

/** The nth of several equal lines belongs to the nth. */
function nthToNth(before: readonly string[], after: readonly string[]): number[] {
  const isTaken = new Set<number>();
  return after.map((text) => {
    const found = before.findIndex((other, old) => other === text && !isTaken.has(old));
    isTaken.add(found);
    return found;
  });
}

describe('lists gone through together', () => {
  it('pairs what stands around a change', () => {
    expect([...pair(['a', 'b', 'c', 'd'], ['a', 'x', 'c', 'd']).inStep]).toEqual([0, -1, 2, 3]);
    expect([...pair(['a', 'b', 'c', 'd'], ['a', 'c', 'd', 'e']).inStep]).toEqual([0, 2, 3, -1]);
    expect([...pair(['a', 'c', 'd'], ['a', 'b', 'b2', 'c', 'd']).inStep]).toEqual([0, -1, -1, 1, 2]);
  });

  it('leaves a line that it passed over to whoever looks up the rest', () => {
    expect([...pair(['a', 'b', 'a', 'c'], ['b', 'a', 'c']).inStep]).toEqual([1, -1, 3]);
    expect(pair(['a', 'b', 'a', 'c'], ['b', 'a', 'c']).all).toEqual([1, 0, 3]);
  });

  it('pairs as a search of the whole list does, equal lines and all', () => {
    const texts = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'), { maxLength: 40 });
    fc.assert(
      fc.property(texts, texts, (before, after) => {
        expect(pair(before, after).all).toEqual(nthToNth(before, after));
      }),
    );
    const edits = fc.array(fc.tuple(fc.nat(99), fc.nat(2)), { maxLength: 12 });
    fc.assert(
      fc.property(edits, fc.nat(30), (list, kinds) => {
        const before = Array.from({ length: 100 }, (_, at) => `line ${at % (70 + kinds)}`);
        const after = [...before];
        for (const [at, kind] of list) after.splice(at, kind === 0 ? 0 : 1, ...(kind === 1 ? [] : [`new ${at}`]));
        expect(pair(before, after).all).toEqual(nthToNth(before, after));
      }),
    );
  });
});
