import type { Outcome } from '#core';
import type { ChangeState } from '#store';
import { becomeOwner } from './owner.ts';
import { settleOpen } from './settle.ts';
import type { Workbench } from './workbench.ts';

/** How long a command that has something else to do waits for a device that cannot be reached. */
const patienceMs = 5_000;

/** Finishes what is due, of all changes or of one, before something else is done: see {@link settleOpen}. */
export async function settleDue(
  bench: Workbench,
  { id, signal }: { readonly id?: string; readonly signal?: AbortSignal } = {},
): Promise<readonly Outcome<ChangeState>[]> {
  if ((await bench.records.open(id)).length === 0) return [];
  await using owner = await becomeOwner(bench.workspace, 'finishing what was promised');
  return await settleOpen(bench, {
    ...{ owner: owner.id, signal: signal ?? new AbortController().signal, patienceMs },
    ...(id !== undefined && { id }),
  });
}
