import type { ClientChannel } from 'ssh2';
import { decodeText, NetwrightError } from '#core';
import { excerpt } from './label.ts';

const longestLine = 8192;
const newline = 0x0a;

/**
 * The bytes of one `scp` at the far end. The protocol has no document but its program: every step is answered by a
 * zero byte, or by 1 (a complaint) or 2 (the end) and a line that says why.
 */
export class ScpWire {
  readonly #channel: ClientChannel;
  readonly #what: string;
  /** What came and was not taken yet. */
  #chunks: Buffer[] = [];
  #size = 0;
  /** What it printed beside the protocol: some say there why they end. */
  #said = '';
  #isOver = false;
  #wake: (() => void) | undefined;

  /** @param what `r1 (192.0.2.1:22, ssh): flash:new.cfg`, for messages */
  constructor(channel: ClientChannel, what: string) {
    this.#channel = channel;
    this.#what = what;
    channel.on('data', (chunk: Buffer) => {
      this.#chunks.push(chunk);
      this.#size += chunk.length;
      this.#more();
    });
    channel.stderr.on('data', (chunk: Buffer) => {
      if (this.#said.length < longestLine) this.#said += decodeText(chunk);
    });
    channel.on('error', () => this.#end());
    channel.on('close', () => this.#end());
  }

  /** Waits for the zero byte. @throws NetwrightError `NW_FILE_TRANSFER` with the words of the far end */
  async acknowledged(): Promise<void> {
    const [code] = await this.exactly(1);
    if (code === 0) return;
    throw await this.#complaint(code!);
  }

  /** The line that announces a file, without its end. @throws NetwrightError `NW_FILE_TRANSFER` */
  async line(): Promise<string> {
    const [code] = await this.exactly(1);
    if (code !== 0x43 && code !== 0x54 && code !== 0x44) throw await this.#complaint(code!);
    return String.fromCharCode(code) + (await this.#untilNewline());
  }

  async exactly(count: number): Promise<Buffer> {
    while (this.#size < count) {
      if (this.#isOver) throw this.failure('it ended too early');
      await this.#moreBytes();
    }
    const all = this.#chunks.length === 1 ? this.#chunks[0]! : Buffer.concat(this.#chunks);
    this.#chunks = all.length > count ? [all.subarray(count)] : [];
    this.#size -= count;
    return all.subarray(0, count);
  }

  /** Writes as fast as the far end takes it. */
  async write(bytes: Uint8Array | string): Promise<void> {
    if (this.#isOver) throw this.failure('it ended too early');
    if (this.#channel.write(bytes)) return;
    const drained = Promise.withResolvers<void>();
    const go = (): void => drained.resolve();
    this.#channel.once('drain', go);
    this.#channel.once('close', go);
    await drained.promise;
    this.#channel.off('drain', go);
    this.#channel.off('close', go);
  }

  /** @param speaks whether what is there is an `scp` at all */
  failure(why: string, speaks = true): NetwrightError {
    const said = this.#said.trim();
    const message = `${this.#what}: scp: ${why}${said === '' ? '' : `: ${said}`}`;
    return new NetwrightError('NW_FILE_TRANSFER', message, { details: { speaksScp: speaks } });
  }

  /** What is no answer of the protocol is a text for people: `% Administratively disabled.` */
  async #complaint(code: number): Promise<NetwrightError> {
    const rest = await this.#untilNewline().catch(() => decodeText(Buffer.concat(this.#chunks)));
    const words = (code === 1 || code === 2 ? rest : String.fromCharCode(code) + rest).trim();
    const isProtocol = code === 1 || code === 2;
    const what = isProtocol ? words.replace(/^scp: /, '') : `expected its answer, got: ${excerpt(Buffer.from(words))}`;
    return this.failure(what === '' ? 'it refused the file' : what, isProtocol);
  }

  async #untilNewline(): Promise<string> {
    for (;;) {
      const all = Buffer.concat(this.#chunks);
      const at = all.indexOf(newline);
      if (at >= 0) {
        this.#chunks = [all.subarray(at + 1)];
        this.#size -= at + 1;
        return decodeText(all.subarray(0, at));
      }
      if (this.#isOver || all.length > longestLine) throw this.failure('a line without an end');
      this.#chunks = [all];
      await this.#moreBytes();
    }
  }

  async #moreBytes(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
  }

  #more(): void {
    this.#wake?.();
    this.#wake = undefined;
  }

  #end(): void {
    this.#isOver = true;
    this.#more();
  }
}
