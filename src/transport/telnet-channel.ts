import type { Duplex } from 'node:stream';
import { NetwrightError } from '#core';
import { Backlog } from './backlog.ts';
import type { Channel, ChannelListener, ExecResult } from './channel.ts';
import { connectionError } from './connect-errors.ts';
import { TelnetCodec, type TelnetTerminal } from './telnet-codec.ts';
import { turnBudget } from './turn-budget.ts';

/** A peer that negotiates without end and takes no answers is read no further when so much waits for it. */
const mostUnsentBytes = 64 * 1024;

/** A Telnet conversation, or a raw port of a terminal server, over a socket or a channel of a hop. */
export class TelnetChannel implements Channel {
  readonly protocol = 'telnet';
  readonly greeting = '';
  readonly isLoggedIn = false;
  readonly label: string;
  readonly #stream: Duplex;
  readonly #codec: TelnetCodec;
  readonly #closed = Promise.withResolvers<void>();
  /** Set when something other than the far end broke the connection, a hop for instance. */
  readonly #lostBecause: () => NetwrightError | undefined;
  #listener: ChannelListener | undefined;
  #isClosed = false;
  #isPaused = false;
  readonly #backlog: Backlog;
  /** Of a chunk that is being worked on: to be sent in one piece. */
  #answers: Buffer[] | undefined;
  #isEndedByUs = false;
  #error: NetwrightError | undefined;

  constructor(
    stream: Duplex,
    label: string,
    terminal: TelnetTerminal,
    lostBecause: () => NetwrightError | undefined = () => undefined,
  ) {
    this.label = label;
    this.#stream = stream;
    this.#backlog = new Backlog(stream, mostUnsentBytes, () => this.#flow());
    this.#lostBecause = lostBecause;
    this.#codec = new TelnetCodec(terminal, (bytes) => this.#answer(bytes));
    // Nothing flows before somebody listens: negotiation and login dialogue wait in the kernel's buffers.
    stream.pause();
    stream.on('error', (error) => {
      if (!this.#isEndedByUs) this.#error ??= connectionError(label, error);
    });
    // A far end that closed has nothing more to read; half-open connections are of no use here.
    stream.on('end', () => {
      turnBudget.flush(this);
      stream.destroy();
    });
    stream.on('close', () => this.#onClosed());
  }

  listen(listener: ChannelListener): void {
    if (this.#listener) throw new NetwrightError('NW_INTERNAL', `${this.label}: a channel has one listener only`);
    this.#listener = listener;
    this.#stream.on('data', (chunk: Buffer) => this.#take(chunk, listener));
    this.#stream.resume();
    if (this.#isClosed) setImmediate(() => listener.end(this.#endError()));
  }

  /** Works on bytes that came, in this turn of the event loop or, in a crowd, in a later one. */
  #take(chunk: Buffer, listener: ChannelListener): void {
    const isDone = turnBudget.run(this, () => {
      if (this.#isClosed) return;
      this.#answers = [];
      const data = this.#codec.decode(chunk);
      if (this.#answers.length > 0) this.#send(Buffer.concat(this.#answers));
      this.#answers = undefined;
      this.#backlog.look();
      if (data.length > 0) listener.data(data);
    });
    if (isDone) return;
    this.#stream.pause();
    turnBudget.run(this, () => {
      this.#flow();
    });
  }

  #answer(bytes: Buffer): void {
    if (this.#answers) this.#answers.push(bytes);
    else this.#send(bytes);
  }

  #flow(): void {
    if (!this.#isPaused && !this.#backlog.isFull) this.#stream.resume();
  }

  write(data: string | Uint8Array): void {
    this.#send(this.#codec.encode(typeof data === 'string' ? Buffer.from(data, 'utf8') : data));
  }

  resize(columns: number, rows: number): void {
    this.#codec.resize(columns, rows);
  }

  #send(bytes: Buffer): void {
    if (!this.#isClosed && this.#stream.writable) this.#stream.write(bytes);
  }

  pause(): void {
    this.#isPaused = true;
    this.#stream.pause();
  }

  resume(): void {
    this.#isPaused = false;
    this.#flow();
  }

  exec(): Promise<ExecResult> {
    return this.#lacks('running a command apart from the shell');
  }

  putFile(): Promise<void> {
    return this.#lacks('file transfer');
  }

  getFile(): Promise<Buffer> {
    return this.#lacks('file transfer');
  }

  #lacks(ability: string): Promise<never> {
    return Promise.reject(new NetwrightError('NW_NOT_SUPPORTED', `${this.label}: Telnet has no ${ability}`));
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isEndedByUs = true;
    this.#stream.end();
    this.#stream.resume();
    const timer = setTimeout(() => this.destroy(), 1000);
    await this.#closed.promise;
    clearTimeout(timer);
  }

  destroy(): void {
    this.#isEndedByUs = true;
    this.#stream.destroy();
    this.#onClosed();
  }

  #onClosed(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#closed.resolve();
    this.#listener?.end(this.#endError());
  }

  #endError(): NetwrightError | undefined {
    return this.#isEndedByUs ? undefined : (this.#error ?? this.#lostBecause());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}
