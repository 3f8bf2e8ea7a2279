import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Clock } from '#core';
import { matchCommand } from '../../src/lab/command-match.ts';
import { SimulatedDevice } from '../../src/lab/device.ts';
import { planFleet } from '../../src/lab/fleet.ts';
import { Interpreter } from '../../src/lab/interpreter.ts';
import { findPersona, labPlatforms } from '../../src/lab/personas/index.ts';
import type { Reply } from '../../src/lab/reply.ts';

/** A clock that only goes when it is put forward. */
const stopped: Clock = { now: () => Date.UTC(2026, 10, 20), sleep: () => new Promise(() => {}) };

function made(persona: string): SimulatedDevice {
  const [spec] = planFleet({ devices: 1, platforms: [persona] });
  return new SimulatedDevice(spec!, findPersona(persona), 2_000, stopped);
}

/** Answers whatever is asked, a few times over, with one of the answers. */
function settle(reply: Reply, answers: readonly string[]): void {
  let at = 0;
  let next: Reply | undefined = reply;
  while (next !== undefined && at < 12) {
    const answer: string = answers[at % answers.length] ?? '';
    at += 1;
    if (next.ask !== undefined) next = next.ask.answered(answer);
    else if (next.read !== undefined) {
      let ended: Reply | undefined;
      for (const line of [answer, '}', 'EOF', 'end-policy', '#', '\x04', '\x03']) ended ??= next.read.line(line);
      next = ended;
    } else return;
  }
}

/** Ways into what can be edited, and out of it with what was done. */
const everyWay = [
  'configure terminal',
  'configure',
  'configure session s',
  'configure exclusive',
  'configure private',
  'edit-config exclusive',
  'edit-config private',
  'system-view',
  'config system global',
  '\x18',
];
const everyEnd = [
  'commit',
  'end',
  'commit and-quit',
  'return',
  'exit',
  'next',
  'commit confirmed 60',
  'commit trial 60',
  'top',
];

const names = [
  'running-config',
  'startup-config',
  'flash:a',
  'bootflash:a',
  'disk0:a',
  'a',
  'b',
  '1',
  '0',
  '5',
  '60',
  'last',
  'to',
  'file',
  'checkpoint',
  'confirmed',
  'timer',
  '00:00:30',
  'named',
  'diffs',
  'force',
  'list',
  'X',
  'terminal',
  '/force',
  'label',
  'comment',
  '"x y"',
  'accept',
  'persist-id',
  'file=a',
  'replace',
  'merge',
];

describe.each([...labPlatforms, 'nokia_sros_md'])('%s', (persona) => {
  it('answers whatever is typed by two people, at any time, through restarts and faults, and keeps a configuration', () => {
    const device = made(persona);
    const verbs = device.persona.commands.map(({ words }) => words.replaceAll(/[[\]]/g, '').replace(/ ?\*$/, ''));
    const words = device.persona.edit.vocabulary ?? ['set'];
    const text = device.generated.split('\n').filter((line) => line.trim() !== '');
    const isKnown = (typed: string): boolean =>
      matchCommand(device.persona.commands, typed.split(' '), device.persona.abbreviates === true) !== undefined;
    const ways = everyWay.filter(isKnown);
    const ends = everyEnd.filter(isKnown);
    if (ways.length === 0) ways.push('');
    if (ends.length === 0) ends.push('end');
    const edits = device.persona.changes.map((change, nth) => change(device.facts, nth).lines.join('\n'));
    const line = fc.oneof(
      {
        weight: 4,
        arbitrary: fc
          .tuple(fc.constantFrom(...ways), fc.constantFrom(...edits), fc.constantFrom(...ends))
          .map((parts) => parts.join('\n')),
      },
      { weight: 3, arbitrary: fc.constantFrom(...ways) },
      { weight: 3, arbitrary: fc.constantFrom(...ends) },
      {
        weight: 5,
        arbitrary: fc
          .tuple(
            fc.constantFrom(...(verbs.length === 0 ? ['ls'] : verbs)),
            fc.array(fc.constantFrom(...names), { maxLength: 3 }),
          )
          .map(([verb, rest]) => [verb, ...rest].join(' ')),
      },
      { weight: 3, arbitrary: fc.constantFrom(...text) },
      {
        weight: 2,
        arbitrary: fc
          .tuple(
            fc.constantFrom('', 'no ', 'undo ', 'delete ', 'set ', 'configure '),
            fc.constantFrom(...words),
            fc.constantFrom(...names),
          )
          .map((parts) => parts.join(' ')),
      },
      { weight: 1, arbitrary: fc.string({ maxLength: 30 }) },
    );
    const step = fc.record({
      who: fc.constantFrom(0, 1),
      line,
      answers: fc.array(fc.constantFrom('y', 'n', '', 'yes', 'no', 'a'), { minLength: 1, maxLength: 3 }),
      ms: fc.constantFrom(0, 0, 0, 61_000, 3_600_000),
      does: fc.constantFrom('nothing', 'nothing', 'nothing', 'nothing', 'restart', 'fail', 'heal', 'leave'),
    });
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 30 }), (steps) => {
        const sessions = [new Interpreter(device, 'ssh'), new Interpreter(device, 'ssh')];
        for (const session of sessions) session.skipEnable();
        for (const { who, line: typed, answers, ms, does } of steps) {
          const session = sessions[who]!;
          device.time.advance(1);
          let reply: Reply = {};
          for (const one of typed.split('\n')) {
            reply = session.line(one);
            settle(reply, answers);
          }
          session.keep();
          expect(session.prompt.length).toBeGreaterThan(0);
          device.now(reply.text ?? '');
          if (ms > 0) device.time.advance(ms);
          if (does === 'fail') device.faults.add({ kind: 'rollback-fails' });
          else if (does === 'heal') device.faults.clear();
          else if (does === 'restart') {
            for (const one of sessions) one.close();
            device.reboot();
            device.time.advance(100);
            for (const at of [0, 1]) {
              sessions[at] = new Interpreter(device, 'ssh');
              sessions[at].skipEnable();
            }
          } else if (does === 'leave') {
            session.close();
            sessions[who] = new Interpreter(device, 'ssh');
            sessions[who].skipEnable();
          }
        }
        for (const session of sessions) session.close();
        expect(typeof device.running.text).toBe('string');
        expect(typeof device.startup).toBe('string');
      }),
      { numRuns: 40 },
    );
    // Something of it was in force at times.
    expect(device.running.revision).toBeGreaterThan(0);
  });
});
