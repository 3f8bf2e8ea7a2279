import { once } from 'node:events';
import { createColors } from 'picocolors';
import { encodeText, NetwrightError, Redactor } from '#core';

type Colors = ReturnType<typeof createColors>;

/** What is drawn on stderr and drawn again, and must go while something is printed. */
export interface LiveRegion {
  clear(): void;
}

export interface ScreenStreams {
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Where a command prints: results on stdout, all else on stderr. Whatever passes is redacted first. With `--json`
 * only JSON reaches stdout.
 */
export class Screen {
  readonly #streams: ScreenStreams;
  readonly colors: Colors;
  readonly errorColors: Colors;
  isJson = false;
  /** Set once a workspace is open. */
  redactor = new Redactor();
  /** Streams that take nothing any more. */
  readonly #lost = new Set<NodeJS.WriteStream>();
  #outputError: NodeJS.ErrnoException | undefined;
  #live: LiveRegion | undefined;
  /** What was printed since the live region was drawn: written with the next drawing, or it would hardly be seen. */
  #waiting: (readonly [stream: NodeJS.WriteStream, data: string | Uint8Array])[] = [];

  constructor(streams: ScreenStreams) {
    this.#streams = streams;
    this.colors = createColors(wantsColor(streams.stdout, streams.env));
    this.errorColors = createColors(wantsColor(streams.stderr, streams.env));
    for (const stream of [streams.stdout, streams.stderr]) {
      stream.on('error', (error: NodeJS.ErrnoException) => this.#lose(stream, error));
    }
  }

  /**
   * Nothing more is printed there, and the work goes on: a reader that went away (`| head`) is no failure of ours, and a
   * log on a full disk none of the backup's.
   */
  #lose(stream: NodeJS.WriteStream, error: NodeJS.ErrnoException): void {
    this.#lost.add(stream);
    if (stream === this.#streams.stdout && error.code !== 'EPIPE') this.#outputError ??= error;
  }

  /** Why what was printed did not reach a file or a terminal; undefined when it did, or when a reader had enough. */
  get outputFailure(): NetwrightError | undefined {
    const error = this.#outputError;
    if (!error) return undefined;
    const isFull = error.code === 'ENOSPC' || error.code === 'EDQUOT';
    return new NetwrightError(
      isFull ? 'NW_STORE_FULL' : 'NW_STORE_FAILED',
      `the output cannot be written: ${error.message}`,
      {
        cause: error,
        hint: 'what the command did besides printing is done; print into another place',
      },
    );
  }

  /** Nobody reads any more: a command that only prints may end. */
  get isClosed(): boolean {
    return this.#lost.has(this.#streams.stdout);
  }

  /** Waits until the reader of stdout has taken what was printed, or reads no more ({@link isClosed}). */
  async drained(signal: AbortSignal): Promise<void> {
    if (this.isClosed || !this.#streams.stdout.writableNeedDrain) return;
    await once(this.#streams.stdout, 'drain', { signal }).catch((error: unknown) => {
      // The stream's own error is told at the end.
      if (!this.isClosed) throw error;
    });
  }

  /** Whether somebody looks at stderr, so that it can be drawn over. */
  get isLive(): boolean {
    return this.#streams.stderr.isTTY === true && this.#streams.env['TERM'] !== 'dumb';
  }

  get errorStream(): NodeJS.WriteStream {
    return this.#streams.stderr;
  }

  get outputStream(): NodeJS.WriteStream {
    return this.#streams.stdout;
  }

  get columns(): number {
    return this.#streams.stdout.columns ?? 100;
  }

  /** What a line of a list has room for; undefined where nobody looks, for a program that reads gets all of it. */
  get listColumns(): number | undefined {
    return this.#streams.stdout.isTTY === true ? this.columns : undefined;
  }

  /** Undefined where nobody looks: in a log a message is one line, whatever its length. */
  get errorColumns(): number | undefined {
    return this.#streams.stderr.isTTY === true ? (this.#streams.stderr.columns ?? 100) : undefined;
  }

  /** Lines for people; nothing with `--json`. */
  print(text = ''): void {
    if (!this.isJson) this.#write(this.#streams.stdout, `${this.redactor.redact(text)}\n`);
  }

  /** Bytes exactly as they are: configurations. Not redacted: the caller says why that is right. */
  printRaw(bytes: Uint8Array): void {
    this.#write(this.#streams.stdout, bytes);
  }

  /** Text of devices, odd bytes included. */
  printText(text: string): void {
    if (!this.isJson) this.#write(this.#streams.stdout, encodeText(this.redactor.redact(text)));
  }

  /** The one document of a command with `--json`. */
  document(data: unknown): void {
    if (this.isJson) this.#write(this.#streams.stdout, `${this.#stringify(data, 2)}\n`);
  }

  /** As {@link document}, secrets included: for what was asked for because of them. */
  documentWithSecrets(data: unknown): void {
    if (this.isJson) this.#write(this.#streams.stdout, `${JSON.stringify(data, null, 2)}\n`);
  }

  /** One line of a stream with `--json`. */
  record(data: unknown): void {
    if (this.isJson) this.#write(this.#streams.stdout, `${this.#stringify(data)}\n`);
  }

  /** What people should know and programs need not: on stderr. */
  note(text: string): void {
    this.#write(this.#streams.stderr, `${this.redactor.redact(text)}\n`);
  }

  /** Code, sentence and what to do next. */
  error(error: NetwrightError): void {
    const { bold, dim, red } = this.errorColors;
    this.note(`${red(bold(error.code))} ${error.message}\n${dim('  what to do:')} ${error.hint}`);
    if (this.isJson) this.document({ error: error.toJSON() });
  }

  /** What is drawn and redrawn from now on; undefined when it is over. */
  setLive(live: LiveRegion | undefined): void {
    this.flush();
    this.#live = live;
  }

  /** Makes room for what was printed since the live region was drawn; the caller draws it again. */
  flush(): void {
    if (this.#waiting.length === 0) return;
    this.#live?.clear();
    for (const [stream, data] of this.#waiting.splice(0)) this.#writeNow(stream, data);
  }

  #write(stream: NodeJS.WriteStream, data: string | Uint8Array): void {
    if (this.#live) this.#waiting.push([stream, data]);
    else this.#writeNow(stream, data);
  }

  #writeNow(stream: NodeJS.WriteStream, data: string | Uint8Array): void {
    if (!this.#lost.has(stream)) stream.write(data);
  }

  #stringify(data: unknown, space?: number): string {
    return JSON.stringify(
      data,
      (_, value: unknown) => (typeof value === 'string' ? this.redactor.redact(value) : value),
      space,
    );
  }
}

/** `FORCE_COLOR` wins over `NO_COLOR`, that over what the stream is (https://no-color.org, https://force-color.org). */
function wantsColor(stream: NodeJS.WriteStream, env: Readonly<Record<string, string | undefined>>): boolean {
  if (env['FORCE_COLOR']) return env['FORCE_COLOR'] !== '0';
  if (env['NO_COLOR']) return false;
  return stream.isTTY === true && env['TERM'] !== 'dumb';
}
