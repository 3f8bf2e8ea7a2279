import { type Exchange, type SecretRule, secret } from '../platform.ts';
import { urlCredentials } from './ios-like.ts';
import { everyPage } from './pagers.ts';
import { privateKeyBlock } from './private-key.ts';

/** VyOS and EdgeOS, the children of Vyatta: a Bash with a candidate configuration in braces. */

export const vyattaModes = {
  operational: {
    prompt: /^[\w.-]{1,32}@(?<host>[\w.-]{1,64}):[^\n$#]{0,120}[$#][ ]?$/,
    to: { configuration: ['configure'] },
  },
  configuration: {
    prompt: /^[\w.-]{1,32}@(?<host>[\w.-]{1,64})#[ ]?$/,
    // Changes that were not committed are given up.
    to: { operational: ['exit discard'] },
  },
} as const;

export const vyattaPagers: readonly Exchange[] = [
  { see: /(?:^|\n|\r):[ ]*$/, answer: ' ', newline: false, times: everyPage },
  { see: /--More--[ ]*$/, answer: ' ', newline: false, times: everyPage },
  { see: /\(END\)[ ]*$/, answer: 'q', newline: false, times: everyPage },
];

export const vyattaFailures: readonly RegExp[] = [
  /^[ ]*(?:Invalid|Ambiguous|Incomplete) command/,
  /^[ ]*(?:Configuration path|Set failed|Commit failed|Delete failed|Cannot exit)/,
  /^-?(?:vbash|bash): .{1,200}: command not found/,
];

/** Values stand bare or quoted after the name of their node; the set form differs by its beginning only. */
export const vyattaSecrets: readonly SecretRule[] = [
  secret(
    'password',
    /^(?![ ]*description\b).*password (?:"(?<secret>[^"]+)"|'(?<secret2>[^']+)'|(?<secret3>[^\s"'{]+))/,
  ),
  secret('secret', /^(?![ ]*description\b).*secret (?:"(?<secret>[^"]+)"|'(?<secret2>[^']+)'|(?<secret3>[^\s"'{]+))/),
  secret(
    'key',
    /^[ ]*(?:md5-key|wep-key|private-key|preshared-key|pre-shared-key|shared-secret-key|auth-key|crypt-key|encrypted-key|plaintext-key|psk|key) (?:"(?<secret>[^"]+)"|'(?<secret2>[^']+)'|(?<secret3>[^\s"'{]+))$/,
  ),
  secret(
    'key',
    /^set .* (?:md5-key|private-key|preshared-key|pre-shared-key|auth-key|encrypted-key|plaintext-key|key) '(?<secret>[^']+)'$/,
  ),
  secret('passphrase', /\bpassphrase (?:"(?<secret>[^"]+)"|'(?<secret2>[^']+)'|(?<secret3>[^\s"'{]+))/),
  secret('community', /^[ ]+community (?:"(?<secret>[^"]+)"|(?<secret2>[^\s"{]+)) \{$/),
  secret('community', /^set service snmp community '?(?<secret>[^\s']+)/),
  privateKeyBlock,
  urlCredentials,
];
