import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type ConfigTree,
  type DialectName,
  dialectOf,
  diffConfig,
  mergeConfig,
  parseConfig,
  remediate,
  renderConfig,
  renderDiff,
} from '#parse';

/** At most one of the alternatives. */
type Choice = readonly string[];
interface Grammar {
  readonly dialect: DialectName;
  /** Lines of the top, each one choice. */
  readonly lines: readonly Choice[];
  /** Headers with what may stand below; `ordered` lines in any order that is drawn. */
  readonly sections: readonly { readonly headers: Choice; readonly lines: readonly Choice[]; readonly end?: string }[];
  readonly step?: string;
}

const addresses = ['192.0.2.1', '192.0.2.9', '198.51.100.7'];

const iosInterface: readonly Choice[] = [
  ['description a', 'description b  c', 'description "d"'],
  [' '],
  ['ip address 192.0.2.1 255.255.255.0', 'ip address 198.51.100.1 255.255.255.0', 'no ip address'],
  ['ip address 203.0.113.1 255.255.255.0 secondary'],
  ['ip address 203.0.113.9 255.255.255.0 secondary'],
  ['vrf forwarding A', 'vrf forwarding B'],
  ['shutdown', 'no shutdown'],
  ['no ip redirects', 'ip redirects'],
  ['mtu 1400', 'mtu 9000'],
  ['ip access-group X in', 'ip access-group Y in'],
  ['ip ospf 1 area 0', 'ip ospf 1 area 1'],
  [
    'switchport trunk allowed vlan 1-10,20',
    'switchport trunk allowed vlan 1-9,21-30',
    'switchport trunk allowed vlan none',
  ],
  ['ip helper-address 192.0.2.1'],
  ['ip helper-address 192.0.2.2'],
];

const neighbor = (address: string): readonly Choice[] => [
  [`neighbor ${address} remote-as 1`, `neighbor ${address} remote-as 2`],
  [`neighbor ${address} description x`, `neighbor ${address} description y`],
  [`neighbor ${address} route-map A in`, `neighbor ${address} route-map B in`],
];

const grammars: readonly Grammar[] = [
  {
    dialect: 'ios',
    step: ' ',
    lines: [
      ['hostname a', 'hostname b'],
      ['no ip domain lookup'],
      ['ip domain name x', 'ip domain name y'],
      ['username u privilege 15 secret 9 x', 'username u secret 9 y'],
      ['username uu secret 9 z'],
      ['banner motd ^C\n!x\ninterface y\n^C', 'banner motd ^C#@^C'],
      ['ip prefix-list P seq 5 permit 192.0.2.0/24', 'ip prefix-list P seq 5 deny 192.0.2.0/24'],
      ['ip prefix-list P seq 50 permit 198.51.100.0/24'],
      ['ip route 0.0.0.0 0.0.0.0 192.0.2.1'],
      ['ip route 0.0.0.0 0.0.0.0 192.0.2.10'],
      ['access-list 10 permit 192.0.2.1'],
      ['access-list 10 permit 192.0.2.10'],
      ['access-list 10 deny any'],
      ['access-list 101 permit ip any any'],
      ['logging host 192.0.2.1'],
      ['logging host 192.0.2.1 transport udp port 515'],
    ],
    sections: [
      { headers: ['interface GigabitEthernet0/1'], lines: iosInterface },
      { headers: ['interface Vlan10'], lines: iosInterface },
      { headers: ['interface Vlan100'], lines: iosInterface },
      {
        headers: ['route-map R permit 10', 'route-map R deny 10'],
        lines: [
          ['match ip address A', 'match ip address B'],
          ['set metric 5', 'set metric 6'],
        ],
      },
      {
        headers: ['ip access-list extended E'],
        lines: [['permit tcp any any'], ['permit udp any any eq 53'], ['deny ip any any'], ['permit ip any any']],
      },
      {
        headers: ['ip access-list extended N'],
        lines: [['10 permit tcp any any', '10 deny tcp any any'], ['20 deny ip any any'], ['15 permit udp any any']],
      },
      { headers: ['policy-map M'], lines: [['class a'], ['class b'], ['class class-default']] },
      {
        headers: ['router bgp 1'],
        lines: [
          ['bgp router-id 192.0.2.1', 'bgp router-id 192.0.2.2'],
          ...addresses.flatMap(neighbor),
          [
            'address-family ipv4\n  network 192.0.2.0\n exit-address-family',
            `address-family ipv4\n  neighbor ${addresses[0]} activate\n exit-address-family`,
          ],
        ],
      },
      {
        headers: ['line vty 0 4'],
        lines: [['transport input ssh', 'transport input telnet ssh'], ['exec-timeout 5 0'], ['no login']],
      },
      {
        headers: ['crypto pki certificate chain C'],
        lines: [
          ['certificate ca 01\n  3082\n  \tquit', 'certificate ca 01\n  3083\n  \tquit'],
          ['certificate 01\n  3084\n  \tquit', 'certificate 01\n  3085\n  \tquit'],
          ['certificate self-signed 01 nvram:IOS-Self-Sig#1.cer'],
        ],
      },
    ],
  },
  {
    dialect: 'iosxr',
    step: ' ',
    lines: [['hostname a', 'hostname b'], ['logging console disable']],
    sections: [
      {
        headers: ['interface TenGigE0/0/0/0'],
        lines: [
          ['description a', 'description b'],
          ['ipv4 address 192.0.2.1 255.255.255.0', 'ipv4 address 192.0.2.2 255.255.255.0'],
          ['shutdown'],
        ],
      },
      {
        headers: ['route-policy P'],
        end: 'end-policy',
        lines: [
          ['pass', 'drop'],
          ['if a then\n  pass\n endif', 'if a then\n  drop\n else\n  pass\n endif'],
        ],
      },
      {
        headers: ['prefix-set S'],
        end: 'end-set',
        lines: [['192.0.2.0/24,'], ['198.51.100.0/24,'], ['203.0.113.0/24']],
      },
      {
        headers: ['router bgp 1'],
        lines: [
          [
            'neighbor 192.0.2.9\n  remote-as 2\n  address-family ipv4 unicast\n   route-policy P in',
            'neighbor 192.0.2.9\n  remote-as 3\n  address-family ipv4 unicast\n   route-policy P in\n   route-policy Q out',
          ],
        ],
      },
    ],
  },
  {
    dialect: 'vrp',
    step: ' ',
    lines: [
      ['sysname a', 'sysname b'],
      ['vlan batch 10 20 to 30', 'vlan batch 11 20 to 29'],
      ['undo http server enable'],
    ],
    sections: [
      {
        headers: ['interface GigabitEthernet0/0/1'],
        lines: [
          ['description a', 'description b'],
          ['port link-type access', 'port link-type trunk'],
          ['undo port trunk allow-pass vlan 1'],
          ['port trunk allow-pass vlan 2 to 5', 'port trunk allow-pass vlan 3 to 9'],
          ['undo shutdown', 'shutdown'],
        ],
      },
      {
        headers: ['interface Vlanif10'],
        lines: [
          ['ip binding vpn-instance A', 'ip binding vpn-instance B'],
          ['ip address 192.0.2.1 24', 'ip address 192.0.2.2 24'],
          ['ip address 198.51.100.1 24 sub'],
        ],
      },
      { headers: ['acl number 3000'], lines: [['rule 5 permit ip', 'rule 5 deny ip'], ['rule 50 permit ip']] },
      {
        headers: ['route-policy P permit node 10', 'route-policy P deny node 10'],
        lines: [['apply cost 1', 'apply cost 2']],
      },
      {
        headers: ['bgp 1'],
        lines: [
          ['peer 192.0.2.1 as-number 2', 'peer 192.0.2.1 as-number 3'],
          ['peer 192.0.2.1 description x'],
          ['peer 192.0.2.10 as-number 2'],
        ],
      },
    ],
  },
  {
    dialect: 'fortios',
    step: '    ',
    lines: [],
    sections: [
      {
        headers: ['config system global'],
        end: 'end',
        lines: [['set hostname "a"', 'set hostname b'], ['set alias "x y"']],
      },
      {
        headers: ['config firewall policy'],
        end: 'end',
        lines: ['1', '2', '10', '11'].map((id) => [
          `edit ${id}\n set name "p${id}"\n set srcintf "a" "b"\n next`,
          `edit ${id}\n set name "q${id}"\n next`,
        ]),
      },
      {
        headers: ['config firewall address'],
        end: 'end',
        lines: [
          [
            'edit "a"\n set subnet 192.0.2.0 255.255.255.0\n next',
            'edit "a"\n set comment "line 1\nend\nline 3"\n next',
          ],
          ['edit "b"\n next'],
        ],
      },
    ],
  },
  {
    dialect: 'routeros',
    step: '',
    lines: [],
    sections: [
      {
        headers: ['/ip firewall filter'],
        lines: [
          ['add action=accept chain=input', 'add action=accept chain=input comment="a b"'],
          ['add action=accept chain=input protocol=icmp'],
          ['add action=drop chain=input'],
          ['add action=drop chain=forward comment=x'],
        ],
      },
      {
        headers: ['/interface vlan'],
        lines: [
          ['add name=v1 vlan-id=1', 'add name=v1 vlan-id=2 mtu=1400'],
          ['add name=v10 vlan-id=1'],
          ['add name=v2 vlan-id=5 comment=z'],
        ],
      },
      {
        headers: ['/ip address'],
        lines: [
          ['add address=192.0.2.1/24 interface=v1 network=192.0.2.0', 'add address=192.0.2.1/24 interface=v1'],
          ['add address=192.0.2.1/24 interface=v10'],
        ],
      },
      {
        headers: ['/interface ethernet'],
        lines: [
          ['set [ find default-name=ether1 ] comment=x', 'set [ find default-name=ether1 ] mtu=1400'],
          ['set [ find default-name=ether10 ] mtu=1400'],
        ],
      },
      { headers: ['/system identity'], lines: [['set name=a', 'set name="b c"']] },
    ],
  },
  {
    dialect: 'exos',
    step: '',
    lines: [
      ['configure snmp sysName "a"', 'configure snmp sysName "b"'],
      ['enable telnet', 'disable telnet'],
      ['configure vlan v add ports 1-4 tagged', 'configure vlan v add ports 1-4 untagged'],
      ['configure vlan v tag 10', 'configure vlan v tag 20'],
      ['create vlan "v"'],
      ['create vlan "vv"'],
      ['configure vlan vv add ports 9 untagged'],
      ['configure vlan default delete ports all'],
      ['create account admin x encrypted "1"', 'create account admin x encrypted "2"'],
    ],
    sections: [],
  },
  {
    dialect: 'asa',
    step: ' ',
    lines: [
      ['hostname a', 'hostname b'],
      ['mtu inside 1500', 'mtu inside 1400'],
      ['mtu outside 1500'],
      ...['permit tcp any any', 'deny ip any any', 'permit icmp any any', 'permit udp any any'].map((entry) => [
        `access-list IN extended ${entry}`,
      ]),
      ['access-group IN in interface outside', 'access-group OUT in interface outside'],
      ['banner motd a'],
      ['banner motd b', 'banner motd a'],
    ],
    sections: [
      {
        headers: ['interface GigabitEthernet0/0'],
        lines: [
          ['nameif a', 'nameif b', 'no nameif'],
          ['ip address 192.0.2.1 255.255.255.0', 'no ip address'],
          ['shutdown'],
        ],
      },
      { headers: ['object network H'], lines: [['host 192.0.2.1', 'host 192.0.2.2'], ['description x']] },
    ],
  },
  {
    dialect: 'junos',
    step: '    ',
    lines: [],
    sections: [
      {
        headers: ['system {'],
        end: '}',
        lines: [
          ['host-name a;', 'host-name b;', 'inactive: host-name b;'],
          ['services {\n ssh;\n }', 'services {\n ssh {\n root-login deny;\n }\n }'],
          ['unknown-leaf x;', 'unknown-leaf [ x y ];', 'unknown-leaf z;'],
        ],
      },
      {
        headers: ['interfaces {', 'inactive: interfaces {'],
        end: '}',
        lines: ['ge-0/0/0', 'ge-0/0/1'].map((name) => [
          `${name} {\n unit 0 {\n family inet {\n address 192.0.2.1/24;\n }\n }\n }`,
          `${name} {\n description "x y";\n unit 0 {\n family inet {\n address 192.0.2.1/24;\n address 192.0.2.2/24 {\n primary;\n }\n }\n }\n unit 5;\n }`,
          `inactive: ${name} {\n disable;\n }`,
        ]),
      },
      {
        headers: ['policy-options {\n policy-statement p {'],
        end: '}\n}',
        lines: ['a', 'b', 'c', 'd'].map((term) => [
          `term ${term} {\n then accept;\n }`,
          `term ${term} {\n from protocol [ bgp ospf ];\n then reject;\n }`,
        ]),
      },
      {
        headers: ['protocols {\n bgp {\n group g {'],
        end: '}\n}\n}',
        lines: [
          ['import [ x y ];', 'import [ y x ];', 'import x;', 'import [ z y x ];'],
          ['neighbor 192.0.2.1;', 'neighbor 192.0.2.1 {\n peer-as 5;\n }'],
          ['neighbor 192.0.2.2;'],
        ],
      },
    ],
  },
];

const choose = (lines: readonly Choice[]): fc.Arbitrary<string[]> =>
  fc
    .shuffledSubarray([...lines], { minLength: 0 })
    .chain((choices) => fc.tuple(...choices.map((choice) => fc.constantFrom(...choice))))
    .map((chosen) => chosen.filter((line) => line.trim() !== ''));

/** The first line of several is indented, and those that follow keep their place under it. */
function textOf(grammar: Grammar): fc.Arbitrary<string> {
  const { step = ' ' } = grammar;
  const sections = grammar.sections.map(({ headers, lines, end }) =>
    fc.option(
      fc
        .tuple(fc.constantFrom(...headers), choose(lines))
        .map(([header, chosen]) =>
          [header, ...chosen.map((line) => step + line), ...(end === undefined ? [] : [end])].join('\n'),
        ),
      { nil: undefined },
    ),
  );
  return fc.tuple(choose(grammar.lines), fc.tuple(...sections), fc.boolean()).map(([lines, blocks, isLast]) => {
    const bodies = blocks.filter((block) => block !== undefined);
    return `${(isLast ? [...bodies, ...lines] : [...lines, ...bodies]).join('\n')}\n`;
  });
}

describe.each(grammars)('$dialect', (grammar) => {
  const dialect = dialectOf(grammar.dialect);
  const read = (text: string): ConfigTree => parseConfig(text, dialect);

  test('any configuration comes to any other one, and back', () => {
    fc.assert(
      fc.property(textOf(grammar), textOf(grammar), (one, other) => {
        const [running, intended] = [read(one), read(other)];
        const there = mergeConfig(running, remediate(running, intended).join('\n'));
        expect(renderDiff(diffConfig(there, intended))).toBe('');
        const back = mergeConfig(there, remediate(there, running).join('\n'));
        expect(renderDiff(diffConfig(back, running))).toBe('');
      }),
      { numRuns: 120 },
    );
  });

  test('any configuration is the same once it was written and read again', () => {
    fc.assert(
      fc.property(textOf(grammar), (text) => {
        const tree = read(text);
        expect(renderDiff(diffConfig(read(renderConfig(tree)), tree))).toBe('');
      }),
      { numRuns: 50 },
    );
  });
});
