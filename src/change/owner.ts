import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { asNetwrightError } from '#core';
import { lockWorkspace } from '#store';
import type { Workspace } from '#workspace';

/**
 * A process at work on devices of a change. It holds a lock that the system itself takes away when the process ends,
 * however it ends: what a dead owner left can be taken over at once, and what a paused one holds cannot.
 */
export interface Owner extends AsyncDisposable {
  readonly id: string;
}

const pathOf = (workspace: Workspace, id: string): string => workspace.path('.netwright', 'owners', id);

export async function becomeOwner(workspace: Workspace, what: string): Promise<Owner> {
  const id = `${process.pid}-${randomBytes(6).toString('hex')}`;
  const path = pathOf(workspace, id);
  const lock = await lockWorkspace(path, { what, clock: workspace.clock });
  return {
    id,
    async [Symbol.asyncDispose]() {
      lock.release();
      await removeLock(path);
    },
  };
}

/** Whether the process that goes by this id is still there. */
export async function isAlive(workspace: Workspace, id: string): Promise<boolean> {
  const path = pathOf(workspace, id);
  try {
    const lock = await lockWorkspace(path, { what: 'looking whether its owner lives', clock: workspace.clock });
    lock.release();
  } catch (error) {
    // Held by the owner, or for a moment by another one who looks: it will be asked again.
    if (asNetwrightError(error).code === 'NW_WORKSPACE_BUSY') return true;
    throw error;
  }
  await removeLock(path);
  return false;
}

async function removeLock(path: string): Promise<void> {
  for (const file of [path, `${path}-journal`, `${path}.json`]) await rm(file, { force: true });
}
