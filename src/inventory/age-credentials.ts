import { identityToRecipient } from 'age-encryption';
import { type Clock, didYouMean, NetwrightError, type Redactor, systemClock } from '#core';
import type { Login } from '#transport';
import type { CredentialStore, CredentialSummary } from './credentials.ts';
import { withFileLock } from './file-lock.ts';
import { Identities } from './identities.ts';
import type { CredentialOptions } from './open-credentials.ts';
import { namePattern } from './schema.ts';
import {
  emptySecrets,
  fromLogin,
  readSecrets,
  type SecretsContent,
  secretFields,
  secretsStamp,
  toLogin,
  writeSecrets,
} from './secrets-file.ts';

const name = new RegExp(namePattern, 'u');

/** The store behind `openCredentials`, which says what it promises. */
export class AgeCredentials implements CredentialStore {
  readonly #file: string;
  readonly #redactor: Redactor;
  readonly #clock: Clock;
  readonly #identities: Identities;
  readonly #lockTimeoutMs: number;
  #known: { readonly content: SecretsContent; readonly stamp: string } | undefined;
  #reading: Promise<SecretsContent | undefined> | undefined;

  constructor(options: CredentialOptions) {
    const { file, redactor, env = process.env, clock = systemClock, lockTimeoutMs = 10_000 } = options;
    this.#file = file;
    this.#redactor = redactor;
    this.#clock = clock;
    this.#lockTimeoutMs = lockTimeoutMs;
    const { askPassphrase, commandTimeoutMs } = options;
    this.#identities = new Identities({ env, redactor, askPassphrase, commandTimeoutMs });
  }

  async login(credential: string): Promise<Login> {
    const content = await this.#content();
    const stored = content && Object.hasOwn(content.credentials, credential) && content.credentials[credential];
    if (!stored) {
      const meant = didYouMean(credential, Object.keys(content?.credentials ?? {}));
      throw new NetwrightError(
        'NW_CREDENTIAL_MISSING',
        `there is no credential "${credential}" in ${this.#file}.${meant}`,
        {
          hint: `netwright secret set ${credential} --user <user> --password-stdin`,
        },
      );
    }
    const login = toLogin(stored);
    this.#learn(login);
    return login;
  }

  async list(): Promise<readonly CredentialSummary[]> {
    const content = await this.#content();
    return Object.entries(content?.credentials ?? {})
      .map(([key, stored]) => {
        const has: CredentialSummary['has'][number][] = secretFields.filter((field) => stored[field] !== undefined);
        if (stored.agent) has.push('agent');
        return { name: key, user: stored.user, has, changedAtMs: stored.changedAtMs };
      })
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  async set(credential: string, login: Login): Promise<void> {
    if (!name.test(credential) || credential === '__proto__') {
      throw new NetwrightError(
        'NW_USAGE',
        `"${credential}" cannot name a credential: expected letters, digits and . _ - @ +, the first a letter, digit or _`,
      );
    }
    this.#learn(login);
    await this.#update((content) => ({
      ...content,
      credentials: { ...content.credentials, [credential]: fromLogin(login, this.#clock.now()) },
    }));
  }

  async remove(credential: string): Promise<void> {
    // Says so when there is none, before a file is created for nothing.
    await this.login(credential);
    await this.#update((content) => {
      const { [credential]: _, ...credentials } = content.credentials;
      return { ...content, credentials };
    });
  }

  async rotate(): Promise<{ readonly recipient: string; readonly identityFile: string }> {
    let made = { recipient: '', identityFile: '' };
    await this.#update(async (content) => {
      const own = new Set(await Promise.all((await this.#identities.all()).map((one) => identityToRecipient(one))));
      // The new identity is on disk before anything is encrypted to it: a crash in between locks nobody out.
      const { identity, file } = await this.#identities.add(new Date(this.#clock.now()));
      made = { recipient: await identityToRecipient(identity), identityFile: file };
      return { ...content, recipients: [made.recipient, ...content.recipients.filter((one) => !own.has(one))] };
    });
    return made;
  }

  async recipients(): Promise<readonly string[]> {
    return (await this.#ensured()).recipients;
  }

  async identities(): Promise<readonly string[]> {
    const all = await this.#identities.all();
    if (all.length > 0) return all;
    throw new NetwrightError('NW_SECRETS_LOCKED', 'there is no identity on this machine');
  }

  async scrubKey(): Promise<Uint8Array> {
    return new Uint8Array(Buffer.from((await this.#ensured()).scrubKey, 'base64'));
  }

  #learn(login: Login): void {
    for (const field of secretFields) this.#redactor.learn(login[field]);
  }

  /** What the file says now: another process may have changed it. Callers at the same time share one reading. */
  #content(): Promise<SecretsContent | undefined> {
    this.#reading ??= this.#look().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  async #look(): Promise<SecretsContent | undefined> {
    const stamp = secretsStamp(this.#file);
    if (this.#known && this.#known.stamp === stamp) return this.#known.content;
    const content = await readSecrets(this.#file, this.#identities);
    this.#known = content && stamp !== undefined ? { content, stamp } : undefined;
    return content;
  }

  async #ensured(): Promise<SecretsContent> {
    return (await this.#content()) ?? (await this.#update((content) => content));
  }

  /** Reads, changes and writes with no other writer in between. Nothing is written when the file cannot be read. */
  async #update(
    change: (content: SecretsContent) => SecretsContent | Promise<SecretsContent>,
  ): Promise<SecretsContent> {
    return withFileLock(
      `${this.#file}.lock`,
      this.#clock,
      async () => {
        const before = await readSecrets(this.#file, this.#identities);
        const content = await change(before ?? emptySecrets(await this.#newRecipient()));
        // `before` is left as it is when there is nothing new to write.
        if (content !== before) await writeSecrets(this.#file, content);
        const stamp = secretsStamp(this.#file);
        this.#known = stamp === undefined ? undefined : { content, stamp };
        return content;
      },
      { timeoutMs: this.#lockTimeoutMs },
    );
  }

  async #newRecipient(): Promise<string> {
    return identityToRecipient(await this.#identities.first(new Date(this.#clock.now())));
  }
}
