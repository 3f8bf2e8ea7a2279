import { asNetwrightError, NetwrightError } from '#core';
import type { Session } from '#device';
import { calling, connectTo, type DeviceWork, noted, scrubOf } from './device-work.ts';
import { differenceOf } from './difference.ts';
import type { Undertaking } from './driver.ts';
import { fingerprint } from './fingerprint.ts';

export interface TakingBack {
  /** Why, for the record. */
  readonly because: NetwrightError;
  /** Milliseconds that a device which cannot be reached is looked for. */
  readonly patienceMs: number;
  /**
   * Others changed the configuration since, and it is to be taken back all the same: what they did may be lost with it
   * or stay, and is no reason to call it failed.
   */
  readonly isForced?: boolean | undefined;
  /** See `TakeBackOptions` of drivers. */
  readonly acceptsLoss?: boolean | undefined;
  /** At home, to be used first; it is closed. */
  readonly session?: Session | undefined;
}

const againMs = 2_000;

/**
 * Takes a change back and proves it: the configuration is read and compared with the one before. The decision is on
 * the disk before anything is sent, so that whoever takes over goes on with it.
 *
 * @returns normally when everything is as it was before: the ledger says `rolled back`
 * @throws `NW_ROLLBACK_FAILED` with what is left to be typed (the ledger says `rollback failed`);
 * `NW_CHANGE_UNKNOWN` when the device was not to be reached (`rolling back`: to be gone on with)
 */
export async function takeBack(work: DeviceWork, change: Undertaking, options: TakingBack): Promise<void> {
  const { ledger, bench, signal } = work;
  const { clock } = bench.workspace;
  const error = noted(work, options.because);
  await ledger.to('rolling back', { error }, { because: error }).catch((thrown: unknown) => {
    // A full disk here is no reason to leave the device changed: whoever finds what was written last decides alike.
    if (!/^NW_STORE_/.test(asNetwrightError(thrown).code)) throw thrown;
  });
  const until = clock.now() + options.patienceMs;
  let { session } = options;
  for (;;) {
    try {
      session ??= await connectTo(work);
      await rollBackOn(work, change, session, options);
      return;
    } catch (thrown) {
      const failure = asNetwrightError(thrown);
      if (failure.code === 'NW_ROLLBACK_FAILED') throw failure;
      if (signal.aborted || clock.now() + againMs >= until) {
        await ledger.write({ error: noted(work, failure) });
        throw unreached(work, failure);
      }
    } finally {
      await session?.close();
      session = undefined;
    }
    await clock.sleep(againMs, signal).catch(() => undefined);
  }
}

/** One attempt, on one session. */
async function rollBackOn(
  work: DeviceWork,
  change: Undertaking,
  session: Session,
  { isForced = false, acceptsLoss = isForced }: TakingBack,
): Promise<void> {
  const { ledger, driver } = work;
  const because = ledger.record.error;
  try {
    await calling(work, session, 'rollback', (call) => driver.rollback(session, change, { ...call, acceptsLoss }));
    const exact = await compareWithBefore(work, change, session, isForced);
    if (ledger.record.isSaved) await calling(work, session, 'saving', (call) => driver.save(session, call));
    await ledger.to(
      'rolled back',
      { isRollbackExact: exact, isSaved: false, deadlineMs: null, leftover: null, owner: null },
      { exact, ...(because && { because }) },
    );
  } catch (thrown) {
    const failure = asNetwrightError(thrown);
    if (failure.code !== 'NW_ROLLBACK_FAILED') throw failure;
    await writeFailure(work, change, session, failure);
    throw failure;
  }
}

/**
 * Whether the configuration is the one before, line by line. Where it is not, the driver judges whether it says the
 * same in another order; a system that claims exactness is not given that.
 * @throws `NW_ROLLBACK_FAILED` when something is left
 */
export async function compareWithBefore(
  work: DeviceWork,
  change: Undertaking,
  session: Session,
  mayDiffer = false,
): Promise<boolean> {
  const { driver } = work;
  const { candidate } = change;
  const { platform } = session;
  const now = await calling(work, session, 'reading', (call) => driver.read(session, candidate.intent, call));
  if (fingerprint(now, platform) === fingerprint(candidate.baseText, platform)) return true;
  // What is there of others makes it another one, and who is to tell whose is what: the driver's word counts then.
  if (mayDiffer) return false;
  const state = await calling(work, session, 'asking', (call) => driver.state(session, change, call));
  if (state === 'before' && candidate.capability.rollback !== 'exact') return false;
  const scrub = scrubOf(work, session, change);
  throw new NetwrightError(
    'NW_ROLLBACK_FAILED',
    `${session.device}: after the rollback the configuration is not the one before:\n` +
      scrub(await differenceOf(candidate.baseText, now, platform)),
    { details: { commands: change.receipt.rollback.map(scrub) } },
  );
}

async function writeFailure(
  work: DeviceWork,
  change: Undertaking,
  session: Session,
  failure: NetwrightError,
): Promise<void> {
  const scrub = scrubOf(work, session, change);
  const said = failure.details['commands'];
  const left = Array.isArray(said) && said.length > 0 ? said.map(String) : change.receipt.rollback;
  const leftover = left.map(scrub);
  await work.ledger.to(
    'rollback failed',
    { error: { code: failure.code, message: scrub(failure.message) }, leftover, owner: null },
    { leftover },
  );
}

function unreached(work: DeviceWork, failure: NetwrightError): NetwrightError {
  const { device, ledger } = work;
  const { changeId } = ledger.record;
  return new NetwrightError(
    'NW_CHANGE_UNKNOWN',
    `${device.name}: to be rolled back, but it cannot be reached: ${failure.code}: ${failure.message}`,
    {
      cause: failure,
      hint: `it is tried again as soon as it answers; netwright change status ${changeId}`,
      details: failure.details,
    },
  );
}
