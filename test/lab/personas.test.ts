import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Lab, labPlatforms, labVendors, startLab } from '../../src/lab/index.ts';
import { enter, home, manners } from './dialogues.ts';

const labs: { ssh: Lab; telnet: Lab } = {} as never;

beforeAll(async () => {
  const options = { devices: labPlatforms.length, processes: 0, configBytes: 6_000 };
  labs.ssh = await startLab({ ...options, telnetShare: 0 });
  labs.telnet = await startLab({ ...options, telnetShare: 1 });
});
afterAll(async () => {
  await labs.ssh?.stop();
  await labs.telnet?.stop();
});

const deviceOf = (lab: Lab, platform: string) => lab.devices.find((device) => device.platform === platform)!;
/** Clocks, counters and values encrypted anew. */
const still = (text: string): string =>
  text
    .replaceAll(/\r\n/g, '\n')
    .replaceAll(
      /\d\d:\d\d:\d\d(\.\d+)?|\d{4}-\d\d-\d\d|ENC \S+|[A-Za-z0-9+/]{20,}|[0-9a-f]{30,}|ntp clock-period \d+|conf_file_ver=\d+/g,
      '*',
    );

describe('the cast', () => {
  it('has at least 20 systems of at least 14 vendors, and the tests know them all', () => {
    expect(labPlatforms.length).toBeGreaterThanOrEqual(20);
    expect(new Set(Object.values(labVendors)).size).toBeGreaterThanOrEqual(14);
    expect(Object.keys(manners).sort()).toEqual([...labPlatforms].sort());
  });
});

it.each(['cisco_ios', 'arista_eos', 'aruba_aoscx'])('%s knows the time', async (platform) => {
  const device = deviceOf(labs.ssh, platform);
  const talk = await enter(device, 0);
  talk.send('show clock\n');
  const said = await talk.until(home(device));
  expect(said).toMatch(/\d\d:\d\d:\d\d/);
  expect(said).toContain(String(new Date().getUTCFullYear()));
  expect(said).not.toContain('nvalid');
  talk.end();
});

const withPager = Object.entries(manners).flatMap(([platform, { config, more }]) =>
  more === undefined ? [] : [{ platform, config, more }],
);

describe.each(withPager)('$platform', ({ platform, config, more }) => {
  it('pages until paging is off', async () => {
    const device = deviceOf(labs.ssh, platform);
    const talk = await enter(device, 20);
    talk.send(`${config}\n`);
    const page = await talk.until(more);
    expect(page.split('\r\n').length).toBeGreaterThan(15);
    expect(page.split('\r\n').length).toBeLessThan(24);
    talk.send(' ');
    await talk.until(more);
    talk.send('q');
    await talk.until(home(device));
    talk.end();
  });
});

describe.each(Object.keys(manners))('%s', (platform) => {
  const manner = manners[platform]!;

  it.each(['ssh', 'telnet'] as const)(
    'over %s: logs in, answers typed-ahead lines in order, shows its configuration whole',
    async (transport) => {
      const device = deviceOf(labs[transport], platform);
      // Some systems have no Telnet server.
      expect(device.transport === transport || ['aruba_aoscx', 'paloalto_panos', 'frr'].includes(platform)).toBe(true);
      const talk = await enter(device);
      const burst = [...(manner.pagingOff === undefined ? [] : [manner.pagingOff]), manner.version, manner.config];
      if (manner.pagingOff === undefined && manner.more !== undefined) {
        // FortiOS: the pager setting is configuration.
        burst.unshift('config system console', 'set output standard', 'end');
      }
      const newline = device.transport === 'ssh' ? '\n' : '\r\n';
      talk.send(`${burst.join(newline)}${newline}`);
      const text = await talk.until(new RegExp(`${manner.ends.source}[\\s\\S]*${home(device).source}`));
      expect(text).toMatch(manner.versionSays);
      let last = -1;
      for (const line of burst) {
        const at = text.indexOf(line, last);
        expect(at, `echo of ${line}`).toBeGreaterThan(last);
        last = at;
      }
      expect(text).not.toMatch(manner.unknown);
      const printed = Buffer.from(text, 'latin1').toString('utf8');
      const expected = await labs[transport].runningConfig(device.name);
      if (platform !== 'hp_procurve') expect(still(printed)).toContain(still(expected).trim());
      expect(expected.length).toBeGreaterThan(4_000);
      for (const line of manner.leave) {
        talk.send(line === 'y' ? line : `${line}${newline}`);
        if (line !== manner.leave.at(-1)) await talk.until(/\? $/);
      }
      // EXOS asks about what was not saved; nothing was changed here.
      if (platform === 'fortinet') await talk.closed();
      else await talk.closed();
    },
  );

  it('refuses what it does not know in its own words', async () => {
    const device = deviceOf(labs.ssh, platform);
    const talk = await enter(device);
    talk.send('frobnicate the network\n');
    expect(await talk.until(home(device))).toMatch(manner.unknown);
    talk.end();
  });

  it('makes small changes of its own', async () => {
    const device = deviceOf(labs.ssh, platform);
    const before = (await labs.ssh.runningConfig(device.name)).split('\n');
    const sentence = await labs.ssh.change(device.name);
    expect(sentence.startsWith(`${device.name}: `)).toBe(true);
    const after = still(await labs.ssh.runningConfig(device.name)).split('\n');
    const old = new Set(still(before.join('\n')).split('\n'));
    const fresh = after.filter((line) => !old.has(line));
    expect(fresh.length).toBeGreaterThan(0);
    expect(fresh.length).toBeLessThan(8);
    expect(Math.abs(after.length - before.length)).toBeLessThan(10);
    for (let nth = 0; nth < 8; nth += 1) await labs.ssh.change(device.name);
    expect((await labs.ssh.runningConfig(device.name)).split('\n').length - before.length).toBeLessThan(60);
  });
});

describe.each(Object.entries(manners).filter(([, { rename }]) => rename.length > 0))('%s', (platform, { rename }) => {
  it('takes configuration, and shows it from then on', async () => {
    const device = deviceOf(labs.telnet, platform);
    const newline = device.transport === 'ssh' ? '\n' : '\r\n';
    const talk = await enter(device);
    talk.send(`${rename.join(newline).replace('NEW', 'renamed-7')}${newline}`);
    // The old name leads to the new one in the prompt.
    await talk.until(/renamed-7[^\r\n]{0,3}[>#\]]/);
    talk.end();
    expect(await labs.telnet.runningConfig(device.name)).toContain('renamed-7');
  });
});

it('fortinet keeps the pager off once that is saved', async () => {
  const device = deviceOf(labs.ssh, 'fortinet');
  const pagerOff = await enter(device, 20);
  pagerOff.send('config system console\nset output standard\nend\n');
  await pagerOff.until(/end\r\n[\s\S]*# $/);
  pagerOff.end();
  const talk = await enter(device, 20);
  talk.send(`${manners['fortinet']!.config}\n`);
  expect(await talk.until(/end\r\n[\s\S]*# $/)).not.toMatch(/--More--/);
  talk.end();
});
