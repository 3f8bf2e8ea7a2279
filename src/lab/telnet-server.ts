import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Player } from './player.ts';
import type { Wire } from './tty.ts';

// RFC 854, 857, 858, 1073.
const iac = 255;
const dont = 254;
const doIt = 253;
const wont = 252;
const will = 251;
const begin = 250;
const end = 240;
const optionEcho = 1;
const optionSuppressGoAhead = 3;
const optionWindowSize = 31;

/** Takes commands out of the stream; they may be split anywhere. */
export class TelnetInput {
  #rest: Buffer = Buffer.alloc(0);
  readonly #command: (verb: number, option: number, data: Buffer) => void;

  constructor(command: (verb: number, option: number, data: Buffer) => void) {
    this.#command = command;
  }

  feed(chunk: Buffer): Buffer {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    this.#rest = Buffer.alloc(0);
    const data: Buffer[] = [];
    let at = 0;
    while (at < bytes.length) {
      const next = bytes.indexOf(iac, at);
      if (next < 0) {
        data.push(bytes.subarray(at));
        break;
      }
      if (next > at) data.push(bytes.subarray(at, next));
      const taken = this.#sequence(bytes, next, data);
      if (taken === 0) {
        // A sub-negotiation that never ends is cut off: no client needs more than a few bytes.
        if (bytes.length - next < 4096) this.#rest = Buffer.from(bytes.subarray(next));
        break;
      }
      at = next + taken;
    }
    return data.length === 1 ? data[0]! : Buffer.concat(data);
  }

  /** Length of the sequence at `at`, 0 while it is unfinished. */
  #sequence(bytes: Buffer, at: number, data: Buffer[]): number {
    const verb = bytes[at + 1];
    if (verb === undefined) return 0;
    if (verb === iac) {
      data.push(bytes.subarray(at, at + 1));
      return 2;
    }
    if (verb >= will && verb <= dont) {
      const option = bytes[at + 2];
      if (option === undefined) return 0;
      this.#command(verb, option, Buffer.alloc(0));
      return 3;
    }
    if (verb !== begin) return 2;
    const stop = bytes.indexOf(Buffer.from([iac, end]), at + 2);
    if (stop < 0) return 0;
    this.#command(begin, bytes[at + 2]!, bytes.subarray(at + 3, stop));
    return stop + 2 - at;
  }
}

/** Speaks Telnet with one client as that device. */
export function serveTelnet(player: Player, socket: Socket, stream: Duplex): void {
  player.connections += 1;
  const write = (bytes: Buffer): void => {
    if (stream.writable) stream.write(bytes.includes(iac) ? doubled(bytes) : bytes);
  };
  const wire: Wire = {
    write,
    whenDrained(then) {
      if (stream.writableNeedDrain) stream.once('drain', then);
      else setImmediate(then);
    },
    end: () => stream.end(),
    hangUp: () => stream.end(),
    reset: () => socket.resetAndDestroy(),
  };
  const whenAsked = player.telnetEchoesWhenAsked;
  const say = (...bytes: number[]): void => {
    if (stream.writable) stream.write(Buffer.from(bytes));
  };
  say(...(whenAsked ? [] : [iac, will, optionEcho]), iac, will, optionSuppressGoAhead, iac, doIt, optionWindowSize);
  const terminal = player.open(wire, { protocol: 'telnet', rows: 24, echoes: !whenAsked, isLoggedIn: false });
  const input = new TelnetInput((verb, option, data) => {
    if (option === optionEcho && (verb === doIt || verb === dont)) {
      if (whenAsked && verb === doIt) say(iac, will, optionEcho);
      terminal.echoes = verb === doIt;
    } else if (verb === doIt && option !== optionSuppressGoAhead) say(iac, wont, option);
    else if (verb === will && option !== optionWindowSize) say(iac, dont, option);
    else if (verb === begin && option === optionWindowSize && data.length >= 4) terminal.resize(data.readUInt16BE(2));
  });
  stream.on('data', (bytes: Buffer) => terminal.receive(input.feed(bytes)));
  stream.on('error', () => stream.destroy());
  stream.on('end', () => stream.end());
  stream.on('close', () => terminal.close());
}

function doubled(bytes: Buffer): Buffer {
  return Buffer.from(bytes.toString('latin1').replaceAll('\xff', '\xff\xff'), 'latin1');
}
