import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { type Identity, type Recipient, Stanza } from 'age-encryption';

/**
 * The scrypt recipient of age (C2SP age.md, "The scrypt recipient type") on Node's own scrypt, which works in a
 * thread: that of age-encryption is JavaScript and stops the event loop for a second at the usual work factor.
 */

const label = 'age-encryption.org/v1/scrypt';
const zeroNonce = new Uint8Array(12);
/** 2^22 is 4 GB and half a minute: nobody's identity, but a way to make a program hang. */
const largestWorkFactor = 20;

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64').replace(/=+$/, '');

function deriveKey(passphrase: string, salt: Uint8Array, logN: number): Promise<Buffer> {
  const n = 2 ** logN;
  return new Promise((resolve, reject) => {
    const salted = Buffer.concat([Buffer.from(label), salt]);
    scrypt(passphrase, salted, 32, { N: n, r: 8, p: 1, maxmem: 128 * 8 * n + 1_048_576 }, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
}

export class PassphraseIdentity implements Identity {
  readonly #passphrase: string;

  constructor(passphrase: string) {
    this.#passphrase = passphrase;
  }

  async unwrapFileKey(stanzas: Stanza[]): Promise<Uint8Array | null> {
    const stanza = stanzas.find((one) => one.args[0] === 'scrypt');
    if (!stanza) return null;
    const [, saltText = '', logNText = ''] = stanza.args;
    const salt = Buffer.from(saltText, 'base64');
    const logN = Number(logNText);
    if (stanzas.length !== 1 || stanza.args.length !== 3 || salt.length !== 16 || stanza.body.length !== 32) {
      throw new Error('invalid scrypt stanza');
    }
    if (!/^[1-9]\d?$/.test(logNText) || logN > largestWorkFactor) {
      throw new Error(`scrypt work factor ${logNText} is not between 1 and ${largestWorkFactor}`);
    }
    const key = await deriveKey(this.#passphrase, salt, logN);
    const decipher = createDecipheriv('chacha20-poly1305', key, zeroNonce, { authTagLength: 16 });
    decipher.setAuthTag(stanza.body.subarray(16));
    try {
      return new Uint8Array(Buffer.concat([decipher.update(stanza.body.subarray(0, 16)), decipher.final()]));
    } catch {
      // The tag does not fit: another passphrase, which is "no match" and no damage.
      return null;
    }
  }
}

export class PassphraseRecipient implements Recipient {
  readonly #passphrase: string;
  readonly #logN: number;

  constructor(passphrase: string, logN = 18) {
    this.#passphrase = passphrase;
    this.#logN = logN;
  }

  async wrapFileKey(fileKey: Uint8Array): Promise<Stanza[]> {
    const salt = randomBytes(16);
    const key = await deriveKey(this.#passphrase, salt, this.#logN);
    const cipher = createCipheriv('chacha20-poly1305', key, zeroNonce, { authTagLength: 16 });
    const body = Buffer.concat([cipher.update(fileKey), cipher.final(), cipher.getAuthTag()]);
    return [new Stanza(['scrypt', base64(salt), String(this.#logN)], new Uint8Array(body))];
  }
}
