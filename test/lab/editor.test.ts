import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEditor } from '../../src/lab/editor.ts';
import { asSetLines } from '../../src/lab/editor-set.ts';
import { factsOf } from '../../src/lab/facts.ts';
import { generateConfiguration } from '../../src/lab/generate.ts';
import { findPersona, labPlatforms } from '../../src/lab/personas/index.ts';

const facts = factsOf({ host: 'r1', site: 'cairo', user: 'u', password: 'p', enable: 'e', seed: 3 });
const textOf = (platform: string): string => generateConfiguration(findPersona(platform).config, facts, 5_000);

/** Types the lines and gives what went (-) and what came (+), and what was not taken (?). */
function typed(platform: string, ...lines: string[]): string[] {
  const text = textOf(platform);
  const editor = createEditor(findPersona(platform).edit, text);
  const unknown = lines.filter((line) => !editor.type(line)).map((line) => `?${line}`);
  const before = text.split('\n');
  const after = editor.text.split('\n');
  const left = [...after];
  const gone = before.filter((line) => {
    const at = left.indexOf(line);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
  return [...gone.map((line) => `-${line}`), ...left.map((line) => `+${line}`), ...unknown];
}

describe('IOS and kin', () => {
  it('replaces what there can be one of, adds the rest, and takes back', () => {
    expect(typed('cisco_ios', 'hostname r2')).toEqual(['-hostname r1', '+hostname r2']);
    expect(typed('cisco_ios', 'interface GigabitEthernet0/0', 'shutdown', 'no duplex')).toEqual(
      [' duplex auto', ' shutdown'].map((line, nth) => `${'-+'[nth]}${line}`),
    );
    expect(typed('cisco_ios', 'interface GigabitEthernet0/0', 'shutdown', 'no shutdown')).toEqual([]);
    expect(typed('cisco_ios', 'no snmp-server location')).toEqual([expect.stringMatching(/^-snmp-server location /)]);
    expect(typed('cisco_ios', 'ip http server')).toEqual(['-no ip http server', '+ip http server']);
    expect(typed('cisco_ios', 'no ip cef', 'no ip http server')).toEqual([]);
  });

  it('opens sections where they belong, and closes them with them', () => {
    expect(typed('cisco_ios', 'interface Loopback9', 'description x')).toEqual([
      '+interface Loopback9',
      '+ description x',
      '+!',
    ]);
    expect(typed('cisco_ios', 'no interface Loopback0')).toEqual([
      '-interface Loopback0',
      expect.stringMatching(/^- ip address/),
      '-!',
    ]);
    expect(typed('cisco_xr', 'router bgp 64999', 'neighbor 192.0.2.1', 'remote-as 1')).toEqual([
      '+router bgp 64999',
      '+ neighbor 192.0.2.1',
      '+  remote-as 1',
      '+ !',
      '+!',
    ]);
    expect(typed('hp_comware', 'vlan 3000', 'name x')).toEqual(['+vlan 3000', '+ name x', '+#']);
    expect(typed('hp_comware', 'undo vlan 100')).toHaveLength(3);
    expect(typed('hp_procurve', 'vlan 7', 'name "x"')).toEqual(['+vlan 7', '+   name "x"', '+   exit']);
    expect(typed('nokia_sros', 'router Base', 'interface "a"', 'address 192.0.2.1/31')).toEqual([
      '+        interface "a"',
      '+            address 192.0.2.1/31',
      '+        exit',
    ]);
  });

  it('does not take what begins with an unknown word', () => {
    expect(typed('cisco_ios', 'bogus', 'no bogus')).toEqual(['?bogus', '?no bogus']);
  });
});

describe('Junos and kin', () => {
  it('sets, replaces, deletes, and edits from below', () => {
    expect(typed('juniper_junos', 'set system host-name r2')).toEqual(['-    host-name r1;', '+    host-name r2;']);
    expect(typed('juniper_junos', 'set interfaces ge-0/0/99 unit 0 family inet address 192.0.2.1/24')).toEqual([
      '+    ge-0/0/99 {',
      '+        unit 0 {',
      '+            family inet {',
      '+                address 192.0.2.1/24;',
      '+            }',
      '+        }',
      '+    }',
    ]);
    expect(typed('juniper_junos', 'edit interfaces ge-0/0/0', 'set description "a b"', 'delete unit 0')).toContain(
      '+        description "a b";',
    );
    expect(typed('juniper_junos', 'delete snmp')[0]).toBe('-snmp {');
    expect(typed('juniper_junos', 'set bogus thing', 'frob')).toEqual(['?set bogus thing', '?frob']);
    expect(typed('paloalto_panos', 'set deviceconfig system hostname r2')).toEqual([
      '-          hostname r1;',
      '+          hostname r2;',
    ]);
    expect(typed('vyos', 'set system host-name r2')).toEqual(['-    host-name r1', '+    host-name r2']);
  });

  it('says the same in set lines', () => {
    const { edit } = findPersona('vyos');
    expect(
      asSetLines(
        'system {\n    host-name r1\n    login {\n    }\n    x {\n        description "a b"\n    }\n}\n',
        edit,
      ),
    ).toBe("set system host-name 'r1'\nset system x description 'a b'\n");
  });

  it('stays balanced whatever is set and deleted', () => {
    const word = fc.constantFrom(
      'system',
      'interfaces',
      'ge-0/0/0',
      'unit',
      '0',
      'family',
      'inet',
      'address',
      '192.0.2.1/24',
      'description',
      '"a b"',
      'host-name',
      'x',
    );
    const line = fc
      .tuple(fc.constantFrom('set', 'delete', 'edit'), fc.array(word, { minLength: 1, maxLength: 7 }))
      .map(([verb, words]) => `${verb} ${words.join(' ')}`);
    const style = findPersona('juniper_junos').edit;
    const text = textOf('juniper_junos');
    fc.assert(
      fc.property(fc.array(line, { maxLength: 6 }), (lines) => {
        const editor = createEditor(style, text);
        for (const one of lines) editor.type(one);
        expect(editor.text.match(/\{$/gm)?.length ?? 0).toBe(editor.text.match(/^ *\}$/gm)?.length ?? 0);
      }),
    );
  });
});

describe('FortiOS, RouterOS, EXOS, shells', () => {
  it('edit in their own ways', () => {
    expect(typed('fortinet', 'config system global', 'set hostname "r2"', 'end')).toEqual([
      '-    set hostname "r1"',
      '+    set hostname "r2"',
    ]);
    expect(
      typed('fortinet', 'config firewall address', 'edit "n"', 'set subnet 192.0.2.1 255.255.255.255', 'next', 'end'),
    ).toEqual(['+    edit "n"', '+        set subnet 192.0.2.1 255.255.255.255', '+    next']);
    expect(typed('fortinet', 'config firewall address', 'delete "host-1"', 'end')).toHaveLength(3);
    expect(typed('fortinet', 'set hostname x', 'config system global', 'unset alias', 'end')).toEqual([
      '-    set alias "FortiGate-91G"',
      '?set hostname x',
    ]);
    expect(typed('mikrotik_routeros', '/system identity set name=r2')).toEqual(['-set name=r1', '+set name=r2']);
    expect(typed('mikrotik_routeros', '/ip address add address=192.0.2.1/24 interface=ether1')).toEqual([
      '+add address=192.0.2.1/24 interface=ether1',
    ]);
    expect(typed('mikrotik_routeros', '/ip/address/remove [find interface=vlan100]')).toEqual([
      expect.stringMatching(/^-add .*vlan100 /),
    ]);
    expect(typed('mikrotik_routeros', '/bogus')).toEqual(['?/bogus']);
    expect(typed('extreme_exos', 'configure snmp sysName "r2"')).toEqual([
      '-configure snmp sysName "r1"',
      '+configure snmp sysName "r2"',
    ]);
    expect(typed('extreme_exos', 'delete vlan "SEG-100"', 'frob')).toEqual(['-create vlan "SEG-100"', '?frob']);
    expect(typed('linux', "echo 'auto eth9' >> /etc/network/interfaces")).toEqual(['+auto eth9']);
  });
});

describe('every editor', () => {
  it.each(labPlatforms)('%s leaves a text as it is when nothing is typed, and survives noise', (platform) => {
    const { edit } = findPersona(platform);
    const text = textOf(platform);
    expect(createEditor(edit, text).text).toBe(text);
    const words = [...new Set(text.match(/\S+/g))].slice(0, 60);
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.string(),
            fc
              .array(fc.constantFrom(...words, 'no', 'undo', 'set', 'delete', 'edit', 'end', 'next', 'config'), {
                maxLength: 5,
              })
              .map((some) => some.join(' ')),
          ),
          { maxLength: 6 },
        ),
        (lines) => {
          const editor = createEditor(edit, text);
          for (const line of lines) editor.type(line);
          while (editor.up());
          editor.top();
          expect(typeof editor.text).toBe('string');
        },
      ),
      { numRuns: 40 },
    );
  });
});
