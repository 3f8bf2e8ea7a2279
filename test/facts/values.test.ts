import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readAddress, readPrefix } from '../../src/facts/values/address.ts';
import { readDuration } from '../../src/facts/values/duration.ts';
import { entryOf } from '../../src/facts/values/entry.ts';
import { longInterfaceName } from '../../src/facts/values/interface-name.ts';
import { asInteger, asList, asNumber, asText } from '../../src/facts/values/json.ts';
import { readMac } from '../../src/facts/values/mac.ts';

describe('values as devices write them', () => {
  test.each([
    ['0200.5e00.00fe', '02:00:5E:00:00:FE'],
    ['02-00-5e-00-00-fe', '02:00:5E:00:00:FE'],
    ['0200-5e00-00fe', '02:00:5E:00:00:FE'],
    ['2:0:5e:0:0:fe', '02:00:5E:00:00:FE'],
    ['02005e0000fe', '02:00:5E:00:00:FE'],
    ['200.5e00.fe', '02:00:5E:00:00:FE'],
    ['INCOMPLETE', undefined],
    ['', undefined],
    ['0200.5e00.00fg', undefined],
  ])('MAC %s', (text, mac) => {
    expect(readMac(text)).toBe(mac);
  });

  test.each([
    ['00:05:12', 312],
    ['1d02h', 93_600],
    ['3w4d', 25 * 86_400],
    ['1y2w', 379 * 86_400],
    ['1 year, 2 weeks, 3 days, 4 hours, 5 minutes', 382 * 86_400 + 14_700],
    ['23 day(s), 12 hour(s), 9 minute(s), 43 second(s)', 2_030_983],
    ['2week(s) 3day(s)', 17 * 86_400],
    ['34 secs', 34],
    ['1 minute', 60],
    ['0h12m', 720],
    ['2 days, 3:04:05', 2 * 86_400 + 3 * 3600 + 245],
    ['never', undefined],
    ['', undefined],
    ['soon', undefined],
  ])('time %s', (text, seconds) => {
    expect(readDuration(text)).toBe(seconds);
  });

  test('addresses in their usual form', () => {
    expect(readAddress('2001:DB8:0:0:8:800:200C:417A')).toBe('2001:db8::8:800:200c:417a');
    expect(readAddress('fe80::1%eth0')).toBe('fe80::1');
    expect(readAddress('10.1')).toBeUndefined();
    expect(readAddress('r1')).toBeUndefined();
    expect(readPrefix('192.0.2.0/24')).toEqual({ address: '192.0.2.0', length: 24, mask: '255.255.255.0' });
    expect(readPrefix('192.0.2.1')).toEqual({ address: '192.0.2.1' });
    expect(readPrefix('192.0.2.0/33')).toBeUndefined();
    expect(readPrefix('2001:db8::/129')).toBeUndefined();
  });

  test.each([
    ['Gi1/0/1', 'GigabitEthernet1/0/1'],
    ['Te1/1/4', 'TenGigabitEthernet1/1/4'],
    ['Twe1/0/1', 'TwentyFiveGigE1/0/1'],
    ['Tw1/0/1', 'TwoGigabitEthernet1/0/1'],
    ['Fo1/1/1', 'FortyGigabitEthernet1/1/1'],
    ['Hu0/0/0/1', 'HundredGigE0/0/0/1'],
    ['Fa4', 'FastEthernet4'],
    ['Eth1/7', 'Ethernet1/7'],
    ['eth1/2', 'Ethernet1/2'],
    ['po12', 'Port-channel12'],
    ['port-channel12', 'Port-channel12'],
    ['mgmt0', 'Management0'],
    ['Vl20', 'Vlan20'],
    ['Lo0', 'Loopback0'],
    ['BE1', 'Bundle-Ether1'],
    ['Gi 0/1', 'GigabitEthernet0/1'],
    ['ge-0/0/0', 'ge-0/0/0'],
    ['Wlan-GigabitEthernet0', 'Wlan-GigabitEthernet0'],
    ['swp1', 'swp1'],
  ])('interface %s', (short, long) => {
    expect(longInterfaceName(short)).toBe(long);
    expect(longInterfaceName(long)).toBe(long);
  });

  test('JSON of which nothing is certain', () => {
    expect([asNumber('1,234.5'), asNumber('x'), asNumber(Number.NaN), asNumber(null, 7), asInteger('3.9')]).toEqual([
      1234.5, -1, -1, 7, 3,
    ]);
    expect([asText(' a '), asText(5), asText({}), asText(undefined, '-')]).toEqual(['a', '5', '', '-']);
    expect([asList('a'), asList(['a']), asList(''), asList(undefined)]).toEqual([['a'], ['a'], [], []]);
  });

  test('names that JavaScript has plans with are names like others', () => {
    const record: Record<string, string[]> = {};
    for (const name of ['__proto__', 'constructor', 'toString']) entryOf<string[]>(record, name, () => []).push(name);
    expect(Object.keys(record)).toEqual(['__proto__', 'constructor', 'toString']);
    expect(JSON.stringify(record)).toContain('"__proto__":["__proto__"]');
  });

  test('no text takes long', () => {
    const readers = [readMac, readDuration, readAddress, readPrefix, longInterfaceName, asNumber];
    fc.assert(
      fc.property(
        fc.constantFrom(...readers),
        fc.string({ unit: 'binary', maxLength: 40 }),
        fc.nat(5000),
        (read, text, times) => {
          const from = performance.now();
          read(text.repeat(times));
          expect(performance.now() - from).toBeLessThan(200);
        },
      ),
      { numRuns: 300 },
    );
  });
});
