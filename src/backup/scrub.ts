import { createHmac } from 'node:crypto';
import type { Redactor } from '#core';
import { applySecrets, dropLines, type Platform, type SecretRule } from '#platforms';
import type { Part } from './collect.ts';

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

/** One text of all parts, in the order of the commands; what is no configuration is commented out. */
export function assemble(parts: readonly Part[], comment: string): string {
  const blocks: string[] = [];
  for (const { command, text } of parts) {
    const body = command.as === 'comment' ? commented(text, comment) : withoutBlankEnds(text);
    if (body !== '') blocks.push(body.endsWith('\n') ? body : `${body}\n`);
  }
  return blocks.join(`${comment.trimEnd()}\n`);
}

function commented(text: string, comment: string): string {
  const bare = withoutBlankEnds(text);
  return bare === '' ? '' : bare.replace(/^.*$/gm, (line) => (comment + line).replace(/[ \t\r]+$/, ''));
}

/** No blank lines before the first and after the last that says something; a no-break space says something. */
function withoutBlankEnds(text: string): string {
  let from = 0;
  for (let at = 0; at < text.length && /[ \t\r\n]/.test(text[at]!); at += 1) if (text[at] === '\n') from = at + 1;
  let to = text.length;
  while (to > from && /[ \t\r\n]/.test(text[to - 1]!)) to -= 1;
  return text.slice(from, to);
}
