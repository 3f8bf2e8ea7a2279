import { createCipheriv, createHmac, createSecretKey, hkdfSync, randomBytes } from 'node:crypto';
import type { Recipient, Stanza } from 'age-encryption';

const chunkBytes = 64 * 1024;
const tagBytes = 16;
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64').replace(/=+$/, '');
const derived = (fileKey: Uint8Array, salt: Uint8Array, info: string): Buffer =>
  Buffer.from(hkdfSync('sha256', fileKey, salt, info, 32));

/**
 * A file of the age format (https://age-encryption.org/v1) with the ciphers of the platform: of the time to seal a
 * configuration, those written in JavaScript take four fifths.
 */
export async function ageFile(content: Uint8Array, recipients: readonly Recipient[]): Promise<Uint8Array> {
  const fileKey = randomBytes(16);
  const stanzas: Stanza[] = [];
  for (const recipient of recipients) stanzas.push(...(await recipient.wrapFileKey(fileKey)));
  const header = `age-encryption.org/v1\n${stanzas.map(({ args, body }) => stanza(args, body)).join('')}---`;
  const seal = createHmac('sha256', derived(fileKey, Buffer.alloc(0), 'header'))
    .update(header)
    .digest();
  const nonce = randomBytes(16);
  return Buffer.concat([
    Buffer.from(`${header} ${base64(seal)}\n`),
    nonce,
    ...payload(content, derived(fileKey, nonce, 'payload')),
  ]);
}

/** `-> X25519 <share>` and the wrapped file key in lines of 64 characters, the last of which is shorter, be it empty. */
function stanza(args: readonly string[], body: Uint8Array): string {
  const text = base64(body);
  const lines: string[] = [];
  for (let at = 0; at <= text.length; at += 64) lines.push(text.slice(at, at + 64));
  return `-> ${args.join(' ')}\n${lines.join('\n')}\n`;
}

/** STREAM: chunks of 64 KB under a counter, the last one marked; only that of an empty file is empty. */
function payload(content: Uint8Array, key: Uint8Array): Buffer[] {
  const chunks = Math.max(1, Math.ceil(content.length / chunkBytes));
  const parts: Buffer[] = [];
  // Node 24 finds out with two exceptions that bytes are no key object.
  const secret = createSecretKey(key);
  for (let at = 0; at < chunks; at += 1) {
    const nonce = Buffer.alloc(12);
    nonce.writeUInt32BE(at, 7);
    nonce[11] = at === chunks - 1 ? 1 : 0;
    const cipher = createCipheriv('chacha20-poly1305', secret, nonce, { authTagLength: tagBytes });
    parts.push(
      cipher.update(content.subarray(at * chunkBytes, (at + 1) * chunkBytes)),
      cipher.final(),
      cipher.getAuthTag(),
    );
  }
  return parts;
}
