import { homedir } from 'node:os';
import { join } from 'node:path';
import { NetwrightError } from '#core';
import { readLines } from './open-ssh-include.ts';

/** What decides how OpenSSH reaches a host, or with what, and is not followed here. */
const notFollowed: readonly (readonly [pattern: RegExp, why: string])[] = [
  [/^match[ \t=].*\bexec\b/i, '`Match exec` is never run: its section does not hold'],
  [
    /^match[ \t=].*\b(?:canonical|localnetwork|tagged|sessiontype|version|command)\b/i,
    'of `Match`, only all, final, host, originalhost, user and localuser are understood',
  ],
  [
    /^proxycommand[ \t=]+(?!none[ \t\r]*$)/i,
    '`ProxyCommand` is not run: the device is dialled directly; `jump` of the inventory or `ProxyJump` goes through hosts',
  ],
  [/^proxyusefdpass[ \t=]/i, '`ProxyUseFdpass` is not followed'],
  [/^certificatefile[ \t=]/i, '`CertificateFile` is not read'],
  [/^identityagent[ \t=]/i, '`IdentityAgent` is not followed: the agent of SSH_AUTH_SOCK is asked'],
  [/^pkcs11provider[ \t=]+(?!none[ \t\r]*$)/i, '`PKCS11Provider` is not loaded'],
  [/^canonicalizehostname[ \t=]+(?!no[ \t\r]*$)/i, '`CanonicalizeHostname` is not followed'],
];

/**
 * What OpenSSH would do with a client configuration and we pass over: sentences with file and line. A file that
 * cannot be read is one of them.
 */
export async function passedOverInOpenSshConfig(path: string): Promise<string[]> {
  const file = path.startsWith('~/') ? join(homedir(), path.slice(2)) : path;
  try {
    return (await readLines(file)).flatMap(({ text, at }) => {
      const line = text.trim();
      const found = at === undefined ? undefined : notFollowed.find(([pattern]) => pattern.test(line));
      return found ? [`${at}: ${line}: ${found[1]}`] : [];
    });
  } catch (error) {
    if (error instanceof NetwrightError) return [error.message];
    return [`${path}: ${(error as Error).message}`];
  }
}
