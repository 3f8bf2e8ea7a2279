const marks = /<redacted>|<secret>|…/;

/** The sample with a sign that stands nowhere in place of each character of a secret. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  let hidden = text;
  for (const one of secrets) {
    // Some samples name a secret with the blank or the quote beside it.
    const secret = one.replace(/^[ "]+|[ "]+$/g, '');
    const from = text.indexOf(secret);
    if (from < 0) continue;
    hidden = hidden.slice(0, from) + '\0'.repeat(secret.length) + hidden.slice(from + secret.length);
  }
  return hidden;
}

/** Whether all that is shown between marks stands, in that order, in what may be shown. */
export function isWithin(shown: string, allowed: string): boolean {
  let at = 0;
  for (const piece of shown.split(marks)) {
    const found = allowed.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return true;
}

export const lastLineOf = (text: string): string => text.split('\n').findLast((line) => line.trim() !== '') ?? '';
