import type { Picture, PictureBox } from '../../../src/codemap/layout/picture.ts';

/** Pairs of boxes that cover each other, as sentences; floors lie below the others by design. */
export function overlaps({ boxes }: Pick<Picture, 'boxes'>): string[] {
  const solid = boxes.filter(({ kind }) => kind !== 'floor');
  const found: string[] = [];
  solid.forEach((one, index) => {
    for (const other of solid.slice(index + 1)) if (doOverlap(one, other)) found.push(`${one.id} covers ${other.id}`);
  });
  return found;
}

const doOverlap = (a: PictureBox, b: PictureBox): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** Rows that leave their box, and boxes that leave the picture. */
export function escapes({ boxes, width, height }: Picture): string[] {
  return boxes.flatMap((box) => [
    ...(box.x < 0 || box.y < 0 || box.x + box.width > width || box.y + box.height > height
      ? [`${box.id} leaves the picture`]
      : []),
    ...box.rows.flatMap((row) =>
      row.x < 0 || row.x + row.width > box.width || row.y > box.height ? [`"${row.text}" leaves ${box.id}`] : [],
    ),
  ]);
}

/** Lines that run through a box that is neither of their ends. */
export function crossings({ boxes, lines }: Picture): string[] {
  const solid = boxes.filter(({ kind }) => kind !== 'floor');
  return lines.flatMap(({ points, from, to }) =>
    points.slice(1).flatMap((end, index) => {
      const start = points[index]!;
      const [left, right] = [Math.min(start.x, end.x), Math.max(start.x, end.x)];
      const [top, bottom] = [Math.min(start.y, end.y), Math.max(start.y, end.y)];
      return solid
        .filter(({ id }) => id !== from && id !== to)
        .filter(
          (box) =>
            left < box.x + box.width - 1 && right > box.x + 1 && top < box.y + box.height - 1 && bottom > box.y + 1,
        )
        .map(({ id }) => `${from} to ${to} runs through ${id}`);
    }),
  );
}
