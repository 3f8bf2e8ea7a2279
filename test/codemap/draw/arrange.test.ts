import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arrange } from '../../../src/codemap/draw/page/arrange.ts';
import type { MeasuredBox } from '../../../src/codemap/layout/boxes.ts';
import { overlaps } from '../layout/overlaps.ts';

const anyGraph = fc.integer({ min: 1, max: 25 }).chain((count) =>
  fc.tuple(
    fc.array(fc.record({ width: fc.integer({ min: 20, max: 400 }), height: fc.integer({ min: 20, max: 600 }) }), {
      minLength: count,
      maxLength: count,
    }),
    fc.array(
      fc.record({
        from: fc.nat(count - 1),
        to: fc.nat(count - 1),
        kind: fc.constantFrom('inherits', 'implements', 'composes', 'switches'),
      }),
      { maxLength: 40 },
    ),
  ),
);

describe('placing boxes again in the page', () => {
  it('covers no box with another, and leads lines from box to box', () => {
    fc.assert(
      fc.property(anyGraph, ([sizes, links]) => {
        const boxes = sizes.map((size, index): MeasuredBox => ({ id: `b${index}`, kind: 'class', rows: [], ...size }));
        const lines = links.map(({ from, to, kind }) => ({ kind, from: `b${from}`, to: `b${to}` }));
        const picture = arrange(boxes, lines, (id) => Number(id.slice(1)) * 7, 1.5);
        expect(overlaps(picture)).toEqual([]);
        expect(picture.boxes.map(({ id }) => id).sort()).toEqual(boxes.map(({ id }) => id).sort());
        for (const box of picture.boxes) {
          expect(
            box.x >= 0 && box.y >= 0 && box.x + box.width <= picture.width && box.y + box.height <= picture.height,
          ).toBe(true);
        }
        const byId = new Map(picture.boxes.map((box) => [box.id, box]));
        for (const { from, to, points } of picture.lines) {
          const touches = (id: string, point: (typeof points)[number] | undefined): boolean => {
            const { x, y, width, height } = byId.get(id)!;
            return (
              point !== undefined && (point.x === x || point.x === x + width) && point.y >= y && point.y <= y + height
            );
          };
          expect(touches(from, points[0]) && touches(to, points.at(-1))).toBe(true);
        }
        expect(picture.lines.length).toBe(lines.filter(({ from, to }) => from !== to).length);
      }),
      { numRuns: 200 },
    );
  });
});
