import { escapeXml, type Redactor } from '#core';
import { applySecrets, type Platform, type SecretRule } from '#platforms';
import { xmlSecrets } from './intent/xml.ts';

/** The text as it may be shown and stored. */
export type Scrub = (text: string) => string;

const mark = '<secret>';
/** Shorter values stand in too many innocent places to be hidden by value; the rules hide them where they stand. */
const shortestValue = 4;
const wordCharacter = /[A-Za-z0-9_]/;

/**
 * Hides the secrets of a change in whatever is made of its texts: diffs, commands, errors. What the rules of the
 * platform find in the whole texts is hidden by value everywhere, for a line of a diff may have lost the section that
 * makes a secret of it; and the rules are applied to the pieces as well, markers of a diff taken away.
 *
 * @param texts configurations and intents, whole
 */
export function scrubberOf(platform: Pick<Platform, 'backup'>, texts: readonly string[], redactor: Redactor): Scrub {
  const rules = platform.backup.secrets;
  const values = new Set<string>();
  for (const text of texts) {
    applySecrets(text, rules, (secret) => {
      for (const line of secret.split('\n')) if (line.trim().length >= shortestValue) values.add(line.trim());
      return secret;
    });
    for (const value of xmlSecrets(text)) if (value.length >= shortestValue) values.add(escapeXml(value)).add(value);
  }
  const pattern = patternOf(values);
  const hide = (text: string): string => (pattern === undefined ? text : text.replace(pattern, mark));
  return (text) => redactor.redact(scrubPieces(hide(text), rules));
}

/** A line of a diff is one of the configuration behind its marker. */
function scrubPieces(text: string, rules: readonly SecretRule[]): string {
  const whole = applySecrets(text, rules, () => mark);
  if (!/^[-+!]/m.test(whole)) return whole;
  return whole
    .split('\n')
    .map((line) => (/^[-+!]/.test(line) ? line[0]! + applySecrets(line.slice(1), rules, () => mark) : line))
    .join('\n');
}

function patternOf(values: ReadonlySet<string>): RegExp | undefined {
  if (values.size === 0) return undefined;
  const alternatives = [...values]
    .sort((a, b) => b.length - a.length)
    .map((value) => {
      const before = wordCharacter.test(value[0]!) ? '(?<![A-Za-z0-9_])' : '';
      const after = wordCharacter.test(value.at(-1)!) ? '(?![A-Za-z0-9_])' : '';
      return `${before}${value.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')}${after}`;
    });
  return new RegExp(alternatives.join('|'), 'g');
}
