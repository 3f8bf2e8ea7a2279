import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TelnetCodec } from '../../src/transport/telnet-codec.ts';

const [SE, NOP, SB, WILL, WONT, DO, DONT, IAC] = [240, 241, 250, 251, 252, 253, 254, 255];
const [BINARY, ECHO, SGA, TTYPE, NAWS, TSPEED, ENVIRON] = [0, 1, 3, 24, 31, 32, 39];

function codec(): { machine: TelnetCodec; answers: () => number[] } {
  const sent: number[] = [];
  const machine = new TelnetCodec({ columns: 511, rows: 255, type: 'vt100' }, (bytes) => sent.push(...bytes));
  return { machine, answers: () => sent.splice(0) };
}
const bytes = (...parts: (number | string)[]): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.of(part))));

describe('the Telnet codec', () => {
  it('says nothing first and passes a raw port through untouched', () => {
    const { machine, answers } = codec();
    const raw = bytes('login: \xff\xe9t\xff\xff', 'CR\r\0 LF\r\n');
    expect(machine.decode(raw)).toEqual(bytes('login: \xff\xe9t\xff', 'CR\r\0 LF\r\n'));
    expect(machine.encode(bytes('ls\n\r\xff'))).toEqual(bytes('ls\n\r\xff'));
    expect(answers()).toEqual([]);
    expect(machine.isTelnet).toBe(false);
  });

  it('takes the commands of later RFCs out, once the far end has shown that it speaks Telnet', () => {
    const { machine } = codec();
    const endOfRecord = 239;
    expect(machine.decode(bytes(IAC, WILL, SGA, 'r1#', IAC, endOfRecord, IAC, 0xe9))).toEqual(bytes('r1#\xff\xe9'));
  });

  it('lets the far end echo, because FastIron echoes only then', () => {
    const { machine, answers } = codec();
    expect(machine.decode(bytes(IAC, WILL, ECHO, IAC, WILL, SGA, 'Login:'))).toEqual(bytes('Login:'));
    expect(answers()).toEqual([IAC, DO, ECHO, IAC, DO, SGA]);
    expect(machine.isEchoing).toBe(true);
    machine.decode(bytes(IAC, WONT, ECHO));
    expect(answers()).toEqual([IAC, DONT, ECHO]);
    expect(machine.isEchoing).toBe(false);
  });

  it('tells terminal, window and speed when asked, with IAC doubled', () => {
    const { machine, answers } = codec();
    machine.decode(bytes(IAC, DO, TTYPE, IAC, DO, NAWS, IAC, DO, TSPEED));
    expect(answers()).toEqual([
      IAC,
      WILL,
      TTYPE,
      IAC,
      WILL,
      NAWS,
      IAC,
      SB,
      NAWS,
      1,
      255,
      255,
      0,
      255,
      255,
      IAC,
      SE,
      IAC,
      WILL,
      TSPEED,
    ]);
    machine.decode(bytes(IAC, SB, TTYPE, 1, IAC, SE, IAC, SB, TSPEED, 1, IAC, SE));
    expect(answers()).toEqual([
      IAC,
      SB,
      TTYPE,
      0,
      ...Buffer.from('VT100'),
      IAC,
      SE,
      IAC,
      SB,
      TSPEED,
      0,
      ...Buffer.from('38400,38400'),
      IAC,
      SE,
    ]);
  });

  it('tells of another window where the size was asked for, and nowhere else', () => {
    const { machine, answers } = codec();
    machine.resize(80, 24);
    expect(answers()).toEqual([]);
    machine.decode(bytes(IAC, DO, NAWS));
    expect(answers()).toEqual([IAC, WILL, NAWS, IAC, SB, NAWS, 0, 80, 0, 24, IAC, SE]);
    machine.resize(132, 43);
    expect(answers()).toEqual([IAC, SB, NAWS, 0, 132, 0, 43, IAC, SE]);
    machine.decode(bytes(IAC, DONT, NAWS));
    answers();
    machine.resize(80, 24);
    expect(answers()).toEqual([]);
  });

  it('refuses everything else, once, and never answers an answer', () => {
    const { machine, answers } = codec();
    machine.decode(bytes(IAC, DO, ENVIRON, IAC, DO, ECHO, IAC, WILL, ENVIRON, IAC, WONT, 5, IAC, DONT, 6));
    expect(answers()).toEqual([IAC, WONT, ENVIRON, IAC, WONT, ECHO, IAC, DONT, ENVIRON]);
    machine.decode(bytes(IAC, WILL, ECHO));
    answers();
    machine.decode(bytes(IAC, WILL, ECHO, IAC, WILL, ECHO, IAC, DONT, TTYPE));
    expect(answers()).toEqual([]);
  });

  it('comes to rest with any peer that answers by the same rules', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(WILL, WONT, DO, DONT), fc.nat(60)), { maxLength: 20 }),
        (commands) => {
          let toServer: Buffer[] = [];
          let toClient: Buffer[] = commands.map(([verb, code]) => bytes(IAC, verb, code));
          const client = new TelnetCodec({ columns: 80, rows: 24, type: 'x' }, (answer) => toServer.push(answer));
          const server = new TelnetCodec({ columns: 80, rows: 24, type: 'x' }, (answer) => toClient.push(answer));
          // Each option may be switched on 64 times, and a refusal has two answers at most.
          for (let round = 0; round < 70 && toClient.length + toServer.length > 0; round += 1) {
            const forClient = toClient;
            toClient = [];
            for (const part of forClient) client.decode(part);
            const forServer = toServer;
            toServer = [];
            for (const part of forServer) server.decode(part);
          }
          expect([...toClient, ...toServer]).toEqual([]);
        },
      ),
      // The loop of RFC 1143 section 2: on and off, before the answer to the first has come.
      {
        examples: [
          [
            [
              [WILL, SGA],
              [WONT, SGA],
            ],
          ],
          [
            [
              [DO, NAWS],
              [DONT, NAWS],
            ],
          ],
        ],
      },
    );
  });

  it('follows the line ends of the network virtual terminal, and none in binary', () => {
    const { machine, answers } = codec();
    machine.decode(bytes(IAC, NOP));
    expect(machine.decode(bytes('a\r\0b\r\nc\rd'))).toEqual(bytes('a\rb\r\nc\rd'));
    expect(machine.encode(bytes('a\nb\r\nc\rd\xff'))).toEqual(bytes('a\r\nb\r\nc\r\0d\xff\xff'));
    machine.decode(bytes(IAC, WILL, BINARY, IAC, DO, BINARY));
    expect(answers()).toEqual([IAC, DO, BINARY, IAC, WILL, BINARY]);
    expect(machine.decode(bytes('a\r\0b'))).toEqual(bytes('a\r\0b'));
    expect(machine.encode(bytes('a\nb\r\xff'))).toEqual(bytes('a\nb\r\xff\xff'));
  });

  it('gives the same bytes and answers however the stream is cut', () => {
    const piece = fc.oneof(
      fc.uint8Array({ maxLength: 6 }).map((data) => Buffer.from(data)),
      fc
        .tuple(fc.constantFrom(WILL, WONT, DO, DONT), fc.constantFrom(BINARY, ECHO, SGA, TTYPE, NAWS, TSPEED, ENVIRON))
        .map(([verb, code]) => bytes(IAC, verb, code)),
      fc.constantFrom(
        bytes(IAC, SB, TTYPE, 1, IAC, SE),
        bytes(IAC, IAC),
        bytes('\r\0'),
        bytes('\r\n'),
        bytes('\r'),
        bytes(IAC, NOP),
      ),
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 12 }),
        fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 60 }),
        (pieces, cuts) => {
          const stream = Buffer.concat(pieces);
          const whole = codec();
          const expected = whole.machine.decode(stream).toString('latin1');
          const cut = codec();
          let got = '';
          let at = 0;
          for (const size of [...cuts, stream.length]) {
            got += cut.machine.decode(stream.subarray(at, at + size)).toString('latin1');
            at += size;
          }
          expect(got).toBe(expected);
          expect(cut.answers()).toEqual(whole.answers());
        },
      ),
    );
  });

  it('carries every byte from encode to decode', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (data) => {
        const sender = codec();
        const receiver = codec();
        for (const one of [sender, receiver]) one.machine.decode(bytes(IAC, WILL, BINARY, IAC, DO, BINARY));
        expect(receiver.machine.decode(sender.machine.encode(data))).toEqual(Buffer.from(data));
      }),
    );
  });

  it('keeps no endless subnegotiation', () => {
    const { machine, answers } = codec();
    machine.decode(bytes(IAC, SB, TTYPE));
    for (let index = 0; index < 1000; index += 1) machine.decode(Buffer.alloc(10_000, 1));
    expect(machine.decode(bytes(IAC, SE, 'on'))).toEqual(bytes('on'));
    expect(answers()).toEqual([IAC, SB, TTYPE, 0, ...Buffer.from('VT100'), IAC, SE]);
  });
});
