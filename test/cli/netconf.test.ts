import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type LabWorkspace, labWorkspace } from './lab-workspace.ts';
import { expectError, filesWith } from './netwright.ts';

vi.setConfig({ testTimeout: 60_000 });

let lab: LabWorkspace;
let junos: string;
let xr: string;
let eos: string;
/** Hashes and keys that stand in the configurations. */
let secrets: string[];

beforeAll(async () => {
  lab = await labWorkspace({
    devices: 3,
    platforms: ['juniper_junos', 'cisco_xr', 'arista_eos'],
    telnetShare: 0,
    seed: 7,
    apis: true,
  });
  await lab.inventory(Object.fromEntries(lab.lab.devices.map(({ name, api }) => [name, { api }])));
  [junos, xr, eos] = lab.lab.devices.map(({ name }) => name) as [string, string, string];
  const texts = await Promise.all(lab.lab.devices.map(async ({ name }) => await lab.lab.device(name).running()));
  secrets = texts.flatMap((text) =>
    [...text.matchAll(/\$(?:6|9)\$[^\s";]+|(?:password encrypted|key 7) (\S+)/g)].map((found) => found[1] ?? found[0]),
  );
  expect(secrets.length).toBeGreaterThan(5);
});

afterAll(async () => {
  const said = lab.netwright.said.join('\n');
  for (const secret of [...lab.credentials, ...secrets]) expect(said).not.toContain(secret);
  expect(await filesWith(lab.netwright.home, lab.credentials)).toEqual([]);
  await lab[Symbol.asyncDispose]();
});

describe('netconf', () => {
  it('prints a configuration, secrets taken out', async () => {
    const { code, stdout } = await lab.spawn(['netconf', junos, 'get-config']);
    expect(code).toBe(0);
    expect(stdout).toContain(`    <host-name>${junos}</host-name>\n`);
    expect(stdout).toContain('<encrypted-password>[redacted]</encrypted-password>');
    expect(stdout).toContain('<secret>[redacted]</secret>');
    expect(stdout).toMatch(/<community>\s*<name>\[redacted\]<\/name>/);
    expect(stdout).toMatch(/<interface>\s*<name>ge-0\/0\/0<\/name>/);
    const lines = await lab.call(['netconf', xr, 'get-config']);
    expect(lines.stdout).toContain('secret 10 [redacted]');
    expect(lines.stdout).toContain('<interface-name>Loopback0</interface-name>');
  });

  it('takes a filter and another datastore, and prints JSON', async () => {
    const filter = '<configuration><system><host-name/></system></configuration>';
    const ended = await lab.call([
      'netconf',
      junos,
      'get-config',
      '--source',
      'candidate',
      '--filter',
      filter,
      '--json',
    ]);
    expect(ended.json()).toMatchObject({
      device: junos,
      operation: 'get-config',
      data: { configuration: { system: { 'host-name': junos } } },
      warnings: [],
    });
  });

  it('sends any operation', async () => {
    const terse = '<get-interface-information><terse/></get-interface-information>';
    const { stdout } = await lab.call(['netconf', junos, 'rpc', terse]);
    expect(stdout).toContain('    <name>ge-0/0/0</name>\n');
    const plain = (await lab.call(['netconf', junos, 'rpc', terse, '--json'])).json();
    expect(plain.data['interface-information']['physical-interface'][0]).toMatchObject({
      name: 'ge-0/0/0',
      'oper-status': 'up',
    });
    const state = await lab.call([
      'netconf',
      xr,
      'get',
      '--filter',
      '<system-time xmlns="http://cisco.com/ns/yang/Cisco-IOS-XR-shellutil-oper"/>',
    ]);
    expect(state.stdout).toContain(`<host-name>${xr}</host-name>`);
  });

  it('lists what a device can do', async () => {
    const { stdout } = await lab.call(['netconf', xr, 'capabilities']);
    expect(stdout).toContain(`${xr}: NETCONF 1.1, session`);
    expect(stdout).toContain('urn:ietf:params:netconf:capability:confirmed-commit:1.1');
    const { version, modules } = (await lab.call(['netconf', xr, 'capabilities', '--json'])).json();
    expect(version).toBe('1.1');
    expect(modules).toContainEqual(expect.objectContaining({ module: 'Cisco-IOS-XR-ifmgr-cfg' }));
  });

  it('says what is wrong with a call, a request and a device', async () => {
    expectError(await lab.call(['netconf', junos, 'rpc', '--json']), 'NW_USAGE', 2);
    expectError(await lab.call(['netconf', junos, 'get', '<x/>', '--json']), 'NW_USAGE', 2);
    expectError(await lab.call(['netconf', junos, 'rpc', '<x/>', '--filter', '<y/>', '--json']), 'NW_USAGE', 2);
    expectError(
      await lab.call(['netconf', junos, 'get', '--filter', '/x', '--namespace', 'x', '--json']),
      'NW_USAGE',
      2,
    );
    expectError(await lab.call(['netconf', junos, 'explode', '--json']), 'NW_USAGE', 2);
    expectError(await lab.call(['netconf', junos, 'rpc', '<x>', '--json']), 'NW_XML_INVALID', 76);
    expectError(await lab.call(['netconf', junos, 'rpc', '<x/>', '--json']), 'NW_RPC_REFUSED', 65);
    expectError(await lab.call(['netconf', junos, 'get', '--filter', '/x', '--json']), 'NW_NOT_SUPPORTED', 69);
    expectError(await lab.call(['netconf', eos, 'capabilities', '--json']), 'NW_NOT_SUPPORTED', 69);
  });
});

describe('the API of a device', () => {
  it('is what facts are asked of', async () => {
    const ended = await lab.call(['facts', 'interfaces', '-s', eos, '--json']);
    expect(ended.code).toBe(0);
    expect(ended.stdout).toContain('Ethernet1');
    expect(await lab.lab.device(eos).typed()).not.toContain('terminal length 0');
    expect(await readFile(join(lab.folder, 'known_certificates'), 'utf8')).toMatch(/^127\.0\.0\.1:\d+ SHA256:/);
  });

  it('is not spoken to when its certificate is another one, until somebody trusts it', async () => {
    const file = join(lab.folder, 'known_certificates');
    const { writeFile } = await import('node:fs/promises');
    const known = await readFile(file, 'utf8');
    const other = known.replace(/SHA256:\S+/, `SHA256:${'00:'.repeat(31)}00`);
    await writeFile(file, other);
    const refused = await lab.call(['facts', 'interfaces', '-s', eos]);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('NW_CERTIFICATE_CHANGED');
    expect(refused.stderr).toContain(`netwright inventory trust ${eos} --certificate`);
    expectError(
      await lab.call([
        'inventory',
        'trust',
        eos,
        '--certificate',
        '--fingerprint',
        `SHA256:${'11:'.repeat(31)}11`,
        '--json',
      ]),
      'NW_CERTIFICATE_CHANGED',
      77,
    );
    expect(await readFile(file, 'utf8')).toBe(other);
    const right = /SHA256:\S+/.exec(known)![0];
    const trusted = await lab.call([
      'inventory',
      'trust',
      eos,
      '--certificate',
      '--fingerprint',
      right.toLowerCase().replace('sha256:', ''),
    ]);
    expect(trusted.stdout).toContain(`${eos} is trusted with ${right}`);
    expect(await readFile(file, 'utf8')).toBe(known);
    const again = await lab.call(['inventory', 'trust', eos, '--certificate', '--yes', '--json']);
    expect(again.json()).toMatchObject({ device: eos, fingerprint: right, known: true });
    expect((await lab.call(['facts', 'interfaces', '-s', eos])).code).toBe(0);
  });
});
