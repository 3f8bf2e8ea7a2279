import type { NetwrightError } from '#core';
import { NetwrightError as DeviceError } from '#core';
import type { Channel, ChannelListener, Dialer, Endpoint, Protocol } from '#transport';

/** How the bytes of a device are cut into packets. */
export type Cut = (bytes: Buffer) => readonly Buffer[];

const whole: Cut = (bytes) => [bytes];
/** What a script does with a line that was typed. */
export interface Hand {
  /** Prints text (or bytes) as the device. */
  print(text: string | Uint8Array): void;
  /** The device hangs up. */
  hangUp(error?: NetwrightError): void;
  /** The next line goes here in place of the usual script: an answer to a question. */
  readonly nextLine: (then: (line: string) => void) => void;
  /** The next single byte goes here: a key at a pager. */
  readonly nextKey: (then: (key: string) => void) => void;
}

export interface FakeDeviceOptions {
  readonly protocol?: Protocol;
  readonly isLoggedIn?: boolean;
  readonly greeting?: string;
  readonly cut?: Cut;
  /** Whether what is typed is echoed, with CR LF behind it. Default true. */
  readonly echo?: boolean;
  /** Milliseconds between packets; default: all in one turn of the event loop. */
  readonly gapMs?: number;
  /** Milliseconds between what is typed and what is printed. */
  readonly latencyMs?: number;
  /** What the device holds by SFTP; without it, it has no file transfer. */
  readonly files?: Map<string, Buffer>;
  start?(hand: Hand): void;
  line(line: string, hand: Hand): void;
}

class HangUp {
  readonly error: NetwrightError | undefined;

  constructor(error: NetwrightError | undefined) {
    this.error = error;
  }
}

/** A device that reads lines from its input one after the other, as a terminal line does, and answers by script. */
export class FakeDevice implements Channel, Dialer {
  readonly label = 'r1 (192.0.2.1:22, ssh)';
  readonly protocol: Protocol;
  readonly greeting: string;
  readonly isLoggedIn: boolean;
  readonly typed: string[] = [];
  readonly writes: string[] = [];
  /** Columns and rows of each window that it was told of. */
  readonly windows: [number, number][] = [];
  isDestroyed = false;
  isClosed = false;
  opened: Endpoint | undefined;
  readonly #options: FakeDeviceOptions;
  #listener: ChannelListener | undefined;
  #input = '';
  #out: (Buffer | HangUp)[] = [];
  #isDelivering = false;
  #isPaused = false;
  #nextLine: ((line: string) => void) | undefined;
  #nextKey: ((key: string) => void) | undefined;
  readonly #hand: Hand;

  constructor(options: FakeDeviceOptions) {
    this.#options = options;
    this.protocol = options.protocol ?? 'ssh';
    this.isLoggedIn = options.isLoggedIn ?? this.protocol === 'ssh';
    this.greeting = options.greeting ?? '';
    this.#hand = {
      print: (text) => this.#print(text),
      hangUp: (error) => {
        this.#out.push(new HangUp(error));
        void this.#deliver();
      },
      nextLine: (then) => {
        this.#nextLine = then;
      },
      nextKey: (then) => {
        this.#nextKey = then;
      },
    };
  }

  get openSockets(): number {
    return this.isDestroyed || this.isClosed ? 0 : 1;
  }

  open(endpoint: Endpoint): Promise<Channel> {
    this.opened = endpoint;
    return Promise.resolve(this);
  }

  listen(listener: ChannelListener): void {
    this.#listener = listener;
    this.#options.start?.(this.#hand);
  }

  write(data: string | Uint8Array): void {
    const text = typeof data === 'string' ? data : Buffer.from(data).toString('latin1');
    this.writes.push(text);
    const take = (): void => {
      this.#input += text;
      this.#read();
    };
    if (this.#options.latencyMs) setTimeout(take, this.#options.latencyMs);
    else setImmediate(take);
  }

  #read(): void {
    for (;;) {
      if (this.isDestroyed) return;
      if (this.#nextKey && this.#input !== '') {
        const then = this.#nextKey;
        const key = this.#input[0]!;
        this.#nextKey = undefined;
        this.#input = this.#input.slice(1);
        then(key);
        continue;
      }
      const end = /\r\n|\n|\r/.exec(this.#input);
      if (!end) return;
      const line = this.#input.slice(0, end.index);
      this.#input = this.#input.slice(end.index + end[0].length);
      this.typed.push(line);
      const then = this.#nextLine;
      this.#nextLine = undefined;
      if (then) then(line);
      else {
        if (this.#options.echo !== false) this.#print(`${line}\r\n`);
        this.#options.line(line, this.#hand);
      }
    }
  }

  #print(text: string | Uint8Array): void {
    this.#out.push(typeof text === 'string' ? Buffer.from(text, 'latin1') : Buffer.from(text));
    void this.#deliver();
  }

  async #deliver(): Promise<void> {
    if (this.#isDelivering) return;
    this.#isDelivering = true;
    await new Promise(setImmediate);
    while (this.#out.length > 0 && !this.isDestroyed) {
      const bytes: Buffer[] = [];
      while (this.#out[0] instanceof Buffer) bytes.push(this.#out.shift() as Buffer);
      for (const chunk of (this.#options.cut ?? whole)(Buffer.concat(bytes))) {
        if (this.#options.gapMs) await new Promise((resolve) => setTimeout(resolve, this.#options.gapMs));
        while (this.#isPaused) await new Promise((resolve) => setTimeout(resolve, 1));
        if (!this.isDestroyed) this.#listener?.data(chunk);
      }
      const next = this.#out[0];
      if (next instanceof HangUp) {
        this.#out = [];
        this.#listener?.end(next.error);
        this.isClosed = true;
      }
    }
    this.#isDelivering = false;
  }

  pause(): void {
    this.#isPaused = true;
  }

  resume(): void {
    this.#isPaused = false;
  }

  exec(): Promise<never> {
    return Promise.reject(new DeviceError('NW_NOT_SUPPORTED', 'no exec'));
  }

  resize(columns: number, rows: number): void {
    this.windows.push([columns, rows]);
  }

  async putFile(remotePath: string, content: Uint8Array): Promise<void> {
    this.#files().set(remotePath, Buffer.from(content));
  }

  async getFile(remotePath: string): Promise<Buffer> {
    const content = this.#files().get(remotePath);
    if (content === undefined) throw new DeviceError('NW_FILE_TRANSFER', `${remotePath} does not exist`);
    return content;
  }

  #files(): Map<string, Buffer> {
    const { files } = this.#options;
    if (files === undefined) throw new DeviceError('NW_NOT_SUPPORTED', 'no files');
    return files;
  }

  close(): Promise<void> {
    this.isClosed = true;
    return Promise.resolve();
  }

  destroy(): void {
    this.isDestroyed = true;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}
