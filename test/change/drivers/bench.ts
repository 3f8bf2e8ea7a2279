import { afterAll, beforeAll } from 'vitest';
import { Secret } from '#core';
import { openSession, type Session } from '#device';
import { type DeviceControl, type Lab, type LabDevice, type LabOptions, startLab } from '#lab';
import { createPlatformRegistry } from '#platforms';
import { createDialer, type Endpoint, type KnownHosts, openNetconf, type SshDialer } from '#transport';
import type { CommitOptions, Driver, Intent, Undertaking } from '../../../src/change/driver.ts';
import { NetconfLine } from '../../../src/change/netconf-line.ts';

/** Simulated devices have a new key at every start. */
const noKnownHosts: KnownHosts = { find: () => [], add: async () => {}, replace: async () => {} };
const registry = createPlatformRegistry();

/** One simulated device at a time and the ways to it. */
export interface Bench {
  readonly device: LabDevice;
  readonly control: DeviceControl;
  /** Works over a session of its own; a broken one is no trouble. */
  readonly over: <T>(work: (session: Session) => Promise<T>) => Promise<T>;
  /** Ends and starts the device anew, as it left the factory. */
  fresh(): Promise<void>;
}

const fast = { connectTimeoutMs: 10_000, commandTimeoutMs: 10_000 };

/** A device of that platform for the tests of a file; `fresh` gives another one in the same state. */
export function benchOf(platform: string, { link, ...options }: LabOptions & Pick<Driver, 'link'> = {}): Bench {
  let lab: Lab;
  let dialer: SshDialer;
  let at = -1;
  const count = options.devices ?? 28;
  beforeAll(async () => {
    lab = await startLab({
      telnetShare: 0,
      configBytes: 3_000,
      seed: 11,
      processes: 0,
      ...options,
      platforms: [platform],
      devices: count,
    });
    dialer = createDialer({ knownHosts: noKnownHosts });
  });
  afterAll(async () => {
    await dialer[Symbol.asyncDispose]();
    await lab.stop();
  });
  return {
    get device() {
      return lab.devices[at]!;
    },
    get control() {
      return lab.device(lab.devices[at]!.name);
    },
    async fresh() {
      at += 1;
      if (at >= count) throw new Error(`the bench has only ${count} devices`);
    },
    async over(work) {
      const device = lab.devices[at]!;
      const endpoint: Endpoint = {
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
      };
      const known = await registry.get(device.platform);
      const atPrompt = async (): Promise<Session> => await openSession(endpoint, known, { dialer, ...fast });
      const session =
        link === undefined
          ? await atPrompt()
          : new NetconfLine({ name: device.name, platform: known }, await openNetconf(dialer, endpoint, {}), atPrompt);
      try {
        return await work(session);
      } finally {
        await session.close();
      }
    },
  };
}

/** A plan and its receipt, made in one session, as the engine stores them. */
export async function plan(
  bench: Bench,
  driver: Driver,
  intent: Intent,
  options: CommitOptions = { id: 'c1' },
): Promise<Undertaking> {
  return bench.over(async (session) => {
    const candidate = await driver.prepare(session, intent);
    const receipt = await driver.receipt(session, candidate, options);
    // It has to survive a store.
    return JSON.parse(JSON.stringify({ candidate, receipt })) as Undertaking;
  });
}

/** The code of the error that work ends in; `undefined` when it ends well. */
export async function codeOf(work: Promise<unknown>): Promise<string | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
}
