import { readFile, stat } from 'node:fs/promises';
import { armor, Decrypter, Encrypter, identityToRecipient } from 'age-encryption';
import { NetwrightError, type Redactor, Secret } from '#core';
import { PassphraseIdentity, PassphraseRecipient } from './age-passphrase.ts';
import { writePrivately } from './write-file.ts';

/** Asks the person at the terminal; undefined when there is none, or when they gave up. */
export type AskPassphrase = (what: { readonly file: string; readonly attempt: number }) => Promise<string | undefined>;

const attempts = 3;
const armorHead = '-----BEGIN AGE ENCRYPTED FILE-----';
const binaryHead = 'age-encryption.org/';

const locked = (message: string, hint?: string, cause?: unknown): NetwrightError =>
  new NetwrightError('NW_SECRETS_LOCKED', message, {
    ...(hint === undefined ? undefined : { hint }),
    ...(cause === undefined ? undefined : { cause }),
  });

/**
 * The identities in a text as `age-keygen` writes it: one a line, `#` begins a comment.
 * @throws NetwrightError `NW_SECRETS_LOCKED`; the message never has the text in it
 */
export async function parseIdentities(text: string, where: string, redactor: Redactor): Promise<string[]> {
  const identities: string[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const identity = line.trim();
    if (identity === '' || identity.startsWith('#')) continue;
    redactor.learn(new Secret(identity));
    try {
      await identityToRecipient(identity);
    } catch {
      // The library's error could quote the line.
      throw locked(
        `${where}: line ${index + 1} is no age identity, expected AGE-SECRET-KEY-1…`,
        '`age-keygen` makes one; SSH keys and plug-ins are not supported',
      );
    }
    identities.push(identity);
  }
  if (identities.length === 0) throw locked(`${where}: there is no age identity in it`);
  return identities;
}

/** A file of identities, plain or encrypted with a passphrase, read at most once. */
export class IdentityFile {
  readonly path: string;
  readonly #redactor: Redactor;
  readonly #askPassphrase: AskPassphrase | undefined;
  readonly #givenPassphrase: string | undefined;
  #read: Promise<string> | undefined;
  #passphrase: Secret | undefined;
  #isArmored = true;

  constructor(
    path: string,
    options: {
      readonly redactor: Redactor;
      readonly askPassphrase?: AskPassphrase | undefined;
      readonly passphrase?: string | undefined;
    },
  ) {
    this.path = path;
    this.#redactor = options.redactor;
    this.#askPassphrase = options.askPassphrase;
    this.#givenPassphrase = options.passphrase;
  }

  async exists(): Promise<boolean> {
    return stat(this.path).then(
      () => true,
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return false;
        throw locked(`identity file ${this.path}: ${error.message}`, undefined, error);
      },
    );
  }

  /** Whether reading it may ask for a passphrase. */
  async isLocked(): Promise<boolean> {
    if (this.#read) return false;
    return isEncrypted(await this.#bytes());
  }

  async identities(): Promise<string[]> {
    return parseIdentities(await this.#text(), `identity file ${this.path}`, this.#redactor);
  }

  /** Puts an identity before those that are in it. What was protected by a passphrase stays so, with the same one. */
  async prepend(identity: string, comment: string): Promise<void> {
    const before = (await this.exists()) ? await this.#text() : '';
    const text = `${await identityText(identity, comment)}${before === '' ? '' : `\n# kept, for what was encrypted before\n${before}`}`;
    await writePrivately(this.path, this.#passphrase ? await this.#encrypt(text) : text);
    this.#read = Promise.resolve(text);
  }

  /** Creates it; false when it is there already. */
  async create(identity: string, comment: string): Promise<boolean> {
    this.#read = undefined;
    return writePrivately(this.path, await identityText(identity, comment), { exclusive: true });
  }

  #text(): Promise<string> {
    if (!this.#read) {
      const reading = this.#load();
      this.#read = reading;
      // A wrong passphrase or a file that others can read may be mended: the next call tries again.
      reading.catch(() => {
        this.#read = undefined;
      });
    }
    return this.#read;
  }

  async #bytes(): Promise<Buffer> {
    try {
      const { mode } = await stat(this.path);
      if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
        const shown = (mode & 0o777).toString(8).padStart(4, '0');
        throw locked(
          `identity file ${this.path}: others can read it (mode ${shown}, expected 0600)`,
          `chmod 600 ${/^[\w./~-]+$/.test(this.path) ? this.path : `'${this.path.replaceAll("'", "'\\''")}'`}`,
        );
      }
      return await readFile(this.path);
    } catch (error) {
      if (error instanceof NetwrightError) throw error;
      throw locked(`identity file ${this.path}: cannot be read: ${(error as Error).message}`, undefined, error);
    }
  }

  async #load(): Promise<string> {
    const bytes = await this.#bytes();
    if (!isEncrypted(bytes)) return bytes.toString('utf8');
    const text = bytes.toString('latin1');
    this.#isArmored = text.trimStart().startsWith(armorHead);
    let sealed: Uint8Array;
    try {
      sealed = this.#isArmored ? armor.decode(text) : new Uint8Array(bytes);
    } catch (error) {
      throw locked(`identity file ${this.path}: the armor is damaged`, undefined, error);
    }
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      const passphrase = this.#givenPassphrase ?? (await this.#askPassphrase?.({ file: this.path, attempt }));
      if (passphrase === undefined) {
        throw locked(
          `identity file ${this.path}: it is protected by a passphrase, and none was given`,
          'run it on a terminal, or set NETWRIGHT_PASSPHRASE',
        );
      }
      const secret = new Secret(passphrase);
      const plain = await this.#decrypt(sealed, passphrase);
      if (plain !== undefined) {
        // Not before: a word that opens nothing would only be cut out of messages.
        this.#redactor.learn(secret);
        this.#passphrase = secret;
        return plain;
      }
      if (this.#givenPassphrase !== undefined) break;
    }
    throw locked(`identity file ${this.path}: the passphrase is wrong`);
  }

  /** Undefined when the passphrase is another one. */
  async #decrypt(sealed: Uint8Array, passphrase: string): Promise<string | undefined> {
    const decrypter = new Decrypter();
    decrypter.addIdentity(new PassphraseIdentity(passphrase));
    try {
      return await decrypter.decrypt(sealed, 'text');
    } catch (error) {
      if (isNoMatch(error)) return undefined;
      throw locked(`identity file ${this.path}: it is damaged: ${(error as Error).message}`, undefined, error);
    }
  }

  async #encrypt(text: string): Promise<string | Uint8Array> {
    const encrypter = new Encrypter();
    encrypter.addRecipient(new PassphraseRecipient(this.#passphrase!.reveal()));
    const sealed = await encrypter.encrypt(text);
    return this.#isArmored ? armor.encode(sealed) : sealed;
  }
}

/** What age-encryption says when the file is sound and none of the identities is for it. */
export const isNoMatch = (error: unknown): boolean =>
  error instanceof Error && error.message.startsWith('no identity matched');

const isEncrypted = (bytes: Buffer): boolean => {
  const head = bytes.subarray(0, 80).toString('latin1').trimStart();
  return head.startsWith(binaryHead) || head.startsWith(armorHead);
};

async function identityText(identity: string, comment: string): Promise<string> {
  return `# ${comment}\n# public key: ${await identityToRecipient(identity)}\n${identity}\n`;
}
