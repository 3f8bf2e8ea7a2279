import { createHash } from 'node:crypto';
import { applySecrets, dropLines, type Platform, type SecretRule } from '#platforms';

type Rules = Pick<Platform, 'backup'>;

/**
 * SHA-256 of what a configuration says: without volatile lines, without the secrets that the device encrypts anew at
 * each read, whatever its line ends. Two readings of an unchanged configuration have one fingerprint.
 */
export function fingerprint(text: string, rules: Rules): string {
  return createHash('sha256').update(comparable(text, rules)).digest('hex');
}

/** The text that fingerprints are taken of: equal texts are the same configuration. */
export function comparable(text: string, { backup }: Rules): string {
  const steady = applySecrets(dropLines(text.replaceAll('\r\n', '\n'), backup.volatile), resalted(backup), () => mark);
  let from = 0;
  let to = steady.length;
  while (steady[from] === '\n') from += 1;
  while (to > from && steady[to - 1] === '\n') to -= 1;
  return `${steady.slice(from, to)}\n`;
}

const mark = '<secret>';
const resaltedRules = new WeakMap<Platform['backup'], readonly SecretRule[]>();

function resalted(backup: Platform['backup']): readonly SecretRule[] {
  let rules = resaltedRules.get(backup);
  if (rules === undefined) {
    rules = backup.secrets.filter((rule) => rule.resalted === true);
    resaltedRules.set(backup, rules);
  }
  return rules;
}
