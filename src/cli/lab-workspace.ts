import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { NetwrightError, Secret } from '#core';
import type { Lab } from '#lab';
import type { Runtime } from './runtime.ts';

/** How the inventory of a lab begins: only such a one is written anew. */
const mark = '# Devices of a lab, on ports that differ each time: `netwright lab up --into` writes this file anew.';

type LabFolder = 'new' | 'of a lab';

/**
 * Whether a lab may have that folder: when no workspace is there, or one that a lab made before.
 * @throws NetwrightError `NW_WORKSPACE_EXISTS` for a workspace of somebody's own.
 */
export async function checkLabFolder(runtime: Runtime, folder: string): Promise<LabFolder> {
  if (!(await isThere(join(folder, 'netwright.yaml')))) return 'new';
  const workspace = await runtime.workspace([], folder);
  const file = workspace.path(workspace.settings.inventory);
  const inventory = await readFile(file, 'utf8').catch(() => '');
  if (inventory.startsWith(mark)) return 'of a lab';
  throw new NetwrightError(
    'NW_WORKSPACE_EXISTS',
    `${folder}: there is a workspace, and its inventory is not of a lab`,
    {
      hint: 'name another folder: only the inventory of a lab is written anew',
    },
  );
}

/**
 * Makes a workspace whose inventory is the lab, credential included, or writes the inventory of one anew; its history
 * stays. Resolves with its folder.
 */
export async function makeLabWorkspace(runtime: Runtime, lab: Pick<Lab, 'devices'>, folder: string): Promise<string> {
  const [{ initWorkspace }, { labInventory }] = await Promise.all([import('#workspace'), import('#lab')]);
  const { yaml, credential } = labInventory(lab);
  const inventory = `${mark}\n${yaml}`;
  const state = await checkLabFolder(runtime, folder);
  if (state === 'new') await initWorkspace(folder, { inventory });
  const workspace = await runtime.workspace([], folder);
  if (state === 'of a lab') {
    await writeFile(workspace.path(workspace.settings.inventory), inventory);
    // Other devices listen on the ports of the last lab. What the workspace remembers of keys is of labs alone.
    await rm(join(workspace.folder, 'known_hosts'), { force: true });
  }
  const { name, user, password, enable } = credential;
  await workspace.credentials.set(name, {
    user,
    password: new Secret(password),
    ...(enable !== '' && { enable: new Secret(enable) }),
  });
  return workspace.folder;
}

/** @throws NetwrightError `NW_WORKSPACE_EXISTS` when there is a workspace, whosever it is. */
export async function checkNoWorkspace(folder: string): Promise<void> {
  if (!(await isThere(join(folder, 'netwright.yaml')))) return;
  throw new NetwrightError('NW_WORKSPACE_EXISTS', `${folder}: there is a netwright.yaml already`);
}

async function isThere(file: string): Promise<boolean> {
  try {
    await stat(file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
