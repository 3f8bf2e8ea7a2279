import { setTimeout as sleep } from 'node:timers/promises';
import { abortError, NetwrightError } from '#core';
import type { Session } from '#device';
import type { Device } from '#inventory';
import type { HttpSession, NetconfSession } from '#transport';
import type { Connector } from './connector.ts';
import type { Job, Task } from './run.ts';

/** How long a connection that was told to stop may take to say so. */
const mostUnwindingMs = 1000;

/** One attempt: the session that the task opens belongs to it, and ends with it. */
class DeviceJob implements Job {
  readonly device: Device;
  readonly attempt: number;
  readonly signal: AbortSignal;
  readonly #connector: Connector;
  #opening: Promise<Session> | undefined;
  #netconf: Promise<NetconfSession> | undefined;
  #http: Promise<HttpSession> | undefined;

  constructor(device: Device, attempt: number, connector: Connector, signal: AbortSignal) {
    this.device = device;
    this.attempt = attempt;
    this.signal = signal;
    this.#connector = connector;
  }

  /** A property, so that a task may take it out of the job: `({ connect }) => …`. */
  readonly connect = (): Promise<Session> => {
    this.#opening ??= this.#connector.connect(this.device, { signal: this.signal });
    return this.#opening;
  };

  readonly netconf = (): Promise<NetconfSession> => {
    this.#netconf ??=
      this.#connector.netconf?.(this.device, { signal: this.signal }) ?? Promise.reject(noApi(this.device, 'NETCONF'));
    return this.#netconf;
  };

  readonly http = (): Promise<HttpSession> => {
    this.#http ??= this.#connector.http?.(this.device) ?? Promise.reject(noApi(this.device, 'HTTP'));
    return this.#http;
  };

  /** The session when there is one; a connection that failed is the task's to report. */
  async session(): Promise<Session | undefined> {
    return await this.#opening?.catch(() => undefined);
  }

  /**
   * The session, or what became of a connection that was still being made when the signal fired. Undefined when there
   * was none, and when the connector does not listen.
   */
  async remains(): Promise<Session | NetwrightError | undefined> {
    const waiting = new AbortController();
    const opening = this.#opening?.catch((error: unknown) => (error instanceof NetwrightError ? error : undefined));
    const given = sleep(mostUnwindingMs, undefined, { signal: waiting.signal }).catch(() => undefined);
    try {
      return await Promise.race([opening, given]);
    } finally {
      waiting.abort();
    }
  }

  /** Ends the session at once, also one that is still being opened. */
  destroy(): void {
    void this.session().then((session) => session?.destroy());
    this.#netconf?.then(
      (session) => session.destroy(),
      // What failed is the task's to report.
      () => {},
    );
    void this.#closeHttp();
  }

  async #closeHttp(): Promise<void> {
    const session = await this.#http?.catch(() => undefined);
    await session?.[Symbol.asyncDispose]();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.signal.aborted) {
      this.destroy();
      return;
    }
    const netconf = this.#netconf?.catch(() => undefined);
    await Promise.all([
      this.session().then((session) => session?.close()),
      netconf?.then((session) => session?.close()),
      this.#closeHttp(),
    ]);
  }
}

function noApi(device: Device, what: string): NetwrightError {
  return new NetwrightError('NW_NOT_SUPPORTED', `${device.name}: this connector speaks no ${what}`);
}

/**
 * Runs the task once. A task that does not listen to its signal is not waited for.
 * `onFailure` sees the session of a task that failed while the session is still there.
 */
export async function attemptJob<T>(
  device: Device,
  attempt: number,
  task: Task<T>,
  connector: Connector,
  signal: AbortSignal,
  onFailure: (session: Session, error: unknown) => Promise<void>,
): Promise<T> {
  await using job = new DeviceJob(device, attempt, connector, signal);
  const ended = Promise.withResolvers<never>();
  const onAbort = (): void => {
    job.destroy();
    ended.reject(abortError(signal));
  };
  if (signal.aborted) throw abortError(signal);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([task(job), ended.promise]);
  } catch (thrown) {
    if (!signal.aborted) {
      const session = await job.session();
      if (session !== undefined) await onFailure(session, thrown);
      throw thrown;
    }
    const error = abortError(signal);
    // Who cancels knows why; who runs out of time wants to see what was said until then.
    if (error.code === 'NW_CANCELLED') throw error;
    const remains = await job.remains();
    if (remains instanceof NetwrightError) throw remains.code === error.code ? remains : error;
    if (remains !== undefined) await onFailure(remains, error);
    throw error;
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
