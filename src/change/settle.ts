import { NetwrightError, type Outcome } from '#core';
import type { ChangeDeviceRecord, ChangeState } from '#store';
import type { DeviceWork } from './device-work.ts';
import { connectTo, noted } from './device-work.ts';
import type { Undertaking } from './driver.ts';
import { findOut } from './find-out.ts';
import { onDevices } from './fleet.ts';
import { makeItStay, saveOn } from './make-it-stay.ts';
import { openCandidate, openReceipt } from './open-undertaking.ts';
import { isAlive } from './owner.ts';
import { compareWithBefore, takeBack } from './take-back.ts';
import type { Workbench } from './workbench.ts';

export interface SettleOptions {
  readonly owner: string;
  readonly signal: AbortSignal;
  /** Milliseconds that a device which cannot be reached is looked for, before it is left for the next time. */
  readonly patienceMs: number;
  /** Of this change alone. */
  readonly id?: string;
  /** Devices that were tried in vain a moment ago. */
  readonly isResting?: (record: ChangeDeviceRecord) => boolean;
  readonly onStep?: (device: string, state: ChangeState) => void;
}

/** A device whose own timer should have gone off is asked a little later: clocks differ, and a rollback takes time. */
const slackMs = 5_000;

/**
 * Finishes what was promised and left: devices whose process died, whose time is over, or that could not be reached.
 * What somebody alive works on, and what waits for its confirmation, is left alone.
 */
export async function settleOpen(bench: Workbench, options: SettleOptions): Promise<readonly Outcome<ChangeState>[]> {
  const open = await bench.records.open(options.id);
  const up = open.filter((record) => !options.isResting?.(record) && isUp(record, bench.workspace.clock.now()));
  const alive = new Map<string, boolean>();
  for (const owner of new Set(up.flatMap((record) => record.owner ?? []))) {
    alive.set(owner, await isAlive(bench.workspace, owner));
  }
  const left = up.filter(({ owner }) => owner === undefined || alive.get(owner) === false);
  const claims = await Promise.all(
    left.map(async ({ changeId, device, state, owner }) => {
      const dead = owner === undefined ? {} : { deadOwner: owner };
      return await bench.records.claim(changeId, device, { owner: options.owner, from: [state], ...dead });
    }),
  );
  const taken = claims.filter((claimed) => claimed !== undefined);
  const outcomes: Outcome<ChangeState>[] = [];
  for (const [id, records] of Map.groupBy(taken, ({ changeId }) => changeId)) {
    const { options: how } = await bench.records.get(id);
    const save = (how as { save?: boolean } | undefined)?.save !== false;
    const known = await stillKnown(bench, records, options.owner);
    const task = (work: DeviceWork): Promise<ChangeState> => settle(work, { save, patienceMs: options.patienceMs });
    for await (const outcome of onDevices(bench, known, task, options)) outcomes.push(outcome);
  }
  return outcomes;
}

/** Whether something is to be done: with a confirmation to come, only once its time is over. */
function isUp({ state, deadlineMs, timer }: ChangeDeviceRecord, nowMs: number): boolean {
  if (state === 'rollback failed') return false;
  if (state !== 'pending') return true;
  return nowMs >= (deadlineMs ?? 0) + (timer === 'device' ? slackMs : 0);
}

/** What left the inventory cannot be reached: it stays as it is, and says why. */
async function stillKnown(
  bench: Workbench,
  records: readonly ChangeDeviceRecord[],
  owner: string,
): Promise<readonly ChangeDeviceRecord[]> {
  const known: ChangeDeviceRecord[] = [];
  for (const record of records) {
    if (bench.inventory.devices.has(record.device)) known.push(record);
    else {
      const error = { code: 'NW_DEVICE_UNKNOWN', message: `${record.device} is no longer in the inventory` };
      await bench.records.move(record.changeId, record.device, owner, { error, owner: null });
    }
  }
  return known;
}

/** Brings one device to the end that was promised. */
async function settle(
  work: DeviceWork,
  { save, patienceMs }: { readonly save: boolean; readonly patienceMs: number },
): Promise<ChangeState> {
  const { bench, ledger } = work;
  const receipt = await openReceipt(bench, ledger.record);
  if (receipt === undefined || ledger.state === 'locked') {
    const because = ended(work, 'before anything was sent');
    await ledger.to('not applied', { error: noted(work, because), owner: null }, { because: noted(work, because) });
    return ledger.state;
  }
  const change: Undertaking = { candidate: await openCandidate(bench, ledger.record), receipt };
  const { state } = ledger;
  if (state === 'committing' || state === 'unknown') await settleCommit(work, change, patienceMs);
  else if (state === 'pending') await takeBack(work, change, { because: notConfirmed(work), patienceMs });
  else if (state === 'rolling back') await takeBack(work, change, { because: reasonBefore(work), patienceMs });
  else if (state === 'confirming') await makeItStay(work, change, { save, patienceMs });
  else if (state === 'saving') await saveOn(work, change, await connectTo(work), save);
  else if (state !== 'confirmed') {
    throw new NetwrightError('NW_INTERNAL', `${work.device.name}: nothing to settle in state ${state}`);
  }
  return ledger.state;
}

/** The process ended between the first byte and the word of the device: nobody will confirm it. */
async function settleCommit(work: DeviceWork, change: Undertaking, patienceMs: number): Promise<void> {
  const { ledger } = work;
  const because = ended(work, 'in the middle of the commit');
  const { state, session } = await findOut(work, change, patienceMs);
  if (state !== 'before') {
    await takeBack(work, change, { because, patienceMs, session });
    return;
  }
  try {
    const exact = await compareWithBefore(work, change, session);
    const error = ledger.record.error ?? noted(work, because);
    await ledger.to('not applied', { error, isRollbackExact: exact, owner: null }, { because: error });
  } catch {
    await takeBack(work, change, { because, patienceMs });
  } finally {
    await session.close();
  }
}

const ended = ({ device }: DeviceWork, when: string): NetwrightError =>
  new NetwrightError('NW_NOT_CONFIRMED', `${device.name}: the process that applied the change ended ${when}`);

const notConfirmed = ({ device, ledger }: DeviceWork): NetwrightError =>
  new NetwrightError(
    'NW_NOT_CONFIRMED',
    `${device.name}: nobody confirmed the change by ${new Date(ledger.record.deadlineMs ?? 0).toISOString()}`,
  );

/** Why it was decided to be taken back, as far as that is known. */
function reasonBefore({ device, ledger }: DeviceWork): NetwrightError {
  const { error } = ledger.record;
  return new NetwrightError('NW_NOT_CONFIRMED', error?.message ?? `${device.name}: the change was being taken back`);
}
