import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { NetwrightError } from '#core';
import { fileNameOf, timeName, writeWhole } from './atomic-file.ts';
import type { Version } from './configuration-store.ts';
import { sealed, unsealed } from './sealing.ts';

export interface SealedStoreOptions {
  /** `sealed/` of the workspace. */
  readonly folder: string;
  /** Asked once, when the first text is sealed. */
  readonly recipients: () => Promise<readonly string[]>;
  /** Asked when a text is unsealed. */
  readonly identities: () => Promise<readonly string[]>;
  /** Texts kept per device; the oldest go. */
  readonly keep: number;
}

/**
 * Full texts, secrets included, beside the scrubbed ones in git: `sealed/<2 hex>/<device>@<time>-<blob>.age`, where
 * `<blob>` begins the name of the scrubbed text in git, so that a version finds its own. A folder for each device would cost
 * as much as sealing (ext4).
 */
export interface SealedStore {
  /** Keeps the full text that belongs to a scrubbed one, in place of one that was kept for it before. @throws `NW_STORE_FULL`, `NW_STORE_FAILED`, `NW_SECRETS_LOCKED`. */
  seal(text: {
    readonly device: string;
    readonly blob: string;
    readonly atMs: number;
    readonly content: Uint8Array;
  }): Promise<void>;
  /** Whether the full text of that scrubbed one is kept, and was written whole. */
  has(device: string, blob: string): Promise<boolean>;
  /** @throws `NW_VERSION_NOT_FOUND` when it was not kept, `NW_SECRETS_LOCKED`, `NW_SECRETS_CORRUPT`. */
  unseal(version: Pick<Version, 'device' | 'blob' | 'atMs'>): Promise<Buffer>;
}

const blobDigits = 16;

export function openSealedStore(options: SealedStoreOptions): SealedStore {
  const folderOf = (device: string): string =>
    join(options.folder, createHash('sha256').update(device).digest('hex').slice(0, 2));
  // Some names, asked for at once: through a thread it takes several times as long, and so does a folder that is not there.
  const filesOf = (folder: string, device: string): string[] => {
    if (statSync(folder, { throwIfNoEntry: false }) === undefined) return [];
    return readdirSync(folder)
      .filter((name) => name.startsWith(`${fileNameOf(device)}@`) && name.endsWith('.age'))
      .sort();
  };
  const fileOf = (device: string, blob: string): string | undefined => {
    const folder = folderOf(device);
    const name = filesOf(folder, device).findLast((one) => one.endsWith(`-${blob.slice(0, blobDigits)}.age`));
    return name && join(folder, name);
  };
  let recipients: Promise<readonly string[]> | undefined;

  return {
    async seal({ device, blob, atMs, content }) {
      recipients ??= options.recipients();
      const name = `${fileNameOf(device)}@${timeName(atMs)}-${blob.slice(0, blobDigits)}.age`;
      const folder = folderOf(device);
      const before = filesOf(folder, device);
      await writeWhole(join(folder, name), await sealed(content, await recipients));
      // Of texts that differ in nothing but secrets that a device encrypts anew at each read, the last is the one to restore.
      const isReplaced = (one: string): boolean => one.endsWith(`-${blob.slice(0, blobDigits)}.age`);
      const kept = [...before.filter((one) => !isReplaced(one)), name].sort();
      const old = kept.slice(0, Math.max(0, kept.length - Math.max(1, options.keep)));
      for (const one of [...old, ...before.filter((file) => file !== name && isReplaced(file))]) {
        await rm(join(folder, one), { force: true });
      }
    },

    async has(device, blob) {
      const file = fileOf(device, blob);
      // A power cut may leave a file that was renamed but never filled.
      return file !== undefined && statSync(file).size > 0;
    },

    async unseal({ device, blob, atMs }) {
      const file = fileOf(device, blob);
      if (file === undefined) {
        throw new NetwrightError(
          'NW_VERSION_NOT_FOUND',
          `no sealed text of ${device} as of ${new Date(atMs).toISOString()} is kept (newest ${options.keep} per device)`,
        );
      }
      return await unsealed(await readFile(file), await options.identities(), file);
    },
  };
}
