import { randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { Decrypter, Encrypter } from 'age-encryption';
import { NetwrightError, Secret } from '#core';
import type { Login } from '#transport';
import type { Identities } from './identities.ts';
import { isNoMatch } from './identity-file.ts';
import { writePrivately } from './write-file.ts';

/** One credential as it stands in the plaintext. */
export interface StoredCredential {
  readonly user: string;
  readonly password?: string;
  readonly enable?: string;
  readonly privateKey?: string;
  readonly passphrase?: string;
  readonly agent?: boolean;
  readonly changedAtMs: number;
}

/** The plaintext of `secrets.age`. */
export interface SecretsContent {
  readonly format: 'netwright-secrets';
  readonly version: 1;
  /** Who can read this file and the sealed configurations. */
  readonly recipients: readonly string[];
  /** Base64 of 32 bytes. */
  readonly scrubKey: string;
  readonly credentials: Readonly<Record<string, StoredCredential>>;
}

const format = 'netwright-secrets';
const version = 1;
export const secretFields = ['password', 'enable', 'privateKey', 'passphrase'] as const;

export const emptySecrets = (recipient: string): SecretsContent => ({
  format,
  version,
  recipients: [recipient],
  scrubKey: randomBytes(32).toString('base64'),
  credentials: {},
});

const corrupt = (file: string, what: string, cause?: unknown): NetwrightError =>
  new NetwrightError('NW_SECRETS_CORRUPT', `${file}: ${what}`, cause === undefined ? {} : { cause });

/** Changes whenever the file does; undefined when there is none. */
export function secretsStamp(file: string): string | undefined {
  try {
    // Asked before each login: through a thread it takes ten times as long.
    const { mtimeMs, size, ino } = statSync(file);
    return `${mtimeMs}:${size}:${ino}`;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw corrupt(file, `cannot be read: ${(error as Error).message}`, error);
  }
}

/**
 * Opens the secrets file with the first identity that fits.
 * @returns undefined when there is no file
 * @throws NetwrightError `NW_SECRETS_LOCKED`, `NW_SECRETS_CORRUPT`, `NW_WORKSPACE_NEWER`
 */
export async function readSecrets(file: string, identities: Identities): Promise<SecretsContent | undefined> {
  let sealed: Buffer;
  try {
    sealed = await readFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw corrupt(file, `cannot be read: ${(error as Error).message}`, error);
  }
  if (!sealed.subarray(0, 19).equals(Buffer.from('age-encryption.org/'))) {
    throw corrupt(
      file,
      `expected an age-encrypted file, got ${sealed.length === 0 ? 'an empty one' : 'something else'}`,
    );
  }
  let tried = 0;
  for await (const some of identities.bySource()) {
    tried += some.length;
    const plain = await decrypt(file, sealed, some);
    if (plain !== undefined) return parse(file, plain);
  }
  throw new NetwrightError(
    'NW_SECRETS_LOCKED',
    tried === 0
      ? `${file}: there is no identity to open it with`
      : `${file}: ${tried === 1 ? 'the identity at hand does not open it' : `none of the ${tried} identities at hand opens it`}`,
  );
}

async function decrypt(file: string, sealed: Uint8Array, identities: readonly string[]): Promise<string | undefined> {
  const decrypter = new Decrypter();
  for (const identity of identities) decrypter.addIdentity(identity);
  try {
    return await decrypter.decrypt(new Uint8Array(sealed), 'text');
  } catch (error) {
    if (isNoMatch(error)) return undefined;
    throw corrupt(file, `it is damaged: ${(error as Error).message}`, error);
  }
}

function parse(file: string, plain: string): SecretsContent {
  let content: unknown;
  try {
    content = JSON.parse(plain);
  } catch {
    // The error of JSON.parse quotes the text, which is secret.
    throw corrupt(file, 'what is encrypted in it is no JSON');
  }
  const { format: found, version: written } = (content ?? {}) as Partial<Record<keyof SecretsContent, unknown>>;
  if (found !== format || typeof written !== 'number') throw corrupt(file, 'what is encrypted in it are no secrets');
  if (written > version) {
    throw new NetwrightError(
      'NW_WORKSPACE_NEWER',
      `${file} has format ${written}, this version knows ${version} and older`,
    );
  }
  if (!isContent(content)) throw corrupt(file, 'what is encrypted in it has another shape than format 1');
  return content;
}

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string');

function isContent(content: unknown): content is SecretsContent {
  const { recipients, scrubKey, credentials } = content as Partial<Record<keyof SecretsContent, unknown>>;
  return (
    isTexts(recipients) &&
    recipients.length > 0 &&
    typeof scrubKey === 'string' &&
    Buffer.from(scrubKey, 'base64').length === 32 &&
    credentials !== null &&
    typeof credentials === 'object' &&
    Object.values(credentials).every(isCredential)
  );
}

function isCredential(value: unknown): value is StoredCredential {
  if (value === null || typeof value !== 'object') return false;
  const { user, changedAtMs, agent, ...rest } = value as Record<string, unknown>;
  return (
    typeof user === 'string' &&
    typeof changedAtMs === 'number' &&
    (agent === undefined || typeof agent === 'boolean') &&
    secretFields.every((field) => rest[field] === undefined || typeof rest[field] === 'string')
  );
}

/** Encrypts to all recipients and replaces the file in one step. */
export async function writeSecrets(file: string, content: SecretsContent): Promise<void> {
  const encrypter = new Encrypter();
  for (const recipient of content.recipients) encrypter.addRecipient(recipient);
  await writePrivately(file, await encrypter.encrypt(JSON.stringify(content)));
}

export function toLogin(stored: StoredCredential): Login {
  const { user, password, enable, privateKey, passphrase, agent } = stored;
  return {
    user,
    ...(password === undefined ? undefined : { password: new Secret(password) }),
    ...(enable === undefined ? undefined : { enable: new Secret(enable) }),
    ...(privateKey === undefined ? undefined : { privateKey: new Secret(privateKey) }),
    ...(passphrase === undefined ? undefined : { passphrase: new Secret(passphrase) }),
    ...(agent === undefined ? undefined : { agent }),
  };
}

/** The one place of this room that reveals: on the way into the encrypted file. */
export function fromLogin(login: Login, changedAtMs: number): StoredCredential {
  const { user, agent } = login;
  const values = secretFields.flatMap((field) => {
    const secret = login[field];
    return secret === undefined ? [] : [[field, secret.reveal()] as const];
  });
  return { user, ...Object.fromEntries(values), ...(agent === undefined ? undefined : { agent }), changedAtMs };
}
