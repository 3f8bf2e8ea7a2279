import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Corners, cornersOf, doOverlap } from '../../../src/internet/draw/label-places.ts';

const box = (x: number, y: number, width: number, height: number, degrees = 0): Corners => {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  return [
    [0, 0],
    [width, 0],
    [width, height],
    [0, height],
  ].map(([dx = 0, dy = 0]) => [x + dx * cos - dy * sin, y + dx * sin + dy * cos] as const);
};

describe('turned boxes', () => {
  it('that share ground, touch, or lie apart', () => {
    expect(doOverlap(box(0, 0, 10, 10), box(9, 9, 10, 10))).toBe(true);
    expect(doOverlap(box(0, 0, 10, 10), box(10, 0, 10, 10))).toBe(false);
    expect(doOverlap(box(0, 0, 10, 10), box(0, 11, 10, 10))).toBe(false);
    expect(doOverlap(box(0, 0, 100, 100), box(40, 40, 2, 2, 30))).toBe(true);
    // A diamond beside the corner of a square, where boxes around both would share ground.
    expect(doOverlap(box(0, 0, 10, 10), box(17, 5, 10, 10, 45))).toBe(false);
    expect(doOverlap(box(0, 0, 10, 10), box(12, 5, 10, 10, 45))).toBe(true);
  });

  it('share ground whenever a point lies in both, whichever is asked first', () => {
    const any = fc.tuple(fc.integer({ min: -40, max: 40 }), fc.integer({ min: -40, max: 40 }), fc.nat(359));
    const isInside = ([a, b, , d]: Corners, px: number, py: number): boolean => {
      const along = ([x, y]: readonly [number, number]): number => {
        const [vx, vy] = [x - a![0], y - a![1]];
        return ((px - a![0]) * vx + (py - a![1]) * vy) / (vx * vx + vy * vy);
      };
      return [b!, d!].every((side) => along(side) > 0.01 && along(side) < 0.99);
    };
    fc.assert(
      fc.property(any, any, ([x, y, turn], [u, v, other]) => {
        const [one, two] = [box(x, y, 40, 12, turn), box(u, v, 40, 12, other)];
        let isShared = false;
        for (let px = -90; px <= 90; px += 2)
          for (let py = -90; py <= 90; py += 2) isShared ||= isInside(one, px, py) && isInside(two, px, py);
        expect(doOverlap(one, two)).toBe(doOverlap(two, one));
        if (isShared) expect(doOverlap(one, two)).toBe(true);
      }),
    );
  });

  it('are where labels stand', () => {
    const label = { x: 100, y: 50, anchor: 'end', turn: 0, text: 'AS8452', size: 10 } as const;
    const [[left, top], [right]] = cornersOf(label) as [readonly [number, number], readonly [number, number]]; // of four
    expect([right, top]).toEqual([100, 50 - 7.8]);
    expect(left).toBeLessThan(75);
  });
});
