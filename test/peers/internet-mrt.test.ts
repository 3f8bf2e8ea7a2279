import { execFile, spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDump, openRoutes, writeBgp4mp, writeTableDumpV2 } from '#internet';
import { routeLines } from '../internet/live/table-texts.ts';
import { routeTexts } from '../internet/mrt/records.ts';
import { hasPublicData, publicData } from '../internet/public-data.ts';
import { generatedTable } from '../internet/routes/generated.ts';
import { type FrrNetwork, startFrrNetwork } from './frr/frr-network.ts';
import { peer, root } from './peers.ts';

const run = promisify(execFile);
const bgpdump = peer('bgpdump');
const mrtparse = peer('mrtparse');
const bird = peer('bird');
const gobgpd = peer('gobgpd');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netwright-mrt-'));
});
afterAll(async () => await rm(folder, { recursive: true }));

async function dumpOf(path: string): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of openDump(path).lines) parts.push(part);
  return Buffer.concat(parts);
}

async function bgpdumpOf(path: string): Promise<Buffer> {
  const { stdout } = await run(bgpdump.path!, ['-m', path], { encoding: 'buffer', maxBuffer: 1 << 28 });
  return stdout;
}

describe.skipIf(bgpdump.isMissing)('bgpdump -m', () => {
  test('prints the same for a table that Netwright wrote, byte for byte', async () => {
    const path = join(folder, 'table.mrt');
    const table = generatedTable(4000);
    await writeFile(path, Buffer.concat([...writeTableDumpV2(table, { timestampS: 1_700_000_000 })]));
    const ours = await dumpOf(path);
    expect(ours.toString('latin1').split('\n')).toHaveLength(table.routeCount + 1);
    expect(ours.equals(await bgpdumpOf(path))).toBe(true);
  });

  test('and for updates: both families, communities, aggregators, sets, sessions of two octets', async () => {
    const path = join(folder, 'updates.mrt');
    const updates = Array.from({ length: 400 }, (_, index) => ({
      timestampS: index % 3 === 0 ? 1_700_000_000 + index : 1_700_000_000 + index + 0.25,
      peer: { asn: 64_500 + (index % 7), address: index % 2 === 0 ? '192.0.2.7' : '2001:db8::7:0:1' },
      asnBytes: index % 5 === 0 ? (2 as const) : (4 as const),
      withdraw: index % 4 === 0 ? [`203.0.${index % 256}.0/24`, `2001:db8:${index.toString(16)}::/48`] : [],
      announce: [`198.${index % 256}.0.0/16`, ...(index % 3 === 0 ? [`2001:db8:0:${index.toString(16)}::/64`] : [])],
      attributes: {
        path: index % 6 === 0 ? [64_500, 7, [64_510, 64_511]] : [64_500, 64_501, 64_501],
        origin: (['igp', 'egp', 'incomplete'] as const)[index % 3]!,
        ...(index % 2 === 0 && { med: index * 1000, localPref: 4_000_000_000 }),
        ...(index % 5 === 1 && { aggregator: { asn: 64_700, address: Uint8Array.of(203, 0, 113, 1) } }),
        ...(index % 4 === 1 && { communities: [0xffffff01, 64_500 * 65_536 + index] }),
        isAtomicAggregate: index % 9 === 0,
      },
    }));
    const states = {
      timestampS: 1_700_000_900,
      peer: { asn: 4_200_000_000, address: '2001:db8::1' },
      oldState: 6,
      newState: 1,
    };
    await writeFile(path, Buffer.concat([...writeBgp4mp([...updates, states])]));
    expect((await dumpOf(path)).toString('latin1')).toBe((await bgpdumpOf(path)).toString('latin1'));
  });

  // bgpdump keeps bits behind the mask (updates.nlri_mask) and reads one route of 452,018 (rrc00.bview.2000…).
  const theirs = ['rrc00.bview.20000111.0032.gz', 'updates.nlri_mask.gz'];
  const files = hasPublicData
    ? readdirSync(publicData).filter((name) => /^(?:bview|updates|rrc)/.test(name) && !theirs.includes(name))
    : [];
  test.skipIf(files.length === 0)(
    'prints the same for real archives (skipped where there are none)',
    async () => {
      for (const name of files) {
        const path = join(publicData, name);
        expect((await dumpOf(path)).equals(await bgpdumpOf(path)), name).toBe(true);
      }
    },
    120_000,
  );
});

describe.skipIf(mrtparse.isMissing)('mrtparse', () => {
  test('finds the routes that Netwright wrote', async () => {
    const path = join(folder, 'for-mrtparse.mrt');
    const table = generatedTable(500);
    await writeFile(path, Buffer.concat([...writeTableDumpV2(table)]));
    const count = `
import sys
from mrtparse import Reader
routes = 0
paths = set()
for record in Reader(sys.argv[1]):
    if getattr(record.mrt, 'rib', None) is None:
        continue
    for entry in record.mrt.rib.entry:
        routes += 1
        for attribute in entry.attr:
            if attribute.type == 2:
                paths.add(' '.join(asn for segment in attribute.as_path for asn in segment['val']))
print(routes, len(paths))
`;
    const { stdout } = await run('/usr/bin/python3', ['-c', count, path]);
    expect(stdout.trim()).toBe(`${table.routeCount} ${table.paths.count}`);
  });
});

describe.skipIf(bird.isMissing)('BIRD', () => {
  test('dumps a table that is read with all its attributes', async () => {
    const configuration = join(folder, 'bird.conf');
    await writeFile(
      configuration,
      `router id 192.0.2.254;
protocol device {}
ipv4 table t4;
ipv6 table t6;
protocol static { ipv4 { table t4; }; route 198.51.100.0/24 blackhole {
  bgp_path.prepend(70000); bgp_path.prepend(64500); bgp_origin = ORIGIN_IGP; bgp_next_hop = 192.0.2.1;
  bgp_med = 7; bgp_local_pref = 200; bgp_community.add((64500,80)); }; }
protocol static { ipv6 { table t6; }; route 2001:db8:1::/48 blackhole { bgp_path.prepend(64501); bgp_next_hop = 2001:db8::1; }; }
`,
    );
    const control = join(folder, 'bird.ctl');
    const birdc = async (command: string): Promise<unknown> => await run('birdc', ['-s', control, command]);
    const daemon = spawn(bird.path!, ['-f', '-c', configuration, '-s', control], { stdio: 'ignore' });
    const ended = new Promise((resolve) => daemon.once('exit', resolve));
    try {
      await until(async () => existsSync(control));
      await birdc(`mrt dump table "t*" to "${folder}/%N.mrt"`);
      const [four, six] = [join(folder, 't4.mrt'), join(folder, 't6.mrt')];
      await until(async () => existsSync(six) && (await readFile(six)).length > 60);
      expect((await dumpOf(four)).toString('latin1')).toMatch(
        /^TABLE_DUMP2\|\d+\|B\|::\|0\|198\.51\.100\.0\/24\|64500 70000\|IGP\|192\.0\.2\.1\|200\|7\|64500:80\|NAG\|\|\n$/,
      );
      expect((await dumpOf(six)).toString('latin1')).toMatch(
        /\|2001:db8:1::\/48\|64501\|INCOMPLETE\|2001:db8::1\|0\|0\|\|NAG\|\|\n$/,
      );
    } finally {
      daemon.kill();
      await ended;
    }
  }, 30_000);
});

describe.skipIf(bird.isMissing)('the MRT protocol of BIRD', () => {
  test('writes what `show route` says', async () => {
    const configuration = join(folder, 'bird-mrt.conf');
    const dump = join(folder, 'periodic.mrt');
    const routes = Array.from({ length: 300 }, (_, index) => {
      const hops = [3356, ...(index % 3 === 0 ? [174, 174] : []), 100_000 + (index % 40)];
      const prepends = hops.toReversed().map((asn) => `bgp_path.prepend(${asn});`);
      return `route 10.${index >> 8}.${index & 255}.0/24 blackhole { ${prepends.join(' ')} bgp_next_hop = 192.0.2.1; };`;
    });
    await writeFile(
      configuration,
      `router id 192.0.2.254;
protocol device {}
ipv4 table many;
protocol static { ipv4 { table many; }; ${routes.join('\n')} }
protocol mrt { table "many"; filename "${dump}"; period 1; }
`,
    );
    const control = join(folder, 'bird-mrt.ctl');
    const daemon = spawn(bird.path!, ['-f', '-c', configuration, '-s', control], { stdio: 'ignore' });
    const ended = new Promise((resolve) => daemon.once('exit', resolve));
    try {
      await until(async () => existsSync(dump) && (await openRoutes(dump)).routeCount >= 300);
      const { stdout } = await run('birdc', ['-s', control, 'show route table many all']);
      const said: string[] = [];
      for (const entry of stdout.split(/\n(?=\d)/)) {
        const prefix = /^(\d\S+\/\d+)/.exec(entry)?.[1];
        const path = /BGP\.as_path: ([\d ]+)/.exec(entry)?.[1];
        if (prefix !== undefined && path !== undefined) said.push(`${prefix} ${path.trim()}`);
      }
      expect(said).toHaveLength(300);
      const read = routeLines(await openRoutes(dump)).map((line) => line.replace(/ @.*/, ''));
      expect([...new Set(read)].sort()).toEqual(said.sort());
    } finally {
      daemon.kill();
      await ended;
    }
  }, 30_000);
});

describe.skipIf(gobgpd.isMissing)('GoBGP', () => {
  test('prints its table as JSON', async () => {
    const configuration = join(folder, 'gobgpd.toml');
    await writeFile(configuration, '[global.config]\n  as = 64999\n  router-id = "192.0.2.254"\n  port = -1\n');
    const port = 40_000 + (process.pid % 20_000);
    const daemon = spawn(gobgpd.path!, ['-t', 'toml', '-f', configuration, '--api-hosts', `127.0.0.1:${port}`], {
      stdio: 'ignore',
    });
    const ended = new Promise((resolve) => daemon.once('exit', resolve));
    const gobgp = async (...args: readonly string[]): Promise<string> =>
      (await run('gobgp', ['-p', `${port}`, ...args])).stdout;
    try {
      await until(async () => (await gobgp('global')).includes('64999'));
      await gobgp('global', 'rib', 'add', '198.51.100.0/24', 'nexthop', '192.0.2.1', 'aspath', '64500 70000 {7,8}');
      await gobgp('global', 'rib', 'add', '-a', 'ipv6', '2001:db8:1::/48', 'nexthop', '2001:db8::1', 'aspath', '64501');
      const json = (await gobgp('-j', 'global', 'rib')) + (await gobgp('-j', 'global', 'rib', '-a', 'ipv6'));
      const texts: string[] = [];
      for (const line of json.trim().split('\n')) texts.push(...routeTexts(await openRoutes(Buffer.from(line))));
      expect(texts).toEqual(['4 c6336400:0:0:0/24 64500 70000 {7,8} @64500', '6 20010db8:10000:0:0/48 64501 @64501']);
    } finally {
      daemon.kill();
      await ended;
    }
  }, 30_000);
});

const frr = [peer('vtysh'), peer('bgpd'), peer('sshd'), peer('ip'), root('make network namespaces')];

describe.skipIf(frr.some(({ isMissing }) => isMissing))('two FRR routers that speak BGP with each other', () => {
  let network: FrrNetwork;
  beforeAll(async () => {
    network = await startFrrNetwork();
    await network.routers[1].vtysh(
      'configure terminal',
      'route-map longer permit 10',
      'set as-path prepend 65002 4200000001',
      'exit',
      'router bgp 65002',
      'address-family ipv4 unicast',
      'network 203.0.113.128/26 route-map longer',
      'no bgp network import-check',
    );
    await until(async () => (await network.routers[0].vtysh('show bgp ipv4 unicast')).includes('203.0.113.128/26'));
  }, 120_000);
  afterAll(async () => await network?.stop(), 60_000);

  test('their table as text and as JSON has the same routes', async () => {
    const [one] = network.routers;
    const read = async (command: string): Promise<string[]> =>
      routeTexts(await openRoutes(Buffer.from(await one.vtysh(command)))).map((text) =>
        text.replace(/ 65001? ?@65001/, ' @65001'),
      );
    const json = await read('show bgp ipv4 unicast json');
    expect(json).toContainEqual(expect.stringMatching(/^4 cb007180:0:0:0\/26 65002 .*4200000001.* @65002$/));
    const text = await read('show bgp ipv4 unicast');
    const prefixes = (routes: readonly string[]): Set<string | undefined> =>
      new Set(routes.map((route) => route.split(' ')[1]));
    expect(prefixes(text)).toEqual(prefixes(json));
    expect(text.filter((route) => route.endsWith('@65002'))).toEqual(json.filter((route) => route.endsWith('@65002')));
  });

  test('the MRT that bgpd writes is read as bgpdump reads it', async () => {
    const [one] = network.routers;
    const path = `/tmp/netwright-frr-${process.pid}.mrt`;
    try {
      await one.vtysh('configure terminal', `dump bgp all ${path}`);
      await network.routers[1].vtysh('clear bgp ipv4 unicast * soft out');
      await network.routers[1].vtysh(
        'configure terminal',
        'router bgp 65002',
        'address-family ipv4 unicast',
        'network 203.0.113.192/26',
      );
      await until(async () => existsSync(path) && (await dumpOf(path)).includes('203.0.113.192/26'));
      await one.vtysh('configure terminal', 'no dump bgp all');
      const lines = (await dumpOf(path)).toString('latin1');
      expect(lines).toMatch(/\|A\|198\.18\.\d+\.2\|65002\|203\.0\.113\.192\/26\|65002\|IGP\|/);
      if (bgpdump.path !== undefined) expect(lines).toBe((await bgpdumpOf(path)).toString('latin1'));
    } finally {
      await rm(path, { force: true });
    }
  }, 60_000);
});

async function until(isTrue: () => Promise<boolean>, timeoutMs = 20_000): Promise<void> {
  for (const end = Date.now() + timeoutMs; Date.now() < end; await sleep(100)) {
    if (await isTrue().catch(() => false)) return;
  }
  throw new Error(`did not happen within ${timeoutMs} ms`);
}
