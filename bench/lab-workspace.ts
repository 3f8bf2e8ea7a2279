import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Secret } from '#core';
import { type Lab, labInventory } from '#lab';
import { initWorkspace, openWorkspace } from '#workspace';
import type { BackupFigures } from './backup-client.ts';

const client = join(dirname(fileURLToPath(import.meta.url)), 'backup-client.ts');

export interface LabWorkspace extends AsyncDisposable {
  readonly folder: string;
  /** Backs everything up in another process. */
  backUp(concurrency?: number): Promise<BackupFigures>;
}

/** A workspace in a temporary folder whose inventory is the lab. @param defaults what holds for all devices */
export async function makeLabWorkspace(
  lab: Pick<Lab, 'devices'>,
  defaults: Readonly<Record<string, unknown>> = {},
): Promise<LabWorkspace> {
  const base = await mkdtemp(join(tmpdir(), 'netwright-bench-'));
  const folder = join(base, 'workspace');
  const env = { ...process.env, HOME: base, XDG_CONFIG_HOME: join(base, 'config') };
  const { yaml, credential } = labInventory(lab);
  const lines = JSON.stringify({ credential: credential.name, ...defaults });
  await initWorkspace(folder, {
    inventory: yaml.replace(/^defaults:\n {2}credential: .*$/m, `defaults: ${lines}`),
  });
  {
    await using workspace = await openWorkspace({ folder, env });
    const { user, password, enable } = credential;
    await workspace.credentials.set(credential.name, {
      user,
      password: new Secret(password),
      ...(enable === '' ? {} : { enable: new Secret(enable) }),
    });
  }
  return {
    folder,
    async backUp(concurrency) {
      const args = ['--conditions=source', client, folder, ...(concurrency === undefined ? [] : [String(concurrency)])];
      const { stdout } = await promisify(execFile)(process.execPath, args, { env, maxBuffer: 1 << 26 });
      return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as BackupFigures;
    },
    async [Symbol.asyncDispose]() {
      await rm(base, { recursive: true, force: true });
    },
  };
}
