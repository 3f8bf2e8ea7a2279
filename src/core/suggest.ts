import { distance } from 'fastest-levenshtein';

/** ` Did you mean "cisco_ios"?` when a known word is near enough, else an empty string. */
export function didYouMean(word: string, known: Iterable<string>): string {
  if (word === '') return '';
  const allowed = Math.max(1, Math.floor(word.length / 3));
  let best: string | undefined;
  let fewest = allowed + 1;
  for (const candidate of known) {
    // A swap counts as two edits there, so that twice as many may be one of ours; nearly all words end here.
    if (distance(word, candidate) > 2 * allowed) continue;
    const edits = editsBetween(word, candidate);
    if (edits < fewest) [best, fewest] = [candidate, edits];
  }
  return best === undefined ? '' : ` Did you mean "${best}"?`;
}

/** Letters to insert, drop, replace or swap with their neighbour (the "optimal string alignment" distance). */
function editsBetween(one: string, two: string): number {
  let before: number[] = [];
  let above = Array.from({ length: two.length + 1 }, (_, at) => at);
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= two.length; column += 1) {
      const isSame = one[row - 1] === two[column - 1];
      let edits = Math.min(above[column]! + 1, current[column - 1]! + 1, above[column - 1]! + (isSame ? 0 : 1));
      const isSwapped = row > 1 && column > 1 && one[row - 1] === two[column - 2] && one[row - 2] === two[column - 1];
      if (isSwapped) edits = Math.min(edits, before[column - 2]! + 1);
      current.push(edits);
    }
    [before, above] = [above, current];
  }
  return above[two.length]!;
}
