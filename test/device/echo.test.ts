import { describe, expect, it } from 'vitest';
import { endOfEcho } from '../../src/device/echo.ts';
import { fc, test } from './property.ts';

const isPrompt = (text: string): boolean => /^r1[#>] ?$/.test(text);
const rest = (head: string, command: string): string => head.slice(endOfEcho(head, command, isPrompt));

describe('the echo of a command', () => {
  it.each([
    ['plain', 'show version\r\nout', 'show version', 'out'],
    ['with two CRs', 'show version\r\r\nout', 'show version', 'out'],
    ['behind a prompt painted twice', '\r\nr1#show version\r\nout', 'show version', 'out'],
    ['behind a prompt of its own line', 'r1#\r\nr1#show version\r\nout', 'show version', 'out'],
    ['with colours', '\x1b[32mshow\x1b[0m version\x1b[K\r\nout', 'show version', 'out'],
    ['with corrections', 'shw\b \bow version\r\nout', 'show version', 'out'],
    ['twice', 'show version\r\nshow version\r\nout', 'show version', 'out'],
    ['completed word by word (Junos)', 'show configuration \r\nout', 'show conf', 'out'],
    ['completed in the middle (SR OS)', 'environment no more \r\nout', 'env no more', 'out'],
    [
      'wrapped by the device',
      'show running-config interface Giga\r\nbitEthernet1/0/1\r\nout',
      'show running-config interface GigabitEthernet1/0/1',
      'out',
    ],
    ['wrapped by bash', 'show running-conf \rig full\r\nout', 'show running-config full', 'out'],
    ['wrapped behind a prompt', 'r1#show running-config interf\r\nace\r\nout', 'show running-config interface', 'out'],
    [
      'scrolled sideways (IOS)',
      'r1#$terface GigabitEthernet1/0/1\r\nout',
      'show running-config interface GigabitEthernet1/0/1',
      'out',
    ],
    ['next line (ProCurve)', 'show time\x1bE\x1b[24;1HMon\r\n', 'show time', '\x1b[24;1HMon\r\n'],
    ['none', 'Version 15.2\r\nuptime', 'show version', 'Version 15.2\r\nuptime'],
    ['none, though the output begins like it', 'show versions\r\n', 'show version 1', 'show versions\r\n'],
    ['not there yet', 'show ver', 'show version', 'show ver'],
    ['of an empty command', '\r\nout', '', '\r\nout'],
  ])('%s', (_, head, command, left) => {
    expect(rest(head, command)).toBe(left);
  });

  const word = fc.string({
    unit: fc.constantFrom('a', 'b', '1', '-', '/', '|', '"', '$', '.'),
    minLength: 1,
    maxLength: 12,
  });
  const command = fc.array(word, { minLength: 1, maxLength: 8 }).map((words) => words.join(' '));

  test.prop([command, fc.integer({ min: 8, max: 90 }), fc.boolean()])(
    'is found however it is wrapped',
    (typed, width, hasPrompt) => {
      const line = (hasPrompt ? 'r1#' : '') + typed;
      let wrapped = '';
      for (let at = 0; at < line.length; at += width) wrapped += `${line.slice(at, at + width)}\r\n`;
      expect(rest(`${wrapped}@output@\r\n`, typed)).toBe('@output@\r\n');
    },
  );

  test.prop([fc.string({ unit: 'binary', maxLength: 200 }), command])('never lies beyond what came', (head, typed) => {
    const end = endOfEcho(head, typed, isPrompt);
    expect(end).toBeGreaterThanOrEqual(0);
    expect(end).toBeLessThanOrEqual(head.length);
  });
});
