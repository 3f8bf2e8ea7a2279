import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Outcome, Secret } from '#core';
import { type Answer, askDevices, NetconfSource, SessionSource } from '#facts';
import { type Lab, labInventory, startLab } from '#lab';
import { initWorkspace, type OpenedWorkspace, openWorkspace } from '#workspace';

const platforms = ['arista_eos', 'cisco_nxos', 'juniper_junos', 'cisco_xr'] as const;

describe('facts over the API of a device', () => {
  let home: string;
  let lab: Lab;
  let workspace: OpenedWorkspace;

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'netwright-api-'));
    lab = await startLab({ devices: 4, platforms, telnetShare: 0, processes: 0, seed: 3, apis: true });
    const env = { HOME: home, XDG_CONFIG_HOME: join(home, 'config') };
    const { folder } = await initWorkspace(join(home, 'network'));
    const { yaml, credential } = labInventory(lab);
    await writeFile(join(folder, 'inventory.yaml'), yaml);
    workspace = await openWorkspace({ folder, env });
    await workspace.credentials.set(credential.name, {
      user: credential.user,
      password: new Secret(credential.password),
    });
  }, 30_000);

  afterAll(async () => {
    await workspace?.close();
    await lab?.stop();
    await rm(home, { recursive: true });
  });

  const nameOf = (platform: string): string => lab.devices.find((device) => device.platform === platform)!.name;

  async function ask<G extends 'get_facts' | 'get_interfaces' | 'get_vlans'>(getter: G, select: string) {
    const outcomes: Outcome<Answer<unknown>>[] = [];
    for await (const outcome of askDevices(workspace, getter, { select })) outcomes.push(outcome);
    return outcomes;
  }

  test.each(platforms)('%s says who it is and what its interfaces are, without a command line', async (platform) => {
    const name = nameOf(platform);
    const [facts] = await ask('get_facts', name);
    const value = (
      facts as { value: Answer<{ hostname: string; serial_number: string; interface_list: string[]; uptime: number }> }
    ).value.value;
    expect(value.hostname).toBe(name);
    expect(value.interface_list.length).toBeGreaterThan(2);
    expect(value.uptime).toBeGreaterThan(1000);
    const [interfaces] = await ask('get_interfaces', name);
    const { value: table, warnings } = (
      interfaces as { value: Answer<Record<string, { description: string; is_up: boolean; is_enabled: boolean }>> }
    ).value;
    expect(warnings).toEqual([]);
    const running = await lab.device(name).running();
    // The ports that only cables are in have descriptions of their own.
    const configured = Object.values(table).filter(
      ({ description }) => description !== '' && running.includes(description),
    );
    expect(configured.length).toBeGreaterThan(2);
    // None is shut down; some access ports have nothing plugged in.
    expect(configured.every(({ is_enabled }) => is_enabled)).toBe(true);
    expect(configured.some(({ is_up }) => is_up)).toBe(true);
    // Nobody has turned paging off: no terminal was opened.
    const typed = await lab.device(name).typed();
    expect(typed.filter((line) => /^(?:terminal|set cli)/.test(line))).toEqual([]);
    expect(typed.length).toBeGreaterThan(0);
  });

  test('asks at the command line what NETCONF does not tell', async () => {
    const inventory = await workspace.inventory();
    const connector = await workspace.connector();
    for (const [platform, command, isOverNetconf] of [
      ['cisco_xr', 'show inventory', false],
      ['juniper_junos', 'show version', true],
      ['juniper_junos', 'show configuration | display set', false],
    ] as const) {
      const device = inventory.get(nameOf(platform));
      await using netconf = await connector.netconf(device);
      await using session = await connector.connect(device);
      let asked = 0;
      const source = new NetconfSource(netconf, {
        device: device.name,
        platform: session.platform,
        commandLine: async () => {
          asked += 1;
          return await Promise.resolve(new SessionSource(session));
        },
      });
      expect(await source.text(command)).toMatch(/SN: \w+|Model: mx204|^set /m);
      expect(asked).toBe(isOverNetconf ? 0 : 1);
      await expect(source.text('show nonsense')).rejects.toMatchObject({
        code: 'NW_COMMAND_REJECTED',
        details: { command: 'show nonsense' },
      });
    }
  });

  test('knows an `auto` device by the way it is asked', async () => {
    const auto = { ...(await workspace.inventory()).get(nameOf('juniper_junos')), platform: 'auto' };
    const connector = await workspace.connector();
    await using session = await connector.netconf(auto);
    expect(session.capabilities.uris).toContain('http://xml.juniper.net/netconf/junos/1.0');
  });

  test('leaves no connection behind', async () => {
    await ask('get_interfaces', 'platform:arista_eos or platform:juniper_junos');
    const dialer = await workspace.dialer();
    await expect.poll(() => dialer.openSockets).toBe(0);
  });
});
