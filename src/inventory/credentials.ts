import type { Login } from '#transport';

export interface CredentialSummary {
  readonly name: string;
  readonly user: string;
  readonly has: readonly ('password' | 'enable' | 'privateKey' | 'passphrase' | 'agent')[];
  readonly changedAtMs: number;
}

/** The credentials of a workspace: an age-encrypted file, opened once, kept in memory as {@link Login} values. */
export interface CredentialStore {
  /** @throws NetwrightError `NW_CREDENTIAL_MISSING`, `NW_SECRETS_LOCKED`, `NW_SECRETS_CORRUPT`. */
  login(name: string): Promise<Login>;
  list(): Promise<readonly CredentialSummary[]>;
  /** Adds or replaces one; the file is written to a temporary name, synced and renamed. */
  set(name: string, login: Login): Promise<void>;
  remove(name: string): Promise<void>;
  /** Makes a new identity, re-encrypts everything to it, and keeps the old identity beside it. */
  rotate(): Promise<{ readonly recipient: string; readonly identityFile: string }>;
  /** The age recipients that secrets and sealed configurations are encrypted to. */
  recipients(): Promise<readonly string[]>;
  /** Age identities (`AGE-SECRET-KEY-…`) that open them. */
  identities(): Promise<readonly string[]>;
  /** 32 bytes for keyed hashes of secrets in scrubbed configurations; stays the same when identities rotate. */
  scrubKey(): Promise<Uint8Array>;
}
