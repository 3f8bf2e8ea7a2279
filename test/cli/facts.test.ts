import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorkspace } from '../../src/index.ts';
import { type LabWorkspace, labWorkspace } from './lab-workspace.ts';
import { expectError } from './netwright.ts';

let lab: LabWorkspace;
const platforms = ['cisco_ios', 'juniper_junos', 'arista_eos', 'cisco_nxos', 'cisco_xr', 'fortinet'];
const readable = 'not platform:fortinet';
beforeAll(async () => {
  lab = await labWorkspace({ devices: 12, platforms, telnetShare: 0, configBytes: 4_000 });
});
afterAll(async () => await lab[Symbol.asyncDispose]());

const first = (platform: string): string => lab.lab.devices.find((device) => device.platform === platform)!.name;

describe('facts', () => {
  it('shows the same fields whatever the vendor, in the order of the inventory', async () => {
    const { code, stdout, stderr } = await lab.call(['facts', 'facts', '-s', readable]);
    expect(code).toBe(0);
    const [head = '', ...rows] = stdout.trimEnd().split('\n');
    expect(head).toMatch(/^DEVICE +HOSTNAME +VENDOR +MODEL +OS_VERSION +SERIAL_NUMBER +UPTIME$/);
    const names = lab.lab.devices.filter(({ platform }) => platform !== 'fortinet').map(({ name }) => name);
    expect(rows.map((row) => row.split(' ', 1)[0])).toEqual(names);
    expect(rows.filter((row) => /\b(?:Cisco|Juniper|Arista)\b/.test(row))).toHaveLength(10);
    expect(stderr).toContain('10 devices done, 10 rows');
  });

  it('takes only rows that meet a condition', async () => {
    const { stdout } = await lab.call([
      'facts',
      'bgp_neighbors',
      '-s',
      readable,
      '--where',
      'state == up and prefixes > 100',
    ]);
    for (const row of stdout.trimEnd().split('\n').slice(1)) expect(row).toMatch(/ up /);
    const none = await lab.call(['facts', 'interfaces', '-s', readable, '--where', 'mtu > 60000']);
    expect([none.code, none.stdout]).toEqual([0, '']);
    expect(none.stderr).toContain('0 rows that meet the condition');
    const slip = await lab.call(['facts', 'interfaces', '-s', readable, '--where', 'stat == up']);
    expect([slip.code, slip.stderr]).toEqual([2, expect.stringContaining('Did you mean "state"?')]);
  });

  it('prints JSON lines: the value itself, or the rows that were asked for', async () => {
    const whole = (await lab.call(['facts', 'get_interfaces', '-s', first('cisco_ios'), '--json'])).lines();
    expect(whole).toMatchObject([
      {
        ok: true,
        getter: 'get_interfaces',
        value: { 'GigabitEthernet0/0': { is_enabled: true, mtu: 1500 } },
        warnings: [],
        sources: [{ command: 'show interfaces' }],
      },
    ]);
    const args = [
      'facts',
      'interfaces',
      '-s',
      first('cisco_ios'),
      '--where',
      'interface == Loopback0',
      '--columns',
      'interface,state',
    ];
    const [rows] = (await lab.call([...args, '--json'])).lines();
    expect(rows).toMatchObject({ rows: [{ device: first('cisco_ios'), interface: 'Loopback0', state: 'up' }] });
    expect(rows).not.toHaveProperty('value');
  });

  it('prints CSV, formulas of spreadsheets disarmed', async () => {
    const { stdout } = await lab.call([
      'facts',
      'interfaces',
      '-s',
      first('arista_eos'),
      '--csv',
      '--columns',
      'interface,mtu',
    ]);
    const [head, ...rows] = stdout.trimEnd().split('\n');
    expect(head).toBe('device,interface,mtu');
    for (const row of rows) expect(row).toMatch(/^[\w-]+,[A-Z][\w/]+,\d+$/);
    const all = await lab.call(['facts', 'facts', '-s', first('arista_eos'), '--csv', '--columns', 'all']);
    expect(all.stdout).toContain('"Ethernet1, ');
  });

  it('says which devices have no such facts, and does not open them', async () => {
    const { code, stderr } = await lab.call(['facts', 'lldp_neighbors', '-s', first('fortinet')]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/not available on 1 device: no facts driver for fortinet; drivers: arista_eos, aruba_aoscx/);
    expect(stderr).not.toContain('FAILED');
    expect(stderr).not.toContain('transcript');
  });

  it('takes a mixed network as it is: what a platform does not have is no failure of the others', async () => {
    const select = `${first('cisco_ios')} or ${first('fortinet')}`;
    const { code, stdout, stderr } = await lab.call(['facts', 'facts', '-s', select]);
    expect({ code, rows: stdout.trimEnd().split('\n').length }).toEqual({ code: 0, rows: 2 });
    expect(stderr).toMatch(/no facts driver for fortinet/);
    expect(stderr).toMatch(/1 device done, 1 not available, 1 row in /);
    const records = (await lab.call(['facts', 'facts', '-s', select, '--json'])).lines();
    expect(
      records.map(({ ok }: { ok: boolean }) => ok).sort((a: boolean, b: boolean) => Number(a) - Number(b)),
    ).toEqual([false, true]);
  });

  it('shows no secret: marks are those of the stored configurations', async () => {
    const device = first('cisco_ios');
    const users = (await lab.call(['facts', 'users', '-s', device, '--json'])).lines()[0].value;
    expect(users.netwright).toMatchObject({ level: 15, password: expect.stringMatching(/^<secret:[0-9a-f]{8}>$/) });
    const snmp = (await lab.call(['facts', 'snmp_information', '-s', device, '--json'])).lines()[0].value;
    expect(Object.keys(snmp.community)).toEqual([expect.stringMatching(/^<secret:/)]);
    const config = await lab.call(['facts', 'config', '--retrieve', 'running', '-s', device]);
    expect(config.stdout).toContain(`── ${device} running`);
    expect(config.stdout).toContain(`username netwright privilege 15 secret 9 ${users.netwright.password}`);
    expect(config.stdout).not.toMatch(/\$9\$/);
    await lab.call(['backup', '-s', device]);
    expect((await lab.call(['show', device])).stdout).toContain(users.netwright.password);
  });

  it('takes arguments of the getter, and no others', async () => {
    const device = first('cisco_ios');
    expectError(await lab.call(['facts', 'interfaces', '--vrf', 'x', '-s', device, '--json']), 'NW_USAGE', 2);
    expectError(await lab.call(['facts', 'route_to', '-s', device, '--json']), 'NW_USAGE', 2);
    expectError(await lab.call(['facts', 'interface', '-s', device, '--json']), 'NW_USAGE', 2);
    expectError(await lab.call(['facts', 'interfaces', '--where', 'state ==', '-s', device, '--json']), 'NW_USAGE', 2);
    expectError(await lab.call(['facts', 'users', '--graph', 'x.svg', '-s', device, '--json']), 'NW_USAGE', 2);
    expectError(await lab.call(['facts', 'lldp_neighbors', '--graph', 'x.png', '-s', device, '--json']), 'NW_USAGE', 2);
  });

  it('lists getters and who has them', async () => {
    const { stdout } = await lab.call(['facts', 'list']);
    expect(stdout).toMatch(/^route_to +routes to a destination +\d+$/m);
    expect(stdout).toMatch(/^cisco_ios +24 getters, not probes_results, firewall_policies$/m);
    expect((await lab.call(['facts', 'list', '--json'])).json()).toHaveLength(26);
  });

  it('draws the topology, every cable between devices that answer seen from both ends', {
    timeout: 60_000,
  }, async () => {
    const file = join(lab.netwright.home, 'topology.svg');
    const { code, stderr, stdout } = await lab.call(['facts', 'lldp_neighbors', '--graph', file]);
    expect([code, stdout]).toEqual([0, expect.stringMatching(/topology\.svg: 12 devices, \d+ links/)]);
    expect(stdout).not.toContain('one end only');
    expect(stderr).toContain('2 devices drawn as others see them: no LLDP facts of fortinet');
    const svg = await readFile(file, 'utf8');
    for (const { name } of lab.lab.devices) expect(svg).toContain(`>${name}</text>`);
    const json = (
      await lab.call(['facts', 'lldp_neighbors', '--graph', join(lab.netwright.home, 't.dot'), '--json'])
    ).json();
    expect(json).toMatchObject({ format: 'dot', nodes: expect.any(Array), links: expect.any(Array) });
  });
});

it('the library gives the same, typed, secrets in the clear for who asks', async () => {
  await using workspace = await openWorkspace({ folder: lab.folder, env: lab.netwright.env });
  for await (const outcome of workspace.facts('get_users', { select: first('cisco_ios'), secrets: 'clear' })) {
    expect(outcome.ok && outcome.value.value['netwright']?.password).toMatch(/^\$9\$/);
  }
  const speeds: number[] = [];
  for await (const outcome of workspace.facts('get_interfaces', { select: readable })) {
    if (outcome.ok) speeds.push(...Object.values(outcome.value.value).map(({ speed }) => speed));
  }
  expect(speeds.length).toBeGreaterThan(20);
  expect(speeds.every((speed) => Number.isFinite(speed))).toBe(true);
});
