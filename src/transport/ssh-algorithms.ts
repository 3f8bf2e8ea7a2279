import { getCiphers, getHashes } from 'node:crypto';
import type { KnownHostKey } from './known-hosts.ts';
import type { KexLists } from './server-hello.ts';

/** What we offer in our KEXINIT, best first. */
export interface AlgorithmOffer {
  readonly kex: readonly string[];
  readonly serverHostKey: readonly string[];
  readonly cipher: readonly string[];
  readonly hmac: readonly string[];
  readonly compress: readonly string[];
}

export type AppliedPolicy = 'modern' | 'legacy';

// Elliptic curves first: they are fast at both ends. Group exchange last: a round trip more, and the group is the
// server's choice.
const modernKex = [
  'curve25519-sha256',
  'curve25519-sha256@libssh.org',
  'ecdh-sha2-nistp256',
  'ecdh-sha2-nistp384',
  'ecdh-sha2-nistp521',
  'diffie-hellman-group14-sha256',
  'diffie-hellman-group16-sha512',
  'diffie-hellman-group15-sha512',
  'diffie-hellman-group17-sha512',
  'diffie-hellman-group18-sha512',
];
const legacyKex = ['diffie-hellman-group14-sha1', 'diffie-hellman-group1-sha1'];

const modernHostKeys = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'rsa-sha2-512',
  'rsa-sha2-256',
];
const legacyHostKeys = ['ssh-rsa', 'ssh-dss'];

// chacha20-poly1305 last: without its native binding ssh2 computes poly1305 in WebAssembly, at a third of the speed
// of AES-GCM in OpenSSL.
const modernCiphers = [
  'aes128-gcm@openssh.com',
  'aes256-gcm@openssh.com',
  'aes128-ctr',
  'aes192-ctr',
  'aes256-ctr',
  'chacha20-poly1305@openssh.com',
];
const legacyCiphers = [
  'aes128-cbc',
  'aes192-cbc',
  'aes256-cbc',
  '3des-cbc',
  'blowfish-cbc',
  'cast128-cbc',
  'arcfour256',
  'arcfour128',
  'arcfour',
];
/** OpenSSL's names of the ciphers that a build of Node may lack (the legacy provider is usually off). */
const opensslCiphers: Readonly<Record<string, string>> = {
  'chacha20-poly1305@openssh.com': 'chacha20',
  '3des-cbc': 'des-ede3-cbc',
  'blowfish-cbc': 'bf-cbc',
  'cast128-cbc': 'cast-cbc',
  arcfour256: 'rc4',
  arcfour128: 'rc4',
  arcfour: 'rc4',
};

const modernMacs = ['hmac-sha2-256-etm@openssh.com', 'hmac-sha2-512-etm@openssh.com', 'hmac-sha2-256', 'hmac-sha2-512'];
const legacyMacs = ['hmac-sha1-etm@openssh.com', 'hmac-sha1', 'hmac-sha1-96', 'hmac-md5', 'hmac-md5-96'];

const usableCiphers = (() => {
  const known = new Set(getCiphers());
  return (names: readonly string[]): string[] =>
    names.filter((name) => !(name in opensslCiphers) || known.has(opensslCiphers[name]!));
})();
const usableMacs = (() => {
  const hasMd5 = getHashes().includes('md5');
  return (names: readonly string[]): string[] => names.filter((name) => hasMd5 || !name.startsWith('hmac-md5'));
})();

const offers: Readonly<Record<AppliedPolicy, AlgorithmOffer>> = {
  modern: {
    kex: [...modernKex, 'diffie-hellman-group-exchange-sha256'],
    serverHostKey: modernHostKeys,
    cipher: usableCiphers(modernCiphers),
    hmac: modernMacs,
    compress: ['none'],
  },
  legacy: {
    kex: [...modernKex, ...legacyKex, 'diffie-hellman-group-exchange-sha256', 'diffie-hellman-group-exchange-sha1'],
    serverHostKey: [...modernHostKeys, ...legacyHostKeys],
    cipher: usableCiphers([...modernCiphers, ...legacyCiphers]),
    hmac: usableMacs([...modernMacs, ...legacyMacs]),
    compress: ['none'],
  },
};

/**
 * The offer of a policy. Host key algorithms of the keys that are known for the host come first, so that a server
 * with several kinds of keys shows the one we remember and is not mistaken for another server.
 */
export function algorithmOffer(policy: AppliedPolicy, known: readonly KnownHostKey[]): AlgorithmOffer {
  const offer = offers[policy];
  const knownTypes = new Set(known.filter((key) => key.marker === undefined).map((key) => key.type));
  if (knownTypes.size === 0) return offer;
  const isKnown = (algorithm: string): boolean =>
    knownTypes.has(algorithm.startsWith('rsa-sha2-') ? 'ssh-rsa' : algorithm);
  const first = offer.serverHostKey.filter(isKnown);
  return { ...offer, serverHostKey: [...first, ...offer.serverHostKey.filter((one) => !first.includes(one))] };
}

export interface AlgorithmGap {
  readonly what: string;
  readonly ours: readonly string[];
  readonly theirs: readonly string[];
}

/** Where our offer and the server's lists have nothing in common (RFC 4253 section 7.1). */
export function algorithmGaps(offer: AlgorithmOffer, server: KexLists): AlgorithmGap[] {
  const pairs: AlgorithmGap[] = [
    { what: 'key exchange', ours: offer.kex, theirs: server.kex },
    { what: 'host key', ours: offer.serverHostKey, theirs: server.serverHostKey },
    { what: 'cipher', ours: offer.cipher, theirs: server.cipherToServer },
    { what: 'cipher', ours: offer.cipher, theirs: server.cipherToClient },
    { what: 'MAC', ours: offer.hmac, theirs: server.macToServer },
    { what: 'MAC', ours: offer.hmac, theirs: server.macToClient },
    { what: 'compression', ours: offer.compress, theirs: server.compressionToServer },
    { what: 'compression', ours: offer.compress, theirs: server.compressionToClient },
  ];
  const gaps: AlgorithmGap[] = [];
  for (const pair of pairs) {
    const isShared = pair.ours.some((name) => pair.theirs.includes(name));
    if (!isShared && !gaps.some((gap) => gap.what === pair.what)) gaps.push(pair);
  }
  return gaps;
}
