import { readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { generateX25519Identity } from 'age-encryption';
import { NetwrightError, type Redactor } from '#core';
import { runIdentityCommand } from './identity-command.ts';
import { type AskPassphrase, IdentityFile, parseIdentities } from './identity-file.ts';
import { identityFolder } from './identity-folder.ts';

export interface IdentityOptions {
  /** `NETWRIGHT_IDENTITY`, `…_FILE`, `…_COMMAND`, `NETWRIGHT_PASSPHRASE`, `XDG_CONFIG_HOME` and `HOME` count. */
  readonly env: NodeJS.ProcessEnv;
  readonly redactor: Redactor;
  readonly askPassphrase?: AskPassphrase | undefined;
  /** Deadline of `NETWRIGHT_IDENTITY_COMMAND`; default 30,000. */
  readonly commandTimeoutMs?: number | undefined;
}

interface Source {
  readonly load: () => Promise<readonly string[]>;
  /** Named by the environment, not found in the folder of the user. */
  readonly isExplicit: boolean;
  readonly file?: IdentityFile;
}

/**
 * The age identities that this user has, from the value, the file and the command that the environment names, then from
 * the files in the user's configuration folder. Each is read when it is first needed, and once.
 */
export class Identities {
  readonly #options: IdentityOptions;
  readonly #files = new Map<string, IdentityFile>();
  #command: Promise<string[]> | undefined;

  constructor(options: IdentityOptions) {
    this.#options = options;
  }

  /** The identities of one source after the other, so that nothing is asked for that is not needed. */
  async *bySource(): AsyncGenerator<readonly string[]> {
    for (const source of await this.#sources()) yield await source.load();
  }

  /**
   * All of them, also those kept from before a rotation. A protected file in the user's folder is left out while the
   * environment names a source: a service with its own identity must not stop at a question.
   */
  async all(): Promise<string[]> {
    const found = new Set<string>();
    for (const { load, isExplicit, file } of await this.#sources()) {
      if (!isExplicit && found.size > 0 && (await file?.isLocked())) continue;
      for (const identity of await load()) found.add(identity);
    }
    return [...found];
  }

  /** The identity that new files are encrypted to; made, and kept in a new file, when there is none yet. */
  async first(createdAt: Date): Promise<string> {
    for (const { load, file, isExplicit } of await this.#sources()) {
      if (isExplicit && file !== undefined && !(await file.exists())) break;
      const [identity] = await load();
      if (identity !== undefined) return identity;
    }
    const identity = await generateX25519Identity();
    const file = this.#ownFile();
    const isNew = await file.create(identity, `created: ${createdAt.toISOString()}`);
    // Another process was faster: its identity counts.
    return isNew ? identity : (await file.identities())[0]!;
  }

  /** Makes a new identity and puts it before the old ones, which stay. */
  async add(createdAt: Date): Promise<{ identity: string; file: string }> {
    const identity = await generateX25519Identity();
    const file = await this.#usedFile();
    await file.prepend(identity, `created: ${createdAt.toISOString()}`);
    return { identity, file: file.path };
  }

  #ownFile(): IdentityFile {
    const named = this.#options.env['NETWRIGHT_IDENTITY_FILE'];
    return this.#file(named ? this.#expand(named) : join(identityFolder(this.#options.env), 'default.txt'));
  }

  /** Where the identity in use stands, under whatever name: a protected file must not get an open one beside it. */
  async #usedFile(): Promise<IdentityFile> {
    const [used] = this.#options.env['NETWRIGHT_IDENTITY_FILE'] ? [] : await this.#folderFiles();
    return used === undefined ? this.#ownFile() : this.#file(used);
  }

  #expand(path: string): string {
    return path.replace(/^~(?=$|\/)/, this.#options.env['HOME'] ?? homedir());
  }

  #file(path: string): IdentityFile {
    let file = this.#files.get(path);
    if (!file) {
      const { redactor, askPassphrase, env } = this.#options;
      file = new IdentityFile(path, { redactor, askPassphrase, passphrase: env['NETWRIGHT_PASSPHRASE'] });
      this.#files.set(path, file);
    }
    return file;
  }

  async #sources(): Promise<Source[]> {
    const { env, redactor } = this.#options;
    const sources: Source[] = [];
    const { NETWRIGHT_IDENTITY: value, NETWRIGHT_IDENTITY_FILE: named, NETWRIGHT_IDENTITY_COMMAND: command } = env;
    if (value) {
      sources.push({ isExplicit: true, load: () => parseIdentities(value, 'NETWRIGHT_IDENTITY', redactor) });
    }
    if (named) {
      const file = this.#file(this.#expand(named));
      // A name that leads nowhere is a mistake, not a reason to open the secrets with another identity.
      sources.push({ isExplicit: true, file, load: async () => await (await this.#there(file)).identities() });
    }
    if (command) sources.push({ isExplicit: true, load: () => this.#runCommand(command) });
    for (const path of await this.#folderFiles()) {
      const file = this.#file(path);
      sources.push({ isExplicit: false, file, load: () => file.identities() });
    }
    return sources;
  }

  async #there(file: IdentityFile): Promise<IdentityFile> {
    if (await file.exists()) return file;
    throw new NetwrightError('NW_SECRETS_LOCKED', `NETWRIGHT_IDENTITY_FILE: there is no file ${file.path}`);
  }

  #runCommand(command: string): Promise<string[]> {
    const { env, redactor, commandTimeoutMs = 30_000 } = this.#options;
    this.#command ??= runIdentityCommand(command, env, commandTimeoutMs)
      .then((text) => parseIdentities(text, 'the output of NETWRIGHT_IDENTITY_COMMAND', redactor))
      .catch((error: unknown) => {
        this.#command = undefined;
        throw error;
      });
    return this.#command;
  }

  /** `default.txt` first, then what else there is. */
  async #folderFiles(): Promise<string[]> {
    const folder = identityFolder(this.#options.env);
    const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    });
    return names
      .filter((name) => /^[^.].*\.(?:txt|age|key)$/.test(name))
      .sort((a, b) => Number(b === 'default.txt') - Number(a === 'default.txt') || (a < b ? -1 : 1))
      .map((name) => join(folder, name));
  }
}
