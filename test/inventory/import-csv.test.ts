import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importCsv, loadInventory } from '#inventory';
import { failure, folderWith, platforms } from './workbench.ts';

const read = async (text: string) => {
  const folder = await folderWith({ 'devices.csv': text });
  return importCsv({ file: join(folder, 'devices.csv'), resolvePlatform: platforms.resolve });
};

describe('importing CSV', () => {
  it('knows usual columns, shares equal logins and keeps the rest as variables', async () => {
    const { inventory, credentials, warnings } =
      await read(`\uFEFFHostname;IP Address;Device Type;Site;Tags;Username;Password;Enable Secret;Rack;snmp_community
r1;192.0.2.1;ios;cairo;"lab core";admin;"pass;word";en-able;7;public
r2;192.0.2.2;cisco_ios;cairo;;admin;"pass;word";en-able;a b;public

r3;192.0.2.3;nonsense;giza;;other;1234;;;
`);
    expect(inventory).toBe(
      `# Imported from CSV.
devices:
  r1:
    address: 192.0.2.1
    platform: cisco_ios
    credential: admin
    site: cairo
    tags: [lab, core]
    variables: { Rack: 7 }
  r2: { address: 192.0.2.2, platform: cisco_ios, credential: admin, site: cairo, variables: { Rack: a b } }
  # platform: "nonsense"
  r3: { address: 192.0.2.3, platform: auto, credential: other, site: giza }
`,
    );
    expect(
      [...credentials].map(([name, login]) => [name, login.user, login.password?.reveal(), login.enable?.reveal()]),
    ).toEqual([
      ['admin', 'admin', 'pass;word', 'en-able'],
      ['other', 'other', '1234', undefined],
    ]);
    expect(warnings.map(({ message }) => message)).toEqual([
      'column 10, "snmp_community", looks like a secret and is left out',
      'there is no platform "nonsense"; it is left to be detected',
    ]);
    expect(inventory).not.toMatch(/pass;word|public/);
  });

  it.each([',', ';', '\t', '|'])('finds out the delimiter %j', async (delimiter) => {
    const { inventory } = await read(
      `${['name', 'ip', 'port'].join(delimiter)}\n${['r1', '192.0.2.1', '2222'].join(delimiter)}\n`,
    );
    expect(inventory).toContain('r1: { address: 192.0.2.1, port: 2222, platform: auto }');
  });

  it('puts one credential of all devices into the defaults', async () => {
    const { inventory } = await read('name,user,password\nr1,admin,1234\nr2,admin,1234\n');
    expect(inventory).toBe(
      '# Imported from CSV.\ndefaults: { credential: admin }\ndevices:\n  r1: { platform: auto }\n  r2: { platform: auto }\n',
    );
  });

  it('knows the names that other programs have for the same systems', async () => {
    const { inventory, warnings } = await read(
      'name,platform\na,EOS\nb,Cisco-IOS XE\nc,junos\nd,nxos\ne,Cisco IOS\nf,toString\n',
    );
    expect([...inventory.matchAll(/platform: (\w+)/g)].map(([, id]) => id)).toEqual([
      ...['arista_eos', 'cisco_xe', 'juniper_junos', 'cisco_nxos', 'cisco_ios', 'auto'],
    ]);
    expect(warnings).toHaveLength(1);
  });

  it('makes of names and texts what loads again as the same', async () => {
    const { inventory } = await read(
      'name,ip,site,role,note\nRouter #1,192.0.2.1,"yes","1.10","a: b, {c}"\n"10",192.0.2.2,null,"it\'s","""q"" \\ ü"\n',
    );
    const folder = await folderWith({ 'inventory.yaml': inventory });
    const loaded = await loadInventory(join(folder, 'inventory.yaml'), { platforms });
    expect(loaded.problems).toEqual([]);
    expect(loaded.devices.get('Router-1')).toMatchObject({
      site: 'yes',
      role: '1.10',
      variables: { note: 'a: b, {c}' },
    });
    expect(loaded.devices.get('10')).toMatchObject({ site: 'null', role: "it's", variables: { note: '"q" \\ ü' } });
  });

  it.each([
    [
      'Windows-1252, with the line of Excel for the delimiter',
      'latin1',
      'sep=;\r\n"Hostname";"Location"\r\n"sw-köln";"Süd, 2"\r\n',
    ],
    ['UTF-16, as Excel writes Unicode text', 'utf16le', '\uFEFFHostname\tLocation\r\nsw-köln\tSüd, 2\r\n'],
    ['UTF-8 with a mark', 'utf8', '\uFEFFHostname;Location\nsw-köln;Süd, 2\n'],
  ] as const)('reads %s', async (_, encoding, text) => {
    const folder = await folderWith({});
    await writeFile(join(folder, 'devices.csv'), Buffer.from(text, encoding));
    const { inventory, warnings } = await importCsv({
      file: join(folder, 'devices.csv'),
      resolvePlatform: platforms.resolve,
    });
    expect(inventory).toBe('# Imported from CSV.\ndevices:\n  "sw-köln": { platform: auto, site: "Süd, 2" }\n');
    expect(warnings).toEqual([]);
  });

  it('takes an address with its mask, counts, and says that a password has no user', async () => {
    const { inventory, warnings, devices } = await read(
      'name,ip,password\nr1,192.0.2.1/24,hunter22\nr2,2001:db8::1/64,\n',
    );
    expect(inventory).toContain('address: 192.0.2.1,');
    expect(inventory).toContain('address: "2001:db8::1",');
    expect(devices).toBe(2);
    expect(warnings.map(({ message }) => message)).toEqual([expect.stringMatching(/no user/)]);
  });

  it('names what is wrong with all rows at once', async () => {
    const error = await failure(
      read('name,ip,password\nr1,192.0.2.300,hunter22\nr2,192.0.2.2,\nr3,a b,hunter22\nr4,192.0.2.4,x,hunter22\n'),
    );
    expect(error.message.replace(/\S+devices\.csv/g, 'f')).toBe(`3 mistakes:
  f:2: address: "192.0.2.300" is no IPv4 address
  f:4: address: expected an IP address or a host name
  f:5: expected at most 3 cells as in the header, got 4`);
    const many = Array.from({ length: 30 }, (_, at) => `r${at},192.0.2.300`).join('\n');
    expect((await failure(read(`name,ip\n${many}\n`))).message).toMatch(/^30 mistakes:\n(?:.*\n){20} {2}and 10 more$/);
  });

  it.each([
    ['nothing', '', /:1: expected a header/],
    ['no name', 'nam,ipp\nr1,x\n', /:1: expected a header such as name,ip.* Did you mean "name"\?/],
    ['devices without a header', 'sw1,ios,admin,hunter22\n', /:1: expected a header/],
    ['a workbook', 'PK\x03\x04hunter22', /devices\.csv: is a workbook or an archive, expected text/],
    ['too many cells', 'name,password\nr1,hunter22,x\n', /:2: expected at most 2 cells as in the header, got 3/],
    ['an open quote', 'name,password\nr1,"hunter22\n', /no well-formed CSV/],
    ['a bad address', 'name,ip\nr1,192.0.2.300\n', /:2: address: "192\.0\.2\.300" is no IPv4 address/],
  ])('refuses %s with its place, and shows no password', async (_, text, message) => {
    const error = await failure(read(text));
    expect(error.code).toBe('NW_IMPORT_INVALID');
    expect(error.message).toMatch(message);
    expect(error.message).not.toContain('hunter22');
  });
});
