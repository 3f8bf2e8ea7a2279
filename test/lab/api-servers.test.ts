import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { NetwrightError, Secret } from '#core';
import { type DeviceControl, type Lab, type LabOptions, labInventory, startLab } from '#lab';
import {
  createDialer,
  createEapiClient,
  createNxapiClient,
  type EapiClient,
  type HttpEndpoint,
  type HttpSession,
  type NxapiClient,
  openHttp,
  type SshDialer,
} from '#transport';
import { certificateMemory } from '../transport/http/https-server.ts';

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
  lab = await startLab({
    devices: 1,
    platforms: [platform],
    telnetShare: 0,
    processes: 0,
    seed: 3,
    apis: true,
    ...options,
  });
  return lab.device(lab.devices[0]!.name);
}

const known = certificateMemory();

function open(change: Partial<HttpEndpoint> = {}): HttpSession {
  const { name, host, api, user, password } = lab.devices[0]!;
  const endpoint: HttpEndpoint = {
    name,
    host,
    port: api!.port,
    protocol: 'https',
    login: { user, password: new Secret(password) },
    via: [],
    ...change,
  };
  return openHttp(dialer, endpoint, { knownCertificates: known, timeoutMs: 2_000 });
}

const clientOf = (session: HttpSession): EapiClient | NxapiClient =>
  lab.devices[0]!.api!.protocol === 'eapi' ? createEapiClient(session) : createNxapiClient(session);

const firstPort = (text: string): string => /^interface (Ethernet\S+)/m.exec(text)![1]!;

describe.each([['arista_eos'], ['cisco_nxos']])('the API of %s', (platform) => {
  test('answers the commands of its command line, as text', async () => {
    const device = await start(platform);
    await using session = open();
    const client = clientOf(session);
    const [version, config] = await client.run(['show version', 'show running-config'], 'text');
    expect(version).toMatch(/Arista|Nexus/);
    expect(config).toContain(firstPort(await device.running()));
  });

  test('answers in JSON what the system has in JSON, and says of the rest that it has not', async () => {
    const device = await start(platform);
    await using session = open();
    const client = clientOf(session);
    const question = platform === 'arista_eos' ? 'show interfaces' : 'show interface';
    const [interfaces] = await client.run([question], 'json');
    expect(JSON.stringify(interfaces)).toContain(firstPort(await device.running()));
    const unstructured = platform === 'arista_eos' ? 'show inventory' : 'show license usage';
    const answers = await client.runEach(['show version', unstructured, 'show nonsense', question], 'json');
    expect(answers.map((one) => ('refused' in one ? one.refused.code : 'value'))).toEqual([
      'value',
      'NW_NOT_SUPPORTED',
      'NW_COMMAND_REJECTED',
      'value',
    ]);
    await expect(client.run(['show nonsense'], 'text')).rejects.toMatchObject({
      code: 'NW_COMMAND_REJECTED',
      details: { command: 'show nonsense' },
    });
  });

  test('takes configuration, which the command line shows', async () => {
    const device = await start(platform);
    const before = await device.running();
    const port = firstPort(before);
    const lines = [`interface ${port}`, 'description over HTTP'];
    await using session = open();
    const client = clientOf(session);
    if ('configure' in client) await client.configure(lines);
    else await client.run(['configure', ...lines, 'end'], 'json');
    expect(await device.running()).toContain('description over HTTP');
  });

  test('refuses a wrong login and a changed certificate', async () => {
    await start(platform);
    await using wrong = open({ login: { user: 'admin', password: new Secret('no') } });
    await expect(clientOf(wrong).run(['show version'], 'text')).rejects.toMatchObject({ code: 'NW_AUTH_FAILED' });
    await lab.stop();
    await start(platform, { faults: { 'changed-key': 1 } });
    {
      await using first = open();
      await clientOf(first).run(['show version'], 'text');
    }
    await using second = open();
    await expect(clientOf(second).run(['show version'], 'text')).rejects.toMatchObject({
      code: 'NW_CERTIFICATE_CHANGED',
    });
  });

  test('with a fault is an error, or slow', async () => {
    for (const [fault, code] of [
      ['garbage', 'NW_HTTP_PROTOCOL'],
      ['cut', 'NW_CONNECTION_LOST'],
      ['wrong-password', 'NW_AUTH_FAILED'],
      ['refused', 'NW_CONNECT_REFUSED'],
      ['mute', 'NW_CONNECT_TIMEOUT'],
    ] as const) {
      await start(platform, { faults: { [fault]: 1 } });
      await using session = open({ connectTimeoutMs: 100 });
      expect(await codeOf(clientOf(session).run(['show version'], 'text'))).toBe(code);
      await lab.stop();
    }
    await start(platform, { faults: { slow: 1 } });
    await using session = open();
    expect(await clientOf(session).run(['show version'], 'text')).toHaveLength(1);
  });

  test('cut at any byte, hanging or restarting, is told apart from an answer', async () => {
    const device = await start(platform);
    for (const atByte of [1, 30, 200]) {
      await device.fault({ kind: 'cut', atByte });
      await using session = open();
      expect(await codeOf(clientOf(session).run(['show version'], 'text'))).toBe('NW_CONNECTION_LOST');
      await device.heal();
    }
    for (const [fault, code] of [
      [{ kind: 'hang', on: 'show version' }, 'NW_COMMAND_TIMEOUT'],
      [{ kind: 'cut', atCommand: 1 }, 'NW_CONNECTION_LOST'],
      [{ kind: 'reboot', on: 'show version', downMs: 50 }, 'NW_CONNECTION_LOST'],
    ] as const) {
      await device.fault(fault);
      await using session = open();
      expect(await codeOf(clientOf(session).run(['show version'], 'text', { timeoutMs: 150 }))).toBe(code);
      await device.heal();
    }
    await expect.poll(async () => (await device.status()).isReachable).toBe(true);
  });
});

test('speaks the older dialect of NX-API too', async () => {
  const device = await start('cisco_nxos');
  await using session = open();
  const nxapi = createNxapiClient(session, { dialect: 'ins_api' });
  expect((await nxapi.run(['show version'], 'text'))[0]).toContain('Nexus');
  expect(await nxapi.run(['show hostname'], 'json')).toEqual([
    { hostname: expect.stringContaining(lab.devices[0]!.name) as string },
  ]);
  const answers = await nxapi.runEach(['show nonsense', 'show license usage', 'show hostname'], 'json');
  expect(answers.map((one) => ('refused' in one ? one.refused.code : 'value'))).toEqual([
    'NW_COMMAND_REJECTED',
    'NW_NOT_SUPPORTED',
    'value',
  ]);
  await nxapi.configure([`interface ${firstPort(await device.running())}`, 'description over ins_api']);
  expect(await device.running()).toContain('description over ins_api');
});

test('is in the inventory of the lab when the lab was asked for it, from processes of its own as well', async () => {
  lab = await startLab({
    devices: 6,
    platforms: ['arista_eos', 'juniper_junos', 'cisco_ios'],
    // What has NETCONF beside its command line is not reached by Telnet then.
    telnetShare: 1,
    processes: 2,
    seed: 3,
    apis: true,
  });
  const { devices } = labInventory(lab).inventory;
  expect(
    Object.values(devices).map(({ platform, api }) => [platform, (api as { protocol?: string } | undefined)?.protocol]),
  ).toEqual([
    ['arista_eos', 'eapi'],
    ['juniper_junos', 'netconf'],
    ['cisco_ios', undefined],
    ['arista_eos', 'eapi'],
    ['juniper_junos', 'netconf'],
    ['cisco_ios', undefined],
  ]);
  await using session = open();
  expect(await clientOf(session).run(['show version'], 'text')).toHaveLength(1);
});

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof NetwrightError) return error.code;
    throw error;
  }
  return 'no error';
}
