import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scrubJson, scrubXml } from '#backup';
import { parseXml, renderXml } from '#core';
import { createPlatformRegistry, type SecretRule } from '#platforms';

const shown = (text: string, rules: readonly SecretRule[] = []): string => renderXml(scrubXml(parseXml(text), rules));
const rulesOf = async (id: string) => (await createPlatformRegistry().get(id)).backup.secrets;

describe('XML for people to see', () => {
  test.each([
    [
      '<a><encrypted-password>$6$abc$def</encrypted-password></a>',
      '<a><encrypted-password>[redacted]</encrypted-password></a>',
    ],
    [
      '<radius-server><name>10.0.0.1</name><secret>$9$x</secret></radius-server>',
      '<radius-server><name>10.0.0.1</name><secret>[redacted]</secret></radius-server>',
    ],
    [
      '<snmp><community><name>public</name></community></snmp>',
      '<snmp><community><name>[redacted]</name></community></snmp>',
    ],
    ['<x><community><name>CUSTOMERS</name></community></x>', '<x><community><name>CUSTOMERS</name></community></x>'],
    [
      '<snmp><default-community><community-name>public</community-name></default-community></snmp>',
      '<snmp><default-community><community-name>[redacted]</community-name></default-community></snmp>',
    ],
    [
      '<u><password-type>md5</password-type><password>hunter2</password></u>',
      '<u><password-type>md5</password-type><password>[redacted]</password></u>',
    ],
    [
      '<bgp><authentication-key>x y</authentication-key></bgp>',
      '<bgp><authentication-key>[redacted]</authentication-key></bgp>',
    ],
    [
      '<key-chain><key><key-id>1</key-id><key-string>abc</key-string></key></key-chain>',
      '<key-chain><key><key-id>1</key-id><key-string>[redacted]</key-string></key></key-chain>',
    ],
    ['<u><value>$1$abcd$efgh</value></u>', '<u><value>[redacted]</value></u>'],
    ['<u><url>https://user:hunter2@example.net/</url></u>', '<u><url>https://user:[redacted]@example.net/</url></u>'],
    ['<u><encrypted>true</encrypted><secret>7</secret></u>', '<u><encrypted>true</encrypted><secret>7</secret></u>'],
    ['<i name="password" secret="hunter2"/>', '<i name="password" secret="[redacted]"/>'],
    [
      '<i><mtu>9000</mtu><description>password hunter2 of room 7</description></i>',
      '<i><mtu>9000</mtu><description>password [redacted] of room 7</description></i>',
    ],
  ])('%s', (text, expected) => {
    expect(shown(text)).toBe(expected);
  });

  test('has the lines of a command line scrubbed as its platform has them', async () => {
    const text = `<cli>\nhostname r1\nusername a\n secret 10 $6$abc$def\n!\nsnmp-server community public RO\n</cli>`;
    expect(shown(text, await rulesOf('cisco_xr'))).toBe(
      `<cli>\nhostname r1\nusername a\n secret 10 [redacted]\n!\nsnmp-server community [redacted] RO\n</cli>`,
    );
    expect(shown(text)).not.toMatch(/\$6\$|public/);
  });

  test('keeps everything else as it was', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('mtu', 'name', 'description', 'a'),
        fc.string({ unit: fc.constantFrom('a', '1', ' ', '&', '<') }),
        (name, value) => {
          const text = `<x xmlns="u" q="1">t<${name}>${value.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</${name}></x>`;
          expect(shown(text)).toBe(renderXml(parseXml(text)));
        },
      ),
    );
  });
});

describe('JSON of a data model for people to see', () => {
  test('is without its secrets, and otherwise the same', () => {
    const native = {
      'Cisco-IOS-XE-native:native': {
        hostname: 'r1',
        username: [{ name: 'ann', privilege: 15, secret: { encryption: '9', secret: '$9$abcdef$ghi' } }],
        'snmp-server': {
          'Cisco-IOS-XE-snmp:community-config': [{ name: 'hidden1', permission: 'ro' }],
          host: [{ 'ip-address': '192.0.2.1', 'community-or-user': 'hidden2' }],
        },
        tags: ['a', null, true, 7, 1.5],
        password: 12345678,
      },
    };
    const shownJson = scrubJson(native, []);
    expect(shownJson).toEqual({
      'Cisco-IOS-XE-native:native': {
        hostname: 'r1',
        username: [{ name: 'ann', privilege: 15, secret: { encryption: '9', secret: '[redacted]' } }],
        'snmp-server': {
          'Cisco-IOS-XE-snmp:community-config': [{ name: '[redacted]', permission: 'ro' }],
          host: [{ 'ip-address': '192.0.2.1', 'community-or-user': '[redacted]' }],
        },
        tags: ['a', null, true, 7, 1.5],
        password: '[redacted]',
      },
    });
  });

  test('keeps its shape, whatever it is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const kind = (one: unknown): string => (Array.isArray(one) ? 'list' : typeof one);
        const seen = scrubJson(value, []);
        if (kind(value) !== 'number') expect(kind(seen)).toBe(kind(value));
        if (kind(value) === 'object' && value !== null) expect(Object.keys(seen as object)).toEqual(Object.keys(value));
      }),
    );
  });
});
