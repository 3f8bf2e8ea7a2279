import { randomInt } from 'node:crypto';

/** Without letters and digits that look alike, and without vowels: no id is a word. */
const alphabet = '23456789bcdfghjkmnpqrstvwxz';
const randomDigits = 5;

/** `261120-k3f9w`: the day, and fourteen million chances. */
export function newChangeId(atMs: number): string {
  const day = new Date(atMs).toISOString().slice(2, 10).replaceAll('-', '');
  const random = Array.from({ length: randomDigits }, () => alphabet[randomInt(alphabet.length)]);
  return `${day}-${random.join('')}`;
}
