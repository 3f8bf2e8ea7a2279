import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerAsn, answerPrefix, openGraph, openRoutes, routerTable } from '#internet';
import { Netwright } from '../cli/netwright.ts';
import { routeLines } from '../internet/live/table-texts.ts';
import { type FrrNetwork, startFrrNetwork } from './frr/frr-network.ts';
import { type Followed, followRouters, happens } from './internet/followed.ts';
import { peer, root } from './peers.ts';
import { peerWorkspace } from './workspace.ts';

const run = promisify(execFile);
const frr = [peer('vtysh'), peer('bgpd'), peer('sshd'), peer('ip'), root('make network namespaces')];
const gobgpd = peer('gobgpd');

/** Without who told: `prefix path`. */
const routesOf = (lines: readonly string[]): string[] =>
  [...new Set(lines.map((line) => line.replace(/ @.*/, '')))].sort();

describe.skipIf(frr.some(({ isMissing }) => isMissing))('an FRR router with its BMP module', () => {
  let network: FrrNetwork;
  let followed: Followed;
  const [one, two] = [() => network.routers[0], () => network.routers[1]];
  const configure = async (router: FrrNetwork['routers'][0], ...lines: string[]): Promise<string> =>
    await router.vtysh('configure terminal', ...lines);
  /** AS8452 as AS3356 knows it. */
  const neighbour = async (): Promise<string> =>
    Object.keys(JSON.parse(await one().vtysh('show bgp summary json')).ipv4Unicast.peers)[0]!;

  beforeAll(async () => {
    network = await startFrrNetwork({ asns: [3356, 8452], modules: ['bmp'] });
    followed = await followRouters(one().gateway);
    await configure(two(), 'router bgp 8452', 'no bgp network import-check');
    await configure(
      one(),
      'router bgp 3356',
      'no bgp network import-check',
      'address-family ipv4 unicast',
      `neighbor ${await neighbour()} soft-reconfiguration inbound`,
      'exit',
      'bmp targets netwright',
      `bmp connect ${one().gateway} port ${followed.port} min-retry 100 max-retry 1000`,
      'bmp monitor ipv4 unicast pre-policy',
      'bmp monitor ipv4 unicast post-policy',
      'bmp mirror',
      'bmp stats interval 1000',
    );
    await happens('the first routes', () => followed.following.status().routes >= 2);
  }, 120_000);
  afterAll(async () => {
    await followed?.[Symbol.asyncDispose]();
    await network?.stop();
  }, 60_000);

  test('says who it is, names its neighbour, and tells the table that it has itself', async () => {
    expect(followed.of('router-up')).toMatchObject([
      { address: one().address, description: expect.stringMatching(/^FRRouting 8/) },
    ]);
    expect(followed.of('peer-up')).toMatchObject([{ peer: { asn: 8452, address: await neighbour() } }]);
    expect(new Set(followed.of('table-complete').map(({ peer: { rib } }) => rib))).toEqual(
      new Set(['pre-policy', 'post-policy']),
    );
    await happens('the table of the router', async () => {
      const json = Buffer.from(await one().vtysh('show bgp ipv4 unicast json'));
      const { bytes, routeCount } = await routerTable({ name: 'frr1', summary: '', tables: [json] });
      // What the neighbour tells back of our own is before the policy only: it is a loop.
      const heard = routesOf(await followed.lines()).filter((line) => !line.endsWith(' 3356 8452 3356'));
      return routeCount === 2 && heard.join() === routesOf(routeLines(await openRoutes(bytes))).join();
    });
  });

  test('tells of every announcement and withdrawal, and of other paths', async () => {
    const before = followed.following.status().messages;
    await configure(
      two(),
      'router bgp 8452',
      'address-family ipv4 unicast',
      'network 198.51.100.0/24',
      'network 192.0.2.0/25',
    );
    await happens('two announcements', async () =>
      routesOf(await followed.lines()).includes('198.51.100.0/24 3356 8452'),
    );
    await configure(two(), 'router bgp 8452', 'address-family ipv4 unicast', 'no network 192.0.2.0/25');
    await happens(
      'the withdrawal',
      async () => !(await followed.lines()).some((line) => line.startsWith('192.0.2.0/25')),
    );
    await configure(
      two(),
      'route-map longer permit 10',
      'set as-path prepend 64500 4200000001',
      'exit',
      'router bgp 8452',
      'address-family ipv4 unicast',
      'network 198.51.100.0/24 route-map longer',
    );
    await happens('the other path', async () => {
      const routes = routesOf(await followed.lines());
      return (
        routes.includes('198.51.100.0/24 3356 8452 64500 4200000001') && !routes.includes('198.51.100.0/24 3356 8452')
      );
    });
    expect(followed.following.status().messages).toBeGreaterThan(before);
    expect(followed.of('statistics').at(-1)).toMatchObject({ peer: { asn: 8452 } });
    expect(followed.of('router-down')).toEqual([]);
  }, 60_000);

  test('the graph answers with what is true now', async () => {
    await happens('a graph with the link', async () => {
      const atlas = await openGraph(followed.output);
      const [own] = answerAsn(atlas, ['3356']).ases;
      return own?.neighbours[0]?.to === 8452 && answerPrefix(atlas, '203.0.113.16/28').origins[0]?.asn === 8452;
    });
  });

  test('a lost session takes its routes along, and they come again with it', async () => {
    const address = await neighbour();
    await configure(one(), 'router bgp 3356', `neighbor ${address} shutdown`);
    await happens('the end of the session', () => followed.of('peer-down').length === 1);
    expect(followed.of('peer-down')[0]).toMatchObject({ peer: { asn: 8452, address }, routes: expect.any(Number) });
    expect(followed.of('peer-down')[0]!.routes).toBeGreaterThanOrEqual(2);
    // Its own network is left.
    await happens('a table without it', async () => routesOf(await followed.lines()).join() === '203.0.113.0/28 3356');
    await configure(one(), 'router bgp 3356', `no neighbor ${address} shutdown`);
    await happens(
      'the session',
      () => followed.of('peer-up').length === 2 && followed.following.status().routes >= 2,
      60_000,
    );
  }, 90_000);

  test('the MRT that it writes of its table has what it says of its table', async () => {
    const path = `/tmp/netwright-rib-${process.pid}.mrt`;
    try {
      await configure(one(), `dump bgp routes-mrt ${path} 1`);
      const sizeOf = async (): Promise<number> => (await stat(path)).size;
      await happens('a dump', async () => (await sizeOf()) > 100);
      await configure(one(), `no dump bgp routes-mrt ${path} 1`);
      const valid = routesOf(
        routeLines(await openRoutes(Buffer.from(await one().vtysh('show bgp ipv4 unicast json')))),
      );
      const own = (line: string): string => line.replace(/^(\S+) ?3356$/, '$1 ').replace(/ $/, '');
      const dumped = routesOf(routeLines(await openRoutes(path)));
      expect(dumped.map(own).sort()).toEqual(valid.map(own).sort());
    } finally {
      await rm(path, { force: true });
    }
  }, 60_000);

  test('is a vantage point itself, by its name in the inventory', async () => {
    const { name, address, port } = one();
    const login = { user: 'root', privateKey: network.privateKey };
    await using kept = await peerWorkspace({ [name]: { address, port, platform: 'frr' } }, login);
    const netwright = new Netwright(dirname(kept.folder));
    const options = { cwd: kept.folder };
    await configure(one(), 'router bgp 3356', 'address-family ipv4 unicast', 'network 203.0.113.200/29');
    const built = await netwright.call(['internet', 'build', `device:${name}`, '-o', 'ours.nwgraph'], options);
    expect(built.stderr).toMatch(/device:frr1: \d+ routes of AS3356/);
    expect(built.code, built.stderr).toBe(0);
    const atlas = await openGraph(join(kept.folder, 'ours.nwgraph'));
    // Its own link, which its neighbours' paths begin behind.
    expect(answerAsn(atlas, ['3356']).ases[0]!.neighbours.map(({ to }) => to)).toEqual([8452]);
    expect(answerPrefix(atlas, '203.0.113.200/29').origins.map(({ asn }) => asn)).toEqual([3356]);
    expect(atlas.sources).toMatchObject([{ name: `device:${name}`, kind: 'routes' }]);
    const asked = await netwright.call(['internet', 'asn', '8452', '-g', `device:${name}`, '--json'], options);
    expect(asked.json().ases[0].neighbours).toMatchObject([{ to: 3356 }]);
    const unknown = await netwright.call(['internet', 'build', 'device:frr9'], options);
    expect(unknown.code).toBe(2);
  }, 60_000);

  test('a router that goes away leaves its routes for a while', async () => {
    const { routes } = followed.following.status();
    await configure(one(), 'router bgp 3356', 'no bmp targets netwright');
    await happens('the end', () => followed.of('router-down').length === 1);
    expect(followed.of('router-down')[0]!.skipped.join()).toMatch(/mirrored message/);
    expect(followed.of('router-down')[0]).not.toHaveProperty('offset');
    expect(followed.following.status().routes).toBe(routes);
  });
});

describe.skipIf(gobgpd.isMissing)('GoBGP', () => {
  let followed: Followed;
  const daemons: { readonly process: ChildProcess; readonly ended: Promise<unknown> }[] = [];
  // Outside the range from which the system picks, so that nobody else has them.
  const base = 20_000 + (process.pid % 2000) * 4;
  const [bgpA, bgpB, apiA, apiB] = [base, base + 1, base + 2, base + 3];
  // GoBGP takes the name of this file for a layout of time: no digit may be in it.
  const updatesFile = `/tmp/netwright-gobgp-${String(process.pid).replace(/\d/g, (digit) => 'klnoqrtuvw'[Number(digit)]!)}.mrt`;
  const gobgp = async (api: number, ...args: readonly string[]): Promise<string> =>
    (await run('gobgp', ['-p', `${api}`, ...args])).stdout;
  const neighbourOf = (own: string, other: string, asn: number, port: number, addPath: string): string => `
[[neighbors]]
  [neighbors.config]
    neighbor-address = "${other}"
    peer-as = ${asn}
  [neighbors.transport.config]
    local-address = "${own}"
    remote-port = ${port}
    passive-mode = ${own === '127.0.0.2'}
  [neighbors.timers.config]
    connect-retry = 1
    idle-hold-time-after-reset = 1
  [[neighbors.afi-safis]]
    [neighbors.afi-safis.config]
      afi-safi-name = "ipv4-unicast"
    [neighbors.afi-safis.add-paths.config]
      ${addPath}
  [[neighbors.afi-safis]]
    [neighbors.afi-safis.config]
      afi-safi-name = "ipv6-unicast"
`;
  const globalOf = (asn: number, id: string, port: number, own: string): string =>
    `[global.config]\n  as = ${asn}\n  router-id = "${id}"\n  port = ${port}\n  local-address-list = ["${own}"]\n`;

  beforeAll(async () => {
    followed = await followRouters('127.0.0.1');
    const start = async (name: string, configuration: string, api: number): Promise<void> => {
      const file = join(followed.folder, `${name}.toml`);
      await writeFile(file, configuration);
      const process = spawn(gobgpd.path!, ['-f', file, '--api-hosts', `127.0.0.1:${api}`], { stdio: 'ignore' });
      daemons.push({ process, ended: new Promise((resolve) => process.once('exit', resolve)) });
      await happens(`the start of ${name}`, async () => (await gobgp(api, 'global')).includes('AS:'));
    };
    await start(
      'a',
      `${globalOf(3356, '192.0.2.1', bgpA!, '127.0.0.1')}${neighbourOf('127.0.0.1', '127.0.0.2', 8452, bgpB!, 'receive = true')}
[[bmp-servers]]
  [bmp-servers.config]
    address = "127.0.0.1"
    port = ${followed.port}
    route-monitoring-policy = "all"
[[mrt-dump]]
  [mrt-dump.config]
    dump-type = "updates"
    file-name = "${updatesFile}"
[[mrt-dump]]
  [mrt-dump.config]
    dump-type = "table"
    file-name = "${followed.folder}/table.mrt"
    dump-interval = 60
`,
      apiA!,
    );
    await start(
      'b',
      globalOf(8452, '192.0.2.2', bgpB!, '127.0.0.2') +
        neighbourOf('127.0.0.2', '127.0.0.1', 3356, bgpA!, 'send-max = 8'),
      apiB!,
    );
    const add = async (...args: string[]): Promise<string> => await gobgp(apiB!, 'global', 'rib', 'add', ...args);
    await add('203.0.113.0/24', 'nexthop', '192.0.2.2', 'aspath', '64500 {7,8}');
    await add('198.51.100.0/24', 'identifier', '10', 'nexthop', '192.0.2.2', 'aspath', '9');
    await add('198.51.100.0/24', 'identifier', '20', 'nexthop', '192.0.2.2', 'aspath', '10 11');
    await add('-a', 'ipv6', '2001:db8:1::/48', 'nexthop', '2001:db8::1', 'aspath', '4200000001');
    await happens('the session', () => followed.of('peer-up').some(({ peer: { asn } }) => asn === 8452));
  }, 60_000);
  afterAll(async () => {
    for (const { process, ended } of daemons) {
      process.kill();
      await ended;
    }
    await followed?.[Symbol.asyncDispose]();
    await rm(updatesFile, { force: true });
  }, 30_000);

  const fromNeighbour = async (): Promise<string[]> =>
    routesOf((await followed.lines()).filter((line) => line.includes('@3356 127.0.0.2'))).map((line) =>
      line.replace(' 3356', ''),
    );

  test('tells all paths of an ADD-PATH session, both families, and its Loc-RIB behind its own AS', async () => {
    expect(followed.of('router-up')).toMatchObject([{ router: 'GoBGP', address: '127.0.0.1' }]);
    await happens('the table', async () => (await fromNeighbour()).length === 4);
    expect(await fromNeighbour()).toEqual([
      '198.51.100.0/24 8452 10 11',
      '198.51.100.0/24 8452 9',
      '2001:db8:1::/48 8452 4200000001',
      '203.0.113.0/24 8452 64500 {7,8}',
    ]);
    await happens('the Loc-RIB', async () =>
      (await followed.lines()).includes('203.0.113.0/24 3356 8452 64500 {7,8} @3356 192.0.2.1'),
    );
  });

  test('its JSON has the same', async () => {
    const texts: string[] = [];
    for (const family of ['ipv4', 'ipv6']) {
      const json = await gobgp(apiA!, '-j', 'global', 'rib', '-a', family);
      texts.push(...routeLines(await openRoutes(Buffer.from(json))));
    }
    expect(routesOf(texts)).toEqual(await fromNeighbour());
  });

  test('withdrawn is one of two paths to a prefix, and nothing else', async () => {
    await gobgp(
      apiB!,
      'global',
      'rib',
      'del',
      '198.51.100.0/24',
      'identifier',
      '20',
      'nexthop',
      '192.0.2.2',
      'aspath',
      '10 11',
    );
    await happens('the withdrawal', async () => !(await fromNeighbour()).includes('198.51.100.0/24 8452 10 11'));
    expect(await fromNeighbour()).toContain('198.51.100.0/24 8452 9');
  });

  test('the updates that it writes as MRT are those that it had', async () => {
    await happens('updates', async () => (await readFile(updatesFile)).length > 300);
    const routes = await openRoutes(updatesFile);
    expect(routesOf(routeLines(routes))).toEqual([
      '198.51.100.0/24 8452 10 11',
      '198.51.100.0/24 8452 9',
      '2001:db8:1::/48 8452 4200000001',
      '203.0.113.0/24 8452 64500 {7,8}',
    ]);
    expect(routes.statistics.damage).toEqual([]);
    expect(routes.statistics.withdrawals).toBeGreaterThan(0);
  });

  // GoBGP writes its table once a minute at most.
  test('and its table, when it writes it, is that of its JSON', async () => {
    const path = join(followed.folder, 'table.mrt');
    await happens('a table', async () => (await stat(path)).size > 100, 90_000);
    const routes = await openRoutes(path);
    expect(routes.statistics.damage).toEqual([]);
    expect(routesOf(routeLines(routes))).toEqual(await fromNeighbour());
  }, 100_000);

  test('a lost session takes its routes along', async () => {
    await gobgp(apiB!, 'neighbor', '127.0.0.1', 'disable');
    await happens('the end of the session', () => followed.of('peer-down').some(({ peer: { asn } }) => asn === 8452));
    await happens('an empty table', () => followed.following.status().routes === 0);
  });
});
