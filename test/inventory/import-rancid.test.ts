import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { importRancid, loadInventory } from '#inventory';
import { tclCommands, tclMatch } from '../../src/inventory/import/tcl-words.ts';
import { failure, folderWith, platforms } from './workbench.ts';

const routerDb = `# routers
r1.example.net;cisco;up
r2.example.net;ios-xr;up;rack 7; row 2
sw1.example.net;hp;down;broken
fw1.example.net;netscaler;up

2001:db8::1;juniper;up
`;
const cloginrc = `# comment with { brace
add user r1* {admin}
add user * rancid
add userpassword sw* {sw-login}
add password r1.example.net {vty pass} {enable{x}pass}
add password r2* "quoted\\"pass" "en"
add password sw* vtypass enablepass
add password \\
  * {fallback} {fallback-enable}
add autoenable r2* 1
add method r1* {ssh:2222} {telnet}
add method r2* ssh
add identity 2001* key.pem
add passphrase 2001* {key phrase}
add timeout r1* 60
add cyphertype * {3des}
add prompt x* {>}
include {more}
`;
const more = 'add method * {rsh} {ssh}\nadd user r1.example.net {too-late}\nadd frobnicate * {1}\n';

describe('importing from RANCID', () => {
  const read = async () => {
    const folder = await folderWith({
      'router.db': routerDb,
      '.cloginrc': cloginrc,
      more,
      'key.pem': '-----BEGIN OPENSSH PRIVATE KEY-----\nabc\n',
    });
    await chmod(join(folder, 'key.pem'), 0o600);
    return importRancid({ routerDb: join(folder, 'router.db'), cloginrc: join(folder, '.cloginrc'), group: 'core' });
  };

  it('takes hosts, types, states and the first match of each directive', async () => {
    const { inventory, credentials, warnings } = await read();
    expect(inventory).toBe(`# Imported from RANCID.
groups:
  core: {}
devices:
  r1.example.net:
    port: 2222
    platform: cisco_ios
    credential: admin
    groups: [core]
    connection: { commandTimeoutMs: 60000, fallback: telnet }
  # rack 7;row 2
  r2.example.net: { platform: cisco_xr, credential: rancid, groups: [core] }
  # broken
  # RANCID state: down
  # sw1.example.net: { platform: hp_procurve, credential: rancid-2, groups: [core] }
  # RANCID type: "netscaler"
  fw1.example.net: { platform: auto, credential: rancid-3, groups: [core] }
  2001-db8--1: { address: "2001:db8::1", platform: juniper_junos, credential: rancid-4, groups: [core] }
`);
    const shown = [...credentials].map(([name, { user, password, enable, privateKey, passphrase }]) => [
      name,
      user,
      ...[password, enable, privateKey, passphrase].map((one) => one?.reveal()),
    ]);
    expect(shown).toEqual([
      ['admin', 'admin', 'vtypass', 'enable{x}pass', undefined, undefined],
      ['rancid', 'rancid', 'quoted"pass', undefined, undefined, undefined],
      ['rancid-2', 'rancid', 'sw-login', 'enablepass', undefined, undefined],
      ['rancid-3', 'rancid', 'fallback', 'fallback-enable', undefined, undefined],
      ['rancid-4', 'rancid', 'fallback', 'fallback-enable', '-----BEGIN OPENSSH PRIVATE KEY-----\nabc\n', 'keyphrase'],
    ]);
    const messages = warnings.map(({ message }) => message);
    expect(messages).toContain('"add frobnicate" is no directive of .cloginrc; left out');
    expect(messages).toContain('"add cyphertype" is left out: the SSH ciphers are negotiated');
    expect(messages).toContain('method "rsh" is not supported');
    expect(messages).toContain(
      'the RANCID type "netscaler" corresponds to no platform here; it is left to be detected',
    );
    expect(messages.filter((one) => one.includes('cyphertype'))).toHaveLength(1);
  });

  it('reads passwords as RANCID does: its manual asks for backslashes inside braces', async () => {
    const folder = await folderWith({
      'router.db': 'a;cisco;up\nb;cisco;up\nc;cisco;up\nd;cisco;up\ne;cisco;up\nf;cisco;up\n',
      '.cloginrc': [
        'add user a {DOMAIN\\user}',
        'add password a {pa\\}ss} {en\\ able}',
        'add user b $env(USER)',
        'add password b bare\\$cow {back\\\\slash}',
        'add user c {first} {second}',
        'add password c {{grou ped}} {"quo ted"}',
        'add noenable d',
        'add cyphertype *',
        'add password d {open " quote} {x}',
        'add password e $secret',
        'add user * rancid',
        'add userpassword f {as\\it\\stands}',
        'add password * {rest} {ena}',
      ].join('\n'),
    });
    const { credentials, warnings } = await importRancid({
      routerDb: join(folder, 'router.db'),
      cloginrc: join(folder, '.cloginrc'),
    });
    expect([...credentials.values()].map((one) => [one.user, one.password?.reveal(), one.enable?.reveal()])).toEqual([
      ['DOMAIN\\user', 'pa}ss', 'en able'],
      ['rancid', 'bare$cow', 'back\\slash'],
      ['firstsecond', 'grou ped', 'quo ted'],
      ['rancid', 'open " quote', 'x'],
      ['rancid', 'rest', 'ena'],
      ['rancid', 'as\\it\\stands', 'ena'],
    ]);
    expect(warnings.map(({ line, message }) => [line, message])).toEqual([
      [3, '"add user": the value of a Tcl variable is not known here; left out'],
      [7, '"add noenable": expected a glob and a value; left out'],
      [8, '"add cyphertype": expected a glob and a value; left out'],
      [10, '"add password": the value of a Tcl variable is not known here; left out'],
    ]);
  });

  it('says that no user is named', async () => {
    const folder = await folderWith({ 'router.db': 'r1;cisco;up\n', '.cloginrc': 'add password * {a} {b}\n' });
    const { warnings } = await importRancid({
      routerDb: join(folder, 'router.db'),
      cloginrc: join(folder, '.cloginrc'),
    });
    expect(warnings.map(({ message }) => message)).toEqual([expect.stringMatching(/^no "add user" is for "r1"/)]);
  });

  it('makes an inventory that loads without a problem', async () => {
    const { inventory } = await read();
    const known = { ...platforms, resolve: (id: string) => id };
    const folder = await folderWith({ 'inventory.yaml': inventory });
    const loaded = await loadInventory(join(folder, 'inventory.yaml'), { platforms: known });
    expect(loaded.problems).toEqual([]);
    expect([...loaded.devices.keys()]).toEqual(['r1.example.net', 'r2.example.net', 'fw1.example.net', '2001-db8--1']);
  });

  it('reads the form with colons, and takes telnet before ssh where nothing is said', async () => {
    const folder = await folderWith({
      'router.db': 'r1:cisco:up\nr2:juniper:down\n',
      '.cloginrc': 'add password * {x-pass} {y-pass}\n',
    });
    const { inventory } = await importRancid({
      routerDb: join(folder, 'router.db'),
      cloginrc: join(folder, '.cloginrc'),
    });
    expect(inventory).toContain('  r1: { platform: cisco_ios, transport: telnet, connection: { fallback: ssh } }\n');
    expect(inventory).toContain('  # r2: ');
  });

  it.each([
    ['a line without a type', { 'router.db': 'r1;cisco;up\nr2\n' }, /router\.db:2: expected host;type;state/],
    [
      'a bad host',
      { 'router.db': '192.0.2.300;cisco;up\n' },
      /router\.db:1: host: "192\.0\.2\.300" is no IPv4 address/,
    ],
    [
      'an open brace',
      { 'router.db': 'r1;cisco;up\n', '.cloginrc': 'add user * {a}\nadd password * {hunter22\n' },
      /\.cloginrc:2: a "\{" is not closed/,
    ],
    [
      'an open quote',
      { 'router.db': 'r1;cisco;up\n', '.cloginrc': 'add password * "hunter22\n' },
      /\.cloginrc:1: a double quote is not closed/,
    ],
    [
      'an include of itself',
      { 'router.db': 'r1;cisco;up\n', '.cloginrc': 'include .cloginrc\n' },
      /include goes in a circle/,
    ],
    [
      'an include that is missing',
      { 'router.db': 'r1;cisco;up\n', '.cloginrc': 'include gone\n' },
      /gone: there is no such file/,
    ],
  ])('refuses %s with its place, and shows no password', async (_, files, message) => {
    const folder = await folderWith(files);
    const error = await failure(
      importRancid({
        routerDb: join(folder, 'router.db'),
        ...('.cloginrc' in files ? { cloginrc: join(folder, '.cloginrc') } : {}),
      }),
    );
    expect(error.code).toBe('NW_IMPORT_INVALID');
    expect(error.message).toMatch(message);
    expect(error.message).not.toContain('hunter22');
  });
});

describe('Tcl as .cloginrc has it', () => {
  it('splits words', () => {
    const text = 'add a {b {c} d} "e f\\n" g\\ h ; x\n# no {\n\nadd \\\n  y z\n';
    expect(tclCommands('f', text)).toMatchObject([
      { words: ['add', 'a', 'b {c} d', 'e f\n', 'g h'], line: 1 },
      { words: ['x'], line: 1 },
      { words: ['add', 'y', 'z'], line: 4 },
    ]);
  });

  it('reads or refuses anything', () => {
    const piece = fc.oneof(
      fc.constantFrom('{', '}', '"', '\\', '\n', ' ', ';', '#', 'add', '\r\n', '\\\n'),
      fc.string({ maxLength: 3 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (parts) => {
        try {
          for (const { words } of tclCommands('f', parts.join(''))) expect(words.length).toBeGreaterThan(0);
        } catch (error) {
          expect(error).toMatchObject({ code: 'NW_IMPORT_INVALID' });
        }
      }),
      { numRuns: 5000 },
    );
  });

  it.each([
    ['*.example.net', 'R1.Example.NET', true],
    ['r[1-3]', 'r2', true],
    ['r[1-3]', 'r4', false],
    ['r?', 'r12', false],
    ['r\\*', 'r*', true],
    ['r\\*', 'rx', false],
    ['', '', true],
  ])('%s against %s', (pattern, text, expected) => {
    expect(tclMatch(pattern, text)).toBe(expected);
  });
});
