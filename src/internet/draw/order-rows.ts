import type { MapLink } from './map-model.ts';

const sweeps = 8;

/** Orders each row by where its neighbours in the other rows stand, so that lines cross little. Changes the rows. */
export function orderRows(rows: number[][], links: readonly MapLink[], size: number): void {
  const neighbours: number[][] = Array.from({ length: size }, () => []);
  for (const { from, to } of links) {
    neighbours[from]!.push(to);
    neighbours[to]!.push(from);
  }
  const rowOf = new Map(rows.flatMap((row, at) => row.map((as) => [as, at] as const)));
  const place = new Map<number, number>();
  const settle = (row: readonly number[]): void => {
    for (const [at, as] of row.entries()) place.set(as, (at + 0.5) / row.length);
  };
  // The most connected in the middle, to begin with.
  for (const row of rows) {
    const by = [...row].sort((a, b) => neighbours[b]!.length - neighbours[a]!.length || a - b);
    const spread: number[] = [];
    for (const [at, as] of by.entries()) {
      if (at % 2 === 0) spread.push(as);
      else spread.unshift(as);
    }
    row.splice(0, row.length, ...spread);
    settle(row);
  }
  for (let sweep = 0; sweep < sweeps; sweep += 1) {
    const order = sweep % 2 === 0 ? rows : [...rows].reverse();
    for (const row of order) {
      const mean = new Map(row.map((as) => [as, meanOf(as)] as const));
      row.sort((a, b) => mean.get(a)! - mean.get(b)! || a - b);
      settle(row);
    }
  }

  function meanOf(as: number): number {
    const own = rowOf.get(as);
    let [sum, weight] = [0, 0];
    for (const other of neighbours[as]!) {
      const row = rowOf.get(other);
      const at = place.get(other);
      if (row === undefined || at === undefined) continue;
      const near = row === own ? 0.4 : 1;
      sum += at * near;
      weight += near;
    }
    return weight === 0 ? place.get(as)! : sum / weight;
  }
}
