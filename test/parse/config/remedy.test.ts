import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ConfigTree, diffConfig, mergeConfig, remediate, renderDiff, sameConfig } from '#parse';
import { type Draw, labSources, mutate, read, realSources, reread, type Source, sampleSources } from './sources.ts';

const sources: readonly Source[] = [...(await labSources()), ...(await sampleSources())];
const real = realSources();

/** Typing the remedy gives what is intended, and the remedy of the way back gives what was. */
function expectRoundTrip(running: ConfigTree, intended: ConfigTree): void {
  const there = mergeConfig(running, remediate(running, intended).join('\n'));
  expect(renderDiff(diffConfig(there, intended))).toBe('');
  const back = mergeConfig(there, remediate(there, running).join('\n'));
  expect(renderDiff(diffConfig(back, running))).toBe('');
}

function drawFrom(seed: number): Draw {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) / 0x1000000;
  };
}

describe.each([...sources, ...real])('$name ($dialect)', (source) => {
  const tree = read(source);

  test('is the same once it was written and read again', () => {
    expect(renderDiff(diffConfig(tree, reread(tree)))).toBe('');
  });

  test('needs no lines to become itself', () => {
    expect(remediate(tree, tree)).toEqual([]);
    expect(sameConfig(mergeConfig(tree, ''), tree)).toBe(true);
  });

  test('is built from nothing and taken back to nothing', () => {
    expectRoundTrip({ ...tree, nodes: [] }, tree);
  });

  test('comes to any mutation of itself and back', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.constantFrom(0.02, 0.1, 0.4, 1),
        fc.constantFrom(0, 0.2),
        (seed, rate, firstRate) => {
          const draw = drawFrom(seed);
          const running = reread({ ...tree, nodes: mutate(tree.nodes, firstRate, draw) });
          const intended = reread({ ...tree, nodes: mutate(tree.nodes, rate, draw) });
          expectRoundTrip(running, intended);
        },
      ),
      { numRuns: 25 },
    );
  });
});

test.skipIf(real.length > 0)('real configurations were not at hand, so none was tried', () => {
  expect(real).toEqual([]);
});
