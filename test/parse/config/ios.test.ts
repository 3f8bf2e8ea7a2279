import { describe, expect, test } from 'vitest';
import {
  type ConfigTree,
  dialectOf,
  diffConfig,
  mergeConfig,
  parseConfig,
  remediate,
  renderConfig,
  renderDiff,
} from '#parse';

const ios = dialectOf('ios');
const read = (text: string): ConfigTree => parseConfig(text, ios, { file: 'r1.txt' });
const remedy = (running: string, intended: string): readonly string[] => remediate(read(running), read(intended));
const typed = (running: string, lines: string): string => renderConfig(mergeConfig(read(running), lines));

describe('reading', () => {
  test('leaves out heads, separators and what follows the end', () => {
    const tree = read(
      'Building configuration...\n\nCurrent configuration : 1437 bytes\n!\n! Last configuration change at 10:00\n!\nhostname r1\n!\nend\n\nr1#',
    );
    expect(tree.nodes).toEqual([{ text: 'hostname r1', children: [], line: 7 }]);
  });

  test('keeps a banner whole, whatever delimits it', () => {
    const shown = read('banner motd ^C\n no entry!\ninterface Fake\n^C\nhostname r1\n');
    expect(shown.nodes.map(({ text }) => text)).toEqual([
      'banner motd ^C\n no entry!\ninterface Fake\n^C',
      'hostname r1',
    ]);
    for (const text of [
      'banner motd \x03\n no entry!\ninterface Fake\n\x03\nhostname r1\n',
      'banner motd #\n no entry!\ninterface Fake\n#\nhostname r1\n',
    ])
      expect(diffConfig(read(text), shown).changes).toEqual([]);
  });

  test('keeps a certificate whole, with the tab before its quit', () => {
    const text =
      'crypto pki certificate chain CA\n certificate self-signed 01\n  3082022B 30820194\n  A0030201 02020101\n  \tquit\nhostname r1\n';
    const tree = read(text);
    expect(tree.nodes[0]!.children).toEqual([
      { text: 'certificate self-signed 01\n  3082022B 30820194\n  A0030201 02020101\n  \tquit', children: [], line: 2 },
    ]);
    expect(renderConfig(tree)).toContain('  A0030201 02020101\n  \tquit\n');
  });

  test('takes lines of an old address family that stand as deep as its header', () => {
    const tree = read(
      'router bgp 1\n no synchronization\n !\n address-family ipv4 vrf A\n no synchronization\n redistribute connected\n exit-address-family\n neighbor 192.0.2.1 remote-as 2\n',
    );
    expect(tree.nodes[0]!.children.map(({ text, children }) => [text, children.length])).toEqual([
      ['no synchronization', 0],
      ['address-family ipv4 vrf A', 2],
      ['neighbor 192.0.2.1 remote-as 2', 0],
    ]);
  });

  test('takes the lines of a long trunk list for one, and writes them in pieces', () => {
    const many = Array.from({ length: 120 }, (_, nth) => 100 + nth * 2);
    const text = `interface GigabitEthernet0/1\n switchport trunk allowed vlan ${many.slice(0, 60).join(',')}\n switchport trunk allowed vlan add ${many.slice(60).join(',')}\n`;
    const tree = read(text);
    expect(tree.nodes[0]!.children).toHaveLength(1);
    const written = renderConfig(tree);
    expect(Math.max(...written.split('\n').map((line) => line.length))).toBeLessThan(255);
    expect(diffConfig(read(written), tree).changes).toEqual([]);
  });

  test('says where literal text has no end, and none of its words', () => {
    expect(() => read('hostname r1\nbanner motd ^C\nsecret word\n')).toThrow(
      expect.objectContaining({
        code: 'NW_CONFIG_SYNTAX',
        message: 'r1.txt:2: the banner text that begins here does not end',
      }),
    );
  });
});

describe('comparing', () => {
  test('shows what changed below the headers that did not', () => {
    const before = read(
      'hostname r1\ninterface GigabitEthernet0/1\n description a\n ip address 192.0.2.1 255.255.255.0\nrouter bgp 1\n bgp log-neighbor-changes\n',
    );
    const after = read(
      'hostname r1\ninterface GigabitEthernet0/1\n description b\n ip address 192.0.2.1 255.255.255.0\n shutdown\nrouter bgp 1\n bgp log-neighbor-changes\ninterface Loopback7\n ip address 192.0.2.7 255.255.255.255\n',
    );
    expect(renderDiff(diffConfig(before, after))).toBe(
      '  interface GigabitEthernet0/1\n-  description a\n+  description b\n+  shutdown\n+ interface Loopback7\n+  ip address 192.0.2.7 255.255.255.255\n',
    );
  });

  test('does not mind order where the router does not', () => {
    const before = read('interface Loopback1\n description a\n mtu 1400\nntp server 192.0.2.1\nntp server 192.0.2.2\n');
    const after = read('ntp server 192.0.2.2\nntp server 192.0.2.1\ninterface Loopback1\n mtu 1400\n description a\n');
    expect(diffConfig(before, after).changes).toEqual([]);
  });

  test('minds order in an access list, and shows what moved', () => {
    const list = (...entries: string[]): ConfigTree =>
      read(`ip access-list extended E\n${entries.map((entry) => ` ${entry}\n`).join('')}`);
    const diff = diffConfig(
      list('permit tcp any any', 'deny udp any any', 'permit ip any any'),
      list('permit tcp any any', 'permit ip any any', 'deny udp any any'),
    );
    expect(renderDiff(diff)).toBe(
      '  ip access-list extended E\n!  permit ip any any   (now after: permit tcp any any)\n',
    );
  });

  test('knows the place of a numbered entry by its number', () => {
    const one = read('ip access-list extended E\n 20 permit ip any any\n 10 deny udp any any\n');
    const other = read('ip access-list extended E\n 10 deny udp any any\n 20 permit ip any any\n');
    expect(diffConfig(one, other).changes).toEqual([]);
  });

  test('does not take a version or an empty port for a difference', () => {
    const before = read(
      'version 15.9\nboot-start-marker\nboot-end-marker\ninterface GigabitEthernet0/2\nhostname r1\n',
    );
    expect(diffConfig(before, read('version 17.3\nhostname r1\n')).changes).toEqual([]);
  });
});

describe('typing', () => {
  test('replaces what a section holds one of', () => {
    expect(
      typed(
        'interface Loopback1\n description a\n ip address 192.0.2.1 255.255.255.255\n',
        'interface Loopback1\n description b\n ip address 192.0.2.2 255.255.255.255',
      ),
    ).toBe('interface Loopback1\n description b\n ip address 192.0.2.2 255.255.255.255\n!\nend\n');
  });

  test('lets a secondary address stand beside the other', () => {
    expect(
      typed(
        'interface Loopback1\n ip address 192.0.2.1 255.255.255.255\n',
        'interface Loopback1\n ip address 192.0.2.2 255.255.255.255 secondary',
      ),
    ).toContain(' ip address 192.0.2.1 255.255.255.255\n ip address 192.0.2.2 255.255.255.255 secondary\n');
  });

  test('takes lines without indentation as the router does', () => {
    expect(
      typed(
        'interface GigabitEthernet0/1\n shutdown\nrouter bgp 1\n',
        'interface GigabitEthernet0/1\nno shutdown\ndescription up\nrouter bgp 1\naddress-family ipv4\nnetwork 192.0.2.0\naddress-family vpnv4\nneighbor 192.0.2.9 activate\nexit\nexit\nhostname r9',
      ),
    ).toBe(
      'interface GigabitEthernet0/1\n description up\n!\nrouter bgp 1\n address-family ipv4\n  network 192.0.2.0\n exit-address-family\n address-family vpnv4\n  neighbor 192.0.2.9 activate\n exit-address-family\n!\nhostname r9\nend\n',
    );
  });

  test('negates with the first words alone', () => {
    expect(
      typed(
        'interface GigabitEthernet0/1\n description a b c\n ip address 192.0.2.1 255.255.255.0\n',
        'interface GigabitEthernet0/1\n no description\n no ip address',
      ),
    ).toBe('interface GigabitEthernet0/1\n no ip address\n!\nend\n');
  });

  test('takes a neighbour away with all its lines, those of its address families too', () => {
    expect(
      typed(
        'router bgp 1\n neighbor 192.0.2.1 remote-as 2\n neighbor 192.0.2.1 description x\n neighbor 192.0.2.10 remote-as 3\n address-family ipv4\n  neighbor 192.0.2.1 activate\n  neighbor 192.0.2.10 activate\n',
        'router bgp 1\n no neighbor 192.0.2.1',
      ),
    ).toBe(
      'router bgp 1\n neighbor 192.0.2.10 remote-as 3\n address-family ipv4\n  neighbor 192.0.2.10 activate\n exit-address-family\n!\nend\n',
    );
  });

  test('loses the addresses of an interface that changes its VRF', () => {
    expect(
      typed(
        'interface Vlan5\n ip address 192.0.2.1 255.255.255.0\n description d\n',
        'interface Vlan5\n vrf forwarding A',
      ),
    ).toBe('interface Vlan5\n description d\n vrf forwarding A\n!\nend\n');
  });

  test('brings an interface to its defaults', () => {
    expect(
      typed('interface GigabitEthernet0/1\n description a\nhostname r1\n', 'default interface GigabitEthernet0/1'),
    ).toBe('hostname r1\nend\n');
  });

  test('knows which interface an abbreviation means', () => {
    expect(typed('interface GigabitEthernet0/1\n description a\n', 'int gi0/1\n description b')).toBe(
      'interface GigabitEthernet0/1\n description b\n!\nend\n',
    );
    expect(typed('interface Tunnel0\ninterface TenGigabitEthernet0/1\n', 'int t0\n description b')).toContain(
      'int t0\n description b',
    );
  });

  test('numbers an entry that joins a numbered list', () => {
    expect(
      typed(
        'ip access-list extended E\n 10 permit tcp any any\n 20 deny ip any any\n',
        'ip access-list extended E\n permit udp any any\n permit tcp any any',
      ),
    ).toContain(' 10 permit tcp any any\n 20 deny ip any any\n 30 permit udp any any\n');
  });

  test('adds to a trunk list and takes from it', () => {
    const running = 'interface GigabitEthernet0/1\n switchport trunk allowed vlan 10-12,20\n';
    expect(typed(running, 'interface GigabitEthernet0/1\n switchport trunk allowed vlan add 13,30')).toContain(
      'allowed vlan 10-13,20,30\n',
    );
    expect(typed(running, 'interface GigabitEthernet0/1\n switchport trunk allowed vlan remove 11')).toContain(
      'allowed vlan 10,12,20\n',
    );
  });

  test('says which line stands below one that opens nothing', () => {
    expect(() =>
      mergeConfig(read('interface Loopback1\n'), 'no interface Loopback1\n description geheim', { file: 'change.txt' }),
    ).toThrow(
      expect.objectContaining({
        code: 'NW_CONFIG_SYNTAX',
        message: 'change.txt:2: a "description" line stands below a "no" line, which opens no section',
      }),
    );
  });
});

describe('remedies', () => {
  test('are short where the router asks no more, and leave their sections', () => {
    expect(
      remedy('hostname r1\ninterface Loopback1\n description a\n', 'hostname r2\ninterface Loopback1\n mtu 1400\n'),
    ).toEqual(['hostname r2', 'interface Loopback1', ' no description', ' mtu 1400', 'exit']);
  });

  test('define before they refer, and refer no more before they remove', () => {
    const lines = remedy(
      'ip access-list extended OLD\n permit ip any any\ninterface GigabitEthernet0/1\n ip access-group OLD in\nroute-map RM permit 10\nrouter bgp 1\n neighbor 192.0.2.1 remote-as 2\n neighbor 192.0.2.1 route-map RM in\n',
      'interface GigabitEthernet0/1\n ip access-group NEW in\nip access-list extended NEW\n deny ip any any\nrouter bgp 1\n neighbor 192.0.2.1 remote-as 2\n',
    );
    expect(lines).toEqual([
      'ip access-list extended NEW',
      ' deny ip any any',
      'exit',
      'interface GigabitEthernet0/1',
      ' ip access-group NEW in',
      'exit',
      'router bgp 1',
      ' no neighbor 192.0.2.1 route-map RM in',
      'exit',
      'no route-map RM permit 10',
      'no ip access-list extended OLD',
    ]);
  });

  test('never leave an access list empty on the way', () => {
    expect(
      remedy(
        'ip access-list extended E\n permit tcp any any\n permit udp any any\n',
        'ip access-list extended E\n deny icmp any any\n permit udp any any\n',
      ),
    ).toEqual([
      'ip access-list extended E',
      ' no permit tcp any any',
      ' deny icmp any any',
      ' no permit udp any any',
      ' permit udp any any',
      'exit',
    ]);
  });

  test('only add what is new at the end of a list', () => {
    expect(
      remedy(
        'access-list 101 permit tcp any any\n',
        'access-list 101 permit tcp any any\naccess-list 101 deny ip any any\n',
      ),
    ).toEqual(['access-list 101 deny ip any any']);
    expect(
      remedy(
        'access-list 101 permit tcp any any\naccess-list 101 deny ip any any\n',
        'access-list 101 deny ip any any\n',
      ),
    ).toEqual(['no access-list 101', 'access-list 101 deny ip any any']);
  });

  test('take a numbered entry back before another one takes its number', () => {
    expect(
      remedy(
        'ip prefix-list P seq 5 permit 192.0.2.0/24\nip access-list extended E\n 10 permit ip any any\n 20 deny ip any any\n',
        'ip prefix-list P seq 5 permit 198.51.100.0/24\nip access-list extended E\n 10 deny udp any any\n 20 deny ip any any\n',
      ),
    ).toEqual([
      'no ip prefix-list P seq 5',
      'ip prefix-list P seq 5 permit 198.51.100.0/24',
      'ip access-list extended E',
      ' no 10',
      ' 10 deny udp any any',
      'exit',
    ]);
  });

  test('type the VRF first and the addresses again', () => {
    expect(
      remedy(
        'interface Vlan5\n ip address 192.0.2.1 255.255.255.0\n',
        'interface Vlan5\n vrf forwarding A\n ip address 192.0.2.1 255.255.255.0\n',
      ),
    ).toEqual(['interface Vlan5', ' vrf forwarding A', ' ip address 192.0.2.1 255.255.255.0', 'exit']);
  });

  test('free an address before another interface gets it', () => {
    expect(
      remedy(
        'interface Vlan5\n ip address 192.0.2.1 255.255.255.0\ninterface Vlan6\n',
        'interface Vlan5\ninterface Vlan6\n ip address 192.0.2.1 255.255.255.0\n',
      ),
    ).toEqual([
      'interface Vlan5',
      ' no ip address 192.0.2.1 255.255.255.0',
      'exit',
      'interface Vlan6',
      ' ip address 192.0.2.1 255.255.255.0',
      'exit',
    ]);
  });

  test('remove what can be removed and bring hardware to its defaults', () => {
    expect(
      remedy(
        'interface Loopback1\n description a\ninterface GigabitEthernet0/1\n description b\ninterface GigabitEthernet0/1.10\n encapsulation dot1Q 10\nline vty 0 4\n login\n',
        '',
      ),
    ).toEqual([
      'line vty 0 4',
      ' no login',
      'exit',
      'no interface GigabitEthernet0/1.10',
      'default interface GigabitEthernet0/1',
      'no interface Loopback1',
    ]);
  });

  test('type what cancels twice, for then it stands', () => {
    expect(remedy('interface Loopback1\n no ip redirects\n', 'interface Loopback1\n')).toEqual([
      'interface Loopback1',
      ' default ip redirects',
      'exit',
    ]);
    expect(remedy('interface Loopback1\n shutdown\n', 'interface Loopback1\n no shutdown\n')).toEqual([
      'interface Loopback1',
      ' no shutdown',
      ' no shutdown',
      'exit',
    ]);
  });

  test('change only what changes of a list of VLANs', () => {
    expect(
      remedy(
        'interface GigabitEthernet0/1\n switchport trunk allowed vlan 1-100\n',
        'interface GigabitEthernet0/1\n switchport trunk allowed vlan 1-49,51-101\n',
      ),
    ).toEqual([
      'interface GigabitEthernet0/1',
      ' switchport trunk allowed vlan remove 50',
      ' switchport trunk allowed vlan add 101',
      'exit',
    ]);
  });

  test('write a banner with a delimiter that it does not hold, as one command', () => {
    expect(remedy('', 'banner motd ^C\nno entry #1\n^C\n')).toEqual(['banner motd @\nno entry #1\n@']);
  });

  test('take a certificate back by its name, without its text, before another one comes in its place', () => {
    const chain = (...certificates: readonly string[]): string =>
      `crypto pki certificate chain C\n${certificates.map((one) => ` ${one}\n`).join('')}`;
    const [old, other] = ['3082', '3083'].map((hex) => `certificate ca 01\n  ${hex}\n  \tquit`);
    const own = 'certificate 0A\n  3084\n  \tquit';
    expect(remedy(chain(old!, own), chain(own))).toEqual([
      'crypto pki certificate chain C',
      ' no certificate ca 01',
      'exit',
    ]);
    expect(remedy(chain(old!, own), chain(other!))).toEqual([
      'crypto pki certificate chain C',
      ' no certificate 0A',
      ' no certificate ca 01',
      ` ${other}`,
      'exit',
    ]);
  });

  test('take one neighbour line back for all', () => {
    expect(
      remedy(
        'router bgp 1\n neighbor 192.0.2.1 remote-as 2\n neighbor 192.0.2.1 description x\n address-family ipv4\n  neighbor 192.0.2.1 activate\n',
        'router bgp 1\n address-family ipv4\n',
      ),
    ).toEqual(['router bgp 1', ' no neighbor 192.0.2.1 remote-as 2', 'exit']);
  });

  test('rebuild what holds the same line twice', () => {
    const list = (entries: string): string => `ip access-list extended E\n${entries}`;
    const [running, intended] = [
      list(' remark x\n permit tcp any any\n'),
      list(' remark y\n permit tcp any any\n deny ip any any\n'),
    ];
    const there = mergeConfig(read(running), remedy(running, intended).join('\n'));
    expect(diffConfig(there, read(intended)).changes).toEqual([]);
  });
});
