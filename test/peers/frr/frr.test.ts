import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { peer, root } from '../peers.ts';
import { peerWorkspace } from '../workspace.ts';
import { type FrrNetwork, startFrrNetwork } from './frr-network.ts';

const needs = [peer('vtysh'), peer('bgpd'), peer('sshd'), peer('ip'), root('make network namespaces')];

describe.skipIf(needs.some(({ isMissing }) => isMissing))(
  'two FRR routers that speak BGP, behind OpenSSH with vtysh as the shell',
  () => {
    let network: FrrNetwork;
    let kept: Awaited<ReturnType<typeof peerWorkspace>>;

    beforeAll(async () => {
      network = await startFrrNetwork();
      kept = await peerWorkspace(
        Object.fromEntries(
          network.routers.map(({ name, address, port }) => [name, { address, port, platform: 'frr', site: 'lab' }]),
        ),
        { user: 'root', privateKey: network.privateKey },
      );
    }, 120_000);
    afterAll(async () => {
      await kept?.[Symbol.asyncDispose]();
      await network?.stop();
    }, 60_000);

    it('runs commands on both at once', async () => {
      const outputs = new Map<string, string>();
      for await (const outcome of kept.workspace.run(['show version', 'show bgp summary'])) {
        if (!outcome.ok) throw outcome.error;
        expect(outcome.value[0]?.text).toContain('FRRouting 8');
        outputs.set(outcome.device, outcome.value[1]!.text);
      }
      expect([...outputs.keys()].sort()).toEqual(['frr1', 'frr2']);
      expect(outputs.get('frr1')).toContain('65002');
      expect(outputs.get('frr2')).toContain('65001');
    });

    it('says which command a router refused', async () => {
      for await (const outcome of kept.workspace.run(['show bananas'], { select: 'frr1' })) {
        expect(outcome).toMatchObject({ ok: false, error: { code: 'NW_COMMAND_REJECTED' } });
        expect(outcome.error?.message).toContain('show bananas');
      }
    });

    it('keeps both configurations, whole and without the BGP password', async () => {
      const report = await kept.workspace.backup({ reason: 'first' }).report;
      expect(report).toMatchObject({ total: 2, failed: 0, changed: 2 });
      const store = await kept.workspace.configurations();
      for (const { name } of network.routers) {
        const text = (await store.read((await store.latest(name))!)).toString();
        expect(text).toContain('description القاهرة – Gîza');
        expect(text).toMatch(/neighbor 198\.18\.\d+\.\d password <secret:[0-9a-f]+>/);
        expect(text).not.toContain('Bgp-Secret-Both');
        expect(text.trimEnd().endsWith('end')).toBe(true);
      }
    });

    it('finds nothing new where nothing changed', async () => {
      expect(await kept.workspace.backup().report).toMatchObject({ changed: 0, unchanged: 2, failed: 0 });
    });

    it('shows exactly what somebody changed', async () => {
      await network.routers[0].vtysh(
        'configure terminal',
        'router bgp 65001',
        'address-family ipv4 unicast',
        'network 203.0.113.64/28',
      );
      expect(await kept.workspace.backup({ reason: 'after the change' }).report).toMatchObject({
        changed: 1,
        unchanged: 1,
      });
      const store = await kept.workspace.configurations();
      const [newer, older] = await store.history('frr1');
      const changed = (await store.diff(older, newer!)).split('\n').filter((line) => /^[+-][^+-]/.test(line));
      expect(changed).toEqual(['+  network 203.0.113.64/28']);
      expect(newer?.reason).toBe('after the change');
    });

    it('shows a changed password as a change, and neither of the two', async () => {
      await network.routers[1].vtysh(
        'configure terminal',
        'router bgp 65002',
        `neighbor ${await peerOf(network, 1)} password An0ther-One`,
      );
      expect(await kept.workspace.backup().report).toMatchObject({ changed: 1 });
      const store = await kept.workspace.configurations();
      const [newer, older] = await store.history('frr2');
      const diff = await store.diff(older, newer!);
      expect(diff).toMatch(/^-.*password <secret:/m);
      expect(diff).toMatch(/^\+.*password <secret:/m);
      expect(diff).not.toMatch(/An0ther-One|Bgp-Secret-Both/);
    });

    it('configures a router and reads the change back', async () => {
      await using session = await kept.workspace.connect('frr1');
      await session.configure(['ip prefix-list FROM-LAB seq 5 permit 203.0.113.0/24']);
      expect(session.mode).toBe(session.platform.home);
      expect(await session.send('show running-config')).toContain(
        'ip prefix-list FROM-LAB seq 5 permit 203.0.113.0/24',
      );
    });

    it('detects the platform by itself', async () => {
      const file = `${kept.folder}/inventory.yaml`;
      expect(await readFile(file, 'utf8')).toContain('platform: frr');
      const device = (await kept.workspace.inventory()).get('frr2');
      const connector = await kept.workspace.connector();
      await using session = await connector.connect({ ...device, platform: 'auto' });
      expect(session.platform.id).toBe('frr');
    });
  },
);

const peerOf = async (network: FrrNetwork, index: 0 | 1): Promise<string> => {
  const summary = JSON.parse(await network.routers[index].vtysh('show bgp summary json'));
  return Object.keys(summary.ipv4Unicast.peers)[0]!;
};
