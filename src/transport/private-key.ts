import { createHash, createPrivateKey, type KeyObject, sign } from 'node:crypto';
import { extname } from 'node:path';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import { abortError, NetwrightError, type Secret, withDeadline } from '#core';

/** A private key that can prove itself to a server. */
export interface Identity {
  /** `ssh-ed25519`, `ssh-rsa`, `ecdsa-sha2-nistp256`, … */
  readonly type: string;
  /** The public key in the wire format of RFC 4253 section 6.6. */
  readonly publicKey: Buffer;
  /** Signs, RSA in the thread pool; `algorithm` is the SSH name, which decides the hash of RSA. */
  sign(data: Buffer, algorithm: string): Promise<Buffer>;
}

export interface KeyText {
  readonly pem: string;
  readonly passphrase?: string;
}
export type UnlockedKey = { readonly pem: string } | { readonly error: string };

/** A key that is being unlocked, or was. */
interface Unlocking {
  readonly identity: Promise<Identity>;
  /** Gives it up where it is not done: nobody waits for it any more. */
  readonly stop: () => void;
  waiting: number;
  isDone: boolean;
}

const remembered = new Map<string, Unlocking>();
/** Few credentials are in use at a time; the bound only keeps a long-lived server from growing. */
const mostRemembered = 64;

/**
 * The identity of a private key in PEM (PKCS #1, PKCS #8, SEC 1), OpenSSH or PuTTY format. A key with a passphrase is
 * unlocked in a worker thread, because the key derivation of OpenSSH's format takes 100 ms and more of pure CPU (`ssh-keygen -a 600`:
 * seven seconds). The thread ends when the signals of all who wait for it have fired.
 * @throws NetwrightError `NW_AUTH_FAILED` when the key cannot be read.
 */
export async function loadIdentity(
  privateKey: Secret,
  passphrase: Secret | undefined,
  label: string,
  signal?: AbortSignal,
): Promise<Identity> {
  const text: KeyText = {
    pem: privateKey.reveal(),
    ...(passphrase === undefined ? {} : { passphrase: passphrase.reveal() }),
  };
  const id = createHash('sha256').update(JSON.stringify(text)).digest('base64');
  const unlocking = remembered.get(id) ?? begin(id, text);
  unlocking.waiting += 1;
  const unreadable = (error: unknown): NetwrightError => {
    const reason = error instanceof Error ? error.message : String(error);
    return new NetwrightError(
      'NW_AUTH_FAILED',
      `${label}: the private key of the credential cannot be read: ${reason}`,
      {
        hint: 'set it again with `netwright secret set <name> --key <file>`, with its passphrase if it has one',
      },
    );
  };
  try {
    return await untilAborted(unlocking.identity, signal);
  } catch (error) {
    throw signal?.aborted ? abortError(signal) : unreadable(error);
  } finally {
    unlocking.waiting -= 1;
    if (unlocking.waiting === 0 && !unlocking.isDone) {
      forget(id, unlocking);
      unlocking.stop();
    }
  }
}

async function untilAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return await work;
  return await withDeadline(
    { signal },
    () => new NetwrightError('NW_CANCELLED', 'cancelled'),
    () => work,
  );
}

function begin(id: string, text: KeyText): Unlocking {
  const { pem, stop } = unlock(text);
  const identity = pem.then(identityOf).finally(() => {
    unlocking.isDone = true;
  });
  const unlocking: Unlocking = { identity, stop, waiting: 0, isDone: false };
  if (remembered.size >= mostRemembered) remembered.delete(remembered.keys().next().value!);
  remembered.set(id, unlocking);
  // Who waits for it is told; a key that cannot be read may be another one tomorrow.
  identity.catch(() => forget(id, unlocking));
  return unlocking;
}

function forget(id: string, unlocking: Unlocking): void {
  if (remembered.get(id) === unlocking) remembered.delete(id);
}

function unlock(text: KeyText): { readonly pem: Promise<string>; readonly stop: () => void } {
  const here = import.meta.url;
  const worker = new Worker(new URL(`./private-key-worker${extname(here)}`, here), { workerData: text });
  const unlocked = new Promise<UnlockedKey>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('the worker that unlocks keys ended early')));
  });
  const pem = unlocked.then((key) => {
    if ('error' in key) throw new Error(key.error);
    return key.pem;
  });
  return { pem, stop: () => void worker.terminate() };
}

function identityOf(pem: string): Identity {
  const key = createPrivateKey(pem);
  const { type, publicKey } = publicKeyOf(key);
  return {
    type,
    publicKey,
    async sign(data, algorithm) {
      const hash = hashOf(algorithm);
      // An elliptic signature takes 0.1 ms, less than the way to another thread; one of RSA up to 5 ms.
      return type === 'ssh-rsa' ? signInPool(hash, data, key) : sign(hash, data, key);
    },
  };
}

const signInPool = promisify(sign) as (hash: string | null, data: Buffer, key: KeyObject) => Promise<Buffer>;

function hashOf(algorithm: string): string | null {
  switch (algorithm) {
    case 'rsa-sha2-512':
    case 'ecdsa-sha2-nistp521':
      return 'sha512';
    case 'ecdsa-sha2-nistp384':
      return 'sha384';
    case 'rsa-sha2-256':
    case 'ecdsa-sha2-nistp256':
      return 'sha256';
    case 'ssh-rsa':
      return 'sha1';
    default:
      return null;
  }
}

const curves: Readonly<Record<string, string>> = { 'P-256': 'nistp256', 'P-384': 'nistp384', 'P-521': 'nistp521' };

function publicKeyOf(key: KeyObject): { type: string; publicKey: Buffer } {
  const jwk = key.export({ format: 'jwk' });
  const bytes = (value: string | undefined): Buffer => Buffer.from(value ?? '', 'base64url');
  if (jwk.kty === 'RSA') {
    return { type: 'ssh-rsa', publicKey: wire(Buffer.from('ssh-rsa'), mpint(bytes(jwk.e)), mpint(bytes(jwk.n))) };
  }
  if (jwk.kty === 'OKP' && jwk.crv === 'Ed25519') {
    return { type: 'ssh-ed25519', publicKey: wire(Buffer.from('ssh-ed25519'), bytes(jwk.x)) };
  }
  const curve = curves[jwk.crv ?? ''];
  if (jwk.kty !== 'EC' || curve === undefined)
    throw new Error(`keys of the kind ${jwk.crv ?? jwk.kty} are not for SSH`);
  const point = Buffer.concat([Buffer.of(4), bytes(jwk.x), bytes(jwk.y)]);
  const type = `ecdsa-sha2-${curve}`;
  return { type, publicKey: wire(Buffer.from(type), Buffer.from(curve), point) };
}

function wire(...parts: readonly Buffer[]): Buffer {
  return Buffer.concat(
    parts.flatMap((part) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(part.length);
      return [length, part];
    }),
  );
}

const mpint = (value: Buffer): Buffer => (value[0]! >= 0x80 ? Buffer.concat([Buffer.of(0), value]) : value);
