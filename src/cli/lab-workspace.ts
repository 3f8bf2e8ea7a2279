import { Secret } from '#core';
import { type Lab, labInventory } from '#lab';
import type { Runtime } from './runtime.ts';

/** Makes a workspace whose inventory is the lab, credential included; resolves with its folder. */
export async function makeLabWorkspace(runtime: Runtime, lab: Pick<Lab, 'devices'>, folder: string): Promise<string> {
  const { initWorkspace } = await import('#workspace');
  const { yaml, credential } = labInventory(lab);
  const made = await initWorkspace(folder, { inventory: yaml });
  const workspace = await runtime.workspace([], made.folder);
  const { name, user, password, enable } = credential;
  await workspace.credentials.set(name, {
    user,
    password: new Secret(password),
    ...(enable !== '' && { enable: new Secret(enable) }),
  });
  return made.folder;
}
