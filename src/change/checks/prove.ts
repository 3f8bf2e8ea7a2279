import { asNetwrightError, type Clock, NetwrightError } from '#core';
import type { Session } from '#device';
import type { Expectation, Judgement } from './expectation.ts';
import { checkPingTarget, pingFrom } from './ping.ts';

/** What is to hold after a change, beside that the device can be reached over a new connection. */
export interface Checks {
  readonly expectations: readonly Expectation[];
  readonly pings: readonly string[];
  /** Milliseconds that it may take to hold. */
  readonly withinMs: number;
}

/** @throws `NW_USAGE` */
export async function readChecks(
  expect: readonly string[] = [],
  pings: readonly string[] = [],
  withinMs: number,
): Promise<Checks> {
  const addresses = pings.map(checkPingTarget);
  if (expect.length === 0) return { expectations: [], pings: addresses, withinMs };
  // The getters come along only where one is asked.
  const { parseExpectation } = await import('./expectation.ts');
  return { expectations: expect.map(parseExpectation), pings: addresses, withinMs };
}

/** The device that is asked. */
export interface Asked {
  readonly device: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** How long to wait between two looks. */
const againMs = 1_000;

/**
 * Proves a change: opens a new connection and looks until everything holds.
 * @returns the session that proved it, to confirm on
 * @throws `NW_CHECK_FAILED` when time is over; what the signal is aborted with
 */
export async function prove(
  asked: Asked,
  checks: Checks,
  connect: (signal: AbortSignal) => Promise<Session>,
): Promise<Session> {
  const { device, clock, signal } = asked;
  const until = clock.now() + checks.withinMs;
  const deadline = AbortSignal.any([signal, AbortSignal.timeout(checks.withinMs)]);
  let last = 'nothing was heard of it';
  while (!signal.aborted) {
    let session: Session | undefined;
    try {
      session = await connect(deadline);
      const failed = await failedChecks({ ...asked, signal: deadline }, session, checks);
      if (failed.length === 0) return session;
      last = failed.join('; ');
    } catch (thrown) {
      const error = asNetwrightError(thrown);
      // The deadline cuts a connection in the middle of being made: what the attempt before met says more.
      if (!deadline.aborted) last = `${error.code}: ${error.message}`;
    }
    await session?.close();
    if (clock.now() + againMs >= until) break;
    await clock.sleep(againMs, signal);
  }
  signal.throwIfAborted();
  throw new NetwrightError(
    'NW_CHECK_FAILED',
    `${device}: not proven within ${Math.round(checks.withinMs / 1000)} s: ${last}`,
  );
}

/**
 * Looks whether the checks can be made at all, before anything is changed.
 * @throws `NW_NOT_SUPPORTED` and the like; that one does not hold yet is no error
 */
export async function tryChecks(asked: Asked, session: Session, checks: Checks): Promise<void> {
  for (const expectation of checks.expectations) await look(session, expectation, asked.signal);
  const [target] = checks.pings;
  if (target !== undefined) await pingFrom(session, target, { signal: asked.signal });
}

/** One sentence for each that does not hold. */
async function failedChecks(asked: Asked, session: Session, checks: Checks): Promise<string[]> {
  const failed: string[] = [];
  for (const expectation of checks.expectations) {
    const { holds, found } = await look(session, expectation, asked.signal);
    if (!holds) failed.push(`"${expectation.text}" does not hold: ${found}`);
  }
  for (const target of checks.pings) {
    const { holds, found } = await pingFrom(session, target, { signal: asked.signal });
    if (!holds) failed.push(`no ping to ${target}: ${found}`);
  }
  return failed;
}

async function look(session: Session, expectation: Expectation, signal: AbortSignal): Promise<Judgement> {
  const [{ readFacts, SessionSource }, { judge }] = await Promise.all([import('#facts'), import('./expectation.ts')]);
  const { value } = await readFacts(expectation.getter, new SessionSource(session, signal), expectation.args);
  return judge(expectation, value);
}
