import { asNetwrightError, type CallOptions, formatDuration, NetwrightError, withDeadline } from '#core';
import type { Session } from '#device';
import type { Device } from '#inventory';
import type { Platform } from '#platforms';
import type { Driver, Undertaking } from './driver.ts';
import type { DeviceLedger } from './ledger.ts';
import { openNetconfLine } from './netconf-line.ts';
import { type Scrub, scrubberOf } from './scrub.ts';
import type { Workbench } from './workbench.ts';

/** One device that is being changed, by whoever owns it now. */
export interface DeviceWork {
  readonly bench: Workbench;
  readonly device: Device;
  readonly platform: Platform;
  readonly ledger: DeviceLedger;
  readonly driver: Driver;
  /** Fires when the process is to end at once; what is under way is then left to whoever takes over. */
  readonly signal: AbortSignal;
}

/** What a driver may take beyond its time to tidy up behind itself. */
const tidyMs = 20_000;

/** Opens a session of its own; the caller closes it. */
export async function connectTo(work: DeviceWork, within?: AbortSignal): Promise<Session> {
  const { bench, device, platform, driver, signal } = work;
  if (driver.link === 'netconf') return await openNetconfLine(bench.connector, device, platform, within ?? signal);
  return await bench.connector.connect(device, { signal: within ?? signal });
}

/**
 * One call of a driver, with a deadline. The session of a call that failed otherwise than by the device's refusal is
 * destroyed, for nobody knows where it stands, and the conversation is kept.
 */
export async function calling<T>(
  work: DeviceWork,
  session: Session,
  what: string,
  call: (options: CallOptions & { readonly signal: AbortSignal }) => Promise<T>,
): Promise<T> {
  const { bench, device, signal } = work;
  const { stepMs } = bench.workspace.settings.change;
  const late = (): NetwrightError =>
    new NetwrightError(
      'NW_COMMAND_TIMEOUT',
      `${device.name}: the ${what} did not end within ${formatDuration(stepMs)}`,
    );
  try {
    return await withDeadline({ signal, timeoutMs: stepMs + tidyMs }, late, async (inner) => {
      return await call({ signal: inner, timeoutMs: stepMs });
    });
  } catch (thrown) {
    const error = asNetwrightError(thrown);
    const transcriptId = await bench.connector.keepTranscript?.(session, error);
    if (!isAnswer(error)) session.destroy();
    throw withTranscript(error, transcriptId);
  }
}

/** The device answered, and the session stands at its prompt. */
const isAnswer = ({ code }: NetwrightError): boolean =>
  ['NW_CHANGE_REFUSED', 'NW_COMMAND_REJECTED', 'NW_CHANGE_STATE', 'NW_NOT_SUPPORTED'].includes(code);

function withTranscript(error: NetwrightError, transcriptId: string | undefined): NetwrightError {
  if (transcriptId === undefined || error.details['transcriptId'] !== undefined) return error;
  const { code, message, cause, hint, retryable, details } = error;
  return new NetwrightError(code, message, { cause, hint, retryable, details: { ...details, transcriptId } });
}

/** Hides the secrets of this change in what is said of it. */
export function scrubOf({ bench }: DeviceWork, session: Session, { candidate }: Pick<Undertaking, 'candidate'>): Scrub {
  return scrubberOf(session.platform, [candidate.baseText, candidate.intent.text], bench.workspace.redactor);
}

/** An error as it is written down. */
export function noted(work: DeviceWork, error: unknown): { readonly code: string; readonly message: string } {
  const { code, message } = asNetwrightError(error);
  return { code, message: work.bench.workspace.redactor.redact(message) };
}

/** Not to be tried again by itself: something may have been sent, or the decision is made. */
export function final(thrown: unknown): NetwrightError {
  const error = asNetwrightError(thrown);
  if (!error.retryable) return error;
  const { code, message, cause, hint, details } = error;
  return new NetwrightError(code, message, { cause, hint, details, retryable: false });
}
