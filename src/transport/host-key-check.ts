import { createHash } from 'node:crypto';
import { NetwrightError } from '#core';
import type { HostKeyPolicy } from './endpoint.ts';
import type { KnownHostKey } from './known-hosts.ts';

/** `SHA256:…`, as OpenSSH and the consoles of devices print it. `key` is the public key blob or its base64. */
export function fingerprint(key: Uint8Array | string): string {
  const blob = typeof key === 'string' ? Buffer.from(key, 'base64') : key;
  return `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`;
}

/** The key that a server showed, as it is remembered; undefined when the blob is malformed. */
export function hostKeyOf(blob: Buffer): KnownHostKey | undefined {
  if (blob.length < 4) return undefined;
  const length = blob.readUInt32BE(0);
  if (length === 0 || length > 64 || blob.length < 4 + length) return undefined;
  return { type: blob.toString('latin1', 4, 4 + length), key: blob.toString('base64') };
}

export type HostKeyVerdict =
  | { readonly isTrusted: true; readonly isNew: boolean }
  | { readonly isTrusted: false; readonly error: NetwrightError };

const trusted = { isTrusted: true, isNew: false } as const;

/**
 * Whether the key that a server showed may be trusted.
 * A host that shows a kind of key which is not known for it, while others are, counts as changed: the known kinds were
 * asked for first, so an honest server would have shown one of them.
 */
export function checkHostKey(
  shown: KnownHostKey,
  known: readonly KnownHostKey[],
  facts: {
    readonly label: string;
    readonly name: string;
    readonly policy: HostKeyPolicy;
    /** Keys that are known for the host at port 22, where another port was dialled: as with OpenSSH, good for a match alone. */
    readonly atUsualPort?: readonly KnownHostKey[];
  },
): HostKeyVerdict {
  const { label, name, policy } = facts;
  if (policy === 'ignore') return trusted;
  const print = fingerprint(shown.key);
  const hint = `verify the fingerprint on the console, then \`netwright inventory trust ${name}\``;
  const revoked = known.find((one) => one.marker === 'revoked' && one.key === shown.key);
  if (revoked) {
    const where = revoked.source === undefined ? '' : ` in ${revoked.source}`;
    return refuse('NW_SSH_HOST_KEY_CHANGED', `${label}: the host key ${shown.type} ${print} is revoked${where}`, {
      fingerprint: print,
      source: revoked.source,
    });
  }
  const usable = known.filter((one) => one.marker === undefined);
  if (usable.some((one) => one.key === shown.key)) return trusted;
  if (usable.length > 0) {
    const expected = usable.map((one) => {
      const where = one.source === undefined ? '' : ` (${one.source})`;
      return `${one.type} ${fingerprint(one.key)}${where}`;
    });
    return refuse(
      'NW_SSH_HOST_KEY_CHANGED',
      `${label}: THE HOST KEY HAS CHANGED. Known: ${expected.join(', ')}; shown now: ${shown.type} ${print}. ` +
        'Either the device was replaced or its keys were made anew, or somebody is between you and it. Nothing was sent to it',
      {
        fingerprint: print,
        known: usable.map((one) => ({ type: one.type, fingerprint: fingerprint(one.key), source: one.source })),
      },
    );
  }
  const isUsual = (one: KnownHostKey): boolean => one.marker === undefined && one.key === shown.key;
  if (facts.atUsualPort?.some(isUsual)) return trusted;
  if (policy === 'strict') {
    return refuse('NW_SSH_HOST_KEY_UNKNOWN', `${label}: the host key ${shown.type} ${print} is not known`, {
      fingerprint: print,
    });
  }
  return { isTrusted: true, isNew: true };

  function refuse(
    code: 'NW_SSH_HOST_KEY_CHANGED' | 'NW_SSH_HOST_KEY_UNKNOWN',
    message: string,
    details: Record<string, unknown>,
  ): HostKeyVerdict {
    return {
      isTrusted: false,
      error: new NetwrightError(code, message, { hint, details: { ...details, type: shown.type } }),
    };
  }
}
