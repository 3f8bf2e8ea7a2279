import { createHmac } from 'node:crypto';
import type { Redactor } from '#core';
import { applySecrets, dropLines, type Platform, type SecretRule } from '#platforms';
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
 * The text without secrets and without what changes by itself.
 * @param credentials hides the values of the login that stand in clear where no rule of the platform expects them
 */
export function scrubText(text: string, rules: ScrubRules, mark: Mark, credentials?: Redactor): string {
  const marked = applySecrets(dropLines(text, rules.volatile), rules.secrets, mark);
  return credentials === undefined ? marked : credentials.redact(marked);
}

/** The text without what changes by itself; without the blank line that most begin with, that takes no copy. */
export const withoutVolatile = (text: string, { volatile }: Pick<ScrubRules, 'volatile'>): string =>
  dropLines(text.slice(firstLineOf(text)), volatile);

/** Whether the text holds a value of the login, which is hidden wherever it stands. */
export const holdsLogin = (text: string, login: Redactor | undefined): boolean =>
  login !== undefined && login.redact(text) !== text;

/**
 * What {@link scrubText} leaves of a text {@link withoutVolatile}, in pieces of it and marks between them: a copy of
 * a configuration costs as much as looking for its secrets.
 */
export function scrubbedPieces(
  text: string,
  { secrets }: Pick<ScrubRules, 'secrets'>,
  mark: Mark,
  login?: Redactor,
): readonly string[] {
  if (login !== undefined && holdsLogin(text, login)) return [login.redact(applySecrets(text, secrets, mark))];
  const pieces: string[] = [];
  let after = 0;
  applySecrets(text, secrets, (secret, rule, at) => {
    const marked = mark(secret, rule);
    pieces.push(text.slice(after, at), marked);
    after = at + secret.length;
    return marked;
  });
  pieces.push(text.slice(after));
  return pieces;
}
