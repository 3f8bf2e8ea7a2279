import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { files } from '../internet/answers/small-atlas.ts';
import { expectError, Netwright } from './netwright.ts';

let home: string;
let netwright: Netwright;
const run = async (...args: string[]) => await netwright.call(['internet', ...args]);

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'netwright-internet-'));
  netwright = new Netwright(home);
  const names = Object.values(files).map(({ name }) => name);
  for (const { name, bytes } of Object.values(files)) await writeFile(join(home, name), bytes);
  const built = await run('build', ...names);
  expect(built.code, built.stderr).toBe(0);
  expect(built.stdout).toContain('planet.nwgraph: 11 ASes, 16 links, 5 prefixes, 11 paths');
});
afterAll(async () => await rm(home, { recursive: true }));

describe('questions about the internet', () => {
  it('are answered as tables', async () => {
    const { stdout } = await run('asn', 'AS100', '0.200');
    expect(stdout).toContain('Among themselves\nAS     HAS   NEIGHBOUR  SURE %  DECIDED BY\nAS100  peer  AS200');
    expect(stdout).toContain('AS100 NILE Nile Telecom, EG\nprovider: 3 direct customers; 4 in its cone\n');
    expect((await run('asn', '100', '--evidence')).stdout).toMatch(/AS10 seen in\n {4}(?:20 )?10 100/);
    expect((await run('country', 'EG')).stdout).toContain('Egypt (EG): 7 ASes registered, 7 with links');
    const gateways = await run('country', 'Egypt', '--gateways');
    expect(gateways.stdout).toContain('3 ASes, 3 prefixes, 1 keep peers abroad: AS101 AS102 AS104');
    expect((await run('providers')).stdout).toContain('11 ASes: ');
    expect((await run('providers', '--operator-threshold', '4')).stdout).toContain('5 neighbours, more than 4');
    expect((await run('upstreams', '104')).stdout).toContain(
      'without AS101, or without AS100 (NILE Nile Telecom), or without AS10',
    );
    expect((await run('customers', '100')).stdout).toContain('3 direct customers, 2 of them without another provider');
    expect((await run('compare', '100,200')).stdout).toContain('4 customers in all: 3 buy from 1, 1 buy from 2');
    expect((await run('prefix', '41.32.0.0/12')).stdout).toContain('VRP 41.32.0.0/12 up to /16 for AS100');
    expect((await run('path', '104', '201')).stdout).toContain('4 hops: 104 101 100 200 201');
    expect((await run('what-if', '--fail', 'AS100', '--from', '20')).stdout).toMatch(
      /\d ASes cut off from all of them/,
    );
  });

  it('are not asked of a graph of nothing: a table without one whole record is refused, and the graph stays', async () => {
    await writeFile(join(home, 'cut.mrt'), Buffer.from('4c2c3c3e000d000100000100', 'hex'));
    const refused = expectError(await run('build', 'cut.mrt', '--json'), 'NW_INTERNET_FORMAT', 65);
    expect(refused.message).toContain('not one route could be read: cut.mrt, byte 0: the data ends inside a record');
    expect((await run('providers')).stdout).toContain('11 ASes: ');
  });

  it('are answered as CSV', async () => {
    const asn = await run('asn', '100', '--csv');
    expect(asn.stdout.split('\n')[0]).toBe(
      'asn,neighbour,relation,name,country,cone,confidence,step,paths,paths_in,prefixes_in,example',
    );
    for (const args of [
      ['country', 'EG'],
      ['country', 'EG', '--gateways'],
      ['providers'],
      ['upstreams', '103'],
      ['customers', '100'],
      ['compare', '100', '200'],
      ['prefix', '41.32.0.0/12'],
      ['path', '104', '201'],
      ['what-if', '--fail', '100-101'],
    ]) {
      const { stdout, code } = await run(...args, '--csv');
      expect(code, args.join(' ')).toBe(0);
      const [head = '', row = ''] = stdout.split('\n');
      expect(row.split(',').length, args.join(' ')).toBeGreaterThanOrEqual(head.split(',').length);
    }
  });

  it('are answered as JSON, alone on stdout', async () => {
    expect((await run('upstreams', '103', '--json')).json()).toMatchObject({ as: { asn: 103 }, rankedBy: 'prefixes' });
    expect((await run('country', 'EG', '--gateways', '--json')).json()).toMatchObject({ country: 'EG', connected: 7 });
  });

  it('can be asked of a file that is no graph yet', async () => {
    const { stdout, stderr } = await run('path', '104', '201', '-g', files.relationships.name);
    expect(stdout).toContain('104 101 100 200 201');
    expect(stderr).toContain('building one for this call');
  });

  it('say what is wrong, and what to do', async () => {
    expectError(await run('country', 'Egipt', '--json'), 'NW_INTERNET_COUNTRY_UNKNOWN', 2);
    expectError(await run('asn', '64500', '--json'), 'NW_INTERNET_ASN_UNKNOWN', 2);
    const { hint } = expectError(await run('asn', '1', '-g', 'none', '--json'), 'NW_INTERNET_FILE', 66);
    expect(hint).not.toBe('');
    const elsewhere = await netwright.call(['internet', 'asn', '1', '--json'], { cwd: tmpdir() });
    expect(expectError(elsewhere, 'NW_INTERNET_SOURCE_MISSING', 2).hint).toContain('netwright internet fetch');
    expect((await run('asn', '100', '--csv', '--json')).code).toBe(2);
    expect((await run('build', 'delegated', '--json')).code).toBe(2);
    expect((await run('fetch', '--json')).code).toBe(2);
  });
});
