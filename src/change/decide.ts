import { setImmediate as nextTurn } from 'node:timers/promises';
import { OutcomeQueue } from '#backup';
import { asNetwrightError, NetwrightError, type Outcome } from '#core';
import type { ChangeDeviceRecord, ChangeRecord, ChangeState } from '#store';
import { runDefaults, type Workspace } from '#workspace';
import { backUpAfter } from './backups.ts';
import { calling, connectTo, type DeviceWork, scrubOf } from './device-work.ts';
import { differenceOf } from './difference.ts';
import type { Undertaking } from './driver.ts';
import { fingerprint } from './fingerprint.ts';
import { onDevices } from './fleet.ts';
import { spawnGuard } from './guard/spawn-guard.ts';
import { makeItStay } from './make-it-stay.ts';
import { openCandidate, openReceipt } from './open-undertaking.ts';
import { becomeOwner, isAlive } from './owner.ts';
import { settleDue } from './settle-due.ts';
import { takeBack } from './take-back.ts';
import { openWorkbench, type Workbench, type WorkbenchOptions } from './workbench.ts';

export interface DecideOptions extends WorkbenchOptions {
  /** Only these of the devices of the change. */
  readonly devices?: readonly string[];
  readonly comment?: string;
  /** Default the setting `change.guard`. */
  readonly guard?: boolean;
  readonly onStep?: (device: string, state: ChangeState) => void;
}

export interface RollbackOptions extends DecideOptions {
  /** Also where the configuration was changed since: what came later is lost with it. */
  readonly force?: boolean;
}

/** A decision being carried out: iterate for the devices, await `report` for the change. */
export interface Decision extends AsyncIterable<Outcome<ChangeState>> {
  readonly report: Promise<{ readonly id: string; readonly warnings: readonly string[] }>;
}

const claimedATurn = 25;

type Decide = (work: DeviceWork, change: Undertaking) => Promise<void>;

/**
 * Confirms what is pending.
 * @throws NetwrightError (from the report) `NW_CHANGE_NOT_FOUND`, `NW_CHANGE_STATE` when nothing is pending
 */
export function confirmChange(workspace: Workspace, id: string, options: DecideOptions = {}): Decision {
  const patienceMs = workspace.settings.change.returnMs;
  return decide(workspace, id, options, {
    ...{ what: 'confirmed', from: ['pending'], backup: 'after', isGuarded: false },
    each: (how) => async (work, change) => await makeItStay(work, change, { save: how.save, patienceMs }),
  });
}

/**
 * Takes a change back, the devices that it came to last first: what is pending, what is confirmed, and what a rollback
 * failed on before.
 * @throws NetwrightError (from the report) `NW_CHANGE_NOT_FOUND`, `NW_CHANGE_STATE` when there is nothing to take back
 */
export function rollBackChange(workspace: Workspace, id: string, options: RollbackOptions = {}): Decision {
  const patienceMs = workspace.settings.change.returnMs;
  return decide(workspace, id, options, {
    ...{ what: 'to be rolled back', backup: 'rolled back', isGuarded: true },
    from: ['pending', 'confirmed', 'unknown', 'rolling back', 'rollback failed'],
    before: options.force ? undefined : refuseLaterChanges,
    each: () => async (work, change) => {
      const because = new NetwrightError(
        'NW_CANCELLED',
        `${work.device.name}: ${options.comment ?? 'rolled back by hand'}`,
      );
      // Of a confirmed one it was seen before that nobody else changed it since.
      const [isForced, isSeen] = [options.force === true, work.ledger.state === 'confirmed'];
      await takeBack(work, change, { because, patienceMs, isForced, acceptsLoss: isForced || isSeen });
    },
  });
}

interface DecisionKind {
  readonly what: string;
  /** How the backup that follows is called in the history. */
  readonly backup: 'after' | 'rolled back';
  /** Begins something that must be gone on with should this process die, and that nobody guards yet. */
  readonly isGuarded: boolean;
  readonly from: readonly ChangeState[];
  /** Looks at a device before it is taken. */
  readonly before?: ((work: DeviceWork, change: Undertaking) => Promise<void>) | undefined;
  readonly each: (how: { readonly save: boolean; readonly backup: boolean }) => Decide;
}

function decide(workspace: Workspace, id: string, options: DecideOptions, kind: DecisionKind): Decision {
  const outcomes = new OutcomeQueue<Outcome<ChangeState>>();
  const report = carryOut(workspace, id, options, kind, outcomes);
  report.then(
    () => outcomes.end(),
    (error: unknown) => outcomes.fail(error),
  );
  return { report, [Symbol.asyncIterator]: () => outcomes.read() };
}

async function carryOut(
  workspace: Workspace,
  id: string,
  options: DecideOptions,
  kind: DecisionKind,
  outcomes: OutcomeQueue<Outcome<ChangeState>>,
): Promise<{ readonly id: string; readonly warnings: readonly string[] }> {
  await using bench = await openWorkbench(workspace, options);
  const change = await bench.records.get(id);
  await settleDue(bench, { id: change.id });
  const meant = await meantDevices(bench, change, options, kind);
  await using owner = await becomeOwner(workspace, `change ${change.id}`);
  if (kind.isGuarded && (options.guard ?? workspace.settings.change.guard)) {
    await spawnGuard(workspace, change.id, owner.id);
  }
  const { save = true, backup = true } = (change.options ?? {}) as { save?: boolean; backup?: boolean };
  const claims: (ChangeDeviceRecord | undefined)[] = [];
  for (const [at, record] of meant.entries()) {
    try {
      claims.push(await claim(bench, record, owner.id, kind));
    } catch (error) {
      outcomes.add(refusal(bench, record.device, asNetwrightError(error)));
    }
    // The database answers without a wait: hundreds of devices would be one long turn.
    if (at % claimedATurn === claimedATurn - 1) await nextTurn();
  }
  const taken = claims.filter((claimed) => claimed !== undefined);
  const { redactor } = workspace;
  await bench.records.note({
    ...{ actor: bench.actor, event: kind.what, changeId: change.id },
    data: { devices: taken.length, ...(options.comment && { comment: redactor.redact(options.comment) }) },
  });
  const settled: string[] = [];
  const run = onDevices(
    bench,
    taken,
    async (work): Promise<ChangeState> => {
      const receipt = await openReceipt(bench, work.ledger.record);
      if (receipt === undefined)
        throw new NetwrightError('NW_CHANGE_STATE', `${work.device.name}: nothing was sent to it`);
      const undertaking = { candidate: await openCandidate(bench, work.ledger.record), receipt };
      await kind.before?.(work, undertaking);
      await kind.each({ save, backup })(work, undertaking);
      return work.ledger.state;
    },
    {
      ...{ owner: owner.id, signal: new AbortController().signal, limits: runDefaults(workspace.settings).limits },
      onStep: options.onStep,
    },
  );
  for await (const outcome of run) {
    if (outcome.ok) settled.push(outcome.device);
    outcomes.add(outcome);
  }
  const warnings: string[] = [];
  const how = { backup, ...(options.comment !== undefined && { comment: options.comment }) };
  await backUpAfter(bench, change, settled, how, warnings, kind.backup);
  return { id: change.id, warnings };
}

/** Those in a fitting state, the ones that it came to last first. */
async function meantDevices(
  { records }: Workbench,
  change: ChangeRecord,
  { devices }: DecideOptions,
  kind: DecisionKind,
): Promise<readonly ChangeDeviceRecord[]> {
  const all = await records.devices(change.id);
  const stranger = devices?.find((name) => !all.some(({ device }) => device === name));
  if (stranger !== undefined) {
    throw new NetwrightError('NW_CHANGE_NOT_FOUND', `change ${change.id} has no device "${stranger}"`);
  }
  const named = all.filter(({ device }) => devices?.includes(device) ?? true);
  const meant = named.filter(({ state }) => kind.from.includes(state));
  if (meant.length > 0 && (devices === undefined || meant.length === named.length)) {
    return meant.sort((a, b) => (b.wave ?? 0) - (a.wave ?? 0) || b.updatedAtMs - a.updatedAtMs);
  }
  const states = [...new Set(named.filter(({ state }) => !kind.from.includes(state)).map(({ state }) => state))].join(
    ', ',
  );
  throw new NetwrightError(
    'NW_CHANGE_STATE',
    `change ${change.id}: nothing ${kind.what.replace(/^confirmed$/, 'to confirm')} (${states})`,
    {
      hint: `netwright change status ${change.id}`,
    },
  );
}

/** @throws `NW_CHANGE_LOCKED`, `NW_CHANGE_STATE`, `NW_DEVICE_UNKNOWN` */
async function claim(
  { records, workspace, inventory }: Workbench,
  { changeId, device, state, owner: former }: ChangeDeviceRecord,
  owner: string,
  { from }: DecisionKind,
): Promise<ChangeDeviceRecord> {
  inventory.get(device);
  if (former !== undefined && (await isAlive(workspace, former))) {
    throw new NetwrightError('NW_CHANGE_LOCKED', `${device}: another process is at it now (${state})`);
  }
  const claimed = await records.claim(changeId, device, {
    ...{ owner, from },
    ...(former !== undefined && { deadOwner: former }),
  });
  if (claimed !== undefined) return claimed;
  throw new NetwrightError('NW_CHANGE_LOCKED', `${device}: another process was faster`);
}

/**
 * What came after a confirmed change would be lost with it.
 * @throws `NW_CHANGE_STALE` naming what changed since
 */
async function refuseLaterChanges(work: DeviceWork, change: Undertaking): Promise<void> {
  const { bench, ledger, driver, device } = work;
  if (ledger.state !== 'confirmed') return;
  const later = await bench.records.laterThan(ledger.record.changeId, device.name);
  if (later !== undefined) {
    throw new NetwrightError('NW_CHANGE_STATE', `${device.name}: change ${later} came after it: roll that back first`, {
      hint: `netwright change rollback ${later} ${device.name}`,
    });
  }
  await using session = await connectTo(work);
  const { platform } = session;
  const now = await calling(work, session, 'reading', (call) => driver.read(session, change.candidate.intent, call));
  const { afterMac } = ledger.record;
  if (afterMac === undefined || bench.vault.isMac(afterMac, 'configuration', device.name, fingerprint(now, platform)))
    return;
  const scrub = scrubOf(work, session, change);
  throw new NetwrightError(
    'NW_CHANGE_STALE',
    `${device.name}: it was changed by others since, and that would be lost. Against before the change:\n` +
      scrub(await differenceOf(change.candidate.baseText, now, platform)),
    { hint: 'plan a change that takes it back, or add --force' },
  );
}

function refusal(bench: Workbench, device: string, error: NetwrightError): Outcome<ChangeState> {
  return { device, ok: false, error, startedAtMs: bench.workspace.clock.now(), durationMs: 0, attempts: 1 };
}
