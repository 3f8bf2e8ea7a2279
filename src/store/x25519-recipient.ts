import {
  createCipheriv,
  createPublicKey,
  createSecretKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type JsonWebKey,
  type KeyObject,
} from 'node:crypto';
import { type Recipient, Stanza } from 'age-encryption';

const label = 'age-encryption.org/v1/X25519';

/**
 * The X25519 recipient of the age format (https://age-encryption.org/v1, "The X25519 recipient type") on the key
 * agreement of the platform: of the time to seal a configuration, the one written in JavaScript takes half.
 * Undefined for recipients of other types, which are left to the library.
 */
export function nativeX25519(recipient: string): Recipient | undefined {
  const raw = decodeBech32(recipient, 'age');
  if (raw?.length !== 32) return undefined;
  const theirs = createPublicKey({
    key: { kty: 'OKP', crv: 'X25519', x: Buffer.from(raw).toString('base64url') },
    format: 'jwk',
  });
  return { wrapFileKey: (fileKey) => [wrap(fileKey, theirs, raw)] };
}

function wrap(fileKey: Uint8Array, theirs: KeyObject, raw: Uint8Array): Stanza {
  // A key pair for this one file: the nonce below may be constant because the wrapping key never comes twice.
  const { publicKey, privateKey } = generateKeyPairSync('x25519');
  const share = Buffer.from((publicKey.export({ format: 'jwk' }) as JsonWebKey).x ?? '', 'base64url');
  // OpenSSL refuses points of low order by itself, as the format asks.
  const secret = diffieHellman({ privateKey, publicKey: theirs });
  const key = createSecretKey(Buffer.from(hkdfSync('sha256', secret, Buffer.concat([share, raw]), label, 32)));
  const cipher = createCipheriv('chacha20-poly1305', key, Buffer.alloc(12), { authTagLength: 16 });
  const body = Buffer.concat([cipher.update(fileKey), cipher.final(), cipher.getAuthTag()]);
  return new Stanza(['X25519', share.toString('base64').replace(/=+$/, '')], body);
}

const alphabet = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';

/** Data of a Bech32 text (BIP 173) with that prefix; undefined when it is none, or its checksum is wrong. */
function decodeBech32(text: string, prefix: string): Uint8Array | undefined {
  if (!text.startsWith(`${prefix}1`)) return undefined;
  const values = Array.from(text.slice(prefix.length + 1), (character) => alphabet.indexOf(character));
  if (values.length < 6 || values.includes(-1)) return undefined;
  const codes = Array.from(prefix, (character) => character.charCodeAt(0));
  if (checksum([...codes.map((code) => code >> 5), 0, ...codes.map((code) => code & 31), ...values]) !== 1)
    return undefined;
  const bytes: number[] = [];
  let held = 0;
  let bits = 0;
  for (const value of values.slice(0, -6)) {
    held = ((held << 5) | value) & 0xfff;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((held >> bits) & 0xff);
  }
  return Uint8Array.from(bytes);
}

function checksum(values: readonly number[]): number {
  const generator = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];
  let sum = 1;
  for (const value of values) {
    const top = sum >>> 25;
    sum = ((sum & 0x1ffffff) << 5) ^ value;
    for (const [at, term] of generator.entries()) if ((top >>> at) & 1) sum ^= term;
  }
  return sum;
}
