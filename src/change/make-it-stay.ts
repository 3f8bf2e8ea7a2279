import { asNetwrightError, NetwrightError } from '#core';
import type { Session } from '#device';
import { calling, connectTo, type DeviceWork, final, noted } from './device-work.ts';
import type { Undertaking } from './driver.ts';
import { findOut } from './find-out.ts';
import { fingerprint } from './fingerprint.ts';
import { forgetOldest } from './forget-oldest.ts';
import { compareWithBefore, takeBack } from './take-back.ts';

export interface StayOptions {
  /** At home, to be used first; it is closed. */
  readonly session?: Session | undefined;
  /** Whether it becomes part of the start-up configuration. */
  readonly save: boolean;
  readonly patienceMs: number;
}

/**
 * Confirms a pending change and saves it. The decision is on the disk first: from there on whoever takes over
 * confirms it too.
 *
 * @throws `NW_CHANGE_STATE` when the device took it back before (the ledger says `rolled back`);
 * `NW_CHANGE_UNKNOWN` when the device was not to be reached (`confirming`: to be gone on with);
 * any error of the saving, after which the change stays all the same (`confirmed`, not saved)
 */
export async function makeItStay(work: DeviceWork, change: Undertaking, options: StayOptions): Promise<void> {
  const { ledger, driver } = work;
  let { session } = options;
  try {
    if (ledger.state !== 'confirming') await ledger.to('confirming');
    session ??= await connectTo(work);
    const first = session;
    await calling(work, first, 'confirmation', (call) => driver.confirm(first, change, call));
  } catch (thrown) {
    await session?.close();
    session = await confirmAgain(work, change, final(thrown), options.patienceMs);
  }
  const confirmedAtMs = work.bench.workspace.clock.now();
  await ledger.to('saving', { deadlineMs: null, confirmedAtMs }, { confirmed: true });
  await saveOn(work, change, session, options.save);
}

/** What the device made of a confirmation that was cut off, or could not be sent. */
async function confirmAgain(
  work: DeviceWork,
  change: Undertaking,
  error: NetwrightError,
  patienceMs: number,
): Promise<Session> {
  const { ledger, driver } = work;
  const { state, session } = await findOut(work, change, patienceMs).catch(async (thrown: unknown) => {
    await ledger.write({ error: noted(work, thrown) });
    throw asNetwrightError(thrown);
  });
  try {
    if (state === 'pending')
      await calling(work, session, 'confirmation', (call) => driver.confirm(session, change, call));
    if (state === 'pending' || state === 'after') return session;
    if (state === 'before') {
      const exact = await compareWithBefore(work, change, session);
      await ledger.to(
        'rolled back',
        { error: noted(work, error), isRollbackExact: exact, deadlineMs: null, owner: null },
        { by: 'the device', exact },
      );
      throw tooLate(work, error);
    }
  } catch (thrown) {
    await session.close();
    throw final(thrown);
  }
  await takeBack(work, change, { because: error, patienceMs, session });
  throw tooLate(work, error);
}

/** Saves, reads what the configuration is now, and lets the device go. */
export async function saveOn(work: DeviceWork, change: Undertaking, session: Session, save: boolean): Promise<void> {
  const { ledger, driver, bench } = work;
  let failure: NetwrightError | undefined;
  let afterMac: string | undefined;
  try {
    if (save) {
      await calling(work, session, 'saving', (call) => driver.save(session, call));
      await ledger.write({ isSaved: true });
    }
    const { intent } = change.candidate;
    const now = await calling(work, session, 'reading', (call) => driver.read(session, intent, call));
    afterMac = bench.vault.mac('configuration', session.device, fingerprint(now, session.platform));
    await forgetOldest(work, session);
  } catch (thrown) {
    failure = unsaved(work, final(thrown));
  } finally {
    await session.close();
  }
  const { isSaved } = ledger.record;
  const error = failure === undefined ? null : noted(work, failure);
  await ledger.to('confirmed', { error, owner: null, ...(afterMac !== undefined && { afterMac }) }, { saved: isSaved });
  if (failure !== undefined) throw failure;
}

function unsaved({ device, ledger }: DeviceWork, error: NetwrightError): NetwrightError {
  const what = ledger.record.isSaved ? 'read' : 'saved to the start-up configuration';
  return new NetwrightError(
    error.code,
    `${device.name}: the change is confirmed, but could not be ${what}: ${error.message}`,
    { cause: error, details: error.details, retryable: false, hint: 'the change stays; save it on the device' },
  );
}

function tooLate({ device }: DeviceWork, error: NetwrightError): NetwrightError {
  return new NetwrightError(
    'NW_CHANGE_STATE',
    `${device.name}: the change was taken back before it could be confirmed: ${error.message}`,
    { cause: error, retryable: false, hint: 'nothing of it is left; apply it again' },
  );
}
