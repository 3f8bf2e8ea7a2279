import { OutcomeQueue } from '#backup';
import { asNetwrightError, NetwrightError, type Outcome } from '#core';
import { batchesOf } from '#runner';
import { type ChangeDeviceRecord, type ChangeRecord, type ChangeState, changeStates } from '#store';
import { runDefaults, type Workspace } from '#workspace';
import type { ApplyOptions, ApplyReport, ApplyRun, DeviceChange } from './apply.ts';
import { auditMark } from './audit.ts';
import { type BackedUp, backUp } from './backups.ts';
import { type ChangeManner, changeDevice } from './change-device.ts';
import { readChecks } from './checks/prove.ts';
import { FailureBudget, onDevices } from './fleet.ts';
import { spawnGuard } from './guard/spawn-guard.ts';
import { becomeOwner } from './owner.ts';
import { planHash } from './plan-hash.ts';
import { settleDue } from './settle-due.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

/** From these a device may be begun: what was left out, and what is as it was before. */
const beginnable = ['planned', 'not applied', 'rolled back'] as const satisfies readonly ChangeState[];

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
  const kept = await backUpBefore(application, records);
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

/** @throws `NW_CHANGE_LOCKED`, `NW_CHANGE_STATE` */
async function lock(
  { bench, change, owner }: Application,
  { device }: ChangeDeviceRecord,
  wave: number,
): Promise<ChangeDeviceRecord> {
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

async function backUpBefore(
  { bench, change, options, warnings }: Application,
  records: readonly ChangeDeviceRecord[],
): Promise<BackedUp> {
  if (options.backup === false) return { commits: new Map(), failed: new Map(), warnings: [] };
  const devices = records.map(({ device }) => bench.inventory.get(device));
  const reason = `change ${change.id}, before${said(change, options)}`;
  const how = { reason, author: bench.actor, limits: options.limits };
  const kept = await backUp(bench.workspace, devices, how).catch((error: unknown) => noneBackedUp(records, error));
  warnings.push(...kept.warnings);
  return kept;
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

function noneBackedUp(locked: readonly ChangeDeviceRecord[], thrown: unknown): BackedUp {
  const error = asNetwrightError(thrown);
  return { commits: new Map(), failed: new Map(locked.map(({ device }) => [device, error])), warnings: [] };
}

/** Backs up what was confirmed, and notes in the history where the audit stood. */
export async function backUpAfter(
  bench: Workbench,
  change: ChangeRecord,
  names: readonly string[],
  options: Pick<ApplyOptions, 'backup' | 'limits' | 'comment'>,
  warnings: string[],
  when: 'after' | 'rolled back' = 'after',
): Promise<void> {
  const { workspace, records, inventory } = bench;
  if (options.backup === false || names.length === 0) return;
  const devices = names.map((name) => inventory.get(name));
  const entry = { actor: bench.actor, event: 'backing up', changeId: change.id, data: { devices: names.length } };
  const reason = `change ${change.id}, ${when}${said(change, options)} ${auditMark(await records.note(entry))}`;
  try {
    const kept = await backUp(workspace, devices, { reason, author: bench.actor, limits: options.limits });
    warnings.push(...kept.warnings);
    for (const [device, { code, message }] of kept.failed)
      warnings.push(`${device}: no backup after the change: ${code}: ${message}`);
    await Promise.all(
      [...kept.commits].map(async ([device, commit]) => {
        await records.link(change.id, device, { backupAfter: commit });
      }),
    );
  } catch (thrown) {
    // The change itself is done; that it could not be backed up is told, and a later backup makes up for it.
    const { code, message } = asNetwrightError(thrown);
    warnings.push(`no backup after the change: ${code}: ${message}`);
  }
}

const said = (change: ChangeRecord, { comment }: Pick<ApplyOptions, 'comment'>): string => {
  const why = comment ?? change.comment;
  return why === undefined ? '' : `: ${why.replaceAll(/\s+/g, ' ')}`;
};

async function mannerOf({ settings }: Workspace, options: ApplyOptions): Promise<ChangeManner> {
  const { guardMs, checkMs, returnMs } = settings.change;
  return {
    checks: await readChecks(options.expect, options.pings, options.checkMs ?? checkMs),
    confirmMs: options.confirmMs ?? Math.max(guardMs, (options.checkMs ?? 0) * 2),
    isLeftPending: options.confirmMs !== undefined,
    save: options.save !== false,
    patienceMs: returnMs,
    ...(options.comment !== undefined && { comment: options.comment }),
  };
}

/** @throws `NW_CHANGE_STATE` when the plan was not finished, or is not the one that was made */
async function soundPlan({ records, vault }: Workbench, id: string): Promise<ChangeRecord> {
  const change = await records.get(id);
  if (change.hash === '')
    throw new NetwrightError('NW_CHANGE_STATE', `the planning of ${change.id} was cut off: plan again`);
  if (planHash(vault, change.id, await records.devices(change.id)) === change.hash) return change;
  throw new NetwrightError('NW_CHANGE_STATE', `change ${change.id} is not what was planned`, {
    hint: 'plan again, and look at `netwright change audit --verify`',
  });
}

async function toBegin(
  bench: Workbench,
  change: ChangeRecord,
  select: string | undefined,
): Promise<readonly ChangeDeviceRecord[]> {
  const names = select === undefined ? undefined : new Set(bench.inventory.select(select).map(({ name }) => name));
  const meant = (await bench.records.devices(change.id)).filter(({ device }) => names?.has(device) ?? true);
  const records = meant.filter(({ state }) => beginnable.some((one) => one === state));
  if (records.length > 0) {
    // In the order of the inventory, which is the order that people think in; what left it is refused by name.
    const rank = new Map([...bench.inventory.devices.keys()].map((name, at) => [name, at]));
    for (const { device } of records) bench.inventory.get(device);
    return records.sort((a, b) => (rank.get(a.device) ?? 0) - (rank.get(b.device) ?? 0));
  }
  const states = [...new Set(meant.map(({ state }) => state))].join(', ');
  throw new NetwrightError(
    'NW_CHANGE_STATE',
    `change ${change.id}: nothing to apply (${states || 'no device of it is meant'})`,
    {
      hint: `netwright change status ${change.id}`,
    },
  );
}

/** @throws `NW_USAGE` where a reason is wanted and none is given */
async function noteBeginning(
  bench: Workbench,
  change: ChangeRecord,
  options: ApplyOptions,
  manner: ChangeManner,
  total: number,
): Promise<void> {
  const { redactor, settings } = bench.workspace;
  const comment = options.comment?.trim();
  if (settings.change.comment === 'required' && !comment && !change.comment) {
    throw new NetwrightError('NW_USAGE', 'this workspace wants to know why: add --comment "<reason>"');
  }
  const how = {
    ...{
      confirmMs: manner.confirmMs,
      isLeftPending: manner.isLeftPending,
      save: manner.save,
      backup: options.backup !== false,
    },
    ...(options.serial && { serial: options.serial }),
    ...(options.expect && { expect: options.expect.map((one) => redactor.redact(one)) }),
    ...(options.pings && { pings: options.pings }),
  };
  await bench.records.start(
    change.id,
    { options: how, ...(comment && { comment: redactor.redact(comment) }) },
    {
      ...{ actor: bench.actor, event: 'applying', changeId: change.id },
      data: { ...how, hash: change.hash, total, ...(comment && { comment: redactor.redact(comment) }) },
    },
  );
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
