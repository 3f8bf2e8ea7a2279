import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compileSelect,
  type Device,
  parseSelect,
  printSelect,
  type SelectExpression,
  type SelectKey,
  selectDevices,
} from '#inventory';
import { wildcard } from '../../src/inventory/select-devices.ts';
import { leastCpuMs } from '../cpu-time.ts';
import { platforms } from './workbench.ts';

const device = (name: string, more: Partial<Device> = {}): Device => ({
  name,
  address: '192.0.2.1',
  port: 22,
  platform: 'cisco_ios',
  transport: 'ssh',
  jump: [],
  tags: [],
  groups: [],
  connection: {},
  variables: {},
  ...more,
});

const devices = new Map(
  [
    device('r1', {
      site: 'cairo',
      role: 'pe',
      tags: ['bgp', 'lab'],
      groups: ['edge', 'core'],
      variables: { asn: 64512, ospf: { area: 0 } },
    }),
    device('r2', { site: 'cairo', address: '10.1.2.3', credential: 'lab', jump: ['bastion'] }),
    device('sw1', {
      site: 'giza',
      platform: 'hp_comware',
      transport: 'telnet',
      address: '2001:db8:0:0::1',
      variables: { vlans: [10, 20] },
    }),
    device('sw10', { site: 'new york', platform: 'arista_eos', address: 'sw10.example.net' }),
    device('bastion', { platform: 'linux', address: '10.200.0.1' }),
    device('and'),
  ].map((one) => [one.name, one] as const),
);
const select = (expression?: string): string[] => selectDevices(devices, expression, platforms).map(({ name }) => name);
const refusal = (expression: string): { code: string; message: string } => {
  try {
    select(expression);
  } catch (error) {
    return error as { code: string; message: string };
  }
  throw new Error(`${expression} was taken`);
};

describe('select expressions', () => {
  it.each([
    ['r1', ['r1']],
    ['sw*', ['sw1', 'sw10']],
    ['sw?', ['sw1']],
    ['*', ['r1', 'r2', 'sw1', 'sw10', 'bastion', 'and']],
    ['r1,r2,sw*', ['r1', 'r2', 'sw1', 'sw10']],
    ['r1 or r2', ['r1', 'r2']],
    ['platform:cisco_ios and site:cairo', ['r1', 'r2']],
    ['platform:ios and site:cairo and not tag:lab', ['r2']],
    ['site:cairo,giza', ['r1', 'r2', 'sw1']],
    ['site:"new york"', ['sw10']],
    ["site:'new york'", ['sw10']],
    ['site:*', ['r1', 'r2', 'sw1', 'sw10']],
    ['not site:*', ['bastion', 'and']],
    ['not (site:cairo or site:giza) and not bastion', ['sw10', 'and']],
    ['NOT site:* AND name:bas*', ['bastion']],
    ['group:core', ['r1']],
    ['role:pe', ['r1']],
    ['credential:lab', ['r2']],
    ['transport:telnet', ['sw1']],
    ['jump:bastion', ['r2']],
    ['address:10.0.0.0/8', ['r2', 'bastion']],
    ['address:10.1.0.0/16', ['r2']],
    ['address:2001:db8::/32', ['sw1']],
    ['address:2001:DB8::1', ['sw1']],
    ['address:10.1.2.3', ['r2']],
    ['address:*.example.net', ['sw10']],
    ['variables.asn:64512', ['r1']],
    ['variables.ospf.area:0', ['r1']],
    ['variables.vlans:20', ['sw1']],
    ['variables.asn:*', ['r1']],
    ['r1 or sw1 and site:giza', ['r1', 'sw1']],
    ['(r1 or sw1) and site:giza', ['sw1']],
    ['"and"', ['and']],
    ['name:and', ['and']],
    ['  r1  ', ['r1']],
    ['platform:*ios', ['r1', 'r2', 'and']],
  ])('%s', (expression, expected) => {
    expect(select(expression)).toEqual(expected);
  });

  it('takes all devices without an expression', () => {
    expect(select()).toHaveLength(6);
  });

  it.each(['', ' \t'])('takes %j, an unset variable of a shell, for a mistake and not for all devices', (empty) => {
    expect(refusal(empty)).toMatchObject({ code: 'NW_SELECT_INVALID' });
  });

  it.each([
    ['site:cairo platform:ios', 'expected "and" or "or" before "platform:ios"', 11],
    ['site:cairo and', 'expected a name or key:value, but it ends here', 14],
    ['(r1 or r2', 'expected ")" or "and" or "or", but it ends here', 9],
    ['r1)', 'this ")" closes nothing', 2],
    ['or r1', 'expected a name or key:value, got "or"', 0],
    ['r1 and sit:cairo', '"sit" is no key of a device. Did you mean "site"?', 7],
    ['site:', 'expected a value after "site:"', 5],
    ['site:"cairo', 'the quote " is not closed', 5],
    ['r1,', 'expected a name or key:value, but it ends here', 3],
    ['variables:5', '"variables" is no key of a device.', 0],
    ['2001:db8::1', '"2001" is no key of a device.', 0],
    ['()', 'expected a name or key:value, got ")"', 1],
  ])('%s is refused with a caret at the place', (expression, message, position) => {
    const error = refusal(expression);
    expect(error.code).toBe('NW_SELECT_INVALID');
    expect(error.message).toContain(message);
    expect(error.message.split('\n').at(-1)).toBe(`  ${' '.repeat(position)}^`);
  });

  it.each([
    ['site:ciro', '"site:ciro" matches no device: no device has site:ciro. Did you mean "cairo"?'],
    ['site=cairo', '"site=cairo" matches no device: there is no device "site=cairo". Did you mean site:cairo?'],
    ['sw11', '"sw11" matches no device: there is no device "sw11". Did you mean "sw1"?'],
    [
      'site:cairo and tag:lap',
      '"site:cairo and tag:lap" matches no device: no device has tag:lap. Did you mean "lab"?',
    ],
    [
      'site:giza and platform:ios',
      '"site:giza and platform:ios" matches no device: each of its parts matches some device, but no device matches all of it',
    ],
    [
      'platform:cisco_iso',
      '"platform:cisco_iso" matches no device: no device has platform:cisco_iso. Did you mean "cisco_ios"?',
    ],
  ])('%s says why nothing matches', (expression, message) => {
    expect(refusal(expression)).toMatchObject({ code: 'NW_SELECT_EMPTY', message });
  });

  it('refuses what is nested too deeply, and does not overflow', () => {
    expect(refusal(`${'('.repeat(10_000)}r1`).code).toBe('NW_SELECT_INVALID');
    expect(refusal(`${'not '.repeat(10_000)}r1`).code).toBe('NW_SELECT_INVALID');
  });
});

const value = fc.oneof(
  fc.stringMatching(/^[a-z0-9*?._-]{1,6}$/),
  fc.constantFrom('and', 'or', 'not', '10.0.0.0/8', 'a:b', '2001:db8::1'),
);
const term: fc.Arbitrary<SelectExpression> = fc.oneof(
  fc.record({
    kind: fc.constant('term' as const),
    key: fc.constantFrom<SelectKey>('name', 'site', 'tag', 'address', 'variables.a'),
    value,
    isLiteral: fc.constant(false),
  }),
  fc.record({
    kind: fc.constant('term' as const),
    key: fc.constantFrom<SelectKey>('name', 'site'),
    value: fc.string({ maxLength: 6 }),
    isLiteral: fc.constant(true),
  }),
);
const expression: fc.Arbitrary<SelectExpression> = fc.letrec<{ node: SelectExpression }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    term,
    fc.record({
      kind: fc.constantFrom('and' as const, 'or' as const),
      of: fc.array(tie('node'), { minLength: 2, maxLength: 3 }),
    }),
    fc.record({ kind: fc.constant('not' as const), of: tie('node') }),
  ),
})).node;

describe('properties of select expressions', () => {
  it('an expression that is printed is read as the same expression', () => {
    fc.assert(
      fc.property(expression, (one) => {
        expect(parseSelect(printSelect(one))).toEqual(one);
      }),
      { numRuns: 3000 },
    );
  });

  it('keeps to de Morgan', () => {
    const some = fc.constantFrom(
      'site:cairo',
      'tag:lab',
      'sw*',
      'platform:ios',
      'address:10.0.0.0/8',
      'nobody',
      'variables.asn:64512',
    );
    fc.assert(
      fc.property(some, some, (a, b) => {
        for (const [left, right] of [
          [`not (${a} and ${b})`, `not ${a} or not ${b}`],
          [`not (${a} or ${b})`, `not ${a} and not ${b}`],
          [`not not ${a}`, a],
        ] as const) {
          const [one, other] = [
            compileSelect(parseSelect(left), platforms),
            compileSelect(parseSelect(right), platforms),
          ];
          for (const each of devices.values()) expect(one(each)).toBe(other(each));
        }
      }),
    );
  });

  it('reads or refuses anything, and never fails otherwise', () => {
    const noise = fc.array(
      fc.oneof(
        fc.constantFrom('(', ')', ',', '"', "'", ' ', ':', 'and', 'or', 'not', 'site', '*', '\n'),
        fc.string({ maxLength: 3 }),
      ),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(noise, (parts) => {
        try {
          const parsed = parseSelect(parts.join(''));
          expect(parseSelect(printSelect(parsed))).toEqual(parsed);
        } catch (error) {
          expect(error).toMatchObject({ code: 'NW_SELECT_INVALID' });
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('matches wildcards as a regular expression would, and in no time where that one would hang', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[ab*?]{0,8}$/), fc.stringMatching(/^[abc]{0,8}$/), (pattern, text) => {
        const regular = new RegExp(`^${pattern.replace(/\*+/g, '.*').replaceAll('?', '.')}$`);
        expect(wildcard(pattern)(text)).toBe(regular.test(text));
      }),
      { numRuns: 3000 },
    );
    const matches = wildcard(`${'*a'.repeat(30)}b`);
    const cost = (length: number): number =>
      leastCpuMs(3, () => {
        expect(matches('a'.repeat(length))).toBe(false);
      });
    expect(cost(40_000)).toBeLessThan(8 * 5 * Math.max(cost(5000), 0.5));
  });
});
