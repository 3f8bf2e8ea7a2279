import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { NetwrightError, Redactor, Secret } from '#core';
import type { Device } from '#inventory';
import { type Lab, type LabDevice, startLab } from '#lab';
import { createPlatformRegistry } from '#platforms';
import { type Connector, createConnector, type Job, run } from '#runner';
import { createDialer, createEapiClient, type SshDialer } from '#transport';
import { fakeDevice } from './fake-connector.ts';

describe('the API of a device in the inventory', () => {
  let lab: Lab;
  let dialer: SshDialer;
  let connector: Required<Connector>;
  let memory: Map<string, string>;

  beforeAll(async () => {
    lab = await startLab({
      devices: 4,
      platforms: ['juniper_junos', 'arista_eos', 'linux', 'cisco_ios'],
      telnetShare: 0,
      processes: 0,
      seed: 5,
      apis: true,
    });
  });

  afterAll(async () => {
    await lab.stop();
  });

  beforeEach(() => {
    memory = new Map();
    dialer = createDialer({
      knownHosts: { find: () => [], add: async () => {}, replace: async () => {} },
      hopIdleMs: 20,
    });
    connector = createConnector({
      dialer,
      platforms: createPlatformRegistry(),
      credentials: {
        login: async () => {
          const { user, password } = lab.devices[0]!;
          return await Promise.resolve({ user, password: new Secret(password) });
        },
      },
      inventory: { get: (name) => deviceOf(lab.devices.find((device) => device.name === name)!) },
      memory: {
        get: (kind, key) => memory.get(`${kind} ${key}`),
        set: (kind, key, value) => void memory.set(`${kind} ${key}`, value),
        delete: (kind, key) => void memory.delete(`${kind} ${key}`),
        entries: () => memory,
      },
      redactor: new Redactor(),
    });
  });

  afterEach(async () => {
    await dialer[Symbol.asyncDispose]();
    expect(dialer.openSockets).toBe(0);
  });

  const on = (platform: string): LabDevice => lab.devices.find((device) => device.platform === platform)!;
  const deviceOf = ({ name, host, port, platform, api }: LabDevice, rest: Partial<Device> = {}): Device =>
    fakeDevice(name, { address: host, port, platform, credential: 'lab', ...(api && { api }), ...rest });
  const codeOf = async (work: Promise<unknown>): Promise<string> => {
    try {
      await work;
    } catch (error) {
      if (error instanceof NetwrightError) return error.code;
      throw error;
    }
    return 'no error';
  };

  test('speaks NETCONF on the port that is written, else on 830, else on that of SSH, and remembers which', async () => {
    const { api, ...plain } = on('juniper_junos');
    {
      await using session = await connector.netconf(deviceOf({ ...plain, api: api! }));
      expect(session.isOpen).toBe(true);
      expect([...memory]).toEqual([]);
    }
    const unsaid = deviceOf(plain);
    await using session = await connector.netconf(unsaid);
    expect(session.label).toContain(`:${plain.port}, ssh`);
    expect([...memory]).toEqual([['netconf-port 127.0.0.1', String(plain.port)]]);
    await using again = await connector.netconf(unsaid);
    expect(again.sessionId).toBeGreaterThan(session.sessionId);
    const wrong = deviceOf(plain, { api: { protocol: 'netconf', port: 1 } });
    const refused = await connector.netconf(wrong).then(
      () => undefined,
      (error: unknown) => error as NetwrightError,
    );
    expect(refused).toMatchObject({ code: 'NW_NOT_SUPPORTED' });
    expect(refused?.message).toContain('port 1 of 127.0.0.1 does not speak NETCONF');
    expect(refused?.hint).toContain('set system services netconf ssh');
    expect(await codeOf(connector.netconf(deviceOf(on('cisco_ios'))))).toBe('NW_NOT_SUPPORTED');
  });

  test('passes jump hosts, for NETCONF and for HTTPS', async () => {
    const jump = [on('linux').name];
    await using session = await connector.netconf(deviceOf(on('juniper_junos'), { jump }));
    expect((await session.getConfig('running')).child('configuration')).toBeDefined();
    await using http = await connector.http(deviceOf(on('arista_eos'), { jump }));
    expect(await createEapiClient(http).run(['show hostname'], 'json')).toEqual([
      expect.objectContaining({ hostname: on('arista_eos').name }),
    ]);
    // One connection to the hop carries both.
    expect(dialer.openSockets).toBe(1);
  });

  test('takes deadlines, limits and secrets from the device and its platform', async () => {
    const limited = { maxOutputBytes: 1024 };
    await using small = await connector.netconf(
      deviceOf(on('juniper_junos'), { connection: { maxOutputBytes: 4096 } }),
    );
    expect(await codeOf(small.getConfig('running'))).toBe('NW_OUTPUT_TOO_LARGE');
    await using http = await connector.http(deviceOf(on('arista_eos'), { connection: limited }));
    expect(await codeOf(createEapiClient(http).run(['show running-config'], 'text'))).toBe('NW_OUTPUT_TOO_LARGE');
    expect(http.scrub('snmp-server community s3cret ro')).toBe('snmp-server community <redacted> ro');
    await lab.device(on('juniper_junos').name).fault({ kind: 'hang', on: '<get-config>' });
    await using slow = await connector.netconf(deviceOf(on('juniper_junos'), { connection: { commandTimeoutMs: 50 } }));
    expect(await codeOf(slow.getConfig('running'))).toBe('NW_COMMAND_TIMEOUT');
  });

  test('names ports, plain HTTP and pins as the inventory has them', async () => {
    const device = deviceOf(on('arista_eos'));
    const endpointOf = async (api: Device['api']) =>
      (await connector.http({ ...device, ...(api && { api }) })).endpoint;
    expect(await endpointOf({})).toMatchObject({ protocol: 'https', port: 443 });
    expect(await endpointOf({ tls: false })).toMatchObject({ protocol: 'http', port: 80 });
    expect(await endpointOf({ protocol: 'netconf', port: 830 })).toMatchObject({ port: 443 });
    expect(
      await endpointOf({ protocol: 'eapi', port: 8443, fingerprint: 'SHA256:AB', certificates: 'strict' }),
    ).toMatchObject({
      port: 8443,
      fingerprint: 'SHA256:AB',
      certificates: 'strict',
    });
  });

  test('ends with the job that opened it, however that ends', async () => {
    const task = async ({ netconf, http, device, signal }: Job): Promise<string> => {
      const session = device.platform === 'juniper_junos' ? await netconf() : undefined;
      if (session) {
        expect(await netconf()).toBe(session);
        await session.getConfig('running', { signal });
      } else await createEapiClient(await http()).run(['show version'], 'text', { signal });
      if (device.variables['fails'] === true) throw new NetwrightError('NW_USAGE', 'the task failed');
      if (device.variables['hangs'] === true) await new Promise(() => {});
      return device.name;
    };
    const devices = [on('juniper_junos'), on('arista_eos')].map((device) => deviceOf(device));
    for (const [variables, code] of [
      [{}, undefined],
      [{ fails: true }, 'NW_USAGE'],
      [{ hangs: true }, 'NW_JOB_TIMEOUT'],
    ] as const) {
      const all = devices.map((device) => ({ ...device, variables }));
      for await (const outcome of run(all, task, connector, { jobTimeoutMs: 1_500, retries: 0 })) {
        expect(outcome.ok ? undefined : outcome.error.code).toBe(code);
      }
      await expect.poll(() => dialer.openSockets).toBe(0);
    }
  });

  test('is what a connector without it says it has not', async () => {
    const bare: Connector = {
      connect: async (device, options) => await connector.connect(device, options),
      openSockets: 0,
      [Symbol.asyncDispose]: async () => {},
    };
    const task = async ({ netconf, http, attempt }: Job): Promise<unknown> => await (attempt > 5 ? http() : netconf());
    for await (const outcome of run([deviceOf(on('juniper_junos'))], task, bare)) {
      expect(outcome).toMatchObject({ ok: false, error: { code: 'NW_NOT_SUPPORTED' } });
    }
  });
});
