import { type BoxContext, packBox, packShape, sizes } from './boxes.ts';
import { aloneId, type Forest, foldersOf, foldKey, type Pack } from './forest.ts';
import type { PictureOptions } from './options.ts';

/** A screen as people have it, less what surrounds the picture. */
const screen = { width: 1600, height: 880 } as const;
/** Names smaller than that are no longer read. */
const leastText = 8.5;
/** A layout takes a tenth of a second, and the second try is mostly right. */
const mostTries = 4;
/** More rows than that fit no screen, whatever they are: they are not even tried. */
const mostRows = 600;

interface Folder {
  readonly key: string;
  readonly pack: Pack;
  readonly count: number;
}

interface Sized {
  readonly width: number;
  readonly height: number;
}

interface Laid extends Sized {
  readonly boxes: readonly Sized[];
}

/**
 * Folds as many folders as it takes until the names can be read with the whole picture on one screen: those that stand
 * alone first, then the larger ones. What a folding saves is known from the boxes before they are placed.
 */
export async function foldToFit<Placed extends Laid>(
  forest: Forest,
  context: BoxContext,
  fold: NonNullable<PictureOptions['fold']>,
  place: (folded: ReadonlySet<string>) => Promise<Placed>,
): Promise<{ readonly placed: Placed; readonly folded: ReadonlySet<string> }> {
  const waiting = foldable(forest);
  const folded = new Set<string>(fold === 'all' ? waiting.splice(0).map(({ key }) => key) : []);
  if (fold === 'none') return { placed: await place(folded), folded };
  let rows = forest.packs.reduce((sum, pack) => sum + rowsOf(pack), 0);
  while (rows > mostRows && waiting.length > 0) {
    const { key, count } = waiting.shift()!;
    folded.add(key);
    rows -= count - 1;
  }
  let placed = await place(folded);
  for (let tries = 1; tries < mostTries && waiting.length > 0 && textOf(placed) < leastText; tries += 1) {
    // A picture grows as its boxes do. The last try folds whatever is left.
    const share = tries === mostTries - 1 ? 0 : (textOf(placed) / leastText) ** 2;
    const area = placed.boxes.reduce((sum, { width, height }) => sum + width * height, 0);
    foldAway((1 - share) * area, waiting, folded, context);
    placed = await place(folded);
  }
  return { placed, folded };
}

/** Height in pixels of a class's name when the whole is on one screen. */
const textOf = ({ width, height }: Sized): number =>
  sizes.name * Math.min(1, screen.width / width, screen.height / height);

/** Moves folders from `waiting` to `folded` until their packs are so much smaller. */
function foldAway(area: number, waiting: Folder[], folded: Set<string>, context: BoxContext): void {
  let saved = 0;
  while (waiting.length > 0 && saved < area) {
    const { key, pack } = waiting.shift()!;
    const before = areaOf(pack, folded, context);
    folded.add(key);
    saved += before - areaOf(pack, folded, context);
  }
}

function areaOf(pack: Pack, folded: ReadonlySet<string>, context: BoxContext): number {
  const { width, height } = packBox(pack, folded, packShape(pack, 1.3), context);
  return width * height;
}

function foldable({ packs }: Forest): Folder[] {
  const largest = [...packs].sort(
    (a, b) => Number(b.id === aloneId) - Number(a.id === aloneId) || rowsOf(b) - rowsOf(a),
  );
  return largest.flatMap((pack) =>
    foldersOf(pack).flatMap(([folder, families]): Folder[] => {
      const count = families.reduce((sum, family) => sum + family.rows.length, 0);
      return count < 2 ? [] : [{ key: foldKey(pack.id, folder), pack, count }];
    }),
  );
}

const rowsOf = ({ families }: Pack): number => families.reduce((sum, { rows }) => sum + rows.length, 0);
