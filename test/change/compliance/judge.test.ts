import { describe, expect, it } from 'vitest';
import { type ConfigTree, type DialectName, dialectOf, parseConfig } from '#parse';
import { compileCheck } from '../../../src/change/compliance/compile-check.ts';
import { judgeLines } from '../../../src/change/compliance/judge-lines.ts';
import { readPolicy } from '../../../src/change/compliance/read-policy.ts';
import { remedyOf } from '../../../src/change/compliance/remedy.ts';
import { violationText } from '../../../src/change/compliance/violation-text.ts';

const ios = `hostname r1
!
ip domain name old.example
ip http server
interface GigabitEthernet0/1
 description to r2
 ip address 192.0.2.1 255.255.255.0
 no ip proxy-arp
!
interface GigabitEthernet0/2
 switchport mode access
 spanning-tree portfast
!
interface GigabitEthernet0/3
 switchport mode access
!
interface Loopback0
 ip address 10.0.0.1 255.255.255.255
!
ip access-list extended EDGE
 permit tcp any any eq 443
 deny ip 10.0.0.0 0.255.255.255 any
 permit ip any any
!
logging host 192.0.2.5
ntp server 192.0.2.7
ntp server 192.0.2.8
line vty 0 4
 transport input telnet
!
end
`;

const junos = `system {
    host-name r1;
    services {
        ssh;
        telnet;
    }
    ntp {
        server 192.0.2.7;
    }
}
interfaces {
    ge-0/0/0 {
        unit 0 {
            family inet {
                address 192.0.2.1/24;
            }
        }
    }
}
`;

function judged(yaml: string, text = ios, name: DialectName = 'ios') {
  const dialect = dialectOf(name);
  const tree = parseConfig(text, dialect);
  const policy = readPolicy(`rules:\n  - id: one\n${yaml.replace(/^/gm, '    ')}`, 'policy.yaml');
  const [rule] = policy.rules;
  const same = (one: string): string => one;
  const check = compileCheck(rule!.lines!, { file: 'policy.yaml', dialect, render: same, scrub: same });
  const violations = judgeLines(tree, check, dialect);
  return {
    violations,
    texts: violations.map((one) => `${one.line ?? '-'}: ${violationText(one)}`),
    remedy: remedyOf(tree, [{ rule: rule!, check }], dialect),
    tree: tree as ConfigTree,
  };
}

describe('required', () => {
  it('finds lines whatever their blanks, and says what is there instead', () => {
    expect(judged('required: ntp  server 192.0.2.7').texts).toEqual([]);
    expect(judged('required: [ntp server 192.0.2.9, ip domain name new.example]').texts).toEqual([
      '-: ntp server 192.0.2.9 is missing',
      '3: ip domain name new.example is missing; there is: ip domain name old.example',
    ]);
  });

  it('looks into sections, and names the one that lacks a line', () => {
    expect(judged('required: |\n  interface GigabitEthernet0/1\n   no ip proxy-arp').texts).toEqual([]);
    const { texts, remedy } = judged('required: |\n  interface GigabitEthernet0/3\n   no ip proxy-arp');
    expect(texts).toEqual(['14: interface GigabitEthernet0/3: no ip proxy-arp is missing']);
    expect(remedy.lines.map((line) => line.trim())).toEqual(
      expect.arrayContaining(['interface GigabitEthernet0/3', 'no ip proxy-arp']),
    );
  });

  it('takes any of several, by expression too', () => {
    expect(judged('required:\n  - any of: [logging host 192.0.2.4, logging host 192.0.2.5]').texts).toEqual([]);
    expect(judged(String.raw`required: { match: '^logging host \S+$' }`).texts).toEqual([]);
    const none = judged("required: { match: '^snmp-server host' }");
    expect(none.texts).toEqual(['-: /^snmp-server host/ is missing']);
    expect(none.remedy).toEqual({
      lines: [],
      left: [{ rule: 'one', reason: '/^snmp-server host/ does not say which line is to be typed' }],
    });
  });
});

describe('forbidden', () => {
  it('is found where it stands, with its line', () => {
    const { texts, remedy } = judged('forbidden: ip http server');
    expect(texts).toEqual(['4: ip http server is forbidden']);
    expect(remedy).toEqual({ lines: ['no ip http server'], left: [] });
  });

  it('is looked for at every depth by expression, but for what is allowed', () => {
    expect(judged('forbidden: { like: "*telnet*" }').texts).toEqual([
      '29: line vty 0 4: transport input telnet is forbidden',
    ]);
    const allowed = judged("forbidden: { match: '^ntp server ', except: [ntp server 192.0.2.7] }");
    expect(allowed.texts).toEqual(['27: ntp server 192.0.2.8 is forbidden']);
    expect(allowed.remedy.lines).toEqual(['no ntp server 192.0.2.8']);
  });

  it('takes of a section only what was named', () => {
    const { texts, remedy } = judged('forbidden: |\n  line vty 0 4\n   transport input telnet');
    expect(texts).toEqual(['29: line vty 0 4: transport input telnet is forbidden']);
    expect(remedy.lines.join('\n')).toMatch(/^line vty 0 4\n\s*no transport input/);
  });
});

describe('sections', () => {
  it('holds each that fits against the rule, but for exceptions', () => {
    const each = judged('section: interface *\nexcept: [interface Loopback*, "*0/2"]\nrequired: no ip proxy-arp');
    expect(each.texts).toEqual(['14: interface GigabitEthernet0/3: no ip proxy-arp is missing']);
    const having = judged('section: interface *\nhaving: switchport mode access\nrequired: spanning-tree portfast');
    expect(having.texts).toEqual(['14: interface GigabitEthernet0/3: spanning-tree portfast is missing']);
    expect(having.remedy.left).toEqual([]);
    expect(having.remedy.lines.map((line) => line.trim()).slice(0, 2)).toEqual([
      'interface GigabitEthernet0/3',
      'spanning-tree portfast',
    ]);
  });
});

describe('ordered', () => {
  it('wants one line after the other, others between them or not', () => {
    const section = 'section: ip access-list extended EDGE\n';
    expect(judged(`${section}ordered: [permit tcp any any eq 443, permit ip any any]`).texts).toEqual([]);
    const wrong = judged(`${section}ordered: ["deny ip 10.0.0.0 0.255.255.255 any", permit tcp any any eq 443]`);
    expect(wrong.texts).toEqual([
      '21: ip access-list extended EDGE: permit tcp any any eq 443 is out of order, expected after: deny ip 10.0.0.0 0.255.255.255 any',
    ]);
    expect(wrong.remedy.left).toEqual([]);
    expect(wrong.remedy.lines.length).toBeGreaterThan(0);
    const missing = judged(`${section}ordered: [deny ip any host 192.0.2.1, permit ip any any]`);
    expect(missing.texts).toEqual(['20: ip access-list extended EDGE: deny ip any host 192.0.2.1 is missing']);
    expect(missing.remedy.left).toEqual([]);
  });
});

describe('braces and set lines', () => {
  it('reads both, and mends by set lines', () => {
    const by = (yaml: string) => judged(yaml, junos, 'junos');
    expect(by('required: set system ntp server 192.0.2.7').texts).toEqual([]);
    expect(by('required: |\n  system {\n      services {\n          ssh;\n      }\n  }').texts).toEqual([]);
    const telnet = by('forbidden: set system services telnet');
    expect(telnet.texts).toEqual(['5: system / services: telnet is forbidden']);
    expect(telnet.remedy).toEqual({ lines: ['delete system services telnet'], left: [] });
    const inside = by('section: [system, services]\nforbidden: telnet');
    expect(inside.texts).toEqual(['5: system / services: telnet is forbidden']);
    expect(inside.remedy).toEqual({ lines: ['delete system services telnet'], left: [] });
    const missing = by('required: set system ntp server 192.0.2.8');
    expect(missing.texts).toEqual(['-: set system ntp server 192.0.2.8 is missing']);
    expect(missing.remedy).toEqual({ lines: ['set system ntp server 192.0.2.8'], left: [] });
  });
});
