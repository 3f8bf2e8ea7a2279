import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NetwrightError } from '#core';
import { checkFields, type FactRow, fieldsOf, parseWhere, rowMatches } from '#facts';

const row: FactRow = {
  device: 'r1',
  interface: 'Ethernet1',
  is_up: false,
  state: 'down',
  speed: 10_000,
  mtu: 1500,
  description: 'Uplink to core1, 10G',
  'address_family.ipv4 unicast.received_prefixes': 12,
  'address_family.ipv6 unicast.received_prefixes': 0,
  name: '10',
};

const holds = (expression: string): boolean => rowMatches(parseWhere(expression), row);

describe('a condition', () => {
  test.each([
    'state != up',
    'state == down',
    'state = DOWN',
    'speed >= 10000 and mtu < 9000',
    'speed > 9999.5',
    'mtu <= 1500',
    'not is_up',
    'is_up == false',
    'description ~ "core[0-9]"',
    'description ~ "(?i)UPLINK"',
    'description !~ edge',
    'description =~ uplink or state == down',
    'interface in (Ethernet1, Ethernet2)',
    'interface not in (Ethernet3)',
    'state == up or (state == down and speed == 10000)',
    'not (state == up or state == disabled)',
    '"address_family.ipv4 unicast.received_prefixes" == 12',
    'address_family.*.received_prefixes == 0',
    'address_family.*.received_prefixes',
    'name == 10.0',
    'name < 9.5 or name > 9.5',
    'device == r1',
  ])('%s holds', (expression) => {
    expect(holds(expression)).toBe(true);
  });

  test.each([
    'state == up',
    'is_up',
    'missing != 5',
    'missing',
    'description ~ ^core',
    'interface in (Eth1)',
    'mtu < 1500',
    'speed == fast',
    'state == down and mtu == 9000',
  ])('%s does not', (expression) => {
    expect(holds(expression)).toBe(false);
  });

  test('binds "and" tighter than "or", and "not" tightest', () => {
    expect(parseWhere('not a or b and c')).toEqual({
      kind: 'or',
      of: [
        { kind: 'not', of: { kind: 'holds', field: 'a' } },
        {
          kind: 'and',
          of: [
            { kind: 'holds', field: 'b' },
            { kind: 'holds', field: 'c' },
          ],
        },
      ],
    });
  });

  test.each([
    ['state !=', /expected a value, but it ends here\n {2}state !=\n {10}\^/],
    ['(state == up', /expected "\)"/],
    ['state up', /expected "and" or "or", got "up"/],
    ['== up', /expected a field, got "=="/],
    ['state == "up', /the quote " is not closed/],
    ['interface in Ethernet1', /expected "\(" behind "in"/],
    ['interface in (a b)', /expected "," or "\)", got "b"/],
    ['description ~ "(a"', /does not compile/],
    ['description ~ "a)|(b"', /does not compile/],
    [`${'not '.repeat(200)}a`, /nested deeper/],
    ['', /expected a field, but it ends here/],
    ['!', /means nothing here/],
  ])('%s is a mistake, and the place is shown', (expression, message) => {
    expect(() => parseWhere(expression)).toThrow(message);
    expect(() => parseWhere(expression)).toThrow(NetwrightError);
  });

  test('a regular expression that could blow up takes bounded time', () => {
    const evil = parseWhere('description ~ "^(a+)+$"');
    const from = performance.now();
    const test = (): boolean => rowMatches(evil, { description: `${'a'.repeat(4000)}!` });
    try {
      expect(test()).toBe(false);
    } catch (error) {
      expect(error).toMatchObject({ code: 'NW_USAGE', message: expect.stringContaining('takes too long') });
    }
    expect(performance.now() - from).toBeLessThan(2000);
  });

  test('anything else is a condition or a mistake of ours to name', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (text) => {
        try {
          rowMatches(parseWhere(text), row);
        } catch (error) {
          expect(error).toBeInstanceOf(NetwrightError);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('a field that no row has is named with the nearest one', () => {
    const known = new Set(Object.keys(row));
    const check = (text: string): void => checkFields(fieldsOf(parseWhere(text)), known, '--where');
    expect(() => check('stat == up')).toThrow(/no row has a field "stat"\. Did you mean "?state/);
    expect(() => check('address_family.*.received_prefixes > 1 and not state == up')).not.toThrow();
  });
});
