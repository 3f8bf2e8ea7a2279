import { promisify } from 'node:util';
import { gunzip, gzip, gzipSync } from 'node:zlib';
import { Decrypter, Encrypter, type Recipient } from 'age-encryption';
import { asNetwrightError, NetwrightError } from '#core';
import { ageFile } from './age-file.ts';
import { nativeX25519 } from './x25519-recipient.ts';

const gzipped = promisify(gzip);
const gunzipped = promisify(gunzip);

/** A configuration larger than this when unpacked is none. */
const mostBytes = 256 * 1024 * 1024;

/**
 * Encrypts to age recipients, gzip inside: `age -d -i key file | gunzip` restores it without us. Level 1 is on
 * purpose: encryption costs per byte, so light compression before it makes the whole three times cheaper.
 */
export async function sealed(content: Uint8Array, recipients: readonly string[]): Promise<Uint8Array> {
  if (recipients.length === 0) throw new NetwrightError('NW_SECRETS_LOCKED', 'there is no recipient to seal to');
  const inside = await packed(content);
  const native = nativeOf(recipients);
  if (native.every((one) => one !== undefined)) return await ageFile(inside, native);
  // Passphrases, plugins and what comes next are the library's.
  const encrypter = new Encrypter();
  for (const [at, recipient] of recipients.entries()) encrypter.addRecipient(native[at] ?? recipient);
  return await encrypter.encrypt(inside);
}

const natives = new WeakMap<readonly string[], readonly (Recipient | undefined)[]>();

function nativeOf(recipients: readonly string[]): readonly (Recipient | undefined)[] {
  const known = natives.get(recipients) ?? recipients.map(nativeX25519);
  natives.set(recipients, known);
  return known;
}

/** Small texts at once: the way to a thread and back costs half of what it takes. A megabyte takes three ms. */
async function packed(content: Uint8Array): Promise<Buffer> {
  if (content.byteLength > 1_000_000) return await gzipped(content, { level: 1 });
  return gzipSync(content, { level: 1, chunkSize: 32 * 1024 });
}

/** @throws `NW_SECRETS_LOCKED` when no identity opens it, `NW_SECRETS_CORRUPT` when it is damaged. */
export async function unsealed(content: Uint8Array, identities: readonly string[], what: string): Promise<Buffer> {
  const decrypter = new Decrypter();
  for (const identity of identities) decrypter.addIdentity(identity);
  let zipped: Uint8Array;
  try {
    zipped = await decrypter.decrypt(content);
  } catch (error) {
    const { message } = asNetwrightError(error);
    const code = /no identity matched/.test(message) ? 'NW_SECRETS_LOCKED' : 'NW_SECRETS_CORRUPT';
    throw new NetwrightError(code, `${what}: ${message}`, { cause: error });
  }
  return await gunzipped(zipped, { maxOutputLength: mostBytes }).catch((error: Error) => {
    throw new NetwrightError('NW_SECRETS_CORRUPT', `${what}: ${error.message}`, { cause: error });
  });
}
