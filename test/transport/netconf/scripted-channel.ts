import { NetwrightError } from '#core';
import type { Channel, ChannelListener } from '#transport';

/** A channel whose far end is a function of the test: what it is sent, and what it sends. */
export class ScriptedChannel implements Channel {
  readonly label = 'r1 (192.0.2.1:830, ssh)';
  readonly protocol = 'ssh';
  readonly greeting = '';
  readonly isLoggedIn = true;
  /** All that was written, as text. */
  written = '';
  isDestroyed = false;
  isClosed = false;
  onWrite: (text: string) => void = () => {};
  #listener: ChannelListener | undefined;

  listen(listener: ChannelListener): void {
    this.#listener = listener;
  }

  write(data: string | Uint8Array): void {
    const text = Buffer.from(data as Uint8Array).toString();
    this.written += text;
    setImmediate(() => this.onWrite(text));
  }

  /** What the far end sends. */
  say(data: string | Buffer): void {
    this.#listener?.data(Buffer.from(data as Buffer));
  }

  end(error?: NetwrightError): void {
    this.#listener?.end(error);
  }

  pause(): void {}
  resume(): void {}

  exec(): never {
    throw new NetwrightError('NW_NOT_SUPPORTED', 'no exec here');
  }

  putFile(): never {
    throw new NetwrightError('NW_NOT_SUPPORTED', 'no files here');
  }

  getFile(): never {
    throw new NetwrightError('NW_NOT_SUPPORTED', 'no files here');
  }

  async close(): Promise<void> {
    await Promise.resolve();
    this.isClosed = true;
  }

  destroy(): void {
    this.isDestroyed = true;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}
