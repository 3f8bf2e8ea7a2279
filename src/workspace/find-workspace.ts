import { access } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { NetwrightError } from '#core';

export const settingsFileName = 'netwright.yaml';

/**
 * The folder of the workspace: `folder` when given, else the nearest one from `from` upwards.
 * @throws NetwrightError `NW_WORKSPACE_NOT_FOUND`.
 */
export async function findWorkspace(folder: string | undefined, from: string): Promise<string> {
  if (folder !== undefined) {
    const path = resolve(from, folder);
    if (await exists(join(path, settingsFileName))) return path;
    throw new NetwrightError('NW_WORKSPACE_NOT_FOUND', `${path}: there is no ${settingsFileName} in it`, {
      hint: `netwright init ${folder}`,
    });
  }
  for (let path = resolve(from); ; path = dirname(path)) {
    if (await exists(join(path, settingsFileName))) return path;
    if (path === dirname(path)) {
      throw new NetwrightError('NW_WORKSPACE_NOT_FOUND', `there is no ${settingsFileName} in ${from} or above`);
    }
  }
}

export async function exists(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  );
}
