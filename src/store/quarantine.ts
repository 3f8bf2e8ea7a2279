import { randomBytes } from 'node:crypto';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { NetwrightError } from '#core';
import { fileNameOf, timeName, writeWhole } from './atomic-file.ts';
import { sealed, unsealed } from './sealing.ts';

/** An output that was refused, without the output itself. */
export interface QuarantineRecord {
  readonly id: string;
  readonly device: string;
  readonly atMs: number;
  readonly code: string;
  readonly reason: string;
  readonly sizeBytes: number;
}

/** Outputs that the guard refused. They hold secrets, so they are kept sealed, each beside a record of why. */
export interface QuarantineStore {
  /** @throws `NW_STORE_FULL`, `NW_STORE_FAILED`, `NW_SECRETS_LOCKED`. */
  keep(
    refused: Omit<QuarantineRecord, 'id' | 'sizeBytes'> & { readonly content: Uint8Array },
  ): Promise<QuarantineRecord>;
  /** Newest first. */
  list(options?: { readonly device?: string; readonly limit?: number }): Promise<readonly QuarantineRecord[]>;
  /** The output as it came. @throws `NW_VERSION_NOT_FOUND`, `NW_SECRETS_LOCKED`, `NW_SECRETS_CORRUPT`. */
  read(id: string): Promise<Buffer>;
}

export interface QuarantineOptions {
  readonly folder: string;
  readonly recipients: () => Promise<readonly string[]>;
  readonly identities: () => Promise<readonly string[]>;
  /** Outputs kept in all; the oldest go. Default 500. */
  readonly keep?: number;
}

export function openQuarantine(options: QuarantineOptions): QuarantineStore {
  const { folder } = options;
  const records = async (): Promise<string[]> => {
    const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    });
    return names.filter((name) => /^\d{8}T.*\.json$/.test(name)).sort();
  };
  let pruning = Promise.resolve();
  const prune = async (): Promise<void> => {
    const names = await records();
    for (const name of names.slice(0, Math.max(0, names.length - (options.keep ?? 500)))) {
      const stem = join(folder, name.slice(0, -'.json'.length));
      await rm(`${stem}.age`, { force: true });
      await rm(`${stem}.json`, { force: true });
    }
  };
  let recipients: Promise<readonly string[]> | undefined;

  return {
    async keep({ content, ...why }) {
      recipients ??= options.recipients();
      const id = `${timeName(why.atMs)}-${fileNameOf(why.device)}-${randomBytes(3).toString('hex')}`;
      const record: QuarantineRecord = { id, ...why, sizeBytes: content.byteLength };
      await writeWhole(join(folder, `${id}.age`), await sealed(content, await recipients));
      await writeWhole(join(folder, `${id}.json`), `${JSON.stringify(record, undefined, 2)}\n`);
      pruning = pruning.then(prune);
      await pruning;
      return record;
    },

    async list({ device, limit } = {}) {
      const found: QuarantineRecord[] = [];
      for (const name of (await records()).reverse()) {
        if (found.length >= (limit ?? 100)) break;
        if (device !== undefined && !name.includes(`-${fileNameOf(device)}-`)) continue;
        const record = JSON.parse(await readFile(join(folder, name), 'utf8')) as QuarantineRecord;
        if (device === undefined || record.device === device) found.push(record);
      }
      return found;
    },

    async read(id) {
      const known = (await records()).includes(`${id}.json`);
      if (!known) throw new NetwrightError('NW_VERSION_NOT_FOUND', `there is no output "${id}" in quarantine`);
      const file = join(folder, `${id}.age`);
      return await unsealed(await readFile(file), await options.identities(), file);
    },
  };
}
