import { abortError, encodeText, NetwrightError, timerMs } from '#core';
import { quotedAnswer, quotedEnd, quotedLines, type SecretRule } from '#platforms';
import type { Channel } from '#transport';
import { Inbox } from './inbox.ts';
import { type OutputBudget, type OutputHolder, outputBudget } from './output-budget.ts';
import type { Recorder } from './recorder.ts';
import { isOddLine, paintLine, withoutEndCr } from './terminal-line.ts';
import { isTurnSpent } from './turn-share.ts';

/**
 * What a judge says of what came so far: it is what was waited for; or it would be if nothing more came for so many
 * milliseconds; or not yet.
 */
export type Verdict<T> = { readonly value: T } | { readonly quietMs: number } | undefined;

/** @param quietMs for how long nothing came */
export type Judge<T> = (quietMs: number) => Verdict<T>;

export interface WatchOptions {
  /** Milliseconds from now. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
  /** What is being done, for messages: `during "show version"`. */
  readonly doing: string;
  readonly onTimeout: (lastLine: string) => NetwrightError;
}

interface Watch {
  readonly doing: string;
  evaluate(quietMs: number): void;
  fail(error: NetwrightError): void;
}

/** So much before the last line is looked at for what makes it a secret: the beginning of a key, a section. */
const contextBytes = 256 * 1024;
/** A last line that stood for so long before the far end closed was not going to change. */
const quietAtEndMs = 200;
/** A timer that is late by more tells that the process had no time for the sockets. */
const busyMs = 20;
/** Unasked-for output (console messages) that is kept while nobody waits. */
const idleLimitBytes = 64 * 1024;

/**
 * The bytes of one channel, waited for: writes, and tells a judge whenever something came or nothing came for long
 * enough. A deadline, an abort and too much output destroy the channel, because nobody knows its state after that.
 */
export class Conversation {
  readonly channel: Channel;
  readonly inbox: Inbox;
  readonly recorder: Recorder;
  /** What is secret in what the device prints; known once the platform is. */
  secrets: readonly SecretRule[] = [];
  readonly #maxOutputBytes: number;
  #watch: Watch | undefined;
  #tick: NodeJS.Immediate | undefined;
  #failure: NetwrightError | undefined;
  #isEnded = false;
  #endCause: NetwrightError | undefined;
  #tap: ((chunk: Buffer) => void) | undefined;
  readonly #ended = Promise.withResolvers<void>();
  /** When the oldest thing that is not answered was typed; at first, when the channel was opened. */
  #waitsSinceMs: number | undefined = performance.now();
  #slowestMs = 0;
  readonly #budget: OutputBudget;
  /** Nothing is read, because outputs take too much memory together. */
  #isPaused = false;
  readonly #holder: OutputHolder;

  constructor(channel: Channel, recorder: Recorder, maxOutputBytes: number, budget = outputBudget) {
    this.channel = channel;
    this.recorder = recorder;
    this.#maxOutputBytes = maxOutputBytes;
    this.#budget = budget;
    this.#holder = {
      label: channel.label,
      pause: () => this.#pause(),
      resume: () => this.#resume(),
      fail: (error) => this.#break(error),
    };
    this.inbox = new Inbox((bytes) => {
      if (!this.#isEnded) budget.holds(this.#holder, bytes);
    });
    channel.listen({ data: (chunk) => this.#onData(chunk), end: (error) => this.#onEnd(error) });
  }

  get isEnded(): boolean {
    return this.#isEnded;
  }

  /** Resolves when the channel has ended, for whatever reason. */
  get ended(): Promise<void> {
    return this.#ended.promise;
  }

  /** The longest time so far, in milliseconds, from what was typed (at first: from the opening of the channel) to an answer. */
  get slowestMs(): number {
    return this.#slowestMs;
  }

  /** Types text. What is secret stands in the transcript as `<redacted>`. */
  write(text: string, isSecret = false): void {
    if (this.#failure) throw this.#failure;
    if (this.#isEnded) throw this.#lost('earlier');
    this.recorder.sent(text, isSecret);
    this.#waitsSinceMs ??= performance.now();
    this.channel.write(encodeText(text));
  }

  /** The last line as a terminal shows it. */
  lastLine(): string {
    const tail = this.inbox.tail();
    return isOddLine(tail) ? afterLastNewline(paintLine(tail)) : tail;
  }

  /**
   * A whole line, typed or printed, as an error may show it: errors reach logs and commit messages, and a line of a configuration
   * may hold a secret that only the rules of the platform know.
   */
  forMessage(line: string): string {
    return this.recorder.redactor.redact(quotedLines(line, this.secrets));
  }

  /** The same for lines of which the last is not finished. */
  endForMessage(text: string): string {
    return this.recorder.redactor.redact(quotedEnd(text, this.secrets));
  }

  /** The same for a line that answers a command. */
  answerForMessage(line: string, command: string): string {
    return this.recorder.redactor.redact(quotedAnswer(line, command, this.secrets));
  }

  /** The last line that is not blank, redacted and short enough for a message. */
  lastLineForMessage(): string {
    const shown = this.inbox
      .recent(contextBytes)
      .split('\n')
      .map((line) => (isOddLine(line) ? paintLine(withoutEndCr(line)) : line))
      .join('\n');
    const last =
      this.endForMessage(shown)
        .split('\n')
        .findLast((line) => line.trim() !== '') ?? '';
    const line = last.replace(/[^\x20-\x7e\xa0-\xff…]/g, '.');
    return line.length > 160 ? `…${line.slice(-160)}` : line;
  }

  /** Hands every chunk to somebody else from now on (a person's terminal); undefined brings it back. */
  tap(listener: ((chunk: Buffer) => void) | undefined): void {
    this.#tap = listener;
  }

  /** Resolves with what the judge waited for. One watch at a time. */
  watch<T>(judge: Judge<T>, options: WatchOptions): Promise<T> {
    const { timeoutMs, signal, doing, onTimeout } = options;
    if (signal?.aborted) this.#break(abortError(signal));
    if (this.#failure) return Promise.reject(this.#failure);
    return new Promise<T>((resolve, reject) => {
      let quiet: NodeJS.Timeout | undefined;
      let afterInput: NodeJS.Immediate | undefined;
      const deadline = setTimeout(
        () => this.#break(onTimeout(this.lastLineForMessage())),
        timerMs(Math.max(0, timeoutMs)),
      );
      const onAbort = (): void => this.#break(abortError(signal!));
      signal?.addEventListener('abort', onAbort, { once: true });
      const finish = (): void => {
        this.#watch = undefined;
        clearTimeout(deadline);
        clearTimeout(quiet);
        clearImmediate(afterInput);
        signal?.removeEventListener('abort', onAbort);
      };
      const fail = (error: NetwrightError): void => {
        finish();
        reject(error);
      };
      const evaluate = (quietMs: number): void => {
        let verdict: Verdict<T>;
        try {
          verdict = judge(quietMs);
        } catch (error) {
          fail(error as NetwrightError);
          return;
        }
        clearTimeout(quiet);
        clearImmediate(afterInput);
        if (verdict === undefined) return;
        if ('value' in verdict) {
          finish();
          resolve(verdict.value);
          return;
        }
        waitForQuiet(Math.max(1, Math.ceil(verdict.quietMs - quietMs)));
      };
      // A process that was busy has not read what came meanwhile: silence counts from when it can read again.
      const waitForQuiet = (ms: number, tries = 3): void => {
        const dueAtMs = performance.now() + ms;
        quiet = setTimeout(() => {
          const wasBusy = tries > 0 && performance.now() - dueAtMs > busyMs;
          // Behind the reading of the sockets, which comes between timers and immediates.
          afterInput = setImmediate(() => {
            if (wasBusy) waitForQuiet(Math.min(ms, busyMs), tries - 1);
            else evaluate(this.#quietMs());
          });
        }, ms);
      };
      this.#watch = { doing, evaluate, fail };
      evaluate(this.#isEnded ? quietAtEndMs : this.#quietMs());
      if (this.#isEnded && this.#watch) this.#watch.fail(this.#lost(doing));
    });
  }

  destroy(error: NetwrightError): void {
    this.#break(error);
  }

  /** Who does not listen does not know how quiet it is. */
  #quietMs(): number {
    return this.#isPaused ? 0 : performance.now() - this.inbox.lastAtMs;
  }

  #pause(): void {
    this.#isPaused = true;
    this.channel.pause();
  }

  #resume(): void {
    this.#isPaused = false;
    this.inbox.lastAtMs = performance.now();
    if (!this.#isEnded) this.channel.resume();
  }

  #onData(chunk: Buffer): void {
    if (this.#isEnded) return;
    this.recorder.received(chunk);
    if (this.#tap) {
      this.#tap(chunk);
      return;
    }
    this.inbox.push(chunk);
    if (this.#waitsSinceMs !== undefined) {
      this.#slowestMs = Math.max(this.#slowestMs, this.inbox.lastAtMs - this.#waitsSinceMs);
      this.#waitsSinceMs = undefined;
    }
    if (this.#isEnded) return;
    if (this.inbox.size > this.#maxOutputBytes) {
      const limit = `${this.#maxOutputBytes} bytes`;
      this.#break(new NetwrightError('NW_OUTPUT_TOO_LARGE', `${this.channel.label}: more than ${limit} of output`));
      return;
    }
    if (!this.#watch) {
      if (this.inbox.size > idleLimitBytes) this.inbox.take(this.inbox.size - idleLimitBytes / 2);
      return;
    }
    // Once for all chunks of one read of the socket.
    this.#tick ??= setImmediate(this.#look);
  }

  readonly #look = (): void => {
    if (isTurnSpent()) {
      this.#tick = setImmediate(this.#look);
      return;
    }
    this.#tick = undefined;
    this.#watch?.evaluate(0);
  };

  #onEnd(error: NetwrightError | undefined): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.recorder.note(error ? `the connection broke: ${error.message}` : 'the device closed the connection');
    this.#endCause = error;
    // What is whole counts: the watch that is served here may be followed by others on what is left.
    const watch = this.#watch;
    watch?.evaluate(quietAtEndMs);
    if (watch && this.#watch === watch) watch.fail(this.#lost(watch.doing));
    this.#stop();
  }

  #lost(doing: string): NetwrightError {
    const line = this.lastLineForMessage();
    const cause = this.#endCause;
    const { label } = this.channel;
    // The cause names the device by itself.
    const why = cause?.message.startsWith(`${label}: `) ? cause.message.slice(label.length + 2) : cause?.message;
    return new NetwrightError(
      'NW_CONNECTION_LOST',
      `${label}: the device closed the connection ${doing}${line === '' ? '' : `, last line "${line}"`}${why === undefined ? '' : ` (${why})`}`,
      cause ? { cause } : {},
    );
  }

  #break(error: NetwrightError): void {
    if (this.#failure) return;
    this.#failure = error;
    this.#isEnded = true;
    this.recorder.note(`${error.code}: ${error.message}`);
    this.channel.destroy();
    this.#watch?.fail(error);
    this.#stop();
  }

  #stop(): void {
    if (this.#tick) clearImmediate(this.#tick);
    this.#tick = undefined;
    this.#budget.holds(this.#holder, 0);
    this.recorder.flush();
    this.#ended.resolve();
  }
}

export const afterLastNewline = (text: string): string => text.slice(text.lastIndexOf('\n') + 1);
