import { NetwrightError, parseXml, seededRandom, type XmlElement, type XmlText, xml } from '#core';
import type { DeviceTerminal, SimulatedDevice } from '../device.ts';
import { datastoresOf } from './datastores.ts';
import { ClientMessages, frameOf } from './frames.ts';
import type { NetconfModel } from './netconf-model.ts';
import { operate } from './operate.ts';
import { RpcRefusal, rpcErrorXml } from './rpc-refusal.ts';

/** The bytes of one subsystem channel. */
export interface NetconfWire {
  write(bytes: Buffer): void;
  /** Ends the channel in good order. */
  end(): void;
  /** The line is gone at once, with what is still on its way. */
  reset(): void;
  /** The line is gone without a word, once what was written has arrived. */
  lose(): void;
}

const base = 'urn:ietf:params:xml:ns:netconf:base:1.0';
const slowPieceMs = 100;

/** One NETCONF session with a simulated device. */
export class NetconfServer implements DeviceTerminal {
  readonly #device: SimulatedDevice;
  readonly #model: NetconfModel;
  readonly #wire: NetconfWire;
  readonly #id: number;
  readonly #messages = new ClientMessages();
  readonly #peers: Map<number, NetconfServer>;
  #isGreeted = false;
  #isOver = false;
  #held: Buffer[] = [];
  #slow: NodeJS.Timeout | undefined;

  constructor(device: SimulatedDevice, model: NetconfModel, wire: NetconfWire) {
    this.#device = device;
    this.#model = model;
    this.#wire = wire;
    this.#id = device.nextSession();
    this.#peers = device.part(makePeers);
    this.#peers.set(this.#id, this);
    device.terminals.add(this);
    // A device that says nothing after the login says no hello either.
    if (device.spec.fault !== 'no-prompt') this.#hello();
  }

  receive(bytes: Buffer): void {
    if (this.#isOver) return;
    this.#messages.add(bytes);
    for (let message = this.#messages.next(); message !== undefined; message = this.#messages.next()) {
      if (message === null) {
        this.cut();
        return;
      }
      this.#take(message);
      if (this.#over) return;
    }
  }

  /** The channel is gone. */
  close(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearTimeout(this.#slow);
    this.#device.terminals.delete(this);
    this.#peers.delete(this.#id);
    datastoresOf(this.#device).end(this.#id);
  }

  tell(): void {}

  cut(): void {
    this.close();
    this.#wire.reset();
  }

  thaw(): void {
    const held = this.#held;
    this.#held = [];
    for (const bytes of held) this.#send(bytes);
  }

  /** What may have changed while a message was carried out. */
  get #over(): boolean {
    return this.#isOver;
  }

  #hello(): void {
    const { versions, capabilities, preamble = '' } = this.#model;
    const all = [...versions.map((version) => `urn:ietf:params:netconf:base:${version}`), ...capabilities];
    const hello = xml`<hello xmlns="${base}"><capabilities>${all.map(
      (uri) => xml`<capability>${uri}</capability>`,
    )}</capabilities><session-id>${this.#id}</session-id></hello>`;
    this.#send(frameOf(`${preamble}${hello.toString()}`, false));
  }

  #take(message: string): void {
    let root: XmlElement;
    try {
      root = parseXml(message.trim(), { what: 'a request', tolerant: true });
    } catch (error) {
      if (!(error instanceof NetwrightError)) throw error;
      this.#reply(undefined, rpcErrorXml({ type: 'rpc', tag: 'malformed-message', message: error.message }));
      return;
    }
    if (root.name === 'hello') {
      const uris = root.allAt('capabilities/capability').map(({ value }) => value);
      this.#messages.isChunked =
        this.#model.versions.includes('1.1') && uris.includes('urn:ietf:params:netconf:base:1.1');
      this.#isGreeted = true;
      return;
    }
    if (root.name !== 'rpc' || !this.#isGreeted) {
      this.cut();
      return;
    }
    this.#rpc(root);
  }

  #rpc(rpc: XmlElement): void {
    const [operation] = rpc.children;
    const name = operation?.name ?? '';
    const line = `<${name}>`;
    this.#device.remember(line);
    const fate = this.#device.faults.onLine(line);
    let answer: XmlText | undefined;
    if (fate.isLost !== true) answer = this.#answer(rpc, operation);
    if (fate.next === 'reboot') this.#device.reboot(fate.downMs);
    else if (fate.next === 'cut') this.cut();
    else if (fate.next !== 'hang' && answer !== undefined && !this.#over) {
      this.#reply(rpc, answer);
      if (fate.next === 'cut after answer') {
        this.close();
        this.#wire.lose();
      } else if (name === 'close-session') {
        this.close();
        this.#wire.end();
      }
    }
  }

  #answer(rpc: XmlElement, operation: XmlElement | undefined): XmlText {
    if (rpc.attribute('message-id') === undefined) {
      const info = xml`<bad-attribute>message-id</bad-attribute><bad-element>rpc</bad-element>`;
      return rpcErrorXml({ type: 'rpc', tag: 'missing-attribute', info });
    }
    if (operation === undefined) return rpcErrorXml({ type: 'rpc', tag: 'missing-element' });
    if (operation.name === 'close-session') return xml`<ok/>`;
    try {
      return operate(this.#device, this.#model, operation, {
        id: this.#id,
        user: this.#device.spec.user,
        kill: (session) => {
          const other = this.#peers.get(session);
          other?.cut();
          return other !== undefined;
        },
      });
    } catch (error) {
      if (error instanceof RpcRefusal) return rpcErrorXml(error.parts);
      throw error;
    }
  }

  #reply(rpc: XmlElement | undefined, content: XmlText): void {
    // RFC 6241 section 4.2: every attribute of the request comes back, its message id before all.
    const id = rpc?.attribute('message-id');
    const own = this.#model.replyAttributes ?? '';
    const attributes = `${id === undefined ? '' : xml` message-id="${id}"`.toString()}${own}`;
    const text = `${this.#model.declaration ?? ''}<rpc-reply xmlns="${base}"${attributes}>\n${content.toString()}\n</rpc-reply>`;
    // Marks of clocks read as they read now, as on the terminal.
    const bytes = frameOf(this.#device.now(text), this.#messages.isChunked);
    const { fault, seed } = this.#device.spec;
    if (fault === 'garbage') {
      const random = seededRandom(seed);
      this.#send(Buffer.from(Array.from({ length: 500 }, () => Math.floor(random() * 256))));
    } else if (fault === 'cut' || fault === 'truncated') {
      this.#send(bytes.subarray(0, Math.floor(bytes.length / 2)));
      this.cut();
    } else if (fault === 'slow') this.#sendSlowly(bytes);
    else this.#send(bytes);
  }

  #sendSlowly(bytes: Buffer): void {
    const piece = Math.ceil(bytes.length / 5);
    let at = 0;
    const next = (): void => {
      this.#send(bytes.subarray(at, at + piece));
      at += piece;
      if (at < bytes.length && !this.#isOver) this.#slow = setTimeout(next, slowPieceMs);
    };
    next();
  }

  #send(bytes: Buffer): void {
    if (this.#isOver) return;
    if (this.#device.isFrozen) {
      this.#held.push(bytes);
      return;
    }
    const left = this.#device.faults.onBytes(bytes.length);
    this.#wire.write(left === undefined ? bytes : bytes.subarray(0, left));
    if (left !== undefined) this.cut();
  }
}

const makePeers = (): Map<number, NetconfServer> => new Map();
