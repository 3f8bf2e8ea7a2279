import { type BackupCommand, type Completeness, type Exchange, type SecretRule, secret } from '../platform.ts';
import { urlCredentials } from './ios-like.ts';
import { everyPage } from './pagers.ts';
import { privateKeyBlock } from './private-key.ts';

/** VyOS and EdgeOS, the children of Vyatta: a Bash with a candidate configuration of nested nodes. */

export const vyattaModes = {
  operational: {
    // `>` for users of the level `operator`.
    prompt: /^[\w.-]{1,32}@(?<host>[\w.-]{1,64})(?::[^\n$#]{0,120}[$#]|>)[ ]?$/,
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

/**
 * The operational mode hides secrets behind stars, except in the form of commands, which is also the one that can be
 * pasted into a new router. That form has no end marker, but it is sorted, and no router is without `system`: the last
 * line is of that section or of one that follows it, and a quoted value has its closing quote.
 */
export const vyattaConfiguration: BackupCommand = {
  run: 'show configuration commands',
  as: 'configuration',
  timeoutMs: 120_000,
};

export const vyattaComplete: Completeness = { end: [/^set (?:sy|[t-z])[\w-]{0,30} (?:[^']*|.*')$/], prompt: true };

/** The value of a leaf up to the end of the line: bare or quoted, an apostrophe in it written `'\\''`. */
const value = /(?:"(?<secret>[^"]+)"|'(?<secret2>[^']+(?:'\\''[^']*)*)'|(?<secret3>[^\s"'{]+))$/.source;

/** A leaf of one of these names, as a command or in braces. */
const leaf = (word: string, names: string): SecretRule =>
  secret(word, new RegExp(`^(?:set .* |[ ]*)(?:${names}) ${value}`));

export const vyattaSecrets: readonly SecretRule[] = [
  leaf('password', '[\\w-]{0,30}password'),
  leaf('secret', '[\\w-]{0,30}secret'),
  leaf('passphrase', 'passphrase'),
  // IS-IS says how the password is sent, NHRP says no more than that there is one.
  secret('password md5', new RegExp(`^(?:set .* |[ ]*)(?:\\w{1,20}-)?password md5 ${value}`)),
  secret('nhrp', new RegExp(`^set protocols nhrp tunnel \\S+ authentication ${value}`)),
  // The keys of SSH are public, as are those of pairs that say so; those of GRE are numbers. Those of OpenVPN are names in `pki`.
  secret(
    'key',
    new RegExp(
      `^(?!.*\\bpublic-keys |.* public key |.* parameters ip key |.* openvpn \\S+ (?:tls |shared-secret-key )|.* private-key '?default'?$|.* key ['"]?/config/)(?:set .* |[ ]*)(?:(?:md5|wep|private|preshared|pre-shared|shared-secret|auth|crypt|encrypted|plaintext)-)?key ${value}`,
    ),
  ),
  leaf('psk', 'psk'),
  leaf('cak', 'cak'),
  leaf('token', '[\\w-]{0,30}token'),
  leaf('cisco-authentication', 'cisco-authentication'),
  // A leaf below `trap-target`; those of BGP are numbers or well-known words.
  leaf('community', 'community(?! [\'"]?(?:\\d{1,10}:|additive|none|no-|local-|internet))'),
  secret('community', /^[ ]+community (?:"(?<secret>[^"]+)"|(?<secret2>[^\s"{]+)) \{$/),
  secret('community', /^set service snmp community '?(?<secret>[^\s']+)/),
  // The way to UNMS of EdgeOS holds its key.
  secret('wss://', /\bconnection ['"]?wss:\/\/[^\s+]{1,200}\+(?<secret>[^\s'"]+)/),
  secret(
    'environment',
    /^set .* environment (?=\S{0,60}(?:pass|pw|secret|key|token|cred))\S{1,80} value (?<secret>.+)/i,
  ),
  // The options that the web proxy hands on to its Squid for a parent.
  secret('login=', /\blogin=[^\s:'"]{1,80}:(?<secret>[^\s'"]+)/),
  privateKeyBlock,
  urlCredentials,
];
