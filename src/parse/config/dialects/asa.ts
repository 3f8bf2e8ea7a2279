import type { Dialect } from '../dialect.ts';
import { dialectOfRules } from '../lines/lines-dialect.ts';
import { LinesRules } from '../lines/lines-rules.ts';
import type { Section } from '../lines/section.ts';
import type { LinesSpec } from '../lines/spec.ts';

const spec: LinesSpec = {
  name: 'asa',
  notes: [],
  cautions: [
    {
      when: /\*{5}/,
      says: 'Keys that `show running-config` masks with stars cannot be compared; `more system:running-config` shows them.',
    },
    {
      when: /^no object(?:-group)? /,
      says: 'An object that an access list or NAT rule names cannot be removed: the lists go first, the objects last.',
    },
    {
      when: /^(?:no |clear configure )?banner /,
      says: 'The lines of a banner are written anew when one of them changes.',
    },
  ],
  step: ' ',
  negate: 'no',
  comment: /^[!:]/,
  skip: /^(?:Cryptochecksum:.*|Building configuration\.\.\.)$/,
  leave: ['exit', 'quit'],
  finish: ['end'],
  literals: [{ kind: 'until', match: /^certificate (?:ca )?[0-9a-f]+$/i, end: 'quit' }],
  opens: [
    'interface',
    'object',
    'object-group',
    'class-map',
    'policy-map',
    'router',
    'aaa-server * * host',
    'aaa-server * protocol',
    'group-policy * attributes',
    'tunnel-group * *-attributes',
    'tunnel-group * general-attributes|ipsec-attributes|webvpn-attributes',
    'username * attributes',
    'webvpn',
    'dns server-group',
    'crypto ca trustpoint',
    'crypto ca certificate chain',
    'crypto ikev1 policy',
    'crypto ikev2 policy',
    'route-map',
    'time-range',
    ['class', ['policy-map']],
    ['parameters', ['policy-map']],
  ],
  globals: [
    'hostname',
    'access-list',
    'access-group',
    'route',
    'nat',
    'domain-name',
    'logging',
    'snmp-server',
    'ssh',
    'http',
    'username',
    'enable',
    'mtu',
    'same-security-traffic',
    'dhcpd',
    'ntp',
    'timeout',
  ],
  close: 'exit',
  layout: { separator: '!', end: ': end' },
  freeText: ['description', 'access-list * remark', 'banner'],
  single: [
    { words: 'crypto: certificate *', first: true },
    { words: 'crypto: certificate ca *', first: true },
    'hostname',
    'domain-name',
    '/: enable password',
    '/: passwd',
    '/: username * password',
    '/: mtu *',
    '/: clock timezone',
    '/: clock summer-time',
    '/: pager lines',
    '/: logging buffer-size',
    '/: logging monitor',
    '/: logging buffered',
    '/: logging trap',
    '/: logging asdm',
    '/: ssh timeout',
    '/: ssh version',
    '/: telnet timeout',
    '/: console timeout',
    '/: arp timeout',
    '/: arp rate-limit',
    '/: snmp-server location',
    '/: snmp-server contact',
    '/: snmp-server community',
    '/: firewall transparent',
    { words: '/: access-group _ in interface *', whole: true, first: true },
    { words: '/: access-group _ out interface *', whole: true, first: true },
    'description',
    'nameif',
    'security-level',
    'interface: ip address',
    'interface: speed',
    'interface: duplex',
    'interface: vlan',
    'key',
    'server-port',
    'timeout',
    'object: subnet',
    'object: host',
    'object: range',
    'object: fqdn',
    'object: service',
    { words: 'object: nat', whole: true },
  ],
  fixed: ['/: ASA Version', '/: service-module'],
  permanent: ['/: names', '/: class-map inspection_default', 'policy-map: parameters'],
  virtualInterface: /^interface (?:\S*\.\d|(?:Port-channel|BVI|Redundant|Tunnel|Vlan|Loopback)\d)/,
  ordered: [
    { kind: 'flat', words: '/: access-list *', inserts: true },
    { kind: 'flat', words: '/: banner *', whole: true, repeats: true },
    { kind: 'section', words: 'policy-map', only: 'class' },
  ],
  absenceShown: ['interface: ip address', 'interface: nameif', 'interface: security-level'],
  absenceHidden: [
    'route',
    'access-list',
    'access-group',
    'object',
    'object-group',
    'username',
    'nat',
    'ssh *',
    'http *',
    'banner',
    'description',
  ],
  exclusive: /^ip address \d/,
  ranks: [
    ['object', 15],
    ['object-group', 16],
    ['time-range', 16],
    ['access-list', 20],
    ['class-map', 25],
    ['policy-map', 27],
    ['interface', 45],
    ['nat', 55],
    ['access-group', 60],
    ['route', 62],
  ],
};

/** Entries of an access list have places that can be typed and are not shown: `access-list IN line 2 extended …`. */
class AsaRules extends LinesRules {
  override placed(text: string, place: number): string {
    return text.replace(/^access-list \S+(?= )/, (list) => `${list} line ${place}`);
  }

  override clearing(group: string): string {
    return group.startsWith('access-list ') ? `clear configure ${group}` : super.clearing(group);
  }

  override command(section: Section, typed: string): boolean {
    const clear = /^clear configure (access-list \S+)$/.exec(typed);
    const place = /^(access-list \S+) line (\d+) (.+)$/.exec(typed);
    if (section.parent !== undefined || (clear === null && place === null)) return false;
    const group = (clear ?? place)![1]!;
    const entries = section.children().filter(({ text }) => this.orderGroup(text, []) === group);
    if (place === null) for (const entry of entries) entry.remove();
    else {
      const entry = section.add(`${group} ${place[3]!}`);
      const next = entries[Number(place[2]) - 1];
      if (next !== undefined) entry.move('before', next);
    }
    return true;
  }
}

/** Cisco ASA, single context or one of several. */
export const asa = (): Dialect => dialectOfRules(new AsaRules(spec));
