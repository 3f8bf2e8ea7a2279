import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NetwrightError, Secret } from '#core';
import { createTranscript, detectPlatform, type OpenSessionOptions, openSession, type Session } from '#device';
import { type FaultKind, type Lab, type LabDevice, startLab } from '#lab';
import { createPlatformRegistry, dropLines, type Platform } from '#platforms';
import { createDialer, type Dialer, type Endpoint, type KnownHosts } from '#transport';

/** Simulated devices have a new key at every start. */
const noKnownHosts: KnownHosts = { find: () => [], add: async () => {}, replace: async () => {} };
const registry = createPlatformRegistry();

let dialer: Dialer;
beforeAll(() => {
  dialer = createDialer({ knownHosts: noKnownHosts });
});
afterAll(() => dialer[Symbol.asyncDispose]());

const endpointOf = (device: LabDevice): Endpoint => ({
  name: device.name,
  host: device.host,
  port: device.port,
  protocol: device.transport,
  via: [],
  login: {
    user: device.user,
    password: new Secret(device.password),
    ...(device.enable === undefined ? {} : { enable: new Secret(device.enable) }),
  },
});

const open = async (device: LabDevice, options: Partial<OpenSessionOptions> = {}): Promise<Session> =>
  openSession(endpointOf(device), await registry.get(device.platform), { dialer, ...options });

/** FortiOS encrypts anew at each read: passwords in a line, private keys over many. */
const resaltedLine = / ENC \S|^\s*[A-Za-z0-9+/=]{24,}$/;

/** The lines that stay the same, however often and by whatever way they are read. */
function lasting(text: string, platform: Platform): string[] {
  const { volatile, commands, secrets } = platform.backup;
  const resalted = secrets.filter((rule) => rule.resalted === true).map(({ word }) => word);
  const kept = dropLines(text.replaceAll('\r', ''), [...volatile, ...commands.flatMap(({ drop }) => drop ?? [])]);
  // One line in the lab is Latin-1 on purpose.
  const lines = kept.replaceAll('\udce9', 'é').split('\n');
  return lines.filter(
    (line) =>
      line.trim() !== '' &&
      line !== 'Building configuration...' &&
      !resalted.some((word) => line.includes(word)) &&
      !resaltedLine.test(line),
  );
}

const isPlayed = ({ platform }: LabDevice): boolean => registry.resolve(platform) !== undefined;

/** What shows all that the lab tells, where the platform's backup reads it in another form or a part of it. */
const wholly: Readonly<Record<string, string>> = {
  vyos: 'show configuration commands',
  linux: `tail -n +1 ${['hostname', 'hosts', 'resolv.conf', 'network/interfaces', 'ssh/sshd_config', 'snmp/snmpd.conf', 'os-release'].map((name) => `/etc/${name}`).join(' ')}`,
};

describe('devices of every vendor in the lab', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await startLab({ devices: 44, processes: 0, telnetShare: 0.4, configBytes: 12_000, seed: 7 });
  });
  afterAll(() => lab.stop());

  it('are read to the last line', { timeout: 60_000 }, async () => {
    const known = lab.devices.filter(isPlayed);
    expect(known.length).toBeGreaterThan(0);
    for (const device of known) {
      const platform = await registry.get(device.platform);
      await using session = await open(device);
      const whole = wholly[platform.id];
      const commands = [...platform.backup.commands.map(({ run }) => run), ...(whole === undefined ? [] : [whole])];
      const outputs = await session.sendAll(commands, { rejectFailures: false });
      const wanted = lasting(await lab.runningConfig(device.name), platform);
      const read = outputs
        .map(({ text }) => lasting(text, platform))
        .find((lines) => lines.join('\n') === wanted.join('\n'));
      expect(read, `${device.name} (${device.platform}, ${device.transport})`).toBeDefined();
    }
    expect(dialer.openSockets).toBe(0);
  });

  it('are recognised', { timeout: 60_000 }, async () => {
    const candidates: Platform[] = [];
    for await (const platform of registry.all()) candidates.push(platform);
    const known = lab.devices.slice(0, 22).filter(isPlayed);
    for (const device of known) {
      const { platform, evidence } = await detectPlatform(endpointOf(device), candidates, {
        dialer,
      });
      expect(platform.id, device.name).toBe(device.platform);
      expect(evidence.length).toBeGreaterThan(0);
    }
    expect(dialer.openSockets).toBe(0);
  });

  it('show what was configured', async () => {
    const device = lab.devices.find(({ platform }) => platform === 'cisco_ios')!;
    await using session = await open(device);
    await session.configure(['interface GigabitEthernet0/1', 'description set by a test']);
    expect(await session.send('show running-config')).toContain('description set by a test');
  });
});

describe('devices that misbehave', () => {
  const expected: Partial<Record<FaultKind, readonly string[]>> = {
    cut: ['NW_CONNECTION_LOST'],
    'wrong-password': ['NW_AUTH_FAILED'],
    endless: ['NW_OUTPUT_TOO_LARGE'],
    'no-prompt': ['NW_PROMPT_NOT_FOUND'],
    reset: ['NW_CONNECTION_LOST'],
    garbage: ['NW_COMMAND_TIMEOUT', 'NW_CONNECTION_LOST', 'NW_PROMPT_NOT_FOUND'],
  };

  /** Those that are found out by a deadline; the others have time, however busy the machine is. */
  const neverAnswers: ReadonlySet<FaultKind> = new Set(['no-prompt', 'garbage']);

  it.each(Object.keys(expected) as FaultKind[])('%s: fail with their own code and leave no socket', async (fault) => {
    for (const telnetShare of [0, 1]) {
      await using lab = await startLab({
        devices: 1,
        platforms: ['cisco_ios'],
        processes: 0,
        telnetShare,
        faults: { [fault]: 1 },
      });
      const device = lab.devices[0]!;
      const transcript = createTranscript();
      const failed = await open(device, {
        transcript,
        ...(neverAnswers.has(fault) ? { promptTimeoutMs: 1500, commandTimeoutMs: 1500 } : {}),
        maxOutputBytes: 500_000,
      }).then(
        async (session) => {
          const reason = await session.send('show running-config').catch((error: unknown) => error);
          await session.close();
          return reason;
        },
        (error: unknown) => error,
      );
      if (!(failed instanceof NetwrightError)) throw new Error(`${fault} gave ${String(failed).slice(0, 200)}`);
      expect(expected[fault], failed.message).toContain(failed.code);
      expect(dialer.openSockets).toBe(0);
      expect(JSON.stringify(transcript.entries())).not.toContain(device.password);
    }
  });

  it('slow: are waited for', { timeout: 30_000 }, async () => {
    await using lab = await startLab({
      devices: 1,
      platforms: ['cisco_ios'],
      processes: 0,
      configBytes: 1000,
      faults: { slow: 1 },
    });
    await using session = await open(lab.devices[0]!);
    expect((await session.send('show version')).trimEnd()).toMatch(/Configuration register is \w+$/);
  });
});
