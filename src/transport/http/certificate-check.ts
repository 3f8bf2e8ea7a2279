import type { X509Certificate } from 'node:crypto';
import { NetwrightError } from '#core';

/**
 * What to do about the certificate of a device. Devices sign theirs themselves, so nobody vouches for them:
 * `accept-new` remembers the first one and refuses another, `strict` wants it known before; `ca` asks the certificate
 * authorities of this machine instead (`NODE_EXTRA_CA_CERTS` adds yours); `ignore` takes whatever comes.
 */
export const certificatePolicies = ['accept-new', 'strict', 'ca', 'ignore'] as const;
export type CertificatePolicy = (typeof certificatePolicies)[number];

/** What is remembered of certificates. `host` is `192.0.2.1:443` or `[2001:db8::1]:443`. */
export interface KnownCertificates {
  /** The fingerprints that are trusted for that host; empty when it is unknown. */
  find(host: string): Promise<readonly KnownCertificate[]>;
  add(host: string, certificate: KnownCertificate): Promise<void>;
  /** Forgets what was known of the host and trusts this one. */
  replace(host: string, certificate: KnownCertificate): Promise<void>;
}

export interface KnownCertificate {
  /** `SHA256:AB:CD:…` over the whole certificate, as `openssl x509 -fingerprint -sha256` and devices print it. */
  readonly fingerprint: string;
  /** Where it is written: `known_certificates:3`. */
  readonly source?: string;
}

/** `SHA256:AB:CD:…` */
export function certificateFingerprint(certificate: Pick<X509Certificate, 'fingerprint256'>): string {
  return `SHA256:${certificate.fingerprint256}`;
}

/**
 * A fingerprint as somebody wrote it down, in our form: `ab:cd:…`, `ABCD…`, `sha256 Fingerprint=AB:CD:…`, or base64.
 * Undefined when it is no SHA-256.
 */
export function readFingerprint(text: string): string | undefined {
  const bare = text.trim().replace(/^sha-?256(?:\s*fingerprint)?\s*[:=]\s*/i, '');
  const hex = bare.replaceAll(/[:\s-]/g, '');
  const digest = /^[0-9a-f]{64}$/i.test(hex) ? Buffer.from(hex, 'hex') : Buffer.from(bare, 'base64');
  const isBase64 = /^[A-Za-z0-9+/]{43}=?$/.test(bare);
  if (digest.length !== 32 || (hex.length !== 64 && !isBase64)) return undefined;
  return `SHA256:${digest.toString('hex').toUpperCase().match(/../g)!.join(':')}`;
}

/** The name under which a certificate is remembered. */
export function certificateHost(host: string, port: number): string {
  const name = host.toLowerCase();
  return `${name.includes(':') ? `[${name}]` : name}:${port}`;
}

export interface CertificateFacts {
  readonly label: string;
  /** The name of the device, for the hint. */
  readonly name: string;
  readonly policy: CertificatePolicy;
  /** From the inventory; it goes before all that is remembered. */
  readonly pinned?: string | undefined;
  readonly known: readonly KnownCertificate[];
  /** Why the certificate authorities of this machine do not vouch for it; undefined when they do. */
  readonly authorityError: string | undefined;
}

/**
 * Whether the shown certificate may be trusted; `isNew` when it is to be remembered.
 * @throws NetwrightError `NW_CERTIFICATE_CHANGED`, `NW_CERTIFICATE_UNKNOWN`; nothing but the handshake was sent then
 */
export function checkCertificate(shown: string, facts: CertificateFacts): { readonly isNew: boolean } {
  const { label, name, policy, pinned, known, authorityError } = facts;
  const hint = `compare the fingerprint on the console of the device, then \`netwright inventory trust ${name} --certificate\``;
  if (pinned !== undefined) {
    if (pinned === shown) return { isNew: false };
    throw new NetwrightError(
      'NW_CERTIFICATE_CHANGED',
      `${label}: THE CERTIFICATE IS ANOTHER ONE. The inventory says ${pinned}; shown now: ${shown}. ${nothingSent}`,
      {
        hint: `compare the fingerprint on the console of the device, then write it into the inventory as \`api.fingerprint\` of ${name}`,
        details: { fingerprint: shown, known: [pinned] },
      },
    );
  }
  if (policy === 'ignore') return { isNew: false };
  if (policy === 'ca') {
    if (authorityError === undefined) return { isNew: false };
    throw new NetwrightError(
      'NW_CERTIFICATE_UNKNOWN',
      `${label}: no certificate authority of this machine vouches for the certificate ${shown} (${authorityError})`,
      { hint: 'add the authority with NODE_EXTRA_CA_CERTS, or pin the fingerprint', details: { fingerprint: shown } },
    );
  }
  if (known.some(({ fingerprint }) => fingerprint === shown)) return { isNew: false };
  if (known.length > 0) {
    const expected = known.map(({ fingerprint, source }) => (source ? `${fingerprint} (${source})` : fingerprint));
    throw new NetwrightError(
      'NW_CERTIFICATE_CHANGED',
      `${label}: THE CERTIFICATE HAS CHANGED. Known: ${expected.join(', ')}; shown now: ${shown}. Either it was made ` +
        `anew, or somebody is between you and the device. ${nothingSent}`,
      { hint, details: { fingerprint: shown, known: known.map(({ fingerprint }) => fingerprint) } },
    );
  }
  if (policy === 'strict') {
    throw new NetwrightError('NW_CERTIFICATE_UNKNOWN', `${label}: the certificate ${shown} is not known`, {
      hint,
      details: { fingerprint: shown },
    });
  }
  return { isNew: true };
}

const nothingSent = 'Nothing was sent to it';
