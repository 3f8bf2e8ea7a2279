import { asNetwrightError, NetwrightError } from '#core';
import type { Session } from '#device';
import type { DeviceChange } from './apply.ts';
import { type Asked, type Checks, prove, tryChecks } from './checks/prove.ts';
import { calling, connectTo, type DeviceWork, final, noted, scrubOf } from './device-work.ts';
import { differenceOf } from './difference.ts';
import type { Candidate, CommitOptions, Undertaking } from './driver.ts';
import { findOut } from './find-out.ts';
import { fingerprint } from './fingerprint.ts';
import { makeItStay } from './make-it-stay.ts';
import { openCandidate, sealReceipt } from './open-undertaking.ts';
import { compareWithBefore, takeBack } from './take-back.ts';

/** How a change is made, the same for all devices. */
export interface ChangeManner {
  readonly checks: Checks;
  /** Milliseconds after which an unconfirmed change is taken back. */
  readonly confirmMs: number;
  /** A person confirms it, not the checks. */
  readonly isLeftPending: boolean;
  readonly save: boolean;
  readonly comment?: string;
  /** Milliseconds that a device which was lost is looked for. */
  readonly patienceMs: number;
}

/**
 * The way of one device through a change, top to bottom. It comes locked for this change and backed up; it leaves
 * confirmed, pending, or as it was before; or with an error that says what it is at, which the ledger holds too.
 *
 *     read afresh and compare → note what undoing takes → commit → prove it → confirm, or take it back → save
 */
export async function changeDevice(work: DeviceWork, manner: ChangeManner): Promise<DeviceChange> {
  const { ledger } = work;
  const begun = await begin(work, manner);
  if (begun.refused !== undefined) throw begun.refused;
  const { change } = begun;
  const deadlineMs = work.bench.workspace.clock.now() + (change.receipt.confirmMs ?? manner.confirmMs);
  try {
    await ledger.to('pending', { deadlineMs }, { deadline: new Date(deadlineMs).toISOString() });
  } catch (thrown) {
    // What cannot be written down cannot be finished by anybody else: it must not stay.
    await takeBack(work, change, { because: final(thrown), patienceMs: manner.patienceMs });
    throw takenBack(thrown);
  }

  let proof: Session;
  try {
    const withinMs = Math.min(manner.checks.withinMs, Math.max(0, deadlineMs - work.bench.workspace.clock.now()));
    proof = await prove(askedOf(work), { ...manner.checks, withinMs }, (within) => connectTo(work, within));
  } catch (thrown) {
    const error = final(thrown);
    await takeBack(work, change, { because: error, patienceMs: manner.patienceMs });
    throw takenBack(error);
  }
  const { timer } = change.receipt;
  const wave = ledger.record.wave ?? 1;
  if (manner.isLeftPending) {
    await refuseGone(work, change, proof);
    await ledger.release();
    return { state: 'pending', deadlineMs, timer, wave };
  }
  await makeItStay(work, change, { session: proof, save: manner.save, patienceMs: manner.patienceMs });
  return { state: 'confirmed', timer, wave };
}

const askedOf = ({ bench, device, signal }: DeviceWork): Asked => ({
  ...{ device: device.name, clock: bench.workspace.clock, signal },
});

type Begun =
  | { readonly change: Undertaking; readonly refused?: undefined }
  /** The device is as it was before. */
  | { readonly change?: undefined; readonly refused: NetwrightError };

/** Everything on the first connection: up to a change that is applied, by the device's word or by what it says later. */
async function begin(work: DeviceWork, manner: ChangeManner): Promise<Begun> {
  let change: Undertaking | undefined;
  let session: Session | undefined;
  try {
    const candidate = await openCandidate(work.bench, work.ledger.record);
    session = await connectTo(work);
    await refuseStale(work, session, candidate);
    await tryChecks(askedOf(work), session, manner.checks);
    const options = await commitOptions(work, manner);
    change = await writeReceipt(work, session, candidate, options);
    // From here on the device may be another one than before.
    await commit(work, session, change, options);
    return { change };
  } catch (thrown) {
    const error = final(thrown);
    if (change === undefined) return { refused: await notApplied(work, error) };
    return await afterFailedCommit(work, change, error, { session, manner });
  } finally {
    await session?.close();
  }
}

/**
 * A commit that cut us off may be told as done only after the device took it back by its own timer.
 * @throws `NW_NOT_CONFIRMED` when nothing of it is left (the ledger says `rolled back`)
 */
async function refuseGone(work: DeviceWork, change: Undertaking, session: Session): Promise<void> {
  const { driver, ledger, device } = work;
  try {
    if (change.receipt.timer !== 'device') return;
    const state = await calling(work, session, 'asking', (call) => driver.state(session, change, call));
    if (state !== 'before') return;
    const exact = await compareWithBefore(work, change, session);
    const error = new NetwrightError(
      'NW_NOT_CONFIRMED',
      `${device.name}: the device took the change back before it could be confirmed`,
    );
    const patch = { error: noted(work, error), isRollbackExact: exact, deadlineMs: null, owner: null };
    await ledger.to('rolled back', patch, { by: 'the device', exact });
    throw error;
  } finally {
    await session.close();
  }
}

/** The configuration must be the one that was planned against. @throws `NW_CHANGE_STALE` naming what changed */
async function refuseStale(work: DeviceWork, session: Session, candidate: Candidate): Promise<void> {
  const { bench, driver, ledger } = work;
  const { platform, device } = session;
  const now = await calling(work, session, 'reading', (call) => driver.read(session, candidate.intent, call));
  if (bench.vault.isMac(ledger.record.beforeMac, 'configuration', device, fingerprint(now, platform))) return;
  const scrub = scrubOf(work, session, { candidate });
  const difference = scrub(await differenceOf(candidate.baseText, now, platform));
  throw new NetwrightError(
    'NW_CHANGE_STALE',
    `${device}: its configuration is no longer the one that the change was planned against:\n${difference}`,
    { details: { difference } },
  );
}

async function commitOptions(work: DeviceWork, manner: ChangeManner): Promise<CommitOptions> {
  const { changeId, attempt } = work.ledger.record;
  return {
    id: attempt > 1 ? `${changeId}-${attempt}` : changeId,
    confirmMs: manner.confirmMs,
    signal: work.signal,
    ...(manner.comment !== undefined && { comment: manner.comment.replaceAll(/\s+/g, ' ') }),
  };
}

/** What undoing takes is on the disk before the first byte of the change is sent. */
async function writeReceipt(
  work: DeviceWork,
  session: Session,
  candidate: Candidate,
  options: CommitOptions,
): Promise<Undertaking> {
  const { driver, ledger, bench } = work;
  const receipt = await calling(work, session, 'preparing', (call) =>
    driver.receipt(session, candidate, { ...options, ...call }),
  );
  const sealed = await sealReceipt(bench, ledger.record.changeId, receipt);
  const { method, timer } = receipt;
  // The hash in the chain of the audit vouches for the diff, which is kept once for all devices that share it.
  const { textHash } = ledger.record;
  await ledger.to('committing', { receipt: sealed, timer, error: null }, { method, timer, text: textHash });
  return { candidate, receipt };
}

async function commit(work: DeviceWork, session: Session, change: Undertaking, options: CommitOptions): Promise<void> {
  const { driver } = work;
  await calling(work, session, 'commit', (call) => driver.commit(session, change, { ...options, ...call }));
}

/** The device said no, or said nothing: finds out what it is at, and brings it to one of the two ends. */
async function afterFailedCommit(
  work: DeviceWork,
  change: Undertaking,
  error: NetwrightError,
  { session, manner }: { readonly session: Session | undefined; readonly manner: ChangeManner },
): Promise<Begun> {
  const { ledger } = work;
  if (error.code === 'NW_CHANGE_REFUSED' && session !== undefined) {
    return { refused: await provenRefusal(work, change, error, { session, manner }) };
  }
  if (error.code === 'NW_ROLLBACK_FAILED') {
    const leftover = leftoverOf(error, change);
    await ledger.to('rollback failed', { error: noted(work, error), leftover, owner: null }, { leftover });
    return { refused: error };
  }
  session?.destroy();
  await ledger.to('unknown', { error: noted(work, error) }, { because: noted(work, error) });
  const found = await findOut(work, change, manner.patienceMs);
  if (found.state === 'before')
    return { refused: await provenRefusal(work, change, error, { session: found.session, manner }) };
  if (found.state === 'between') {
    await takeBack(work, change, { because: error, patienceMs: manner.patienceMs, session: found.session });
    return { refused: takenBack(error) };
  }
  // It was applied whole, only the word of it was lost: that it can be reached over a new connection is seen next.
  await found.session.close();
  return { change };
}

/** The device says that it is as it was before; whether that is so is read. */
async function provenRefusal(
  work: DeviceWork,
  change: Undertaking,
  error: NetwrightError,
  { session, manner }: { readonly session: Session; readonly manner: ChangeManner },
): Promise<NetwrightError> {
  const { ledger } = work;
  try {
    const exact = await compareWithBefore(work, change, session);
    await ledger.to(
      'not applied',
      { error: noted(work, error), isRollbackExact: exact, owner: null },
      reasonOf(work, error),
    );
    return error;
  } catch {
    // It is not, or it could not be read: what is there of the change is taken back.
    await takeBack(work, change, { because: error, patienceMs: manner.patienceMs });
    return takenBack(error);
  } finally {
    await session.close();
  }
}

/** Nothing was sent. */
async function notApplied(work: DeviceWork, error: NetwrightError): Promise<NetwrightError> {
  await work.ledger.to('not applied', { error: noted(work, error), owner: null }, reasonOf(work, error));
  return error;
}

const reasonOf = (work: DeviceWork, error: NetwrightError): Readonly<Record<string, unknown>> => ({
  because: noted(work, error),
});

const leftoverOf = (error: NetwrightError, change: Undertaking): readonly string[] => {
  const said = error.details['commands'];
  return Array.isArray(said) ? said.map(String) : change.candidate.rollback.map(() => '<see the plan>');
};

/** The same error, which now says that the device is as it was before. */
function takenBack(thrown: unknown): NetwrightError {
  const { code, message, cause, hint, details } = asNetwrightError(thrown);
  return new NetwrightError(code, `${message}; the change was taken back`, { cause, hint, details, retryable: false });
}
