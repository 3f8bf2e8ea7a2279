import type { Clock, Redactor } from '#core';
import type { CredentialStore } from './credentials.ts';
import type { AskPassphrase } from './identity-file.ts';

export interface CredentialOptions {
  /** Path of `secrets.age`. It need not be there yet. */
  readonly file: string;
  readonly redactor: Redactor;
  /** Default `process.env`. */
  readonly env?: NodeJS.ProcessEnv;
  readonly clock?: Clock;
  readonly askPassphrase?: AskPassphrase;
  /** Deadline of `NETWRIGHT_IDENTITY_COMMAND`; default 30,000. */
  readonly commandTimeoutMs?: number;
  /** How long to wait for another process that writes; default 10,000. */
  readonly lockTimeoutMs?: number;
}

/**
 * The credentials in `secrets.age`. Nothing is read, asked or created before the first call; the file, and an
 * identity in the user's configuration folder, are created by the first call that needs them to be there
 * (`set`, `rotate`, `recipients`, `scrubKey`). Every secret that is handed out is learned by the redactor first.
 */
export function openCredentials(options: CredentialOptions): CredentialStore {
  let opened: Promise<CredentialStore> | undefined;
  // The cryptography takes its time to load; commands that need no secret do without.
  const store = (): Promise<CredentialStore> => {
    opened ??= import('./age-credentials.ts').then(({ AgeCredentials }) => new AgeCredentials(options));
    return opened;
  };
  return {
    login: async (name) => (await store()).login(name),
    list: async () => (await store()).list(),
    set: async (name, login) => (await store()).set(name, login),
    remove: async (name) => (await store()).remove(name),
    rotate: async () => (await store()).rotate(),
    recipients: async () => (await store()).recipients(),
    identities: async () => (await store()).identities(),
    scrubKey: async () => (await store()).scrubKey(),
  };
}
