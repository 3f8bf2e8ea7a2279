import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { NetwrightError, renderXml, Secret } from '#core';
import { type DeviceControl, type Lab, type LabDevice, type LabOptions, startLab } from '#lab';
import { createDialer, type NetconfOptions, type NetconfSession, openNetconf, type SshDialer } from '#transport';

let dialer: SshDialer;
let lab: Lab;

beforeEach(() => {
  dialer = createDialer({ knownHosts: { find: () => [], add: async () => {}, replace: async () => {} } });
});

afterEach(async () => {
  await dialer[Symbol.asyncDispose]();
  await lab.stop();
});

async function start(platform: string, options: LabOptions = {}): Promise<DeviceControl> {
  lab = await startLab({ devices: 1, platforms: [platform], telnetShare: 0, processes: 0, seed: 3, ...options });
  return lab.device(lab.devices[0]!.name);
}

const endpointOf = ({ name, host, port, user, password }: LabDevice) =>
  ({ name, host, port, protocol: 'ssh', login: { user, password: new Secret(password) }, via: [] }) as const;
const open = async (options?: NetconfOptions): Promise<NetconfSession> =>
  await openNetconf(dialer, endpointOf(lab.devices[0]!), options);

const describing = (platform: string, words: string): string =>
  platform === 'juniper_junos'
    ? `<configuration><interfaces><interface><name>ge-0/0/0</name><description>${words}</description></interface></interfaces></configuration>`
    : `<interface-configurations xmlns="http://cisco.com/ns/yang/Cisco-IOS-XR-ifmgr-cfg"><interface-configuration><active>act</active><interface-name>TenGigE0/0/0/0</interface-name><description>${words}</description></interface-configuration></interface-configurations>`;

describe.each([
  ['juniper_junos', 'end-of-message'],
  ['cisco_xr', 'chunked'],
] as const)('NETCONF of %s in the lab', (platform, framing) => {
  test('changes the configuration that its command line shows', async () => {
    const device = await start(platform);
    const before = await device.running();
    await using session = await open();
    expect(session.framing).toBe(framing);
    await session.locked('candidate', async () => {
      await session.editConfig('candidate', describing(platform, 'through NETCONF'));
      expect(await device.running()).toBe(before);
      await session.validate('candidate');
      await session.commit();
    });
    const after = await device.running();
    expect(after).toContain('through NETCONF');
    expect(renderXml(await session.getConfig('running'))).toContain('<description>through NETCONF</description>');
    expect(after.split('\n').filter((line) => !before.split('\n').includes(line))).toHaveLength(1);
  });

  test('takes a trial back at its time, with its session, or when it is told to, to the byte', async () => {
    const device = await start(platform);
    const before = await device.running();
    {
      await using session = await open();
      await session.editConfig('candidate', describing(platform, 'one'));
      await session.commit({ confirmWithinS: 60 });
      expect(await device.running()).toContain('one');
      expect((await device.status()).rollbackInMs).toBeGreaterThan(50_000);
      await device.advance(60_001);
      expect(await device.running()).toBe(before);
      await session.editConfig('candidate', describing(platform, 'two'));
      await session.commit({ confirmWithinS: 60 });
    }
    await expect.poll(async () => await device.running()).toBe(before);
    await using session = await open();
    await session.editConfig('candidate', describing(platform, 'three'));
    await session.commit({ confirmWithinS: 60 });
    await session.commit();
    await device.advance(61_000);
    expect(await device.running()).toContain('three');
  });

  test('says what is wrong with an edit, and changes nothing', async () => {
    const device = await start(platform);
    const before = await device.running();
    await using session = await open();
    for (const bad of [
      '<nonsense xmlns="urn:x"/>',
      describing(platform, 'x').replace('<description>', '<x/><description operation="what">'),
    ]) {
      await expect(session.editConfig('candidate', bad)).rejects.toMatchObject({ code: 'NW_RPC_REFUSED' });
    }
    await expect(session.rpc('<no-such-operation/>')).rejects.toMatchObject({
      code: 'NW_RPC_REFUSED',
      details: { errors: [{ tag: 'operation-not-supported' }] },
    });
    await device.fault({ kind: 'commit-fails' });
    await session.editConfig('candidate', describing(platform, 'never'));
    await expect(session.commit()).rejects.toMatchObject({ code: 'NW_RPC_REFUSED' });
    await session.discardChanges();
    await session.commit();
    expect(await device.running()).toBe(before);
  });

  test('keeps a lock from others until its holder is gone', async () => {
    const device = await start(platform);
    const first = await open();
    await using second = await open();
    await first.lock('candidate');
    const refused = await failure(second.lock('candidate'));
    expect(refused).toMatchObject({ code: 'NW_CONFIG_LOCKED', retryable: true });
    expect(refused.message).toContain(`held by session ${first.sessionId}`);
    await expect(second.editConfig('candidate', describing(platform, 'x'))).rejects.toMatchObject({
      code: 'NW_CONFIG_LOCKED',
    });
    await first.editConfig('candidate', describing(platform, 'lost'));
    await second.killSession(first.sessionId);
    await expect(first.get()).rejects.toMatchObject({ code: 'NW_CONNECTION_LOST' });
    await second.locked('candidate', async () => await second.commit());
    expect(await device.running()).not.toContain('lost');
  });

  test('lost at every operation, ends with an error of ours and a device in a known state', async () => {
    const device = await start(platform);
    const before = await device.running();
    const steps = ['<lock>', '<edit-config>', '<validate>', '<commit>', '<unlock>'];
    for (const when of ['before', 'during', 'after'] as const) {
      for (const [at] of steps.entries()) {
        await using session = await open();
        await device.fault({ kind: 'cut', atCommand: at + 1, when });
        const work = session.locked('candidate', async () => {
          await session.editConfig('candidate', describing(platform, `${when} ${at}`));
          await session.validate('candidate');
          await session.commit();
        });
        // Whoever is cut off after the last answer has it.
        if (when === 'after' && at === steps.length - 1) await work;
        else expect((await failure(work)).code).toBe('NW_CONNECTION_LOST');
        // Only a commit that was carried out has changed anything.
        const isDone = at > 3 || (at === 3 && when !== 'before');
        expect((await device.running()).includes(`${when} ${at}`)).toBe(isDone);
        await device.heal();
      }
    }
    expect(await device.running()).not.toBe(before);
    await expect.poll(async () => (await device.status()).sessions).toBe(0);
  });

  test('cut at any byte of a reply, and a restart in the middle of a commit, are told apart from success', async () => {
    const device = await start(platform, { configBytes: 1_000 });
    for (const atByte of [1, 20, 300, 1_500]) {
      await using session = await open();
      await device.fault({ kind: 'cut', atByte });
      expect((await failure(session.getConfig('running'))).code).toBe('NW_CONNECTION_LOST');
      await device.heal();
    }
    const before = await device.running();
    await using session = await open();
    await session.editConfig('candidate', describing(platform, 'gone'));
    await device.fault({ kind: 'reboot', on: '<commit>', downMs: 100 });
    expect((await failure(session.commit())).code).toBe('NW_CONNECTION_LOST');
    await expect.poll(async () => (await device.status()).isReachable).toBe(true);
    expect(await device.running()).toBe(before);
  });

  test('that hangs is given up', async () => {
    const device = await start(platform);
    await using session = await open();
    await device.fault({ kind: 'hang', on: '<commit>' });
    await expect(session.commit({ timeoutMs: 60 })).rejects.toMatchObject({ code: 'NW_COMMAND_TIMEOUT' });
    await expect.poll(() => dialer.openSockets).toBe(0);
  });

  test('with a fault of its own is an error, or slow', async () => {
    for (const [fault, code] of [
      ['garbage', 'NW_NETCONF_PROTOCOL'],
      ['cut', 'NW_CONNECTION_LOST'],
      ['no-prompt', 'NW_NETCONF_PROTOCOL'],
    ] as const) {
      await start(platform, { faults: { [fault]: 1 } });
      const work = open({ helloTimeoutMs: 100, rpcTimeoutMs: 300 }).then(
        async (session) => await session.getConfig('running'),
      );
      // Random bytes in the framing of 1.0 are a message that is no XML, or that does not end.
      const others = fault === 'garbage' ? ['NW_COMMAND_TIMEOUT', 'NW_XML_INVALID'] : [];
      expect([code, ...others]).toContain((await failure(work)).code);
      await lab.stop();
    }
    await start(platform, { faults: { slow: 1 } });
    await using session = await open();
    expect((await session.getConfig('running')).children.length).toBeGreaterThan(0);
  });
});

describe('Junos in the lab', () => {
  test('knows its own operations', async () => {
    const device = await start('juniper_junos');
    const before = await device.running();
    await using session = await open();
    const { element } = await session.rpc('<get-configuration format="text" database="committed"/>');
    expect(element.child('configuration-text')?.text).toContain('host-name');
    await session.rpc('<lock-configuration/>');
    await session.rpc(
      '<load-configuration action="set" format="text"><configuration-set>set interfaces ge-0/0/0 description loaded\nset system services netconf ssh</configuration-set></load-configuration>',
    );
    await session.rpc(
      '<commit-configuration><confirmed/><confirm-timeout>1</confirm-timeout><log>why</log></commit-configuration>',
    );
    expect(await device.running()).toContain('description loaded');
    await device.advance(61_000);
    expect(await device.running()).toBe(before);
    const refused = await failure(
      session.rpc(
        '<load-configuration action="set"><configuration-set>set nonsense yes</configuration-set></load-configuration>',
      ),
    );
    expect(refused.message).toContain('syntax error');
    const version = await session.rpc('<get-software-information/>');
    expect(version.element.at('software-information')?.valueAt('junos-version')).toBe('22.4R3-S2.11');
    const terse = await session.rpc('<get-interface-information><terse/></get-interface-information>');
    expect(terse.element.allAt('interface-information/physical-interface')[0]?.valueAt('name')).toBe('ge-0/0/0');
    await expect(session.rpc('<command format="text">show nonsense</command>')).rejects.toMatchObject({
      code: 'NW_RPC_REFUSED',
    });
  });

  test('selects by subtree', async () => {
    await start('juniper_junos');
    await using session = await open();
    const one = await session.getConfig('running', {
      filter: {
        subtree: '<configuration><interfaces><interface><name>ge-0/0/1</name></interface></interfaces></configuration>',
      },
    });
    const interfaces = one.allAt('configuration/interfaces/interface');
    expect(interfaces.map((each) => each.valueAt('name'))).toEqual(['ge-0/0/1']);
    expect(interfaces[0]?.at('unit/family/inet/address/name')).toBeDefined();
    const names = await session.getConfig('running', {
      filter: { subtree: '<configuration><interfaces><interface><name/></interface></interfaces></configuration>' },
    });
    expect(names.allAt('configuration/interfaces/interface').every(({ children }) => children.length === 1)).toBe(true);
    expect((await session.getConfig('running', { filter: { subtree: '<nothing/>' } })).children).toEqual([]);
  });

  test('makes, replaces and deletes as the operation of a node says', async () => {
    const device = await start('juniper_junos');
    await using session = await open();
    const edit = async (interfaces: string, defaultOperation?: 'none'): Promise<unknown> =>
      await session.editConfig(
        'candidate',
        `<configuration xmlns:nc="urn:ietf:params:xml:ns:netconf:base:1.0"><interfaces>${interfaces}</interfaces></configuration>`,
        defaultOperation ? { defaultOperation } : {},
      );
    const errorOf = async (work: Promise<unknown>): Promise<unknown> => (await failure(work)).details['errors'];
    await edit('<interface nc:operation="create"><name>ge-0/0/77</name><mtu>9000</mtu></interface>');
    expect(await errorOf(edit('<interface nc:operation="create"><name>ge-0/0/77</name></interface>'))).toMatchObject([
      { tag: 'data-exists' },
    ]);
    await edit(
      '<interface nc:operation="replace"><name>ge-0/0/77</name><description>new</description></interface>',
      'none',
    );
    await edit('<interface><name>ge-0/0/78</name><mtu>1</mtu></interface>', 'none');
    await session.commit();
    expect(await device.running()).toContain('    ge-0/0/77 {\n        description new;\n    }\n');
    expect(await device.running()).not.toContain('ge-0/0/78');
    await edit('<interface nc:operation="delete"><name>ge-0/0/77</name></interface>');
    expect(await errorOf(edit('<interface nc:operation="delete"><name>ge-0/0/77</name></interface>'))).toMatchObject([
      { tag: 'data-missing' },
    ]);
    await edit('<interface nc:operation="remove"><name>ge-0/0/77</name></interface>');
    await session.commit();
    expect(await device.running()).not.toContain('ge-0/0/77');
  });
});

describe('IOS XR in the lab', () => {
  test('takes lines of its command line, and tokens for trials', async () => {
    const device = await start('cisco_xr');
    const before = await device.running();
    const cli = (lines: string): string => `<cli xmlns="http://cisco.com/ns/yang/Cisco-IOS-XR-cli-cfg">${lines}</cli>`;
    const first = await open();
    await first.editConfig('candidate', cli('interface Loopback7\n ipv4 address 192.0.2.7 255.255.255.255\n!\n'));
    await first.commit({ confirmWithinS: 300, persist: 'token' });
    await first.close();
    await sleep(50);
    expect(await device.running()).toContain('interface Loopback7\n');
    await using second = await open();
    await expect(second.commit()).rejects.toMatchObject({ code: 'NW_RPC_REFUSED' });
    await second.cancelCommit({ persistId: 'token' });
    expect(await device.running()).toBe(before);
    await second.editConfig('candidate', cli(before), { defaultOperation: 'replace' });
    await second.commit();
    expect(await device.running()).toBe(before);
    await expect(second.editConfig('candidate', cli('gibberish here\n'))).rejects.toMatchObject({
      code: 'NW_RPC_REFUSED',
    });
  });
});

test('a system without NETCONF refuses the subsystem', async () => {
  await start('cisco_ios');
  await expect(open()).rejects.toMatchObject({ code: 'NW_NOT_SUPPORTED' });
});

async function failure(work: Promise<unknown>): Promise<NetwrightError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof NetwrightError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}
