import { asNetwrightError, formatDuration, type Outcome } from '#core';
import type { ChangeDeviceRecord, ChangeState } from '#store';
import type { Workspace } from '#workspace';
import { becomeOwner, isAlive } from '../owner.ts';
import { settleOpen } from '../settle.ts';
import { openWorkbench, type Workbench, type WorkbenchOptions } from '../workbench.ts';

export interface WatchOptions extends WorkbenchOptions {
  /** Only this change; the watch ends when nothing of it is open. Absent: all of them, for ever. */
  readonly id?: string;
  /** The owner that applies it: as long as that one is there, the watch goes on. */
  readonly applier?: string;
  readonly signal: AbortSignal;
  /** Milliseconds between two looks. Default 1,000. */
  readonly everyMs?: number;
  readonly onSettled?: (outcome: Outcome<ChangeState>) => void;
}

const everyMs = 1_000;
/** A device is looked for so long in one go. */
const patienceMs = 20_000;
/** And rests so long after it was not found, doubling. */
const firstRestMs = 5_000;
const longestRestMs = 120_000;

/** Sees to it that what was promised is kept: see {@link settleOpen}. */
export async function watchChanges(workspace: Workspace, options: WatchOptions): Promise<void> {
  const { clock, logger } = workspace;
  const { signal, id } = options;
  await using bench = await openWorkbench(workspace, { ...options, actor: options.actor ?? 'netwright guard' });
  await using owner = await becomeOwner(workspace, `watch ${id ?? 'of all changes'}`);
  const resting = new Map<string, { readonly untilMs: number; readonly restMs: number }>();
  const keyOf = ({ changeId, device }: ChangeDeviceRecord): string => JSON.stringify([changeId, device]);
  const settleSome = async (): Promise<void> => {
    const before = new Map((await bench.records.open(id)).map((record) => [record.device, keyOf(record)]));
    const outcomes = await settleOpen(bench, {
      ...{ owner: owner.id, signal, patienceMs },
      ...(id !== undefined && { id }),
      isResting: (record) => (resting.get(keyOf(record))?.untilMs ?? 0) > clock.now(),
    });
    for (const outcome of outcomes) {
      options.onSettled?.(outcome);
      const key = before.get(outcome.device) ?? '';
      if (outcome.ok) resting.delete(key);
      else {
        const restMs = Math.min(longestRestMs, (resting.get(key)?.restMs ?? firstRestMs / 2) * 2);
        resting.set(key, { untilMs: clock.now() + restMs, restMs });
        logger.warn({ device: outcome.device, code: outcome.error.code }, `tried again in ${formatDuration(restMs)}`);
      }
    }
  };
  while (!signal.aborted) {
    try {
      await settleSome();
      if (id !== undefined && (await isOver(bench, id, options.applier))) return;
    } catch (thrown) {
      // A database that takes nothing for a while, a file that cannot be read: the promises stand, and so does the watch.
      logger.warn({ code: asNetwrightError(thrown).code }, asNetwrightError(thrown).message);
    }
    await clock.sleep(options.everyMs ?? everyMs, signal).catch(() => undefined);
  }
}

/** Nothing is left that could be done without a person. */
async function isOver({ workspace, records }: Workbench, id: string, applier: string | undefined): Promise<boolean> {
  // Asked first: what it opened before it ended is seen then.
  if (applier !== undefined && (await isAlive(workspace, applier))) return false;
  const open = await records.open(id);
  return open.every(({ state }) => state === 'rollback failed');
}
