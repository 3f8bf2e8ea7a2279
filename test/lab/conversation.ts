import { connect } from 'node:net';
import ssh2 from 'ssh2';
import type { LabDevice } from '../../src/lab/lab.ts';

/** A plain client for the tests: real sockets, no code of ours. */
export interface Conversation {
  /** All that came so far, as Latin-1. */
  readonly text: string;
  readonly isClosed: boolean;
  send(text: string): void;
  /** Resolves with what came since the last wait, once its end matches. */
  until(pattern: RegExp, timeoutMs?: number): Promise<string>;
  closed(timeoutMs?: number): Promise<void>;
  end(): void;
}

class Stream implements Conversation {
  text = '';
  isClosed = false;
  #seen = 0;
  #wake: (() => void) | undefined;
  readonly #write: (text: string) => void;
  readonly #close: () => void;

  constructor(write: (text: string) => void, close: () => void) {
    this.#write = write;
    this.#close = close;
  }

  came(bytes: Buffer): void {
    this.text += bytes.toString('latin1');
    this.#wake?.();
  }

  ended(): void {
    this.isClosed = true;
    this.#wake?.();
  }

  send(text: string): void {
    this.#write(text);
  }

  async until(pattern: RegExp, timeoutMs = 15_000): Promise<string> {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      if (pattern.test(this.text.slice(this.#seen))) {
        const found = this.text.slice(this.#seen);
        this.#seen = this.text.length;
        return found;
      }
      if (this.isClosed || Date.now() > deadline) {
        throw new Error(
          `${pattern} did not come${this.isClosed ? ', closed' : ''}; last: ${JSON.stringify(this.text.slice(-200))}`,
        );
      }
      await this.#change(deadline);
    }
  }

  async closed(timeoutMs = 15_000): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    while (!this.isClosed) {
      if (Date.now() > deadline) throw new Error('still open');
      await this.#change(deadline);
    }
  }

  end(): void {
    this.#close();
  }

  async #change(deadline: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, Math.max(1, deadline - Date.now()));
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

export interface SshSettings {
  readonly rows?: number;
  readonly password?: string;
  readonly keyboard?: boolean;
  readonly onHostKey?: (key: Buffer) => void;
  readonly onBanner?: (text: string) => void;
  readonly timeoutMs?: number;
}

export function ssh(device: LabDevice, settings: SshSettings = {}): Promise<Conversation> {
  return new Promise((resolve, reject) => {
    const client = new ssh2.Client();
    const password = settings.password ?? device.password;
    let stream: Stream | undefined;
    client.on('error', (error) => {
      reject(error);
      stream?.ended();
    });
    client.on('close', () => stream?.ended());
    client.on('banner', (text) => settings.onBanner?.(text));
    client.on('keyboard-interactive', (_name, _text, _lang, _prompts, answer) => answer([password]));
    client.on('ready', () => {
      client.setNoDelay(true);
      client.shell({ rows: settings.rows ?? 24, cols: 200, term: 'vt100' }, (error, channel) => {
        if (error) {
          reject(error);
          return;
        }
        stream = new Stream(
          (text) => channel.write(Buffer.from(text, 'utf8')),
          () => client.end(),
        );
        channel.on('data', (bytes: Buffer) => stream!.came(bytes));
        channel.on('close', () => client.end());
        resolve(stream);
      });
    });
    client.connect({
      host: device.host,
      port: device.port,
      username: device.user,
      ...(settings.keyboard === true ? { tryKeyboard: true } : { password, tryKeyboard: true }),
      readyTimeout: settings.timeoutMs ?? 10_000,
      hostVerifier: (key: Buffer) => {
        settings.onHostKey?.(key);
        return true;
      },
    });
  });
}

/** Raw Telnet; `asksEcho` answers the server's options as a client that wants the far end to echo. */
export function telnet(device: LabDevice): Promise<Conversation> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: device.host, port: device.port, noDelay: true });
    const stream = new Stream(
      (text) => socket.write(Buffer.from(text, 'utf8')),
      () => socket.destroy(),
    );
    socket.on('data', (bytes: Buffer) => stream.came(withoutCommands(bytes)));
    socket.on('close', () => stream.ended());
    socket.on('error', reject);
    socket.on('connect', () => {
      socket.write(Buffer.from([255, 253, 1])); // DO ECHO
      resolve(stream);
    });
  });
}

const withoutCommands = (bytes: Buffer): Buffer =>
  Buffer.from(bytes.toString('latin1').replaceAll(/\xff[\xfb-\xfe][\x00-\xff]|\xff\xfa[^\xf0]*\xf0/g, ''), 'latin1');
