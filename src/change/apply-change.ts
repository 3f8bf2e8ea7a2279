import { OutcomeQueue } from '#backup';
import { asNetwrightError, NetwrightError, type Outcome } from '#core';
import { batchesOf } from '#runner';
import { type ChangeDeviceRecord, type ChangeRecord, type ChangeState, changeStates } from '#store';
import { runDefaults, type Workspace } from '#workspace';
import type { ApplyOptions, ApplyReport, ApplyRun, DeviceChange } from './apply.ts';
import { type BackedUp, backUpAfter, backUpBefore } from './backups.ts';
import { beginnable, mannerOf, noteBeginning, soundPlan, toBegin } from './begin-application.ts';
import { type ChangeManner, changeDevice } from './change-device.ts';
import { FailureBudget, onDevices } from './fleet.ts';
import { spawnGuard } from './guard/spawn-guard.ts';
import { becomeOwner } from './owner.ts';
import { settleDue } from './settle-due.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

/**
 * Applies a planned change, wave by wave. It begins at once and goes on when the reader leaves; `options.signal`
 * begins no further device, and lets those that are under way come to one of their ends.
 *
 * @throws NetwrightError (from the report) `NW_CHANGE_NOT_FOUND`, `NW_CHANGE_STATE`, `NW_USAGE`, `NW_SELECT_EMPTY`
 */
export function applyChange(workspace: Workspace, id: string, options: ApplyOptions = {}): ApplyRun {
  const outcomes = new OutcomeQueue<Outcome<DeviceChange>>();
  const report = apply(workspace, id, options, outcomes);
  report.then(
    () => outcomes.end(),
    (error: unknown) => outcomes.fail(error),
  );
  return { report, [Symbol.asyncIterator]: () => outcomes.read() };
}

/** What the waves of one application share. */
interface Application {
  readonly bench: Workbench;
  readonly change: ChangeRecord;
  readonly options: ApplyOptions;
  readonly manner: ChangeManner;
  readonly owner: string;
  readonly budget: FailureBudget;
  readonly outcomes: OutcomeQueue<Outcome<DeviceChange>>;
  readonly warnings: string[];
  readonly failed: Set<string>;
  /** Those that were not begun. */
  readonly left: Set<string>;
}

async function apply(
  workspace: Workspace,
  id: string,
  options: ApplyOptions,
  outcomes: OutcomeQueue<Outcome<DeviceChange>>,
): Promise<ApplyReport> {
  const startedMs = workspace.clock.now();
  const manner = await mannerOf(workspace, options);
  await using bench = await openWorkbench(workspace, options);
  const change = await soundPlan(bench, id);
  await settleDue(bench);
  const records = await toBegin(bench, change, options.select);
  const budget = new FailureBudget(options.maxFailures, records.length);
  const waves = batchesOf(records, options.serial);
  await noteBeginning(bench, change, options, manner, records.length);
  await using owner = await becomeOwner(workspace, `change ${change.id}`);
  if (options.guard ?? workspace.settings.change.guard) await spawnGuard(workspace, change.id, owner.id);
  const application: Application = {
    ...{ bench, change, options, manner, owner: owner.id, budget, outcomes },
    ...{ warnings: [], failed: new Set(), left: new Set() },
  };
  options.onEvent?.({ type: 'planned', total: records.length });
  // Of all at once: that nothing was changed since the plan, and so since now, is seen again right before each commit.
  const kept = await backUpBefore(bench, change, records, options);
  application.warnings.push(...kept.warnings);
  let backups = Promise.resolve();
  for (const [at, wave] of waves.entries()) {
    const done = await applyWave(application, wave, at + 1, kept);
    // The next wave need not wait for it.
    backups = backups.then(async () => await backUpAfter(bench, change, done, options, application.warnings));
  }
  await backups;
  return {
    ...{ id: change.id, total: records.length, failed: application.failed.size, warnings: application.warnings },
    states: await statesOf(bench, change.id),
    ...(application.left.size > 0 && { stopped: stopReason(application) ?? '' }),
    durationMs: workspace.clock.now() - startedMs,
  };
}

/** One wave: lock, and change each. @returns those that were confirmed */
async function applyWave(
  application: Application,
  wave: readonly ChangeDeviceRecord[],
  number: number,
  kept: BackedUp,
): Promise<readonly string[]> {
  const { bench, options, manner, owner, budget, outcomes, failed, left } = application;
  const add = (outcome: Outcome<DeviceChange>): void => {
    if (!outcome.ok && isLeft(outcome.error)) left.add(outcome.device);
    else if (!outcome.ok) {
      failed.add(outcome.device);
      budget.failed(outcome.device, outcome.error.code);
    }
    outcomes.add(outcome);
  };
  const refuse = (device: string, error: unknown): void => {
    const outcome = refusal(bench, device, error);
    options.onEvent?.({ type: 'finished', outcome });
    add(outcome);
  };
  const why = stopReason(application);
  // All at once: what is written together waits for the disk once.
  const claims = await Promise.all(
    wave.map(async (record) => {
      try {
        if (why !== undefined) throw leftOut(record.device, why);
        const taken = await lock(application, record, number);
        options.onEvent?.({ type: 'step', device: record.device, state: 'locked' });
        return taken;
      } catch (error) {
        refuse(record.device, error);
        return undefined;
      }
    }),
  );
  const locked = claims.filter((claimed) => claimed !== undefined);
  const ready = await withBackup(application, locked, kept, refuse);
  const settings = { owner, limits: limitsOf(application), signal: new AbortController().signal };
  const done: string[] = [];
  for await (const outcome of onDevices(
    bench,
    ready,
    async (work) => {
      const stopped = stopReason(application);
      if (stopped === undefined) return await changeDevice(work, manner);
      await work.ledger.to('planned', { owner: null });
      throw leftOut(work.device.name, stopped);
    },
    {
      ...settings,
      // How many there are is told once, for all waves.
      onEvent: (event) => event.type !== 'planned' && options.onEvent?.(event),
      onStep: (device, state) => options.onEvent?.({ type: 'step', device, state }),
    },
  )) {
    if (outcome.ok && outcome.value.state === 'confirmed') done.push(outcome.device);
    add(outcome);
  }
  return done;
}

/** @throws `NW_CHANGE_LOCKED`, `NW_CHANGE_STATE`, `NW_DEVICE_UNKNOWN` */
async function lock(
  { bench, change, owner }: Application,
  { device }: ChangeDeviceRecord,
  wave: number,
): Promise<ChangeDeviceRecord> {
  // One that left the inventory since is refused by name, and does not hold up the others.
  bench.inventory.get(device);
  const taken = await bench.records.claim(
    change.id,
    device,
    { owner, from: beginnable, patch: { state: 'locked', wave, error: null, deadlineMs: null }, isAttempt: true },
    { actor: bench.actor, event: 'locked', changeId: change.id, device, data: { wave } },
  );
  if (taken !== undefined) return taken;
  const now = await bench.records.device(change.id, device);
  throw new NetwrightError('NW_CHANGE_STATE', `${device}: another process is at it (${now?.state ?? 'gone'})`);
}

/** Whoever could not be backed up is not changed. */
async function withBackup(
  { bench, change, owner }: Application,
  locked: readonly ChangeDeviceRecord[],
  kept: BackedUp,
  refuse: (device: string, error: unknown) => void,
): Promise<readonly ChangeDeviceRecord[]> {
  const { workspace, records } = bench;
  const ready = locked.filter(({ device }) => !kept.failed.has(device));
  await Promise.all(
    locked.map(async ({ device }) => {
      const failure = kept.failed.get(device);
      const commit = kept.commits.get(device);
      if (commit !== undefined) await records.move(change.id, device, owner, { backupBefore: commit });
      if (failure === undefined) return;
      const error = { code: failure.code, message: workspace.redactor.redact(failure.message) };
      const entry = { actor: bench.actor, event: 'not applied', changeId: change.id, device, data: { because: error } };
      await records.move(change.id, device, owner, { state: 'not applied', owner: null, error }, entry);
      refuse(device, failure);
    }),
  );
  return ready;
}

/** Why no further device is begun. */
function stopReason({ options: { signal }, budget }: Application): string | undefined {
  if (signal?.aborted) return asNetwrightError(signal.reason, 'NW_CANCELLED').message;
  return budget.spent;
}

const leftOut = (device: string, why: string): NetwrightError =>
  new NetwrightError('NW_SKIPPED', `${device}: not begun, because ${why}`, {
    hint: 'it is as it was, and still planned: `netwright change apply <id>` goes on with what is left',
  });

const isLeft = ({ code }: NetwrightError): boolean => code === 'NW_SKIPPED';

function refusal(bench: Workbench, device: string, thrown: unknown): Outcome<DeviceChange> & { readonly ok: false } {
  const startedAtMs = bench.workspace.clock.now();
  return { device, ok: false, error: asNetwrightError(thrown), startedAtMs, durationMs: 0, attempts: 1 };
}

const limitsOf = ({ bench, options }: Application) => options.limits ?? runDefaults(bench.workspace.settings).limits;

async function statesOf({ records }: Workbench, id: string): Promise<ApplyReport['states']> {
  const states: Partial<Record<ChangeState, number>> = {};
  const devices = await records.devices(id);
  for (const state of changeStates) {
    const count = devices.filter((device) => device.state === state).length;
    if (count > 0) states[state] = count;
  }
  return states;
}
