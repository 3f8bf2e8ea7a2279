import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resolutionOrders } from '../../src/codemap/mro.ts';

type Hierarchy = Readonly<Record<string, readonly string[]>>;

const orderIn = (hierarchy: Hierarchy) => resolutionOrders((id) => hierarchy[id] ?? [], 'object');

describe('method resolution order', () => {
  it('of the diamond', () => {
    expect(orderIn({ D: ['B', 'C'], B: ['A'], C: ['A'] })('D').order).toEqual(['D', 'B', 'C', 'A', 'object']);
  });

  it('of the example in the paper on C3 that Python 2.3 took it from', () => {
    // https://www.python.org/download/releases/2.3/mro/: first and second example
    const first = { C: ['D', 'F'], B: ['D', 'E'], A: ['B', 'C'] };
    expect(orderIn(first)('A').order).toEqual(['A', 'B', 'C', 'D', 'E', 'F', 'object']);
    const second = { C: ['D', 'F'], B: ['E', 'D'], A: ['B', 'C'] };
    expect(orderIn(second)('A').order).toEqual(['A', 'B', 'E', 'C', 'D', 'F', 'object']);
  });

  it('that does not exist is told, and a depth-first one is shown', () => {
    const order = orderIn({ A: ['X', 'Y'], B: ['Y', 'X'], C: ['A', 'B'], D: ['C'] });
    expect(order('C')).toEqual({
      order: ['C', 'A', 'X', 'Y', 'B', 'object'],
      problem: 'no order keeps the bases A, B of C in line',
    });
    expect(order('D').problem).toBe('no order keeps the bases A, B of C in line');
    expect(order('A').problem).toBeUndefined();
  });

  it('of a base before its own child does not exist', () => {
    expect(orderIn({ B: ['A'], C: ['A', 'B'] })('C').problem).toBe('no order keeps the bases A, B of C in line');
  });

  it('with a base named twice is told, as Python refuses it', () => {
    const order = orderIn({ A: [], D: ['A', 'A'], E: ['D'] });
    expect(order('D')).toEqual({ order: ['D', 'A', 'object'], problem: 'D names its base A twice' });
    expect(order('E').problem).toBe('D names its base A twice');
  });

  it('of a class that inherits from itself is told and ends', () => {
    const order = orderIn({ A: ['B'], B: ['C'], C: ['A'], D: ['D'] });
    expect(order('A').order).toContain('C');
    expect(order('A').problem).toBe('A inherits from itself: A -> B -> C -> A');
    expect(order('D').problem).toBe('D inherits from itself: D -> D');
  });

  it('of a class below a circle names the circle, not the way to it', () => {
    const order = orderIn({ E: ['X', 'B'], B: ['C'], C: ['B'], X: [] });
    expect(order('E').problem).toBe('B inherits from itself: B -> C -> B');
    // Whoever is asked first, all of the circle tell it.
    expect(order('C').problem).toBe('B inherits from itself: B -> C -> B');
  });

  it('of a long circle names its ends', () => {
    const hierarchy = Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`K${at}`, [`K${(at + 1) % 20}`]]));
    expect(orderIn(hierarchy)('K3').problem).toBe(
      'K3 inherits from itself: K3 -> K4 -> K5 -> K6 -> 13 others -> K0 -> K1 -> K2 -> K3',
    );
  });

  it('is found for a hierarchy deeper than the stack', () => {
    const order = resolutionOrders((id) => (id === '0' ? [] : [String(Number(id) - 1)]));
    expect(order('3000').order).toHaveLength(3001);
  });

  it('keeps every class before its bases, bases in line, and each class once', () => {
    const names = Array.from({ length: 12 }, (_, at) => `K${at}`);
    const hierarchies = fc
      .tuple(
        ...names.map((_, at) =>
          fc.uniqueArray(fc.integer({ min: 0, max: Math.max(0, at - 1) }), { maxLength: at === 0 ? 0 : 3 }),
        ),
      )
      .map((all) => Object.fromEntries(all.map((bases, at) => [names[at]!, bases.map((one) => names[one]!)])));
    fc.assert(
      fc.property(hierarchies, (hierarchy: Hierarchy) => {
        const order = orderIn(hierarchy);
        for (const name of names) {
          const { order: line, problem } = order(name);
          expect(new Set(line).size).toBe(line.length);
          expect(line[0]).toBe(name);
          expect(line.at(-1)).toBe('object');
          if (problem !== undefined) continue;
          for (const one of line) {
            const bases = hierarchy[one] ?? [];
            const places = [one, ...bases].map((each) => line.indexOf(each));
            expect(places).toEqual(places.toSorted((a, b) => a - b));
          }
        }
      }),
    );
  });
});
