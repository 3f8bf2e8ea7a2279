import { NetwrightError } from '#core';
import type { PlatformRegistry } from '#platforms';
import type { Runtime } from './runtime.ts';

/** The platforms of the workspace when there is one, else ours alone. */
export async function platformsHere(runtime: Runtime): Promise<PlatformRegistry> {
  try {
    return await (await runtime.workspace()).platforms();
  } catch (error) {
    const isNowhere = error instanceof NetwrightError && error.code === 'NW_WORKSPACE_NOT_FOUND';
    if (!isNowhere || runtime.workspaceFolder !== undefined) throw error;
    const { createPlatformRegistry } = await import('#platforms');
    return createPlatformRegistry();
  }
}
