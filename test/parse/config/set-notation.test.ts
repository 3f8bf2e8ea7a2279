import { describe, expect, test } from 'vitest';
import {
  type ConfigTree,
  dialectOf,
  diffConfig,
  fromSetLines,
  mergeConfig,
  parseConfig,
  remediate,
  renderConfig,
  renderDiff,
  toSetLines,
} from '#parse';

const junos = dialectOf('junos');
const vyos = dialectOf('vyos');
const panos = dialectOf('panos');
const read = (text: string): ConfigTree => parseConfig(text, junos, { file: 'r1.conf' });
const typed = (running: string, lines: string): string => renderConfig(mergeConfig(read(running), lines));
const remedy = (running: string, intended: string): readonly string[] => remediate(read(running), read(intended));

const interfaces = `interfaces {
    ge-0/0/0 {
        description "to core";
        unit 0 {
            family inet {
                address 192.0.2.1/24;
                address 192.0.2.2/24;
            }
        }
    }
}
`;

describe('Junos', () => {
  test('reads braces, comments, strings with braces in them, and secret marks', () => {
    const tree = read(
      '## Last commit: 2026-01-01\nversion 22.4R3;\nsystem {\n    /* annotated */\n    host-name r1;\n    login {\n        message "a } b; { c";\n    }\n    radius-server {\n        192.0.2.9 secret "$9$x"; ## SECRET-DATA\n    }\n}\n',
    );
    expect(toSetLines(tree)).toEqual([
      'set version 22.4R3',
      'set system host-name r1',
      'set system login message "a } b; { c"',
      'set system radius-server 192.0.2.9 secret "$9$x"',
    ]);
  });

  test('writes what it read', () => {
    const text = `${interfaces}protocols {\n    inactive: ospf {\n        area 0.0.0.0 {\n            interface ge-0/0/0.0;\n        }\n    }\n    bgp {\n        group g {\n            import [ a b ];\n            neighbor 192.0.2.9;\n        }\n    }\n}\n`;
    expect(renderConfig(read(text))).toBe(text);
  });

  test('goes to set lines and back', () => {
    const text = `${interfaces}protocols {\n    inactive: ospf {\n        area 0.0.0.0 {\n            interface ge-0/0/0.0;\n        }\n    }\n    bgp {\n        group g {\n            import [ a b ];\n        }\n    }\n}\n`;
    const lines = toSetLines(read(text));
    expect(lines).toEqual([
      'set interfaces ge-0/0/0 description "to core"',
      'set interfaces ge-0/0/0 unit 0 family inet address 192.0.2.1/24',
      'set interfaces ge-0/0/0 unit 0 family inet address 192.0.2.2/24',
      'set protocols ospf area 0.0.0.0 interface ge-0/0/0.0',
      'set protocols bgp group g import a',
      'set protocols bgp group g import b',
      'deactivate protocols ospf',
    ]);
    const back = fromSetLines(lines, junos);
    expect(diffConfig(back, read(text)).changes).toEqual([]);
    expect(renderConfig(back)).toContain(interfaces);
    expect(toSetLines(back)).toEqual(lines);
  });

  test('takes a statement in one line and in braces for the same', () => {
    const one = read('routing-options {\n    static {\n        route 0.0.0.0/0 next-hop 192.0.2.9;\n    }\n}\n');
    const other = read(
      'routing-options {\n    static {\n        route 0.0.0.0/0 {\n            next-hop 192.0.2.9;\n        }\n    }\n}\n',
    );
    expect(diffConfig(one, other).changes).toEqual([]);
    expect(remediate(one, other)).toEqual([]);
  });

  test('sets, replaces, deletes, renames and deactivates', () => {
    expect(
      typed(
        interfaces,
        'set interfaces ge-0/0/0 description new\ndelete interfaces ge-0/0/0 unit 0 family inet address 192.0.2.1/24\nedit interfaces ge-0/0/0\nset unit 1 vlan-id 7\ntop\nrename interfaces ge-0/0/0 unit 0 to unit 5\ndeactivate interfaces ge-0/0/0 unit 1',
      ),
    ).toBe(`interfaces {
    ge-0/0/0 {
        description new;
        unit 5 {
            family inet {
                address 192.0.2.2/24;
            }
        }
        inactive: unit 1 {
            vlan-id 7;
        }
    }
}
`);
  });

  test('merges braces, with what is to be replaced or deleted marked', () => {
    expect(
      typed(
        interfaces,
        'interfaces {\n    ge-0/0/0 {\n        description new;\n        replace: unit 0 {\n            family inet6;\n        }\n        unit 3 {\n            disable;\n        }\n    }\n}\n',
      ),
    ).toBe(
      'interfaces {\n    ge-0/0/0 {\n        description new;\n        unit 0 {\n            family inet6;\n        }\n        unit 3 {\n            disable;\n        }\n    }\n}\n',
    );
    expect(typed(interfaces, 'interfaces {\n    ge-0/0/0 {\n        delete: unit 0;\n    }\n}\n')).toBe(
      'interfaces {\n    ge-0/0/0 {\n        description "to core";\n    }\n}\n',
    );
  });

  test('sets what holds one value, and deletes what may hold more before it is set', () => {
    expect(
      remedy(
        'system {\n    host-name a;\n    some-statement x;\n}\n',
        'system {\n    host-name b;\n    some-statement y;\n}\n',
      ),
    ).toEqual(['set system host-name b', 'delete system some-statement', 'set system some-statement y']);
  });

  test('deletes as high as nothing is left, and names what is one of several', () => {
    expect(
      remedy(
        `${interfaces}snmp {\n    location x;\n}\n`,
        'interfaces {\n    ge-0/0/0 {\n        description "to core";\n    }\n}\n',
      ),
    ).toEqual(['delete snmp', 'delete interfaces ge-0/0/0 unit 0']);
  });

  test('inserts a term where it belongs, and shows the move', () => {
    const policy = (...terms: string[]): string =>
      `policy-options {\n    policy-statement p {\n${terms.map((term) => `        term ${term} {\n            then accept;\n        }\n`).join('')}    }\n}\n`;
    expect(remedy(policy('a', 'b'), policy('a', 'x', 'b'))).toEqual([
      'set policy-options policy-statement p term x then accept',
      'insert policy-options policy-statement p term x after term a',
    ]);
    expect(remedy(policy('a', 'b', 'c'), policy('c', 'a', 'b'))).toEqual([
      'insert policy-options policy-statement p term c before term a',
    ]);
    expect(renderDiff(diffConfig(read(policy('a', 'b', 'c')), read(policy('c', 'a', 'b'))))).toBe(
      '  policy-options {\n      policy-statement p {\n!         term c {   (now first)\n      }\n  }\n',
    );
  });

  test('minds the order of an import list and not that of members', () => {
    const lists = (imports: string, members: string): ConfigTree =>
      read(`a {\n    import [ ${imports} ];\n    members [ ${members} ];\n}\n`);
    expect(diffConfig(lists('x y', 'v w'), lists('x y', 'w v')).changes).toEqual([]);
    expect(remediate(lists('x y', 'v w'), lists('y x', 'v w'))).toEqual([
      'delete a import',
      'set a import y',
      'set a import x',
    ]);
  });

  test('activates and deactivates', () => {
    expect(
      remedy(
        'protocols {\n    inactive: ospf {\n        area 0;\n    }\n    rstp;\n}\n',
        'protocols {\n    ospf {\n        area 0;\n    }\n    inactive: rstp;\n}\n',
      ),
    ).toEqual(['activate protocols ospf', 'deactivate protocols rstp']);
  });

  test.each([
    ['system {\n host-name r1;\n', 'r1.conf:1: the section "system" that begins here does not end'],
    ['system {\n}\n}\n', 'r1.conf:3: a "}" that closes nothing'],
    ['system {\n message "secret\n}\n', 'r1.conf:2: the quotation that begins here does not end'],
    ['system {\n host-name topsecret\n}\n', 'r1.conf:3: a "host-name" statement without its ";"'],
    ['a [ b c;\n', 'r1.conf:1: a ";" inside of a list'],
  ])('says where %j is broken, and no value', (text, message) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ code: 'NW_CONFIG_SYNTAX', message }));
  });

  test('names the word that is no command', () => {
    expect(() =>
      mergeConfig(read(interfaces), 'set system host-name x\nfrobnicate password', { file: 'x.set' }),
    ).toThrow(/^x\.set:2: "frobnicate" is no command/);
  });
});

describe('VyOS', () => {
  const text = `interfaces {
    ethernet eth0 {
        address 192.0.2.1/24
        address 192.0.2.2/24
        description "to core"
    }
}
system {
    host-name r1
}
`;

  test('goes from braces to quoted set lines and back', () => {
    const lines = toSetLines(parseConfig(text, vyos));
    expect(lines).toEqual([
      "set interfaces ethernet eth0 address '192.0.2.1/24'",
      "set interfaces ethernet eth0 address '192.0.2.2/24'",
      "set interfaces ethernet eth0 description 'to core'",
      "set system host-name 'r1'",
    ]);
    expect(renderConfig(parseConfig(lines.join('\n'), vyos))).toBe(text);
  });

  test('replaces a single value in a configuration that was read from set lines', () => {
    const running = parseConfig(toSetLines(parseConfig(text, vyos)).join('\n'), vyos);
    expect(
      toSetLines(
        mergeConfig(running, "set system host-name 'r2'\nset interfaces ethernet eth0 address '192.0.2.3/24'"),
      ),
    ).toEqual([
      "set interfaces ethernet eth0 address '192.0.2.1/24'",
      "set interfaces ethernet eth0 address '192.0.2.2/24'",
      "set interfaces ethernet eth0 address '192.0.2.3/24'",
      "set interfaces ethernet eth0 description 'to core'",
      "set system host-name 'r2'",
    ]);
  });

  test('keeps quotes of either kind in a value', () => {
    const tree = fromSetLines([String.raw`set system login banner post-login 'it'\''s "open"'`], vyos);
    expect(renderConfig(tree)).toContain(String.raw`"it's \"open\""`);
    expect(diffConfig(parseConfig(renderConfig(tree), vyos), tree).changes).toEqual([]);
  });
});

describe('PAN-OS', () => {
  const rules = (...names: string[]): ConfigTree =>
    parseConfig(
      `config {\n  version 10.1.0;\n  devices {\n    localhost.localdomain {\n      vsys {\n        vsys1 {\n          rulebase {\n            security {\n              rules {\n${names.map((name) => `                ${name} {\n                  action allow;\n                }\n`).join('')}              }\n            }\n          }\n        }\n      }\n    }\n  }\n}\n`,
      panos,
    );

  test('types below the device, and moves rules', () => {
    expect(remediate(rules('a', 'b'), rules('n', 'a', 'b'))).toEqual([
      'set vsys vsys1 rulebase security rules n action allow',
      'move vsys vsys1 rulebase security rules n before a',
    ]);
  });

  test('types what is shared from above the device', () => {
    const empty = parseConfig('config {\n  version 10.1.0;\n}\n', panos);
    const shared = parseConfig(
      'config {\n  version 10.1.1;\n  shared {\n    address {\n      h1 {\n        ip-netmask 192.0.2.1/32;\n      }\n    }\n  }\n}\n',
      panos,
    );
    expect(remediate(empty, shared)).toEqual(['set shared address h1 ip-netmask 192.0.2.1/32']);
  });
});

test('a notation without set lines says so', () => {
  expect(() => toSetLines(parseConfig('hostname r1\n', dialectOf('ios')))).toThrow(
    expect.objectContaining({ code: 'NW_NOT_SUPPORTED' }),
  );
});
