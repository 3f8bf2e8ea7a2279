// RFC 854 commands.
const SE = 240;
/** The first of those that came later: EOF, SUSP and ABORT (RFC 1184), EOR (RFC 885). */
const EOF = 236;
const SB = 250;
const WILL = 251;
const WONT = 252;
const DO = 253;
const DONT = 254;
const IAC = 255;

const option = {
  binary: 0, // RFC 856
  echo: 1, // RFC 857
  suppressGoAhead: 3, // RFC 858
  terminalType: 24, // RFC 1091
  windowSize: 31, // RFC 1073
  terminalSpeed: 32, // RFC 1079
} as const;

const CR = 0x0d;
const LF = 0x0a;
const NUL = 0x00;

/** What the far end may do: ECHO above all, because FastIron echoes nothing until its WILL is answered with DO. */
const acceptedFromPeer: ReadonlySet<number> = new Set([option.binary, option.echo, option.suppressGoAhead]);
/** What we do when asked. */
const offeredByUs: ReadonlySet<number> = new Set([
  option.binary,
  option.suppressGoAhead,
  option.terminalType,
  option.windowSize,
  option.terminalSpeed,
]);

/**
 * How often an option may be switched on. A peer that asks for on and off without waiting for the answers takes our
 * answers for wishes and answers them for ever (RFC 1143 section 2); a refusal ends that.
 */
const mostSwitches = 64;

/** Subnegotiations are a few bytes long; what is longer is noise and not kept. */
const longestSubnegotiation = 1024;

type State = 'data' | 'cr' | 'iac' | 'verb' | 'sub' | 'sub-iac';

export interface TelnetTerminal {
  readonly columns: number;
  readonly rows: number;
  readonly type: string;
}

/**
 * The Telnet protocol as a machine without input or output: bytes of the peer in, plain data and answers out.
 *
 * It never speaks first. A raw port of a terminal server negotiates nothing and gets nothing but data; the first
 * command of the peer makes it a Telnet conversation with the rules of the network virtual terminal.
 */
export class TelnetCodec {
  #terminal: TelnetTerminal;
  readonly #answer: (bytes: Buffer) => void;
  #state: State = 'data';
  #verb = 0;
  #sub: number[] = [];
  /** Options that are on, at the peer's side and at ours; answers go out on changes only (RFC 854, RFC 1143). */
  readonly #peer = new Set<number>();
  readonly #own = new Set<number>();
  /** How often each was switched on, by `WILL` or `DO` and its code. */
  readonly #switches = new Map<string, number>();
  #isTelnet = false;

  constructor(terminal: TelnetTerminal, answer: (bytes: Buffer) => void) {
    this.#terminal = terminal;
    this.#answer = answer;
  }

  /** Whether the peer has shown that it speaks Telnet. */
  get isTelnet(): boolean {
    return this.#isTelnet;
  }

  get isEchoing(): boolean {
    return this.#peer.has(option.echo);
  }

  /** Another size of the window, told at once where the peer has asked for the size (RFC 1073). */
  resize(columns: number, rows: number): void {
    this.#terminal = { ...this.#terminal, columns, rows };
    if (this.#own.has(option.windowSize)) this.#sendWindowSize();
  }

  /** The data in a chunk, commands and stuffing removed. State carries over, so that chunks may be cut anywhere. */
  decode(chunk: Uint8Array): Buffer {
    // Nearly all chunks are plain text.
    if (this.#state === 'data' && !chunk.includes(IAC) && !(this.#isTelnet && chunk.includes(CR))) {
      return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    }
    // A sequence that turns out to be data gives back at most two bytes that earlier chunks held.
    const data = Buffer.allocUnsafe(chunk.length + 2);
    let length = 0;
    for (const byte of chunk) {
      if (this.#state === 'cr') {
        this.#state = 'data';
        // CR NUL is a bare carriage return (RFC 854, "The NVT printer and keyboard").
        if (byte === NUL && !this.#peer.has(option.binary)) continue;
      }
      switch (this.#state) {
        case 'data':
          if (byte === IAC) this.#state = 'iac';
          else {
            data[length++] = byte;
            if (byte === CR && this.#isTelnet) this.#state = 'cr';
          }
          break;
        case 'iac':
          if (byte === IAC) {
            data[length++] = IAC;
            this.#state = 'data';
          } else if (byte < (this.#isTelnet ? EOF : SE)) {
            // No Telnet after all: a raw port that sends the byte 255, ÿ in Latin-1.
            data[length++] = IAC;
            data[length++] = byte;
            this.#state = 'data';
          } else this.#command(byte);
          break;
        case 'verb':
          this.#state = 'data';
          this.#negotiate(this.#verb, byte);
          break;
        case 'sub':
          if (byte === IAC) this.#state = 'sub-iac';
          else this.#keepSub(byte);
          break;
        case 'sub-iac':
          this.#endSub(byte);
          break;
      }
    }
    return data.subarray(0, length);
  }

  #command(byte: number): void {
    this.#isTelnet = true;
    if (byte === SB) {
      this.#sub = [];
      this.#state = 'sub';
    } else if (byte >= WILL) {
      this.#verb = byte;
      this.#state = 'verb';
    } else {
      // NOP, DM, BRK, IP, AO, AYT, EC, EL, GA, EOR: nothing that a program at this end should act on.
      this.#state = 'data';
    }
  }

  #keepSub(byte: number): void {
    if (this.#sub.length < longestSubnegotiation) this.#sub.push(byte);
  }

  #endSub(byte: number): void {
    if (byte === IAC) {
      this.#keepSub(IAC);
      this.#state = 'sub';
      return;
    }
    this.#state = 'data';
    if (byte === SE) this.#subnegotiate();
    else if (byte > SE) this.#command(byte);
  }

  #negotiate(verb: number, code: number): void {
    switch (verb) {
      case WILL:
        if (this.#peer.has(code)) return;
        if (acceptedFromPeer.has(code) && this.#maySwitch(verb, code)) {
          this.#peer.add(code);
          this.#send(DO, code);
        } else this.#send(DONT, code);
        return;
      case WONT:
        if (this.#peer.delete(code)) this.#send(DONT, code);
        return;
      case DO:
        if (this.#own.has(code)) return;
        if (offeredByUs.has(code) && this.#maySwitch(verb, code)) {
          this.#own.add(code);
          this.#send(WILL, code);
          if (code === option.windowSize) this.#sendWindowSize();
        } else this.#send(WONT, code);
        return;
      case DONT:
        if (this.#own.delete(code)) this.#send(WONT, code);
        return;
    }
  }

  #maySwitch(verb: number, code: number): boolean {
    const key = `${verb} ${code}`;
    const times = (this.#switches.get(key) ?? 0) + 1;
    this.#switches.set(key, times);
    return times <= mostSwitches;
  }

  #subnegotiate(): void {
    const [code, request] = this.#sub;
    const isSend = request === 1;
    if (!isSend) return;
    if (code === option.terminalType)
      this.#sendSub(code, 0, ...Buffer.from(this.#terminal.type.toUpperCase(), 'latin1'));
    if (code === option.terminalSpeed) this.#sendSub(code, 0, ...Buffer.from('38400,38400', 'latin1'));
  }

  #sendWindowSize(): void {
    const { columns, rows } = this.#terminal;
    this.#sendSub(option.windowSize, columns >> 8, columns & 0xff, rows >> 8, rows & 0xff);
  }

  #send(verb: number, code: number): void {
    this.#answer(Buffer.of(IAC, verb, code));
  }

  #sendSub(...content: readonly number[]): void {
    const escaped = content.flatMap((byte) => (byte === IAC ? [IAC, IAC] : [byte]));
    this.#answer(Buffer.of(IAC, SB, ...escaped, IAC, SE));
  }

  /**
   * Data as it goes onto the wire. On a Telnet connection IAC is doubled, a bare CR becomes CR NUL and a bare LF
   * becomes CR LF, the end of line of the network virtual terminal. A raw port gets the bytes as they are.
   */
  encode(data: Uint8Array): Buffer {
    const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
    if (!this.#isTelnet) return bytes;
    const isBinary = this.#own.has(option.binary);
    if (!bytes.includes(IAC) && (isBinary || (!bytes.includes(CR) && !bytes.includes(LF)))) return bytes;
    const wire = Buffer.allocUnsafe(bytes.length * 2);
    let length = 0;
    for (let at = 0; at < bytes.length; at += 1) {
      const byte = bytes[at]!;
      if (byte === IAC) wire[length++] = IAC;
      if (byte === LF && !isBinary && bytes[at - 1] !== CR) wire[length++] = CR;
      wire[length++] = byte;
      if (byte === CR && !isBinary && bytes[at + 1] !== LF) wire[length++] = NUL;
    }
    return wire.subarray(0, length);
  }
}
