import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseXml } from '#core';
import { type LabWorkspace, labWorkspace } from '../../cli/lab-workspace.ts';

const policy = `title: Baseline
rules:
  - id: ntp
    title: NTP of the site
    severity: high
    platforms:
      cisco_ios: { required: 'ntp server 192.0.2.99' }
      juniper_junos: { required: set system ntp server 192.0.2.99 }
  - id: hostname
    for: platform:cisco_ios
    required: 'hostname {{ device.name }}'
  - id: model
    severity: low
    facts:
      - get_facts: { hostname: '.+', uptime: '>0' }
`;

describe('netwright check', () => {
  let net: LabWorkspace;
  let ios: readonly string[];
  let junos: readonly string[];
  beforeAll(async () => {
    net = await labWorkspace({ platforms: ['juniper_junos', 'cisco_ios'], devices: 4, telnetShare: 0 });
    const named = (platform: string) =>
      net.lab.devices.filter((one) => one.platform === platform).map(({ name }) => name);
    ios = named('cisco_ios').sort();
    junos = named('juniper_junos').sort();
    await net.call(['backup', '-s', [...ios, junos[0]!].map((name) => `name:${name}`).join(' or ')]);
  });
  afterAll(async () => await net[Symbol.asyncDispose]());
  const write = async (text: string, name = 'policy.yaml'): Promise<string> => {
    const file = join(net.folder, name);
    await writeFile(file, text);
    return file;
  };
  const check = async (text: string, ...args: readonly string[]) =>
    await net.call(['check', await write(text), ...args]);

  it('judges what is stored, and does not pass what is not', async () => {
    const before = net.lab.devices.map(({ name }) => name);
    const said = await check(policy);
    expect(said.code).toBe(1);
    for (const name of [...ios, junos[0]!])
      expect(said.stdout).toMatch(new RegExp(`${name} +ntp +fail +high .*ntp server 192.0.2.99 is missing`));
    expect(said.stdout).toMatch(new RegExp(`${junos[1]} +ntp +unknown +high +no configuration was stored yet`));
    expect(said.stdout).toMatch(/hostname +medium +2 +0 +0 +0/);
    expect(said.stdout).toMatch(/ntp +high +0 +3 +1 +0 +NTP of the site/);
    expect(said.stderr).toContain('facts need the device: --facts asks it');
    expect(said.stderr).toMatch(/0 devices comply, 3 do not, 1 could not be judged in/);
    expect(before).toHaveLength(4);
  });

  it('gives JSON lines and a report that CI systems read', async () => {
    const file = join(net.folder, 'report.xml');
    const said = await check(policy, '--json', '--junit', file);
    const lines = said.lines();
    expect(lines).toHaveLength(5);
    const one = lines.find(({ device }) => device === ios[0]);
    expect(one).toMatchObject({ platform: 'cisco_ios', state: 'fail', configuration: { commit: expect.any(String) } });
    expect(one.findings.map(({ rule, state }: { rule: string; state: string }) => [rule, state])).toEqual([
      ['ntp', 'fail'],
      ['hostname', 'pass'],
      ['model', 'skipped'],
    ]);
    expect(lines.at(-1).report).toMatchObject({ title: 'Baseline', devices: { total: 4, fail: 3, unknown: 1 } });
    const root = parseXml(await readFile(file, 'utf8'));
    expect(root.name).toBe('testsuites');
    const suites = root.children.filter((child) => typeof child !== 'string');
    expect(suites).toHaveLength(4);
    const suite = suites.find((child) => child.attribute('name') === ios[0])!;
    expect(['tests', 'failures', 'errors', 'skipped'].map((name) => suite.attribute(name))).toEqual([
      '3',
      '1',
      '0',
      '1',
    ]);
  });

  it('asks the devices for facts only when told to', async () => {
    const said = await check(policy, '--facts', '--json', '-s', ios[0]!);
    expect(said.lines()[0].findings.at(-1)).toMatchObject({ rule: 'model', state: 'pass' });
    const napalm = await write(
      '---\n- get_facts:\n    hostname: nobody\n- ping:\n    success: {packet_loss: 0}\n',
      'v.yml',
    );
    expect((await net.call(['check', napalm])).stderr).toContain('NW_USAGE');
    const asked = await net.call(['check', napalm, '--facts', '-s', ios[0]!]);
    expect(asked.code).toBe(1);
    expect(asked.stdout).toMatch(/get_facts +fail +medium +get_facts\.hostname: expected nobody, found /);
    expect(asked.stdout).toMatch(/ping +medium +0 +0 +0 +1/);
  });

  it('does not pass a device that cannot be asked, and skips what a system does not have', async () => {
    await net.inventory({}, { dead: { address: '127.0.0.1', port: 1, platform: 'cisco_ios' } });
    const facts = '- get_facts: { uptime: ">0" }\n- get_firewall_policies: {}\n';
    const said = await net.call([
      'check',
      await write(facts),
      '--facts',
      '--json',
      '-s',
      `dead or ${ios[0]}`,
      '--retries',
      '0',
    ]);
    await net.inventory();
    expect(said.code).toBe(1);
    const states = (name: string) =>
      said
        .lines()
        .find(({ device }) => device === name)
        .findings.map(({ state, code }: { state: string; code?: string }) => [state, code]);
    expect(states('dead')).toEqual([
      ['unknown', 'NW_CONNECT_REFUSED'],
      ['unknown', 'NW_CONNECT_REFUSED'],
    ]);
    expect(states(ios[0]!)).toEqual([
      ['pass', undefined],
      ['skipped', undefined],
    ]);
  });

  it('is no pass when nothing was judged', async () => {
    const idle = await check('rules: [{ id: a, for: "platform:cisco_asa", forbidden: x }]');
    expect(idle.code).toBe(1);
    expect(idle.stderr).toContain('nothing was judged');
    const skipped = await check('- get_firewall_policies: {}\n', '--facts', '-s', ios[0]!);
    expect(skipped.code).toBe(1);
    expect(skipped.stderr).toContain('nothing was judged');
    expect(skipped.stderr).toMatch(/0 devices comply, 1 was not asked in/);
    expect((await check('- get_firewall_policies: {}\n', '--facts', '--fail-on', 'never')).code).toBe(0);
    const half = await check(
      'rules: [{ id: a, for: "platform:cisco_asa", forbidden: x }, { id: b, forbidden: nothing of the kind }]',
      ...['-s', ios[0]!],
    );
    expect(half.code).toBe(0);
    expect(half.stderr).toContain('for none of these devices: a');
    expect(half.stderr).not.toContain('nothing was judged');
  });

  it('plans what mends, and what was planned makes it pass', async () => {
    const said = await check(policy, '--remediate', '-s', `${ios[0]} or ${junos[0]}`);
    expect(said.code).toBe(1);
    const id = /netwright change apply (\S+)/.exec(said.stderr)![1]!;
    expect(said.stdout).toMatch(/\+ ntp server 192\.0\.2\.99/);
    expect(said.stdout).toMatch(/\+\s+server 192\.0\.2\.99;/);
    expect((await net.call(['change', 'show', id])).stdout).toContain('remediation of');
    const still = await net.call(['run', 'show running-config', '-s', ios[0]!]);
    expect(still.stdout).not.toContain('192.0.2.99');
    expect((await net.call(['change', 'apply', id, '--no-guard'])).code).toBe(0);
    const after = await check(policy, '-s', `${ios[0]} or ${junos[0]}`);
    expect(after.stderr).toContain('2 devices comply in');
    expect(after.code).toBe(0);
  });

  it('looks at any time, and fails as severely as asked', async () => {
    const early = await check(policy, '--at', '2001-01-01', '-s', ios[0]!);
    expect(early.code).toBe(1);
    expect(early.stdout).toMatch(/unknown +high +no configuration was stored by 2001-01-01/);
    const at = await check(policy, '-s', `${ios[0]}@2001-01-01`);
    expect(at.stdout).toMatch(/no configuration was stored by 2001-01-01/);
    expect((await check(policy, '--at', 'yesterday', '--remediate')).code).toBe(2);
    expect((await check(policy, '-s', ios[1]!, '--fail-on', 'critical')).code).toBe(0);
    expect((await check(policy, '-s', ios[1]!, '--fail-on', 'high')).code).toBe(1);
    expect((await check(policy, '--fail-on', 'never')).code).toBe(0);
  });

  it('compares secrets by their marks, and never writes a mark to a device', async () => {
    const [name = ''] = ios;
    const stored = (await net.call(['show', name])).stdout;
    const line = stored.split('\n').find((one) => one.includes('<secret:') && one.startsWith('snmp-server community'));
    expect(line).toBeDefined();
    const sealed = (await net.call(['show', name, '--sealed'])).stdout;
    const clear = sealed.split('\n').find((one) => one.startsWith('snmp-server community'))!;
    const rule = (kind: string, text: string) => `rules: [{ id: snmp, ${kind}: ${JSON.stringify(text)} }]`;
    expect((await check(rule('required', clear), '-s', name)).code).toBe(0);
    const other = await check(rule('required', clear.replace(/community \S+/, 'community 0therWord')), '-s', name);
    expect(other.code).toBe(1);
    expect(other.stdout).not.toContain('0therWord');
    const refused = await check(rule('forbidden', clear), '-s', name, '--remediate');
    expect(refused.code).not.toBe(0);
    expect(refused.stderr).toContain('not mended');
    expect(refused.stderr).toContain('never written to a device');
    expect(refused.stderr).toContain('NW_CHANGE_REFUSED');
    expect(refused.stdout + refused.stderr).not.toContain(/community (\S+)/.exec(clear)![1]!);
  });

  it('compares the secret of a credential, which is never shown', async () => {
    const [name = ''] = ios;
    const sealed = (await net.call(['show', name, '--sealed'])).stdout;
    const community = /^snmp-server community (\S+) (\S+)/m.exec(sealed)!;
    const set = async (word: string) =>
      await net.call(['secret', 'set', 'snmp', '--user', 'x', '--password-stdin'], { stdin: `${word}\n` });
    const text = `rules: [{ id: snmp, required: "snmp-server community {{ secret('snmp') }} ${community[2]}" }]`;
    await set(community[1]!);
    expect((await check(text, '-s', name)).code).toBe(0);
    await set('An0therW0rd');
    const other = await check(text, '-s', name, '--remediate');
    expect(other.code).not.toBe(0);
    expect(other.stdout).toMatch(/snmp-server community <secret:[0-9a-f]+> .* is missing/);
    expect(other.stderr).toContain('never written to a device');
    expect(other.stdout + other.stderr).not.toContain('An0therW0rd');
    const none = `rules: [{ id: snmp, required: "snmp-server community {{ secret('nobody') }} RO" }, { id: b, forbidden: x }]`;
    const [{ findings }] = (await check(none, '-s', name, '--json')).lines();
    expect(findings.map(({ state, code }: { state: string; code?: string }) => [state, code])).toEqual([
      ['unknown', 'NW_CREDENTIAL_MISSING'],
      ['pass', undefined],
    ]);
  });

  it('says every mistake with file and line', async () => {
    const said = await check('rules:\n  - id: a\n    forbiden: x\n  - id: a\n    for: "site:"\n    required: y\n');
    expect(said.code).toBe(2);
    expect(said.stderr).toContain('NW_POLICY_INVALID');
    expect(said.stderr).toMatch(/policy\.yaml:3: unknown key "forbiden"\. Did you mean "forbidden"\?/);
    expect(said.stderr).toMatch(/policy\.yaml:4: the id "a" stands in line 2 already/);
    expect(said.stderr).toMatch(/policy\.yaml:5: "for": /);
    const variable = await check('rules:\n  - id: a\n    required: ntp server {{ ntp }}\n', '-s', ios[0]!);
    expect(variable.stdout).toMatch(/policy\.yaml:3: undefined value: ntp/);
  });
});
