import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { openGraph } from '#internet';
import { type LabWorkspace, labWorkspace } from './lab-workspace.ts';
import { expectError } from './netwright.ts';

const summary = (asn: number): string =>
  `BGP router identifier 192.0.2.1, local AS number ${asn}\nBGP table version is 8, main routing table version 8`;
const ios = `BGP table version is 37, local router ID is 192.0.2.1
     Network          Next Hop            Metric LocPrf Weight Path
 *>  41.32.0.0/12     0.0.0.0                  0         32768 i
 *>  8.0.0.0          198.51.100.9             0             0 3356 i
 *                    198.51.100.13                          0 174 3356 i`;
const eos = `BGP routing table information for VRF default
Router identifier 192.0.2.2, local AS number 36992
          Network                Next Hop              Metric  AIGP       LocPref Weight  Path
 * >      197.192.0.0/13         -                     -       -          -       0       i
 * >Ec    8.0.0.0/8              198.51.100.17         0       -          100     0       8452 3356 i`;
const junosSummary = (asn: number, routes: number): string => `Autonomous system number: ${asn}
Router ID: 192.0.2.3

inet.0: ${routes} destinations, ${routes} routes (${routes} active, 0 holddown, 0 hidden)
              Direct:      4 routes,      4 active
                 BGP: ${routes - 4} routes, ${routes - 4} active`;
const junos = `
inet.0: 6 destinations, 6 routes (6 active, 0 holddown, 0 hidden)
+ = Active Route, - = Last Active, * = Both

8.8.8.0/24         *[BGP/170] 1w4d 14:17:30, localpref 100
                      AS path: 3356 15169 I, validation-state: unverified
                    > to 198.51.100.21 via xe-0/0/0.0
                    [BGP/170] 00:39:57, localpref 100, from 192.0.2.9
                      AS path: 8452 3356 15169 I, validation-state: unverified
                    > to 198.51.100.25 via xe-0/0/1.0`;
const noJunos6 = '\ninet6.0: 3 destinations, 3 routes (3 active, 0 holddown, 0 hidden)';
const refused = "% Invalid input detected at '^' marker.";

/** A device that answers these commands, as a dialogue file of the lab. */
function dialogue(
  platform: string,
  name: string,
  answers: Readonly<Record<string, string>>,
  prompt = `${name}#`,
): string {
  const lines = (text: string): string => text.replaceAll('\n', '\r\n');
  const commands = Object.entries(answers).map(([command, answer]) => ({
    [`${command}\n`]: lines(`${command}\n${answer}${answer === '' ? '' : '\n'}${prompt}`),
  }));
  return stringify({ platform, init_prompt: prompt, commands });
}

const junosDialogue = (name: string, answers: Readonly<Record<string, string>>): string =>
  dialogue(
    'juniper_junos',
    name,
    {
      'set cli screen-length 0': 'Screen length set to 0',
      'set cli screen-width 0': 'Screen width set to 0',
      'set cli complete-on-space off': 'Disabling complete-on-space',
      ...answers,
      exit: '',
    },
    `admin@${name}> `,
  );

let lab: LabWorkspace;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netwright-tables-'));
  const devices = {
    'cairo-r1': dialogue('cisco_ios', 'cairo-r1', {
      'terminal length 0': '',
      'terminal width 512': '',
      'show bgp ipv4 unicast summary': summary(8452),
      'show bgp ipv4 unicast': ios,
      'show bgp ipv6 unicast': refused,
      exit: '',
    }),
    'giza-r1': dialogue('arista_eos', 'giza-r1', {
      'terminal length 0': '',
      'terminal width 32767': '',
      'show ip bgp summary': summary(36_992),
      'show ip bgp': eos,
      'show ipv6 bgp': 'BGP is disabled',
      exit: '',
    }),
    'mute-r1': dialogue('cisco_ios', 'mute-r1', {
      'terminal length 0': '',
      'terminal width 512': '',
      'show bgp ipv4 unicast summary': '% BGP not active',
      'show bgp ipv4 unicast': '% BGP not active',
      'show bgp ipv6 unicast': '% BGP not active',
      exit: '',
    }),
    'luxor-j1': junosDialogue('luxor-j1', {
      'show route summary': junosSummary(24_863, 6),
      'show route protocol bgp table inet.0': junos,
      'show route protocol bgp table inet6.0': noJunos6,
    }),
    'luxor-j2': junosDialogue('luxor-j2', {
      'show route summary': junosSummary(24_835, 2_500_000),
      'show route protocol bgp table inet.0 active-path': junos.replace(/ {20}\[BGP[\s\S]*/, ''),
      'show route protocol bgp table inet6.0 active-path': noJunos6,
    }),
    'sw-1': dialogue('hp_procurve', 'sw-1', { 'no page': '', 'terminal width 1920': '', exit: '' }),
  };
  for (const [name, text] of Object.entries(devices)) {
    await mkdir(join(folder, name));
    await writeFile(join(folder, name, 'session.yaml'), text);
  }
  lab = await labWorkspace({ dialogues: folder });
});
afterAll(async () => {
  await lab?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const call = async (...args: string[]) => await lab.call(['internet', ...args], { cwd: lab.folder });

describe('a router of the inventory as a vantage point', () => {
  it('has its own AS first in the paths, whatever its system prints', async () => {
    const built = await call('build', 'device:cairo-r1', 'device:giza-r1', '-o', 'ours.nwgraph', '--json');
    expect(built.code, built.stderr).toBe(0);
    expect(built.stderr).toContain('device:cairo-r1: 3 routes of AS8452\n');
    expect(built.stderr).toContain('device:giza-r1: 2 routes of AS36992\n');
    expect(built.json()).toMatchObject({
      ases: 4,
      links: 4,
      prefixes: 3,
      sources: [{ name: 'device:cairo-r1, device:giza-r1' }],
    });
    const { graph } = await openGraph(join(lab.folder, 'ours.nwgraph'));
    expect([...graph.asns]).toEqual([174, 3356, 8452, 36_992]);
  });

  it('is asked in the words of Junos, and of a table of millions only for what is in use', async () => {
    const built = await call('build', 'device:luxor-j*', '-o', 'luxor.nwgraph', '--json');
    expect(built.code, built.stderr).toBe(0);
    expect(built.stderr).toContain('device:luxor-j1: 2 routes of AS24863\n');
    expect(built.stderr).toContain('device:luxor-j2: 1 route of AS24835\n');
    const { graph } = await openGraph(join(lab.folder, 'luxor.nwgraph'));
    expect([...graph.asns]).toEqual([3356, 8452, 15_169, 24_835, 24_863]);
    expect(graph.links.count).toBe(5);
  });

  it('answers a question directly', async () => {
    const asked = await call('prefix', '197.192.0.0/13', '-g', 'device:giza-r1', '--json');
    expect(asked.json()).toMatchObject({ origins: [{ asn: 36_992, seenBy: 1 }] });
  });

  it('a selection takes what it can, and says what it could not', async () => {
    const built = await call('build', 'device:*-r1', '-o', 'some.nwgraph');
    expect(built.code).toBe(1);
    expect(built.stderr).toMatch(
      /mute-r1 +NW_COMMAND_REJECTED .*no BGP routes: "show bgp ipv4 unicast" → "% BGP not active"/,
    );
    expect(built.stdout).toContain('some.nwgraph: 4 ASes, 4 links');
  });

  it('refuses what has no such table, and what is not there', async () => {
    const unsupported = expectError(await call('build', 'device:sw-1', '--json'), 'NW_NOT_SUPPORTED', 69);
    expect(unsupported.message).toContain('sw-1 (hp_procurve)');
    expectError(await call('build', 'device:nobody', '--json'), 'NW_SELECT_EMPTY', 2);
    expectError(await call('asn', '8452', '-g', 'device:', '--json'), 'NW_USAGE', 2);
  });
});
