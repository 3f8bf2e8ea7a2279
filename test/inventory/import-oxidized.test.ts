import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importOxidized, loadInventory } from '#inventory';
import { oxidizedModels, rancidTypes } from '../../src/inventory/import/foreign-platforms.ts';
import { failure, folderWith, platforms } from './workbench.ts';

const config = `
username: oxidized
password: root-password
model: junos
timeout: 20
vars:
  enable: root-enable
input: { default: "ssh, telnet" }
groups:
  access:
    username: access
    password: access-password
    vars: { enable: group-enable }
  old:
    input: { default: telnet }
models:
  ios: { vars: { ntp: 192.0.2.9 } }
model_map:
  cisco: ios
  /h3c.*/: comware
group_map: { a: access }
source:
  default: csv
  csv:
    file: ~/.config/oxidized/router.db
    delimiter: !ruby/regexp /;/
    map: { name: 0, ip: 1, model: 2, group: 3, username: 4, password: 5 }
    vars_map: { enable: 6, ssh_port: 7, ssh_proxy: 8, comment: 9 }
`;
const routerDb = `
# comment
r1;192.0.2.1;cisco;a;;;;;;
r2;192.0.2.2;h3c-x;old;;;;;;
r3;192.0.2.3;;;own;own-password;own-enable;2222;jump.example.net:2200;in the cellar
r4;192.0.2.4;ios;;nil;;;;r1;
r5;192.0.2.5;voltaire;;;;;;;
r6;192.0.2.6;ios;a;;;;;;
`;

describe('importing from Oxidized', () => {
  it('takes columns, delimiter, groups, models and variables of its configuration', async () => {
    const folder = await folderWith({ 'router.db': routerDb, config });
    const { inventory, credentials, warnings } = await importOxidized({
      source: join(folder, 'router.db'),
      config: join(folder, 'config'),
    });
    expect(inventory).toBe(`# Imported from Oxidized.
groups:
  access: {}
  old: {}
devices:
  r1:
    address: 192.0.2.1
    platform: cisco_ios
    credential: access
    groups: [access]
    jump: []
    connection: { commandTimeoutMs: 20000, fallback: telnet }
    variables: { ntp: 192.0.2.9 }
  r2:
    address: 192.0.2.2
    platform: hp_comware
    transport: telnet
    credential: oxidized
    groups: [old]
    connection: { commandTimeoutMs: 20000 }
  r3:
    address: 192.0.2.3
    port: 2222
    platform: juniper_junos
    credential: own
    jump: [jump.example.net]
    connection: { commandTimeoutMs: 20000, fallback: telnet }
    variables: { comment: in the cellar }
  r4:
    address: 192.0.2.4
    platform: cisco_ios
    credential: oxidized
    jump: [r1]
    connection: { commandTimeoutMs: 20000, fallback: telnet }
    variables: { ntp: 192.0.2.9 }
  # Oxidized model: "voltaire"
  r5:
    address: 192.0.2.5
    platform: auto
    credential: oxidized
    connection: { commandTimeoutMs: 20000, fallback: telnet }
  r6:
    address: 192.0.2.6
    platform: cisco_ios
    credential: access
    groups: [access]
    connection: { commandTimeoutMs: 20000, fallback: telnet }
    variables: { ntp: 192.0.2.9 }
  # a jump host; check its credential
  jump.example.net: { port: 2200, platform: linux, credential: own, jump: [] }
`);
    const shown = [...credentials].map(([name, login]) => [
      name,
      login.user,
      login.password?.reveal(),
      login.enable?.reveal(),
    ]);
    expect(shown).toEqual([
      ['access', 'access', 'access-password', 'group-enable'],
      ['oxidized', 'oxidized', 'root-password', 'root-enable'],
      ['own', 'own', 'own-password', 'own-enable'],
    ]);
    expect(warnings.map(({ line, message }) => [line, message])).toEqual([
      [7, 'the Oxidized model "voltaire" corresponds to no platform here; it is left to be detected'],
    ]);
    for (const [, login] of credentials) expect(inventory).not.toContain(login.password?.reveal());
  });

  it('makes an inventory that loads without a problem', async () => {
    const folder = await folderWith({ 'router.db': routerDb, config });
    const { inventory } = await importOxidized({ source: join(folder, 'router.db'), config: join(folder, 'config') });
    const out = await folderWith({ 'inventory.yaml': inventory });
    const loaded = await loadInventory(join(out, 'inventory.yaml'), { platforms });
    expect(loaded.problems).toEqual([]);
    expect(loaded.select('jump:r1').map(({ name }) => name)).toEqual(['r4']);
  });

  it.each([
    ['r1:ios:admin:pa55', { platform: 'cisco_ios', name: 'r1' }, 'name (1), model (2); 2 more, which may be logins,'],
    ['r1,192.0.2.1,eos', { platform: 'arista_eos', address: '192.0.2.1' }, 'name (1), ip (2), model (3);'],
    [
      'r1:eos:192.0.2.1:x:pa55',
      { platform: 'arista_eos', address: '192.0.2.1' },
      'name (1), ip (3), model (2); 2 more',
    ],
    ['r1:192.0.2.1:ios:admin:pa55:en4ble', { address: '192.0.2.1' }, 'name (1), ip (2), model (3); 3 more'],
    ['r1', { platform: 'auto' }, 'name (1);'],
  ])('guesses no logins without a configuration and says so: %s', async (line, expected, columns) => {
    const folder = await folderWith({ 'router.db': `${line}\n` });
    const { inventory, credentials, warnings } = await importOxidized({ source: join(folder, 'router.db') });
    expect(warnings[0]?.message).toContain(`the columns are taken to be ${columns}`);
    expect(credentials.size).toBe(0);
    expect(inventory + JSON.stringify(warnings)).not.toMatch(/pa55|en4ble|admin/);
    const out = await folderWith({ 'inventory.yaml': inventory });
    expect((await loadInventory(join(out, 'inventory.yaml'), { platforms })).get('r1')).toMatchObject(expected);
  });

  it('takes expressions in maps and what a group says for one model, and leaves out what it cannot read', async () => {
    const folder = await folderWith({
      'router.db': 'r1:C9300:edge\nr2:QFX5100:pop-lab\nr3:x9:constructor\nr4:ios:edge\n',
      config: `username: u
groups: { edge: { username: of-group, models: { ios: { username: of-both } } }, lab: { username: of-lab } }
models: { junos: { username: of-model } }
model_map:
  !ruby/regexp /^C9[0-9]{3}/: ios
  !ruby/regexp /\\A(?:ex|qfx)\\d+/i: junos
  !ruby/regexp /(x+)+9/: eos
group_map: { !ruby/regexp /.*-lab$/: lab }
input: { default: ssh }
source: { csv: { map: { name: 0, model: 1, group: 2 } } }
`,
    });
    const { inventory, warnings } = await importOxidized({
      source: join(folder, 'router.db'),
      config: join(folder, 'config'),
    });
    expect(inventory.replace(/.*devices:\n/s, '')).toBe(`\
  r1: { platform: cisco_ios, credential: of-both, groups: [edge] }
  r2: { platform: juniper_junos, credential: of-lab, groups: [lab] }
  # Oxidized model: "x9"
  r3: { platform: auto, credential: u, groups: [constructor] }
  r4: { platform: cisco_ios, credential: of-both, groups: [edge] }
`);
    expect(warnings.map(({ message }) => message)).toEqual([
      'model_map: the expression for "eos" is not understood and left out; write the words instead',
      'the Oxidized model "x9" corresponds to no platform here; it is left to be detected',
    ]);
  });

  it('takes "username: nil" for a device that asks for a password alone', async () => {
    const folder = await folderWith({
      'router.db': 'r1:ios\n',
      config:
        'models: {}\nmodels: { ios: { username: nil, password: pa55 } }\nsource: { csv: { map: { name: 0, model: 1 } } }',
    });
    const { credentials } = await importOxidized({ source: join(folder, 'router.db'), config: join(folder, 'config') });
    expect([...credentials.values()].map(({ user }) => user)).toEqual(['']);
  });

  it.each([
    ['a broken configuration', 'a: [', 'r1:ios', /config:1: /],
    [
      'another source',
      'source: { default: sql }',
      'r1:ios',
      /config:1: the source of this Oxidized is "sql", expected "csv"/,
    ],
    ['a delimiter that could hang', 'source: { csv: { delimiter: "/(a+)+$/" } }', 'r1:ios', /too much for a delimiter/],
    ['a column that is no number', 'source: { csv: { map: { name: first } } }', 'r1:ios', /column of "name"/],
    [
      'a row without a name',
      'source: { csv: { map: { name: 0, ip: 1 } } }',
      'r1:192.0.2.1\n::x',
      /router\.db:2: there is no name in column 1/,
    ],
    [
      'a bad address',
      'source: { csv: { map: { name: 0, ip: 1 } } }',
      'r1:192.0.2.300',
      /router\.db:1: address: "192.0.2.300" is no IPv4 address/,
    ],
  ])('refuses %s with its place', async (_, text, rows, message) => {
    const folder = await folderWith({ 'router.db': rows, config: text });
    const error = await failure(importOxidized({ source: join(folder, 'router.db'), config: join(folder, 'config') }));
    expect(error.code).toBe('NW_IMPORT_INVALID');
    expect(error.message).toMatch(message);
  });

  it('tells its configuration from its list of devices, and a file that is not there', async () => {
    const folder = await folderWith({ 'router.db': routerDb, config });
    const [list, ours] = [join(folder, 'router.db'), join(folder, 'config')];
    expect(await failure(importOxidized({ source: ours }))).toMatchObject({
      code: 'NW_IMPORT_INVALID',
      hint: `netwright inventory import oxidized <router.db> --config ${ours}`,
    });
    expect((await failure(importOxidized({ source: list, config: join(folder, 'gone') }))).message).toBe(
      `${join(folder, 'gone')}: there is no such file`,
    );
  });

  it('says a device that comes twice, and a private key that is not to be read', async () => {
    const folder = await folderWith({
      'router.db': 'r1:ios\nr1:eos\n',
      config: 'input: { default: ssh }\nvars: { ssh_keys: gone.pem }\nsource: { csv: { map: { name: 0, model: 1 } } }',
    });
    const { warnings } = await importOxidized({ source: join(folder, 'router.db'), config: join(folder, 'config') });
    expect(warnings.map(({ message }) => message.replace(folder, ''))).toEqual([
      'private key /gone.pem cannot be read (ENOENT); set it with "netwright secret set <name> --key <file>"',
      'device "r1" came before; this one is left out',
    ]);
  });

  it('names only platforms that have the form of an id', () => {
    for (const id of [...Object.values(oxidizedModels), ...Object.values(rancidTypes)])
      expect(id).toMatch(/^[a-z][a-z0-9_]+$/);
  });
});
