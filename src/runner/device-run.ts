import {
  asNetwrightError,
  formatDuration,
  NetwrightError,
  type Outcome,
  type Random,
  systemClock,
  timerMs,
} from '#core';
import type { Device } from '#inventory';
import { backoffMs } from './backoff.ts';
import type { Connector } from './connector.ts';
import { defaultConcurrency } from './default-concurrency.ts';
import { attemptJob } from './device-job.ts';
import { checkLimits, gatesOf } from './gates.ts';
import { JobQueue } from './job-queue.ts';
import type { RunEvent, RunOptions, Task } from './run.ts';

/** One device on its way through the run, over all its attempts. */
interface Passage {
  readonly device: Device;
  attempts: number;
  startedAtMs: number;
  deadlineAtMs: number;
  readonly controller: AbortController;
  deadline: NodeJS.Timeout | undefined;
  transcriptId: string | undefined;
  lastError: NetwrightError | undefined;
}

const defaultJobTimeoutMs = 300_000;
/**
 * To begin a job takes a tenth of a millisecond, and its handshake a few of them soon after: a thousand in one go
 * would hold up everything else for seconds.
 */
const mostBegunAtOnce = 25;
/**
 * Running devices up to which more are always begun. Beyond them more are begun only when the event loop has time
 * left: where its work is what takes the time, a thousand sessions are no faster than a hundred, each of them waits
 * longer, and all of them hold memory.
 */
const alwaysRunning = 128;
const busyShare = 0.95;
const lookAgainMs = 20;
/** Outcomes that wait to be taken hold all that their devices said: while so many do, nothing more is begun. */
const mostReady = 64;

/** The engine of a run: starts devices while there is room, takes their outcomes in, and ends what must be ended. */
export class DeviceRun<T> implements AsyncDisposable {
  readonly #task: Task<T>;
  readonly #connector: Connector;
  readonly #options: RunOptions;
  readonly #concurrency: number;
  readonly #clock: NonNullable<RunOptions['clock']>;
  readonly #random: Random;
  readonly #queue: JobQueue<Passage>;
  /** Running, or pausing before another attempt. */
  readonly #begun = new Set<Passage>();
  readonly #ready: Outcome<T>[] = [];
  #running = 0;
  /** Set while devices are to be begun after the events that wait now. */
  #nextTurn: NodeJS.Immediate | undefined;
  #pause: NodeJS.Timeout | undefined;
  #utilization = performance.eventLoopUtilization();
  #wasBusy = false;
  /** Why nothing more is begun: the run was cancelled, or a device failed and `failFast` is set. */
  #ended: { readonly code: 'NW_CANCELLED' | 'NW_SKIPPED'; readonly because: string } | undefined;
  #fault: unknown;
  #changed = Promise.withResolvers<void>();
  readonly #onAbort = (): void => this.#cancel('the run was cancelled');
  readonly #timer: NodeJS.Timeout | undefined;

  constructor(task: Task<T>, connector: Connector, options: RunOptions) {
    this.#task = task;
    this.#connector = connector;
    this.#options = options;
    checkLimits(options.limits ?? {});
    this.#concurrency = options.limits?.concurrency ?? defaultConcurrency();
    this.#clock = options.clock ?? systemClock;
    this.#random = options.random ?? Math.random;
    this.#queue = new JobQueue(({ device }) => gatesOf(device, options.limits ?? {}));
    const { signal, timeoutMs } = options;
    if (signal?.aborted) this.#onAbort();
    signal?.addEventListener('abort', this.#onAbort, { once: true });
    if (timeoutMs !== undefined) {
      const because = `the run took longer than ${formatDuration(timeoutMs)}`;
      this.#timer = setTimeout(() => this.#cancel(because), timerMs(timeoutMs));
    }
  }

  /** Exactly one outcome for each of the devices. To be read to its end before the next list is given. */
  async *outcomes(devices: readonly Device[]): AsyncGenerator<Outcome<T>, void> {
    for (const device of devices) this.#queue.add(newPassage(device));
    this.#fill();
    for (;;) {
      const outcome = this.#ready.shift();
      if (this.#fault !== undefined) throw this.#fault;
      if (outcome !== undefined) {
        this.#fill();
        yield outcome;
      } else if (this.#begun.size === 0 && this.#nextTurn === undefined) break;
      else await this.#changed.promise;
    }
    for (const passage of this.#queue.drain()) {
      const outcome = this.#leftWaiting(passage);
      this.#emit({ type: 'finished', outcome });
      yield outcome;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#options.signal?.removeEventListener('abort', this.#onAbort);
    clearTimeout(this.#timer);
    clearImmediate(this.#nextTurn);
    clearTimeout(this.#pause);
    this.#cancel('the run was left');
    while (this.#begun.size > 0) await this.#changed.promise;
  }

  /** Begins devices while there is room, a few in each turn of the event loop. */
  #fill(): void {
    if (this.#nextTurn === undefined && this.#queue.length > 0 && this.#hasRoom()) this.#beginNextTurn();
  }

  #beginNextTurn(): void {
    this.#nextTurn = setImmediate(() => {
      if (this.#running >= alwaysRunning && this.#isBusy()) {
        this.#pause = setTimeout(() => this.#beginNextTurn(), lookAgainMs);
        return;
      }
      this.#nextTurn = undefined;
      this.#beginSome();
      if (this.#begun.size === 0) this.#notify();
    });
  }

  /** Whether the event loop had next to no time left since this was asked the last time. */
  #isBusy(): boolean {
    const now = performance.eventLoopUtilization();
    const since = performance.eventLoopUtilization(now, this.#utilization);
    if (since.active + since.idle < lookAgainMs / 2) return this.#wasBusy;
    this.#utilization = now;
    this.#wasBusy = since.utilization > busyShare;
    return this.#wasBusy;
  }

  #beginSome(): void {
    for (let begun = 0; begun < mostBegunAtOnce && this.#hasRoom(); begun += 1) {
      const passage = this.#queue.take();
      if (passage === undefined) return;
      this.#running += 1;
      this.#begun.add(passage);
      void this.#attempt(passage);
    }
    this.#fill();
  }

  /** Outcomes that nobody took yet count as room taken, which bounds them. */
  #hasRoom(): boolean {
    const { length } = this.#ready;
    return (
      this.#ended === undefined && this.#running < this.#concurrency && length < Math.min(this.#concurrency, mostReady)
    );
  }

  async #attempt(passage: Passage): Promise<void> {
    this.#begin(passage);
    const { device, controller, attempts } = passage;
    try {
      const value = await attemptJob(
        device,
        attempts,
        this.#task,
        this.#connector,
        controller.signal,
        async (session, error) => {
          passage.transcriptId = await this.#connector.keepTranscript?.(session, asNetwrightError(error));
        },
      );
      this.#finish(passage, { ok: true, value });
    } catch (thrown) {
      const error = asNetwrightError(thrown);
      passage.lastError = error;
      const kept = error.details['transcriptId'];
      if (typeof kept === 'string') passage.transcriptId = kept;
      const waitMs = backoffMs(attempts, this.#random);
      if (this.#mayRetry(passage, error, waitMs)) void this.#retryLater(passage, error, waitMs);
      else this.#finish(passage, { ok: false, error });
    } finally {
      this.#running -= 1;
      this.#queue.release(passage);
      this.#fill();
    }
  }

  #begin(passage: Passage): void {
    passage.attempts += 1;
    if (passage.attempts === 1) {
      const timeoutMs = passage.device.timeoutMs ?? this.#options.jobTimeoutMs ?? defaultJobTimeoutMs;
      passage.startedAtMs = this.#clock.now();
      passage.deadlineAtMs = passage.startedAtMs + timeoutMs;
      const late = (): void => passage.controller.abort(jobTimeout(passage, timeoutMs));
      passage.deadline = setTimeout(late, timerMs(timeoutMs));
    }
    this.#emit({ type: 'started', device: passage.device.name, attempt: passage.attempts });
  }

  #mayRetry(passage: Passage, error: NetwrightError, waitMs: number): boolean {
    return (
      error.retryable &&
      passage.attempts <= (this.#options.retries ?? 1) &&
      !passage.controller.signal.aborted &&
      this.#clock.now() + waitMs < passage.deadlineAtMs
    );
  }

  /** Waits without holding a place, then joins the front of its lane. */
  async #retryLater(passage: Passage, error: NetwrightError, inMs: number): Promise<void> {
    const { device, attempts, controller } = passage;
    this.#emit({ type: 'retrying', device: device.name, attempt: attempts, inMs, reason: error.message });
    try {
      await this.#clock.sleep(inMs, controller.signal);
    } catch {
      // The deadline or a cancel came first: what the last attempt met says more.
      this.#finish(passage, { ok: false, error });
      return;
    }
    this.#begun.delete(passage);
    this.#queue.add(passage, 'front');
    this.#fill();
    this.#notify();
  }

  #finish(
    passage: Passage,
    result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: NetwrightError },
  ): void {
    clearTimeout(passage.deadline);
    this.#begun.delete(passage);
    const outcome: Outcome<T> = { ...this.#facts(passage), ...result };
    this.#ready.push(outcome);
    if (!result.ok && this.#options.failFast && this.#ended === undefined) {
      this.#ended = { code: 'NW_SKIPPED', because: `${passage.device.name} failed with ${result.error.code}` };
    }
    this.#emit({ type: 'finished', outcome });
    this.#notify();
  }

  #facts(passage: Passage): Omit<Outcome<T>, 'ok' | 'value' | 'error'> {
    return {
      device: passage.device.name,
      startedAtMs: passage.startedAtMs,
      durationMs: Math.max(0, this.#clock.now() - passage.startedAtMs),
      attempts: passage.attempts,
      transcriptId: passage.transcriptId,
    };
  }

  /** A device that got no (further) attempt: what its last one met, or why it was not begun at all. */
  #leftWaiting(passage: Passage): Outcome<T> {
    clearTimeout(passage.deadline);
    if (passage.lastError !== undefined) return { ...this.#facts(passage), ok: false, error: passage.lastError };
    passage.startedAtMs = this.#clock.now();
    const { code, because } = this.#ended ?? { code: 'NW_INTERNAL', because: 'the scheduler lost it' };
    const error = new NetwrightError(code, `${passage.device.name}: not tried, because ${because}`);
    return { ...this.#facts(passage), ok: false, error };
  }

  #cancel(because: string): void {
    this.#ended = { code: 'NW_CANCELLED', because };
    for (const { device, controller } of this.#begun) {
      controller.abort(new NetwrightError('NW_CANCELLED', `${device.name}: given up, because ${because}`));
    }
    this.#notify();
  }

  #emit(event: RunEvent): void {
    try {
      this.#options.onEvent?.(event);
    } catch (error) {
      this.#fault ??= error;
      this.#notify();
    }
  }

  #notify(): void {
    this.#changed.resolve();
    this.#changed = Promise.withResolvers<void>();
  }
}

const newPassage = (device: Device): Passage => ({
  device,
  attempts: 0,
  startedAtMs: 0,
  deadlineAtMs: 0,
  controller: new AbortController(),
  deadline: undefined,
  transcriptId: undefined,
  lastError: undefined,
});

const jobTimeout = ({ device }: Passage, timeoutMs: number): NetwrightError =>
  new NetwrightError('NW_JOB_TIMEOUT', `${device.name}: the whole job took longer than ${formatDuration(timeoutMs)}`);
