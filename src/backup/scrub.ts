import { createHmac } from 'node:crypto';
import { type Redactor, textOfLatin1 } from '#core';
import { dropLines, findSecrets, type Platform, type SecretRule } from '#platforms';
import { firstLineOf } from './assemble.ts';

/** 32 bits: two values of one device look the same once in four thousand million. */
const markDigits = 8;
/** For secrets that the device encrypts anew at each read: they must not show as a change each time. */
const constantMark = '<secret>';
const anyMark = /^<secret(?::[0-9a-f]+)?>$/;

/** Replaces a secret by what may be seen of it. */
export type Mark = (secret: string, rule: Pick<SecretRule, 'resalted'>) => string;

/**
 * Marks for the secrets of one device: `<secret:7f3a91c2>`, HMAC-SHA256 of the value under a key of the workspace
 * and the name of the device. A changed secret shows as a changed mark, an unchanged one does not. The name is part
 * of the key on purpose: whoever may read the repository learns that a device uses one secret twice, but not that two
 * devices share one, and whoever knows the secret of one device cannot look for it at others. Without the key no mark
 * can be tried against guesses.
 */
export function markOf(device: string, scrubKey: Uint8Array): Mark {
  const key = createHmac('sha256', scrubKey).update('configuration secret\0').update(device).digest();
  const known = new Map<string, string>();
  return (secret, { resalted }) => {
    if (resalted) return constantMark;
    // What was scrubbed before stays as it is.
    if (anyMark.test(secret)) return secret;
    const before = known.get(secret);
    if (before !== undefined) return before;
    const digits = createHmac('sha256', key).update(secret).digest('hex').slice(0, markDigits);
    const mark = `<secret:${digits}>`;
    known.set(secret, mark);
    return mark;
  };
}

export interface ScrubRules {
  readonly volatile: Platform['backup']['volatile'];
  readonly secrets: readonly SecretRule[];
}

/**
 * A configuration without secrets and without what changes by itself, one character a byte like the one given.
 * @param login hides the values of the login that stand in clear where no rule of the platform expects them
 */
export const scrubLatin1 = (latin1: string, rules: ScrubRules, mark: Mark, login?: Redactor): string =>
  scrubbedPieces(dropLines(latin1, rules.volatile, 'latin1'), rules, mark, login).join('');

/** A configuration without what changes by itself; without the blank line that most begin with, that takes no copy. */
export const withoutVolatile = (latin1: string, { volatile }: Pick<ScrubRules, 'volatile'>): string =>
  dropLines(latin1.slice(firstLineOf(latin1)), volatile, 'latin1');

/** Whether a configuration holds a value of the login, which is hidden wherever it stands. */
export const holdsLogin = (latin1: string, login: Redactor | undefined): boolean =>
  login !== undefined && login.redact(latin1) !== latin1;

/**
 * A configuration without secrets, in pieces of it and marks between them: a copy of one costs as much as looking for its
 * secrets.
 * @param latin1 {@link withoutVolatile}
 */
export function scrubbedPieces(
  latin1: string,
  { secrets }: Pick<ScrubRules, 'secrets'>,
  mark: Mark,
  login?: Redactor,
): readonly string[] {
  const pieces: string[] = [];
  let after = 0;
  for (const { from, to, rule } of findSecrets(latin1, secrets, 'latin1')) {
    pieces.push(latin1.slice(after, from), mark(textOfLatin1(latin1.slice(from, to)), rule));
    after = to;
  }
  pieces.push(latin1.slice(after));
  return login !== undefined && holdsLogin(latin1, login) ? [login.redact(pieces.join(''))] : pieces;
}
