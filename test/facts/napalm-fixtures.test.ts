import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type GetterName, getterNames, readFacts } from '#facts';
import { allDrivers } from '../../src/facts/drivers/index.ts';
import { fixtureArgs } from './fixture-args.ts';
import { asWeAsk } from './fixture-names.ts';
import { deviations } from './napalm-deviations.ts';
import { recordedSource, recordingsIn } from './recorded.ts';

/** One case a getter of each driver of NAPALM: what a device answered, and what users of the getter expect. */
const data = process.env['NETWRIGHT_DATA'] ?? path.join(import.meta.dirname, '../../../shared/data');
const folder = path.join(data, 'devices/napalm');
const isHere = existsSync(folder);

const platforms: Readonly<Record<string, string>> = {
  eos: 'arista_eos',
  ios: 'cisco_ios',
  iosxr: 'cisco_xr',
  iosxr_netconf: 'cisco_xr',
  junos: 'juniper_junos',
  nxos: 'cisco_nxos',
  nxos_ssh: 'cisco_nxos',
  unit: 'juniper_junos',
};

interface Case {
  readonly system: string;
  readonly name: string;
  readonly getter: GetterName;
  readonly folder: string;
}

const getterOf = (name: string): GetterName | undefined =>
  getterNames.findLast((getter) => name === getter || name.startsWith(`${getter}_`));

function casesIn(system: string): readonly Case[] {
  return readdirSync(path.join(folder, system)).flatMap((test) => {
    const name = test.replace(/^test_/, '');
    const getter = getterNames.includes(name as GetterName) ? (name as GetterName) : getterOf(name);
    if (getter === undefined) return [];
    const home = path.join(folder, system, test);
    return readdirSync(home)
      .filter((one) => existsSync(path.join(home, one, 'expected_result.json')))
      .map((one) => ({ system, name: `${name}/${one}`, getter, folder: path.join(home, one) }));
  });
}

/**
 * NAPALM's older driver of IOS XR asks the XML agent, which releases from 7 on have no more; only what it asks at the
 * command line counts.
 */
const isXmlAgent = ({ system, folder }: Case): boolean =>
  system === 'iosxr' && !readdirSync(folder).some((file) => file.startsWith('show_'));

/** Lists are compared without their order: devices print tables in the order of their hash tables. */
function unordered(value: unknown): unknown {
  // Blanks at the ends of lines are in some expectations and not in others.
  if (typeof value === 'string') return value.replaceAll(/[ \t]+$/gm, '');
  if (Array.isArray(value)) {
    return value.map(unordered).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  }
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, one]) => [key, unordered(one)]),
  );
}

const held = new Map<string, { held: number; deviating: number; failed: string[]; absent: string[] }>();
const driven = isHere ? await allDrivers() : [];

describe.skipIf(!isHere)(`recorded devices (skipped without ${folder})`, () => {
  test("NAPALM's recordings are where NETWRIGHT_DATA says, or in shared/data beside the repository", () => {
    expect(Object.keys(platforms)).toEqual(expect.arrayContaining(readdirSync(folder)));
  });

  for (const system of isHere ? readdirSync(folder) : []) {
    const platform = platforms[system];
    if (platform === undefined) continue;
    const driver = driven.find((one) => one.platforms.includes(platform));
    const tally = { held: 0, deviating: 0, failed: [] as string[], absent: [] as string[] };
    held.set(system, tally);
    for (const one of casesIn(system)) {
      if (driver?.getters[one.getter] === undefined || isXmlAgent(one)) {
        tally.absent.push(one.name);
        continue;
      }
      test(`${system} ${one.name}`, async () => {
        const expected: unknown = JSON.parse(readFileSync(path.join(one.folder, 'expected_result.json'), 'utf8'));
        const source = await recordedSource({ platform, ...asWeAsk(system, one.folder, recordingsIn(one.folder)) });
        const deviation = deviations[`${system} ${one.name.split('/')[0]}`];
        tally.failed.push(one.name);
        for (const { args, part } of fixtureArgs(one.name.split('/')[0] ?? '', expected)) {
          const { value } = await readFacts(one.getter, source, args);
          const [ours, theirs] = [part(value), part(expected)];
          if (deviation === undefined) expect(unordered(ours)).toEqual(unordered(theirs));
          else expect(unordered(deviation.mend(theirs, ours))).toEqual(unordered(ours));
        }
        tally.failed.pop();
        if (deviation === undefined) tally.held += 1;
        else tally.deviating += 1;
      });
    }
  }

  afterAll(() => {
    const rows = [...held].map(([system, { held, deviating, failed, absent }]) =>
      [system.padEnd(14), held, deviating, failed.length, absent.length, [...failed, ...absent].join(' ')].join('\t'),
    );
    console.info(['system        \theld\tbetter\tfailed\tno getter', ...rows].join('\n'));
  });
});
