import { describe, expect, test } from 'vitest';
import {
  type ConfigTree,
  cautionsOf,
  type DialectName,
  dialectNames,
  dialectOf,
  diffConfig,
  mergeConfig,
  parseConfig,
  remediate,
  renderConfig,
  renderDiff,
} from '#parse';

const read = (name: DialectName, text: string): ConfigTree => parseConfig(text, dialectOf(name), { file: 'r1.txt' });
const remedy = (name: DialectName, running: string, intended: string): readonly string[] =>
  remediate(read(name, running), read(name, intended));
const typed = (name: DialectName, running: string, lines: string): string =>
  renderConfig(mergeConfig(read(name, running), lines));

test('every notation has its dialect, and says what it cannot know', () => {
  for (const name of dialectNames) {
    const { name: own, notes, cautions = [] } = dialectOf(name);
    expect(own).toBe(name);
    expect(notes.length + cautions.length).toBeGreaterThan(0);
  }
});

test('what is to be minded is said beside the lines that it is about, and nowhere else', () => {
  const minded = (name: DialectName, ...lines: string[]): readonly string[] => cautionsOf(dialectOf(name), lines);
  expect(minded('ios', 'interface Loopback9', ' description spare', 'ip access-list standard 9')).toEqual([]);
  expect(minded('ios', 'no access-list 101', 'access-list 101 permit ip any any')).toEqual([
    expect.stringMatching(/^Numbered access lists/),
  ]);
  expect(minded('nxos', 'interface Vlan9', '  vrf member red')).toEqual([expect.stringContaining('`vrf member`')]);
  expect(minded('fortios', 'config system interface', '    edit "port1"', '        unset vdom')).toEqual([
    expect.stringContaining('cannot be unset'),
  ]);
});

test('configurations of different notations are neither compared nor mended', () => {
  const [ios, junos] = [read('ios', 'hostname a\n'), read('junos', 'system {\n host-name a;\n}\n')];
  expect(() => diffConfig(ios, junos)).toThrow(expect.objectContaining({ code: 'NW_NOT_SUPPORTED' }));
  expect(() => remediate(ios, junos)).toThrow(expect.objectContaining({ code: 'NW_NOT_SUPPORTED' }));
});

describe('IOS-XR', () => {
  const policy =
    'route-policy P\n  if destination in S then\n    pass\n  else\n    drop\n  endif\nend-policy\n!\nprefix-set S\n  192.0.2.0/24 le 32,\n  198.51.100.0/24\nend-set\n!\n';

  test('writes a policy whole when a line of it changes, and shows that line', () => {
    const changed = policy.replace('    drop', '    set med 5\n    pass');
    expect(remedy('iosxr', policy, changed)).toEqual([
      'route-policy P',
      ' if destination in S then',
      '  pass',
      ' else',
      '  set med 5',
      '  pass',
      ' endif',
      'end-policy',
    ]);
    expect(renderDiff(diffConfig(read('iosxr', policy), read('iosxr', changed)))).toBe(
      '  route-policy P\n   else\n-   drop\n+   set med 5\n+   pass\n  end-policy\n',
    );
  });

  test('forgets what a set held when it is entered', () => {
    expect(typed('iosxr', policy, 'prefix-set S\n  203.0.113.0/24\nend-set')).toContain(
      'prefix-set S\n 203.0.113.0/24\nend-set\n',
    );
  });

  test('does not take the comma of a last entry for a difference', () => {
    const longer = policy.replace('198.51.100.0/24', '198.51.100.0/24,\n  203.0.113.0/24');
    expect(renderDiff(diffConfig(read('iosxr', policy), read('iosxr', longer)))).toBe(
      '  prefix-set S\n+  203.0.113.0/24\n  end-set\n',
    );
  });

  test('closes nested sections with their own marks', () => {
    const text =
      'router bgp 1\n neighbor 192.0.2.1\n  remote-as 2\n  address-family ipv4 unicast\n   route-policy P in\n  !\n !\n!\nend\n';
    expect(renderConfig(read('iosxr', text))).toBe(text);
  });
});

describe('ASA', () => {
  test('keeps the lines of a banner in order, twice the same among them', () => {
    const running = 'banner motd .\nbanner motd hello\nbanner motd .\n';
    expect(renderConfig(read('asa', running))).toContain(running);
    expect(remedy('asa', running, running.replace('hello', 'bye'))).toEqual([
      'no banner motd',
      'banner motd .',
      'banner motd bye',
      'banner motd .',
    ]);
  });

  test('puts an entry at its line of an access list', () => {
    const list = (...entries: string[]): string =>
      entries.map((entry) => `access-list IN extended ${entry}\n`).join('');
    expect(
      remedy(
        'asa',
        list('permit tcp any any', 'deny ip any any'),
        list('permit tcp any any', 'permit udp any any', 'deny ip any any'),
      ),
    ).toEqual(['access-list IN line 2 extended permit udp any any']);
    expect(
      typed('asa', list('permit tcp any any', 'deny ip any any'), 'access-list IN line 1 extended permit icmp any any'),
    ).toContain(list('permit icmp any any', 'permit tcp any any', 'deny ip any any'));
  });
});

describe('FRR', () => {
  test('writes its ends', () => {
    const text =
      'frr version 8.4\nhostname r1\nvrf RED\n ip route 192.0.2.0/24 blackhole\nexit-vrf\n!\nrouter bgp 1\n address-family ipv4 unicast\n  network 192.0.2.0/24\n exit-address-family\nexit\n!\nend\n';
    expect(renderConfig(read('frr', text))).toBe(text);
  });

  test('takes a neighbour back in one line', () => {
    expect(
      remedy(
        'frr',
        'router bgp 1\n neighbor 192.0.2.1 remote-as 2\n neighbor 192.0.2.1 timers 3 9\n !\n address-family ipv4 unicast\n  neighbor 192.0.2.1 activate\n exit-address-family\nexit\n',
        'router bgp 1\n address-family ipv4 unicast\n exit-address-family\nexit\n',
      ),
    ).toEqual(['router bgp 1', ' no neighbor 192.0.2.1', 'exit']);
  });
});

describe('VRP and Comware', () => {
  test('read top-level lines that stand one blank deep', () => {
    const tree = read('comware', '#\n sysname r1\n#\n lldp global enable\n#\nvlan 10\n name a\n#\nreturn\n');
    expect(tree.nodes.map(({ text, children }) => [text, children.length])).toEqual([
      ['sysname r1', 0],
      ['lldp global enable', 0],
      ['vlan 10', 1],
    ]);
  });

  test('undo with the first words, change lists by their members, and quit', () => {
    expect(
      remedy(
        'vrp',
        'sysname a\n#\nvlan batch 10 20 to 22\n#\ninterface GigabitEthernet0/0/1\n description x\n port trunk allow-pass vlan 10 20 to 22\n#\nreturn\n',
        'sysname b\n#\nvlan batch 10 21 to 23\n#\ninterface GigabitEthernet0/0/1\n port trunk allow-pass vlan 10 21 to 23\n#\nreturn\n',
      ),
    ).toEqual([
      'undo vlan batch 20',
      'vlan batch 23',
      'sysname b',
      'interface GigabitEthernet0/0/1',
      ' undo description',
      ' undo port trunk allow-pass vlan 20',
      ' port trunk allow-pass vlan 23',
      'quit',
    ]);
  });

  test('take a rule back by its number, and a policy node by its name', () => {
    expect(
      remedy(
        'vrp',
        'acl number 3000\n rule 5 permit ip\n rule 10 deny ip\n#\nroute-policy P permit node 10\n apply cost 1\n#\nreturn\n',
        'acl number 3000\n rule 5 deny ip\n#\nreturn\n',
      ),
    ).toEqual([
      'acl number 3000',
      ' undo rule 10',
      ' undo rule 5',
      ' rule 5 deny ip',
      'quit',
      'undo route-policy P node 10',
    ]);
  });

  test('keep a VLAN that is denied beside those that are allowed', () => {
    const running =
      'interface Ten-GigabitEthernet1/0/1\n port link-type trunk\n undo port trunk permit vlan 1\n port trunk permit vlan 2 to 5\n#\nreturn\n';
    expect(remedy('comware', running, running.replace(' undo port trunk permit vlan 1\n', ''))).toEqual([
      'interface Ten-GigabitEthernet1/0/1',
      ' port trunk permit vlan 1',
      'quit',
    ]);
  });
});

describe('FortiOS', () => {
  const policies = (...ids: number[]): string =>
    `config firewall policy\n${ids.map((id) => `    edit ${id}\n        set name "p${id}"\n    next\n`).join('')}end\n`;

  test('reads nested tables and values of several lines', () => {
    const tree = read(
      'fortios',
      '#config-version=X\nconfig vpn certificate local\n    edit "c"\n        set private-key "-----BEGIN-----\nend\n-----END-----"\n        config sub\n            set a b\n        end\n    next\nend\n',
    );
    expect(tree.nodes[0]!.children[0]!.children.map(({ text }) => text)).toEqual([
      'set private-key "-----BEGIN-----\nend\n-----END-----"',
      'config sub',
    ]);
  });

  test('unsets, deletes and moves', () => {
    expect(
      remedy('fortios', `config system global\n    set alias "x"\nend\n${policies(1, 2, 3)}`, policies(3, 1)),
    ).toEqual([
      'config firewall policy',
      '    delete 2',
      '    move 1 after 3',
      'end',
      'config system global',
      '    unset alias',
      'end',
    ]);
  });

  test('types what a person types', () => {
    expect(
      typed(
        'fortios',
        policies(1, 2),
        'config firewall policy\nedit 3\nset name "p3"\nset srcintf "a"\nappend srcintf "b"\nnext\nmove 3 before 1\nrename 2 to 9\nclone 9 to 10\ndelete 1\nend',
      ),
    ).toBe(
      'config firewall policy\n    edit 3\n        set name "p3"\n        set srcintf "a" "b"\n    next\n    edit 9\n        set name "p2"\n    next\n    edit 10\n        set name "p2"\n    next\nend\n',
    );
  });

  test('says where a table does not end, and where an end ends nothing', () => {
    expect(() => read('fortios', 'config system global\n set alias "geheim"\n')).toThrow(
      /^r1\.txt:1: the "config" that begins here does not end$/,
    );
    expect(() => read('fortios', 'config system global\nend\nend\n')).toThrow(/^r1\.txt:3: a "end" that ends nothing$/);
  });
});

describe('RouterOS', () => {
  test('joins lines that go on, and knows both ways to write a menu', () => {
    const tree = read(
      'routeros',
      '# comment\n/ip address\nadd address=192.0.2.1/24 \\\n    interface=ether1\n/ip/route add gateway=192.0.2.9\n',
    );
    expect(renderConfig(tree)).toBe(
      '/ip address\nadd address=192.0.2.1/24 interface=ether1\n/ip route\nadd gateway=192.0.2.9\n',
    );
  });

  test('changes an item by what it is called, and takes attributes back', () => {
    expect(
      remedy(
        'routeros',
        '/interface vlan\nadd interface=bridge1 name=vlan10 vlan-id=10\nadd interface=bridge1 name=vlan11 vlan-id=11\n/interface ethernet\nset [ find default-name=ether1 ] comment=x mtu=1400\n',
        '/interface vlan\nadd interface=bridge1 name=vlan10 vlan-id=20\n/interface ethernet\nset [ find default-name=ether1 ] mtu=1500\n',
      ),
    ).toEqual([
      '/interface vlan remove [ find name=vlan11 ]',
      '/interface vlan set [ find name=vlan10 ] vlan-id=20',
      '/interface ethernet set [ find default-name=ether1 ] mtu=1500 comment=""',
    ]);
  });

  test('moves a rule to its place', () => {
    const filter = (...ports: number[]): string =>
      `/ip firewall filter\n${ports.map((port) => `add action=accept chain=input dst-port=${port}\n`).join('')}`;
    expect(remedy('routeros', filter(1, 2, 3), filter(3, 1, 4, 2))).toEqual([
      '/ip firewall filter add action=accept chain=input dst-port=4',
      '/ip firewall filter move [ find dst-port=2 ]',
      '/ip firewall filter move [ find dst-port=1 ] destination=[ find dst-port=4 ]',
    ]);
  });

  test('does not mind the order of attributes', () => {
    expect(
      diffConfig(
        read('routeros', '/ip address\nadd address=192.0.2.1/24 interface="ether1"\n'),
        read('routeros', '/ip address\nadd interface=ether1 address=192.0.2.1/24\n'),
      ).changes,
    ).toEqual([]);
  });
});

describe('SR OS', () => {
  test('shuts down what it removes', () => {
    const running =
      'exit all\nconfigure\n#---\necho "Router"\n#---\n    router Base\n        interface "to-r2"\n            address 192.0.2.1/31\n            no shutdown\n        exit\n    exit\nexit all\n';
    expect(remedy('sros', running, 'configure\n    router Base\n    exit\nexit all\n')).toEqual([
      'router Base',
      '    interface "to-r2"',
      '        shutdown',
      '    exit',
      '    no interface "to-r2"',
      'exit',
    ]);
  });
});

describe('EXOS', () => {
  test('has an opposite for each verb, and takes a VLAN away whole', () => {
    expect(
      remedy(
        'exos',
        'create vlan "a"\nconfigure vlan a tag 10\nconfigure vlan a add ports 1-4 tagged\ncreate vlan "b"\nconfigure vlan b add ports 5 untagged\nenable telnet\nconfigure snmp sysName "x"\n',
        'create vlan "b"\nconfigure snmp sysName "y"\n',
      ),
    ).toEqual([
      'disable telnet',
      'configure vlan b delete ports 5',
      'configure vlan a delete ports 1-4',
      'unconfigure vlan a tag',
      'configure snmp sysName "y"',
      'delete vlan "a"',
    ]);
  });
});

describe('ProCurve', () => {
  test('ends its sections inside of them', () => {
    const text = 'hostname "r1"\nvlan 5\n   name "a b"\n   untagged 1-4\n   exit\n';
    expect(renderConfig(read('procurve', text))).toBe(text);
    expect(remedy('procurve', 'sntp server priority 1 192.0.2.1\n', 'sntp server priority 1 192.0.2.2 3\n')).toEqual([
      'no sntp server priority 1 192.0.2.1',
      'sntp server priority 1 192.0.2.2 3',
    ]);
    expect(remedy('procurve', text, text.replace('1-4', '1-3,7'))).toEqual([
      'vlan 5',
      '   no untagged 4',
      '   untagged 7',
      'exit',
    ]);
  });
});

describe('FastIron', () => {
  test('keeps a VLAN when its name changes', () => {
    const vlan = (name: string, ports: string): string => `vlan 10 name ${name} by port\n tagged ${ports}\n!\n`;
    expect(remedy('fastiron', vlan('A', 'ethe 1/1/1 to 1/1/4'), vlan('B', 'ethe 1/1/1 to 1/1/3 ethe 1/2/1'))).toEqual([
      'vlan 10 name B by port',
      ' no tagged ethe 1/1/4',
      ' tagged ethe 1/2/1',
      'exit',
    ]);
  });
});

test('plain text is compared and not typed', () => {
  const [before, after] = [read('plain', 'a\nb\n'), read('plain', 'a\nc\n')];
  expect(renderDiff(diffConfig(before, after))).toBe('- b\n+ c\n');
  expect(() => remediate(before, after)).toThrow(expect.objectContaining({ code: 'NW_NOT_SUPPORTED' }));
  expect(() => mergeConfig(before, 'c')).toThrow(expect.objectContaining({ code: 'NW_NOT_SUPPORTED' }));
});

test('a section that stands twice is one, and what it holds one of is what was said last', () => {
  const tree = read(
    'fortios',
    'config system global\n    set alias "a"\n    set hostname "h"\nend\nconfig system global\n    set alias "b"\nend\n',
  );
  expect(renderConfig(tree)).toBe('config system global\n    set alias "b"\n    set hostname "h"\nend\n');
  expect(
    renderConfig(read('ios', 'interface Loopback1\n mtu 1400\ninterface Loopback1\n mtu 1500\n description x\n')),
  ).toBe('interface Loopback1\n mtu 1500\n description x\n!\nend\n');
});
