import { writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { NetwrightError } from '#core';
import { formatProblem, loadInventory } from '#inventory';
import { threadCpuMs } from '../cpu-time.ts';
import { failure, folderWith, platforms } from './workbench.ts';

async function load(files: Record<string, string> | string) {
  const folder = await folderWith(typeof files === 'string' ? { 'inventory.yaml': files } : files);
  const path = typeof files === 'string' ? join(folder, 'inventory.yaml') : folder;
  const inventory = await loadInventory(path, { platforms });
  const problems = inventory.problems.map((one) => formatProblem(one).replaceAll(`${folder}/`, ''));
  return { inventory, problems };
}

const problemsOf = async (files: Record<string, string> | string): Promise<string[]> => (await load(files)).problems;

const workspace = `
defaults: { credential: lab, timeoutMs: 30000 }
groups:
  edge: { site: cairo, role: pe, tags: [bgp], groups: [core] }
  core: { jump: [bastion], role: p, tags: [mpls], variables: { asn: 64512, area: 0 } }
devices:
  r1: { address: 192.0.2.1, platform: ios, groups: [edge], variables: { asn: 65000 }, tags: [new] }
  sw7: { address: 192.0.2.7, port: 2222, platform: hp_comware, credential: switches, transport: telnet, site: giza }
  bastion: { address: 192.0.2.250, platform: linux, jump: [] }
`;

describe('loading an inventory', () => {
  it('gives a device what its groups and the defaults say, the nearest first', async () => {
    const { inventory, problems } = await load(workspace);
    expect(problems).toEqual([]);
    expect(inventory.get('r1')).toEqual({
      name: 'r1',
      address: '192.0.2.1',
      port: 22,
      platform: 'cisco_ios',
      transport: 'ssh',
      credential: 'lab',
      jump: ['bastion'],
      site: 'cairo',
      role: 'pe',
      tags: ['new', 'bgp', 'mpls'],
      groups: ['edge', 'core'],
      timeoutMs: 30_000,
      connection: {},
      variables: { asn: 65_000, area: 0 },
      source: { file: expect.stringMatching(/inventory\.yaml$/), line: 7 },
    });
    expect(inventory.get('sw7')).toMatchObject({ port: 2222, transport: 'telnet', credential: 'switches', jump: [] });
    expect(inventory.get('bastion')).toMatchObject({ jump: [], groups: [], credential: 'lab' });
  });

  it('goes through groups depth-first and takes the first that sets a key', async () => {
    const { inventory } = await load(`
groups:
  a: { groups: [a1] }
  a1: { site: from-a1 }
  b: { site: from-b, role: from-b }
devices:
  r1: { groups: [a, b] }
`);
    expect(inventory.get('r1')).toMatchObject({ site: 'from-a1', role: 'from-b', groups: ['a', 'a1', 'b'] });
  });

  it('takes port 23 for telnet, the name for the address and auto for the platform', async () => {
    const { inventory } = await load('devices:\n  r1.example.net: { transport: telnet }\n  r2:\n');
    expect(inventory.get('r1.example.net')).toMatchObject({ port: 23, address: 'r1.example.net', platform: 'auto' });
    expect(inventory.get('r2')).toMatchObject({ port: 22, address: 'r2', transport: 'ssh' });
  });

  it('merges connection options key by key', async () => {
    const { inventory } = await load(`
defaults:
  connection: { hostKeys: strict, algorithms: modern, keepaliveMs: 0 }
groups:
  old: { connection: { algorithms: legacy } }
devices:
  r1: { groups: [old], connection: { commandTimeoutMs: 60000, fallback: telnet } }
`);
    expect(inventory.get('r1').connection).toEqual({
      hostKeys: 'strict',
      algorithms: 'legacy',
      keepaliveMs: 0,
      commandTimeoutMs: 60_000,
      fallback: 'telnet',
    });
  });

  it('merges how the API is reached key by key, and reads fingerprints in every form', async () => {
    const { inventory, problems } = await load(`
groups:
  leaf: { api: { protocol: eapi, certificates: strict } }
devices:
  leaf1: { groups: [leaf], api: { port: 8443, fingerprint: "sha256 Fingerprint=${'ab:'.repeat(31)}CD" } }
  leaf2: { groups: [leaf], api: { fingerprint: abcd } }
  leaf3: { api: { protocol: gnmi, tls: no } }
  leaf4: {}
`);
    expect(inventory.devices.get('leaf1')?.api).toEqual({
      protocol: 'eapi',
      certificates: 'strict',
      port: 8443,
      fingerprint: `SHA256:${'AB:'.repeat(31)}CD`,
    });
    expect(inventory.devices.get('leaf4')?.api).toBeUndefined();
    expect(problems).toEqual([
      'inventory.yaml:6:48: device "leaf2": api.fingerprint: expected a SHA-256 fingerprint such as SHA256:AB:CD:… (32 bytes)',
      expect.stringMatching(/^inventory\.yaml:7:29: .*expected netconf or eapi or nxapi or restconf, got "gnmi"/),
      expect.stringMatching(/^inventory\.yaml:7:40: .*expected true or false, got "no"/),
    ]);
  });

  it('takes paths from the folder of the file that names them, wherever the program was started', async () => {
    const { inventory } = await load({
      'a.yaml':
        'defaults: { connection: { sshConfig: ~/.ssh/config } }\ngroups: { g: { connection: { sshConfig: c } } }\n',
      'sub/b.yaml':
        'devices:\n  r1: {}\n  r2: { groups: [g] }\n  r3: { connection: { sshConfig: ../c } }\n' +
        '  r4: { connection: { sshConfig: /etc/c } }\n  r5: { connection: { sshConfig: d } }\n',
    });
    const folder = dirname(inventory.get('r2').connection.sshConfig!);
    const paths = ['r1', 'r2', 'r3', 'r4', 'r5'].map((one) => inventory.get(one).connection.sshConfig);
    expect(isAbsolute(folder)).toBe(true);
    expect(paths).toEqual(['~/.ssh/config', join(folder, 'c'), join(folder, 'c'), '/etc/c', join(folder, 'sub/d')]);
  });

  it('keeps the order of the file, also for names that are numbers', async () => {
    const { inventory } = await load('devices:\n  "20": {}\n  "3": {}\n  r1: {}\n  100: {}\n');
    expect([...inventory.devices.keys()]).toEqual(['20', '3', 'r1', '100']);
  });

  it('merges all files of a folder at any depth, in order, and leaves hidden ones out', async () => {
    const { inventory, problems } = await load({
      'b/devices.yml': 'devices:\n  r2: { groups: [edge] }\n',
      'a.yaml': 'defaults: { credential: lab }\ngroups:\n  edge: { site: cairo }\n',
      'b/a.yaml': 'devices:\n  r1: { groups: [edge] }\n',
      '.git/config.yaml': 'nonsense: true\n',
      'b/.draft.yaml': 'nonsense: true\n',
      'README.md': 'nonsense\n',
    });
    expect(problems).toEqual([]);
    expect([...inventory.devices.keys()]).toEqual(['r1', 'r2']);
    expect(inventory.get('r2')).toMatchObject({ site: 'cairo', credential: 'lab' });
  });

  it('reads anchors, aliases, merge keys, block scalars and JSON by the full parser', async () => {
    const { inventory, problems } = await load(`
groups:
  edge: &edge { site: cairo }
devices:
  r1:
    <<: *edge
    variables:
      banner: |
        hello
        world
`);
    expect(problems).toEqual([]);
    expect(inventory.get('r1')).toMatchObject({ site: 'cairo', variables: { banner: 'hello\nworld\n' } });
    const json = await load('{"devices": {"r1": {"address": "192.0.2.1"}}}');
    expect(json.inventory.get('r1').address).toBe('192.0.2.1');
  });

  it('reads everyday YAML and unusual YAML beside each other, each with its lines', async () => {
    const { inventory } = await load(
      'devices:\n  r1: { site: a }\n\n  # comment\n  r2:\n    variables:\n      text: "a\\tb"\n  r3: {\n    site: c\n  }\n  r4: { site: d }\n',
    );
    expect([...inventory.devices.values()].map(({ name, site, source }) => [name, site, source?.line])).toEqual([
      ['r1', 'a', 2],
      ['r2', undefined, 5],
      ['r3', 'c', 8],
      ['r4', 'd', 11],
    ]);
    expect(inventory.get('r2').variables).toEqual({ text: 'a\tb' });
  });

  it('says when a file is missing, and knows an empty inventory', async () => {
    const error = await failure(loadInventory('/nowhere/inventory.yaml', { platforms }));
    expect(error).toBeInstanceOf(NetwrightError);
    expect(error.message).toBe('/nowhere/inventory.yaml: no inventory can be read here (ENOENT)');
    expect(await problemsOf('')).toEqual(['inventory.yaml:1:1: warning: there is no device in it']);
    expect(await problemsOf('devices:\n')).toHaveLength(1);
  });

  it('stops when it is told to', async () => {
    const devices = Array.from({ length: 20_000 }, (_, index) => `  r${index}: { address: 10.0.0.1 }\n`).join('');
    const folder = await folderWith({ 'i.yaml': `devices:\n${devices}` });
    const error = await failure(
      loadInventory(join(folder, 'i.yaml'), { platforms, signal: AbortSignal.abort(new Error('enough')) }),
    );
    expect(error.code).toBe('NW_CANCELLED');
  });
});

describe('mistakes in an inventory', () => {
  it.each([
    [
      'an unknown key',
      'devices:\n  r1: { adress: 192.0.2.1 }',
      '2:9: device "r1": unknown key "adress". Did you mean "address"?',
    ],
    [
      'a device without its section',
      'r1: { address: 192.0.2.1 }',
      '1:1: unknown key "r1". Devices stand below "devices:", beside "groups:" and "defaults:".',
    ],
    ['an unknown section', 'device:\n  r1: {}', '1:1: unknown key "device". Did you mean "devices"?'],
    [
      'a connection option outside of connection',
      'devices:\n  r1: { hostKeys: strict }',
      '2:9: device "r1": unknown key "hostKeys". It stands under "connection:".',
    ],
    [
      'an unknown option',
      'devices:\n  r1:\n    connection:\n      hostKey: strict',
      '4:7: device "r1": connection: unknown key "hostKey". Did you mean "hostKeys"?',
    ],
    [
      'a wrong choice',
      'devices:\n  r1: { connection: { hostKeys: stict } }',
      '2:33: device "r1": connection.hostKeys: expected accept-new or strict or ignore, got "stict". Did you mean "strict"?',
    ],
    [
      'an unknown platform',
      'devices:\n  r1: { platform: cisco_iso }',
      '2:19: device "r1": there is no platform "cisco_iso". Did you mean "cisco_ios"?',
    ],
    [
      'an unknown platform of a group',
      'groups:\n  g: { platform: nonsense }',
      '2:18: group "g": there is no platform "nonsense".',
    ],
    [
      'an unknown group',
      'groups:\n  edge: {}\ndevices:\n  r1: { groups: [egde] }',
      '4:18: device "r1": there is no group "egde". Did you mean "edge"?',
    ],
    [
      'an unknown parent',
      'groups:\n  edge: { groups: [cor] }\n  core: {}',
      '2:20: group "edge": there is no group "cor". Did you mean "core"?',
    ],
    [
      'a group in itself',
      'groups:\n  a: { groups: [b] }\n  b: { groups: [c] }\n  c: { groups: [a] }',
      '4:17: groups go in a circle: a -> b -> c -> a',
    ],
    [
      'a port out of range',
      'devices:\n  r1: { port: 70000 }',
      '2:15: device "r1": port: expected an integer from 1 to 65535, got 70000',
    ],
    [
      'a port as text',
      'devices:\n  r1: { port: "22" }',
      '2:15: device "r1": port: expected an integer from 1 to 65535, got "22"',
    ],
    [
      'a list where a text stands',
      'devices:\n  r1: { site: [cairo] }',
      '2:15: device "r1": site: expected a text, got a list',
    ],
    [
      'a text where a list stands',
      'devices:\n  r1: { tags: lab }',
      '2:15: device "r1": tags: expected a list such as [a, b], got "lab"',
    ],
    [
      'a number in a list of texts',
      'devices:\n  r1: { tags: [lab, 7] }',
      '2:21: device "r1": tags[2]: expected a text, got 7; put it in quotes',
    ],
    [
      'a bad IPv4 address',
      'devices:\n  r1: { address: 192.0.2.300 }',
      '2:18: device "r1": "192.0.2.300" is no IPv4 address',
    ],
    [
      'an address that is a number',
      'devices:\n  r1: { address: 192.0 }',
      '2:18: device "r1": address: expected a text, got 192; put it in quotes',
    ],
    [
      'a prefix',
      'devices:\n  r1: { address: 192.0.2.1/24 }',
      '2:18: device "r1": "192.0.2.1/24" is a prefix or an address with a mask, expected one address',
    ],
    [
      'a URL',
      'devices:\n  r1: { address: "https://r1/" }',
      '2:18: device "r1": "https://r1/" is a URL, expected an IP address or a host name',
    ],
    [
      'an address with a port',
      'devices:\n  r1: { address: "192.0.2.1:22" }',
      '2:18: device "r1": "192.0.2.1:22": the port stands in "port:"',
    ],
    [
      'a bad IPv6 address',
      'devices:\n  r1: { address: "2001:db8::zz" }',
      '2:18: device "r1": "2001:db8::zz" is no IPv6 address',
    ],
    [
      'an unknown hop',
      'devices:\n  bastion: {}\n  r1: { jump: [bastoin] }',
      '3:16: jump: there is no device "bastoin". Did you mean "bastion"?',
    ],
    ['a hop through itself', 'devices:\n  r1: { jump: [r1] }', '2:16: device "r1" jumps through itself: leave it out'],
    ['a hop passed twice', 'devices:\n  a: {}\n  b: {}\n  r1: { jump: [a, b, a] }', '4:22: jump: "a" is passed twice'],
    ['a device twice', 'devices:\n  r1: {}\n  r1: {}', '3:3: device "r1" is there already, at inventory.yaml:2'],
    [
      'a key twice',
      'devices:\n  r1:\n    port: 22\n    port: 23',
      '4:5: this key is written twice in the same mapping',
    ],
    [
      'a bad name',
      'devices:\n  r 1: { address: 192.0.2.1 }',
      '2:3: "r 1" cannot name a device: expected letters, digits and . _ - @ +, the first a letter, digit or _',
    ],
    [
      'devices as a list',
      'devices:\n  - r1',
      '2:3: expected "name: { … }", or a name and a colon with the keys below it',
    ],
    ['a device that is a text', 'devices:\n  r1: 192.0.2.1', '2:7: device "r1": expected a mapping, got "192.0.2.1"'],
    ['a list as the file', '- a\n- b', '1:1: expected a mapping with the keys defaults, groups and devices'],
    [
      'a name without a colon',
      'devices:\n  r1\n  r2: {}',
      '2:3: expected "name: { … }", or a name and a colon with the keys below it',
    ],
  ])('names %s by its place', async (_, yaml, expected) => {
    const problems = await problemsOf(yaml);
    expect(problems).toEqual([`inventory.yaml:${expected}`]);
  });

  it('names broken YAML by its place and reads the devices around it', async () => {
    const { inventory, problems } = await load('devices:\n  r1: { site: a }\n  r2: { site: [ }\n  r3: { site: c }\n');
    expect(problems.length).toBeGreaterThan(0);
    expect(problems[0]).toMatch(/^inventory\.yaml:3:\d+: /);
    expect([...inventory.devices.keys()]).toEqual(['r1', 'r3']);
  });

  it('says a name that is indented otherwise, and reads it', async () => {
    const { inventory, problems } = await load('devices:\n    r1: {}\n  r2: {}\n    r3: {}\n');
    expect(problems).toContain('inventory.yaml:3:3: expected 4 blanks before the name, as in the lines above, got 2');
    expect([...inventory.devices.keys()]).toContain('r1');
  });

  it('refuses another encoding than UTF-8, with the line: names would become other ones', async () => {
    const folder = await folderWith({});
    const file = join(folder, 'inventory.yaml');
    await writeFile(file, Buffer.from('devices:\n  r1: {}\n  köln: {}\n', 'latin1'));
    expect(await failure(loadInventory(file, { platforms }))).toMatchObject({
      code: 'NW_INVENTORY_INVALID',
      message: `${file}:3: expected text in UTF-8`,
    });
    await writeFile(file, '\uFEFFdevices:\r\n  köln: {}\r\n');
    expect([...(await loadInventory(file, { platforms })).devices.keys()]).toEqual(['köln']);
  });

  it('says a tab as indentation', async () => {
    expect(await problemsOf('devices:\n\tr1: {}\n')).toContainEqual(
      expect.stringMatching(/^inventory\.yaml:2:\d+: a tab cannot indent YAML/),
    );
  });

  it('finds the same name in two files, and the same default', async () => {
    const problems = await problemsOf({
      'a.yaml': 'defaults: { credential: lab }\ngroups:\n  g: {}\ndevices:\n  r1: {}\n',
      'b.yaml': 'defaults: { credential: other }\ngroups:\n  g: {}\ndevices:\n  r1: {}\n',
    });
    expect(problems.map((one) => one.replace(/\/\S*\/(?=a\.yaml)/, ''))).toEqual([
      'b.yaml:1:13: defaults: "credential" is set already in a.yaml:1',
      'b.yaml:3:3: group "g" is there already, at a.yaml:3',
      'b.yaml:5:3: device "r1" is there already, at a.yaml:5',
    ]);
  });

  it('tells a bastion that inherits a jump through itself what to write', async () => {
    expect(await problemsOf('defaults: { jump: [bastion] }\ndevices:\n  bastion: {}\n  r1: {}\n')).toEqual([
      'inventory.yaml:3:3: device "bastion" jumps through itself: a group or the defaults say so; write "jump: []" in the device',
    ]);
  });

  it('says a mistake of a group once, not for every device in it', async () => {
    const devices = Array.from({ length: 50 }, (_, index) => `  r${index}: { groups: [g] }\n`).join('');
    const problems = await problemsOf(`groups:\n  g: { jump: [gone], platform: gone, port: 0 }\ndevices:\n${devices}`);
    expect(problems).toHaveLength(3);
  });

  it.each([
    ['in lines', (all: string[]) => `devices:\n${all.map((one) => `  ${one}\n`).join('')}`],
    ['in one mapping', (all: string[]) => `devices: { ${all.join(', ')} }\n`],
    [
      'with an anchor',
      (all: string[]) => `x: &x 1\ndevices:\n  a: { variables: { b: *x } }\n${all.map((one) => `  ${one}\n`).join('')}`,
    ],
  ])('names the mistakes of thousands of devices in time that grows with their number (%s)', async (_, write) => {
    const cost = async (length: number): Promise<number> => {
      const all = Array.from(
        { length },
        (_, index) => `r${index}: { platform: nonsense, groups: [g${index}], jump: [j${index}] }`,
      );
      const before = threadCpuMs();
      const problems = await problemsOf(write(all));
      const cpuMs = threadCpuMs() - before;
      expect(problems.length).toBeGreaterThanOrEqual(3 * length);
      expect(problems.at(-1)).toMatch(
        new RegExp(
          `: jump: there is no device "j${length - 1}"|: device "r${length - 1}": there is no (?:group|platform)`,
        ),
      );
      return cpuMs;
    };
    await cost(250);
    const [small, large] = [await cost(250), await cost(3000)];
    // 12 times the devices; anything quadratic would take 144 times as long.
    expect(large).toBeLessThan(12 * 5 * small);
  });

  it('refuses to be used with mistakes, and lists the first ones', async () => {
    const bad = Array.from({ length: 9 }, (_, index) => `  r${index}: { port: 0 }\n`).join('');
    const { inventory } = await load(`devices:\n${bad}`);
    expect(inventory.devices.size).toBe(9);
    for (const use of [() => inventory.get('r1'), () => inventory.select('r*'), () => inventory.select()]) {
      expect(use).toThrowError(expect.objectContaining({ code: 'NW_INVENTORY_INVALID' }));
    }
    expect(() => inventory.select()).toThrowError(
      /has 9 mistakes:\n.*inventory\.yaml:2:15: .*\n(.*\n){4} {2}and 4 more$/,
    );
  });

  it('knows what an unknown device may have been meant to be', async () => {
    const { inventory } = await load('devices:\n  router-1: {}\n');
    expect(() => inventory.get('router-2')).toThrowError(
      expect.objectContaining({
        code: 'NW_DEVICE_UNKNOWN',
        message: expect.stringContaining('Did you mean "router-1"?'),
      }),
    );
  });
});
