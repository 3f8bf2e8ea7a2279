import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LabWorkspace, labWorkspace } from './lab-workspace.ts';

let lab: LabWorkspace;
const platforms = ['vyos', 'linux', 'frr', 'cisco_xr'];
beforeAll(async () => {
  lab = await labWorkspace({ devices: 4, platforms, telnetShare: 0, configBytes: 4_000 });
});
afterAll(async () => await lab[Symbol.asyncDispose]());

const toldBy = (lines: readonly unknown[], platform: string): Record<string, Record<string, unknown>> => {
  const { name } = lab.lab.devices.find((device) => device.platform === platform)!;
  return (lines as { device: string; value: never }[]).find(({ device }) => device === name)!.value;
};

describe('facts of the lab', () => {
  it.each(['facts', 'interfaces', 'interfaces_ip'])(
    '%s are told by routers and hosts with a shell too',
    async (getter) => {
      const called = await lab.call(['facts', getter, '-s', 'not platform:cisco_xr', '--json']);
      expect(called.code, called.stdout).toBe(0);
      expect(called.lines()).toMatchObject([{ warnings: [] }, { warnings: [] }, { warnings: [] }]);
    },
  );

  it('are those of the configuration', async () => {
    const interfaces = (await lab.call(['facts', 'interfaces', '--json'])).lines();
    expect(toldBy(interfaces, 'linux')).toMatchObject({ lo: { mtu: 65_536 }, eth0: { is_up: true, mtu: 1_500 } });
    expect(toldBy(interfaces, 'vyos')['lo']).toMatchObject({ mac_address: '', is_up: true });
    const addresses = (await lab.call(['facts', 'interfaces_ip', '-s', 'platform:linux', '--json'])).lines();
    expect(toldBy(addresses, 'linux')).toMatchObject({ lo: { ipv4: { '127.0.0.1': { prefix_length: 8 } } } });
  });

  it('name the sessions of BGP, up over cables and down over transit', async () => {
    const called = await lab.call(['facts', 'bgp_neighbors', '-s', 'platform:frr or platform:cisco_xr', '--json']);
    expect(called.code).toBe(0);
    for (const platform of ['frr', 'cisco_xr']) {
      const { global } = toldBy(called.lines(), platform);
      expect(global?.['router_id']).toMatch(/^10\./);
      expect(Object.values(global?.['peers'] as object)).toContainEqual(
        expect.objectContaining({ is_up: false, description: 'transit NileNet' }),
      );
    }
  });
});
