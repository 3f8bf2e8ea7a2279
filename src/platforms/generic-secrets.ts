import { type SecretRule, secret, secretBlock } from './platform.ts';

const value = String.raw`(?:(?:[0-9]|sha\d{3}|md5|encrypted|cipher|simple|irreversible-cipher|ciphertext|hash|ENC) )?"?(?<secret>[^\s";]+)`;
const after = (word: string, pattern: string): SecretRule => secret(word, new RegExp(pattern + value));

/** What is secret in the text of a system that nobody named: the words of all vendors. Marks too much rather than too little. */
export const genericSecrets: readonly SecretRule[] = [
  after('password', String.raw`\b[\w-]*password[ =]+`),
  after('Password', String.raw`\b[\w-]*Password[ =]+`),
  after('passwd', String.raw`\b[\w-]*passwd[ =]+`),
  after('secret', String.raw`\b[\w-]*secret[ =]+`),
  after('passphrase', String.raw`\b[\w-]*passphrase[ =]+`),
  after('community', String.raw`\bcommunity[ =]+(?:read |write |name )?`),
  after('key', String.raw`\b(?:[\w-]*-key|key-string|md5-key|key)[ =]+(?:ascii-text |ascii |hex )?`),
  after('psk', String.raw`\b[\w-]*psk[\w-]*[ =]+(?:ascii |hex )?`),
  after('auth', String.raw`\b(?:auth|authentication)(?:-phrase|-pass)?[ =]+(?:md5|sha|sha\d+) `),
  after('priv', String.raw`\bpriv[ =]+(?:des|aes|aes\d+|3des) (?:\d+ )?`),
  after('ENC', String.raw`\bENC `),
  after('hash', String.raw`\b(?:pw)?hash[ =]+`),
  secret('://', /:\/\/[^\s:@/]+:(?<secret>(?:[^\s/]|\/(?!\/))+)@/),
  secret('$', /(?<secret>\$(?:1|2[aby]?|5|6|8|9|14|y|sha512)\$[^\s";]+)/),
  secretBlock('PRIVATE KEY', /-----BEGIN [A-Z ]*PRIVATE KEY/, /-----END [A-Z ]*PRIVATE KEY/),
];
