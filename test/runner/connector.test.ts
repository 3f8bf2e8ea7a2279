import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Clock, NetwrightError, Redactor, Secret, seededRandom, systemClock } from '#core';
import type { Device } from '#inventory';
import { type Lab, startLab } from '#lab';
import { createPlatformRegistry } from '#platforms';
import { type Connector, createConnector, endpointOf, type Job, run } from '#runner';
import type { Memory, StoredTranscript } from '#store';
import { createDialer, type KnownHostKey, type KnownHosts, type Login, type SshDialer } from '#transport';
import { LoginPace } from '../../src/runner/login-pace.ts';
import { fakeDevice } from './fake-connector.ts';

class MapMemory implements Memory {
  readonly #facts = new Map<string, string>();
  get(kind: string, key: string): string | undefined {
    return this.#facts.get(`${kind} ${key}`);
  }
  set(kind: string, key: string, value: string): void {
    this.#facts.set(`${kind} ${key}`, value);
  }
  delete(kind: string, key: string): void {
    this.#facts.delete(`${kind} ${key}`);
  }
  *entries(): Iterable<readonly [string, string]> {
    yield* this.#facts;
  }
}

const noHosts = (): KnownHosts => {
  const hosts = new Map<string, KnownHostKey[]>();
  return {
    find: (host) => hosts.get(host) ?? [],
    add: async (host, key) => void hosts.set(host, [...(hosts.get(host) ?? []), key]),
    replace: async (host, key) => void hosts.set(host, [key]),
  };
};

describe('to a device', () => {
  let lab: Lab;
  let dialer: SshDialer;
  let saved: StoredTranscript[];
  let memory: MapMemory;
  let redactor: Redactor;
  let connector: Required<Connector>;
  let logins: string[];

  beforeAll(async () => {
    lab = await startLab({
      devices: 6,
      platforms: ['cisco_ios'],
      telnetShare: 0,
      processes: 0,
      seed: 5,
      faults: { 'wrong-password': 0.17, 'no-prompt': 0.17 },
    });
  });
  afterAll(async () => {
    await lab.stop();
  });
  beforeEach(() => {
    saved = [];
    logins = [];
    memory = new MapMemory();
    redactor = new Redactor();
    dialer = createDialer({ knownHosts: noHosts(), hopIdleMs: 50 });
    connector = createConnector({
      dialer,
      platforms: createPlatformRegistry(),
      credentials: { login },
      inventory: { get: (name) => deviceOf(name) },
      memory,
      redactor,
      transcripts: { save: async (transcript) => void saved.push(transcript) },
    });
  });

  const login = async (name: string): Promise<Login> => {
    logins.push(name);
    const { user, password, enable } = lab.devices[0]!;
    return { user, password: new Secret(password), ...(enable !== undefined && { enable: new Secret(enable) }) };
  };
  const deviceOf = (name: string, rest: Partial<Device> = {}): Device => {
    const { host, port, platform, fault } = lab.devices.find((device) => device.name === name)!;
    const connection = fault === undefined ? {} : { promptTimeoutMs: 1000, authTimeoutMs: 2000 };
    return fakeDevice(name, { address: host, port, platform, credential: 'lab', connection, ...rest });
  };
  const healthy = (): string => lab.devices.find(({ fault }) => fault === undefined)!.name;
  const faulty = (kind: string): string => lab.devices.find(({ fault }) => fault === kind)!.name;
  const failure = async (work: Promise<unknown>): Promise<NetwrightError> => {
    const error = await work.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(NetwrightError);
    return error as NetwrightError;
  };

  it('opens a session with the credential that the inventory names, which every sink then hides', async () => {
    const session = await connector.connect(deviceOf(healthy()));
    expect(await session.send('show version')).toContain('Cisco IOS');
    expect(connector.openSockets).toBe(1);
    await session.close();
    expect(connector.openSockets).toBe(0);
    expect(logins).toEqual(['lab']);
    expect(redactor.redact(`it is ${lab.devices[0]!.password}`)).toBe('it is <redacted>');
    expect(saved).toEqual([]);
  });

  it('keeps the conversation of a login that failed, without the password', async () => {
    const device = faulty('no-prompt');
    const error = await failure(connector.connect(deviceOf(device)));
    expect(error.code).toBe('NW_PROMPT_NOT_FOUND');
    expect(saved).toHaveLength(1);
    expect(error.details['transcriptId']).toBe(saved[0]?.id);
    expect(saved[0]).toMatchObject({
      device,
      platform: 'cisco_ios',
      failure: expect.stringContaining('NW_PROMPT_NOT_FOUND'),
    });
    expect(JSON.stringify(saved)).not.toContain(lab.devices[0]!.password);
    expect(connector.openSockets).toBe(0);
  });

  it('keeps the conversation of a task that failed when asked to, and of no other', async () => {
    const session = await connector.connect(deviceOf(healthy()));
    const refused = await failure(session.send('show frobnication'));
    const id = await connector.keepTranscript(session, refused);
    await session.close();
    expect(saved[0]).toMatchObject({ id, failure: expect.stringContaining('NW_COMMAND_REJECTED') });
    const text = saved[0]!.entries.map((entry) => entry.text).join('');
    expect(text).toContain('show frobnication');
  });

  it('keeps what was said until the job ran out of time: while logging in, and later', async () => {
    const devices = [deviceOf(faulty('no-prompt'), { connection: {} }), deviceOf(healthy())];
    const waitForever = async ({ connect }: Job): Promise<never> => {
      await connect();
      return await new Promise<never>(() => undefined);
    };
    const outcomes = run(devices, waitForever, connector, { jobTimeoutMs: 3000, retries: 0 });
    for await (const { device, ok, error, transcriptId } of outcomes) {
      expect(ok).toBe(false);
      expect(error?.code).toBe('NW_JOB_TIMEOUT');
      expect(transcriptId).toBe(saved.find((transcript) => transcript.device === device)?.id);
    }
    expect(saved.map(({ failure: why }) => why.slice(0, 14))).toEqual(['NW_JOB_TIMEOUT', 'NW_JOB_TIMEOUT']);
    expect(saved.every(({ entries }) => entries.length > 0)).toBe(true);
    expect(connector.openSockets).toBe(0);
  });

  it('keeps what SSH itself refused, though nothing was said on a channel', async () => {
    const before = saved.length;
    const error = await failure(connector.connect(deviceOf(faulty('wrong-password'))));
    expect(error.code).toBe('NW_AUTH_FAILED');
    expect(saved.length).toBe(before + 1);
    expect(saved.at(-1)!.entries).toMatchObject([{ kind: 'note', text: expect.stringMatching(/^NW_AUTH_FAILED: /) }]);
  });

  it('says why it failed even when the conversation cannot be kept', async () => {
    const broken = createConnector({
      dialer,
      platforms: createPlatformRegistry(),
      credentials: { login },
      inventory: { get: (name) => deviceOf(name) },
      memory,
      redactor,
      transcripts: { save: async () => Promise.reject(new Error('the disk is full')) },
    });
    const error = await failure(broken.connect(deviceOf(faulty('no-prompt'))));
    expect(error.code).toBe('NW_PROMPT_NOT_FOUND');
    expect(error.details['transcriptId']).toBeUndefined();
  });

  it('detects the platform once, and remembers it by the address', async () => {
    const device = deviceOf(healthy(), { platform: 'auto' });
    const first = await connector.connect(device);
    expect(first.platform.id).toBe('cisco_ios');
    expect(await first.send('show version')).toContain('Cisco IOS');
    await first.close();
    expect(memory.get('platform', `${device.address} ${device.port}`)).toBe('cisco_ios');
    const second = await connector.connect({ ...device, name: 'renamed' });
    expect(second.platform.id).toBe('cisco_ios');
    await second.close();
    expect(logins).toHaveLength(2);
    expect(connector.openSockets).toBe(0);
  });

  it('forgets a detected platform that no longer answers as it should', async () => {
    const device = deviceOf(faulty('no-prompt'), { platform: 'auto' });
    const key = `${device.address} ${device.port}`;
    memory.set('platform', key, 'cisco_ios');
    expect((await failure(connector.connect(device))).code).toBe('NW_PROMPT_NOT_FOUND');
    expect(memory.get('platform', key)).toBeUndefined();
  });

  it('leaves no socket when it is cancelled in the middle', async () => {
    const controller = new AbortController();
    const connecting = failure(connector.connect(deviceOf(faulty('no-prompt')), { signal: controller.signal }));
    setTimeout(() => controller.abort(), 200);
    expect((await connecting).code).toBe('NW_CANCELLED');
    expect(connector.openSockets).toBe(0);
    expect(saved).toEqual([]);
  });

  it('passes on what is wrong with a credential, with the name of the device', async () => {
    const error = await failure(connector.connect(fakeDevice('r1')));
    expect(error).toMatchObject({ code: 'NW_CREDENTIAL_MISSING', message: expect.stringContaining('r1') });
  });
});

describe('endpoints', () => {
  const sources = (devices: readonly Device[]) => ({
    credentials: { login: async (name: string): Promise<Login> => ({ user: `user of ${name}` }) },
    inventory: { get: (name: string) => devices.find((device) => device.name === name)! },
    redactor: new Redactor(),
  });

  it('have their hops in order, each with its own credential, and none of the hops of hops', async () => {
    const outer = fakeDevice('outer', { address: '192.0.2.1', credential: 'a' });
    const inner = fakeDevice('inner', { address: '192.0.2.2', credential: 'b', jump: ['outer'] });
    const device = fakeDevice('r1', { address: '192.0.2.3', credential: 'c', jump: ['outer', 'inner'] });
    const endpoint = await endpointOf(device, sources([outer, inner]));
    expect(endpoint.via.map(({ name, login, via }) => [name, login.user, via.length])).toEqual([
      ['outer', 'user of a', 0],
      ['inner', 'user of b', 0],
    ]);
    expect(endpoint.login.user).toBe('user of c');
  });

  it('carry the options of the connection', async () => {
    const device = fakeDevice('r1', {
      credential: 'a',
      transport: 'ssh',
      connection: { fallback: 'telnet', hostKeys: 'strict', algorithms: 'legacy', keepaliveMs: 0, connectTimeoutMs: 5 },
    });
    expect(await endpointOf(device, sources([]))).toMatchObject({
      fallback: { protocol: 'telnet', port: 23 },
      ssh: { hostKeys: 'strict', algorithms: 'legacy', keepaliveMs: 0 },
      connectTimeoutMs: 5,
    });
  });

  it('need no credential where an OpenSSH configuration has it all', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'netwright-ssh-config-'));
    const sshConfig = join(folder, 'config');
    await writeFile(sshConfig, 'Host 192.0.2.*\n  User noc\n');
    const device = fakeDevice('r1', { connection: { sshConfig } });
    const { login, ssh } = await endpointOf(device, sources([]));
    expect(login).toEqual({ user: 'noc', agent: true });
    expect(ssh?.configFile).toBe(sshConfig);
    await rm(folder, { recursive: true });
  });
});

describe('the pace of logins', () => {
  class StandingClock implements Clock {
    nowMs = 0;
    now(): number {
      return this.nowMs;
    }
    async sleep(ms: number, signal?: AbortSignal): Promise<void> {
      signal?.throwIfAborted();
      slept.push(ms);
    }
  }
  const slept: number[] = [];

  it('spaces those on one address, in the order of the calls, and holds up no other', async () => {
    const clock = new StandingClock();
    const pace = new LoginPace(clock);
    await pace.turn('a', 1);
    await pace.turn('a', 1);
    await pace.turn('b', 1);
    await pace.turn('a', 1);
    await pace.turn('c', undefined);
    clock.nowMs = 10_000;
    await pace.turn('a', 1);
    expect(slept).toEqual([1000, 2000]);
  });

  it('ends with the signal', async () => {
    const pace = new LoginPace(systemClock);
    const controller = new AbortController();
    await pace.turn('a', 0.01);
    const waiting = pace.turn('a', 0.01, controller.signal);
    controller.abort(new NetwrightError('NW_CANCELLED', 'enough'));
    await expect(waiting).rejects.toMatchObject({ code: 'NW_CANCELLED' });
  });

  it('forgets addresses that nobody asked for in a long time', async () => {
    const clock = new StandingClock();
    const pace = new LoginPace(clock);
    const random = seededRandom(1);
    for (let n = 0; n < 5000; n += 1) {
      clock.nowMs += random() * 200;
      await pace.turn(`device ${n}`, 1);
    }
    slept.length = 0;
    await pace.turn('device 4999', 1);
    expect(slept).toHaveLength(1);
  });
});
