import {
  asNetwrightError,
  type CallOptions,
  NetwrightError,
  withDeadline,
  type XmlElement,
  type XmlText,
  xml,
} from '#core';
import type { Channel } from '../channel.ts';
import { base10, base11, baseNamespace, NetconfCapabilities, readHello } from './capabilities.ts';
import { type Framing, frame } from './framing.ts';
import { MessageReader } from './message-reader.ts';
import { rpcErrorsOf } from './rpc-error.ts';

const defaultHelloTimeoutMs = 20_000;
const defaultMaxMessageBytes = 64 * 1024 * 1024;

export interface NetconfOptions {
  /** For every reply that has no deadline of its own. Default 60,000. */
  readonly rpcTimeoutMs?: number;
  /** Until the hello of the device. Default 20,000. */
  readonly helloTimeoutMs?: number;
  /** How long `close()` waits for the answer to `<close-session>`. Default 2,000. */
  readonly farewellMs?: number;
  /** Most bytes of one message; a larger one ends the session with `NW_OUTPUT_TOO_LARGE`. Default 64 MiB. */
  readonly maxMessageBytes?: number;
  /** Versions of the protocol to offer. Default both. */
  readonly versions?: readonly ('1.0' | '1.1')[];
  /** Hides what is secret in words of the device before they go into an error. Default: nothing is. */
  readonly scrub?: (text: string) => string;
  /** Takes `<notification>`s (RFC 5277) and what else comes unasked; without it they are passed over. */
  readonly onNotification?: (notification: XmlElement) => void;
}

interface Waiting {
  readonly operation: string;
  readonly resolve: (reply: XmlElement) => void;
  readonly reject: (error: NetwrightError) => void;
}

/** Hellos, then requests and their replies, on one channel: knows message ids and framing, and no operation. */
export class NetconfExchange {
  readonly label: string;
  /** Why it ended; undefined as long as it lives. */
  failure: NetwrightError | undefined;
  capabilities = new NetconfCapabilities([]);
  sessionId = 0;
  /** The hello of the device has come. */
  isGreeted = false;
  readonly #channel: Channel;
  readonly #options: NetconfOptions;
  readonly #reader: MessageReader;
  readonly #waiting = new Map<string, Waiting>();
  readonly #hello = Promise.withResolvers<void>();
  #messageId = 0;

  constructor(channel: Channel, options: NetconfOptions) {
    this.label = channel.label;
    this.#channel = channel;
    this.#options = options;
    this.#reader = new MessageReader({
      label: channel.label,
      maxMessageBytes: options.maxMessageBytes ?? defaultMaxMessageBytes,
      onMessage: (root) => this.#message(root),
    });
    this.#hello.promise.catch(() => {});
  }

  get framing(): Framing {
    return this.#reader.framing;
  }

  /** Both sides say hello at once (RFC 6241 section 8.1): neither waits for the other. */
  async start(options: CallOptions = {}): Promise<void> {
    this.#channel.listen({ data: (chunk) => this.#data(chunk), end: (error) => this.#end(error) });
    const versions = this.#options.versions ?? ['1.0', '1.1'];
    const bases = versions.map((version) => (version === '1.0' ? base10 : base11));
    const hello = xml`<?xml version="1.0" encoding="UTF-8"?><hello xmlns="${baseNamespace}"><capabilities>${bases.map(
      (base) => xml`<capability>${base}</capability>`,
    )}</capabilities></hello>`;
    this.#channel.write(frame(hello.toString(), 'end-of-message'));
    const timeoutMs = options.timeoutMs ?? this.#options.helloTimeoutMs ?? defaultHelloTimeoutMs;
    try {
      await withDeadline(
        { ...options, timeoutMs },
        () => new NetwrightError('NW_NETCONF_PROTOCOL', `${this.label}: no hello within ${timeoutMs} ms`),
        () => this.#hello.promise,
      );
    } catch (error) {
      this.fail(asNetwrightError(error));
      throw error;
    }
  }

  /** @returns the `<rpc-reply>`, errors of the device included. A deadline ends the session. */
  async request(operation: string, content: XmlText, options: CallOptions): Promise<XmlElement> {
    if (this.failure) throw this.failure;
    this.#messageId += 1;
    const id = String(this.#messageId);
    const { timeoutMs } = options;
    const rpc = xml`<?xml version="1.0" encoding="UTF-8"?><rpc xmlns="${baseNamespace}" message-id="${id}">${content}</rpc>`;
    const bytes = frame(rpc.toString(), this.framing);
    const late = (): NetwrightError =>
      new NetwrightError('NW_COMMAND_TIMEOUT', `${this.label}: <${operation}> was not answered within ${timeoutMs} ms`);
    try {
      return await withDeadline(options, late, async () => {
        const reply = new Promise<XmlElement>((resolve, reject) => {
          this.#waiting.set(id, { operation, resolve, reject });
        });
        this.#channel.write(bytes);
        return await reply;
      });
    } catch (error) {
      // A peer that hangs is not talked to any more; what it was doing is not known.
      if (error instanceof NetwrightError && error.code === 'NW_COMMAND_TIMEOUT') this.fail(error);
      throw error;
    }
  }

  /** Ends the connection at once; what waits rejects with the error. */
  fail(error: NetwrightError): void {
    this.#over(error);
    this.#channel.destroy();
  }

  /** Closes the channel in good order. Never rejects. */
  async close(): Promise<void> {
    const closed = new NetwrightError('NW_CONNECTION_LOST', `${this.label}: the session is closed`);
    this.failure ??= closed;
    await this.#channel.close();
    this.#over(closed);
  }

  #data(chunk: Buffer): void {
    if (this.failure) return;
    try {
      this.#reader.feed(chunk);
    } catch (error) {
      this.fail(asNetwrightError(error));
    }
  }

  #message(root: XmlElement): void {
    if (root.name === 'hello') this.#greeting(root);
    else if (!this.isGreeted) throw this.#confused(`expected a hello, got <${root.name}>`);
    else if (root.name === 'rpc-reply') this.#reply(root);
    else this.#options.onNotification?.(root);
  }

  #greeting(root: XmlElement): void {
    if (this.isGreeted) throw this.#confused('a second hello');
    const { capabilities, sessionId } = readHello(root);
    if (sessionId === undefined) throw this.#confused('a hello without a session id');
    const versions = this.#options.versions ?? ['1.0', '1.1'];
    const speaks11 = capabilities.uris.includes(base11) && versions.includes('1.1');
    // Some systems name no base at all, or an older one of their own, and mean 1.0.
    if (!speaks11 && !versions.includes('1.0')) throw this.#confused('no common version of NETCONF');
    this.capabilities = capabilities;
    this.sessionId = sessionId;
    this.isGreeted = true;
    if (speaks11) this.#reader.framing = 'chunked';
    this.#hello.resolve();
  }

  #reply(root: XmlElement): void {
    const id = root.attribute('message-id');
    // A request that could not be read is refused without an id (RFC 6241 section 4.3): it is the oldest one.
    const key = id ?? (rpcErrorsOf(root).length > 0 ? this.#waiting.keys().next().value : undefined);
    if (key === undefined) throw this.#confused('a reply without a message id');
    const waiting = this.#waiting.get(key);
    if (waiting) {
      this.#waiting.delete(key);
      waiting.resolve(root);
    } else if (!(Number(key) >= 1 && Number(key) <= this.#messageId)) {
      throw this.#confused('a reply that nobody asked for');
    }
  }

  #confused(what: string): NetwrightError {
    return new NetwrightError('NW_NETCONF_PROTOCOL', `${this.label}: ${what}`);
  }

  /** The far end, or the connection to it, is gone. */
  #end(error?: NetwrightError): void {
    const during = [...this.#waiting.values()].map(({ operation }) => `<${operation}>`).join(', ');
    const while_ = this.isGreeted ? (during === '' ? '' : ` during ${during}`) : ' before its hello';
    this.#over(
      error ?? new NetwrightError('NW_CONNECTION_LOST', `${this.label}: the device ended the NETCONF session${while_}`),
    );
  }

  #over(error: NetwrightError): void {
    this.failure ??= error;
    this.#hello.reject(error);
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
