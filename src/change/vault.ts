import { createHmac, timingSafeEqual } from 'node:crypto';
import { sealed, unsealed } from '#store';
import { turnBudget } from '#transport';
import type { Workspace } from '#workspace';

/** About what sealing or opening one text takes of the event loop: the devices of a wave take turns. */
const sealingMs = 2;

/**
 * Seals what holds secrets to the recipients of the workspace, and makes keyed hashes of it: age tells who may read a
 * text, not who wrote it, and a plain hash of a configuration could be tried against guesses of its secrets.
 */
export class Vault {
  readonly #workspace: Pick<Workspace, 'credentials'>;
  readonly #key: Buffer;
  #recipients: Promise<readonly string[]> | undefined;
  #identities: Promise<readonly string[]> | undefined;

  private constructor(workspace: Pick<Workspace, 'credentials'>, key: Buffer) {
    this.#workspace = workspace;
    this.#key = key;
  }

  /** @throws `NW_SECRETS_LOCKED`, `NW_SECRETS_CORRUPT` */
  static async open(workspace: Pick<Workspace, 'credentials'>): Promise<Vault> {
    return new Vault(workspace, keyOf(await workspace.credentials.scrubKey(), 'changes'));
  }

  /** HMAC-SHA256 of the parts, for one purpose. */
  mac(purpose: string, ...parts: readonly string[]): string {
    return createHmac('sha256', this.#key)
      .update(JSON.stringify([purpose, ...parts]))
      .digest('hex');
  }

  isMac(mac: string | undefined, purpose: string, ...parts: readonly string[]): boolean {
    if (mac === undefined) return false;
    const [one, other] = [Buffer.from(mac), Buffer.from(this.mac(purpose, ...parts))];
    return one.length === other.length && timingSafeEqual(one, other);
  }

  async seal(text: string): Promise<Uint8Array> {
    this.#recipients ??= this.#workspace.credentials.recipients();
    await turnBudget.room(sealingMs);
    return await sealed(Buffer.from(text), await this.#recipients);
  }

  /** @throws `NW_SECRETS_LOCKED`, `NW_SECRETS_CORRUPT` */
  async unseal(content: Uint8Array, what: string): Promise<string> {
    this.#identities ??= this.#workspace.credentials.identities();
    await turnBudget.room(sealingMs);
    return (await unsealed(content, await this.#identities, what)).toString('utf8');
  }
}

/** The key of the audit chain, of the secrets of the workspace. */
export const auditKeyOf = async ({ credentials }: Pick<Workspace, 'credentials'>): Promise<Uint8Array> =>
  keyOf(await credentials.scrubKey(), 'audit');

const keyOf = (scrubKey: Uint8Array, use: string): Buffer =>
  createHmac('sha256', scrubKey).update(`change ${use}`).digest();
