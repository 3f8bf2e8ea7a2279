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
  /** For whoever opens it: its identity is in a home of its own. */
  readonly env: NodeJS.ProcessEnv;
  /** Backs everything up in another process. */
  backUp(concurrency?: number): Promise<BackupFigures>;
}

/**
 * A workspace in a temporary folder whose inventory is the lab.
 * @param defaults what holds for all devices
 * @param copies further workspaces just like it, so that a process may warm up on one and be measured on the next
 */
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
    env,
    async backUp(concurrency = 0) {
      const figures = await backUpAll([folder], concurrency, env);
      return figures[0]!;
    },
    async [Symbol.asyncDispose]() {
      await rm(base, { recursive: true, force: true });
    },
  };
}

/** Backs the workspaces up, one after the other, in one other process. */
export async function backUpAll(
  folders: readonly string[],
  concurrency = 0,
  env: NodeJS.ProcessEnv = process.env,
): Promise<BackupFigures[]> {
  const args = ['--conditions=source', client, String(concurrency), ...folders];
  const { stdout } = await promisify(execFile)(process.execPath, args, { env, maxBuffer: 1 << 26 });
  return stdout
    .trim()
    .split('\n')
    .map((line): BackupFigures => JSON.parse(line));
}
