import { closest, distance } from 'fastest-levenshtein';

/** ` Did you mean "cisco_ios"?` when a known word is near enough, else an empty string. */
export function didYouMean(word: string, known: Iterable<string>): string {
  const candidates = [...known];
  if (candidates.length === 0 || word === '') return '';
  const best = closest(word, candidates);
  return distance(word, best) <= Math.max(1, Math.floor(word.length / 3)) ? ` Did you mean "${best}"?` : '';
}
