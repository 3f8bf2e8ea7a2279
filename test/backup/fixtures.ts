import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { type Clock, latin1OfText, NetwrightError, Redactor, Secret, silentLogger, systemClock } from '#core';
import type { CommandOutput, SendOptions, Session } from '#device';
import { type CredentialStore, createInventory, type Device } from '#inventory';
import { definePlatform, line, type Platform, type PlatformRegistry, secret } from '#platforms';
import type { Connector } from '#runner';
import { type ConfigurationStore, openConfigurationStore, openDatabase, openMemory, openTranscriptStore } from '#store';
import type { Settings, Workspace } from '#workspace';

/** A small system in the manner of IOS, with one of everything that a backup heeds. */
export const testPlatform: Platform = definePlatform({
  id: 'test_os',
  vendor: 'Test',
  name: 'TestOS',
  verified: 'lab',
  modes: { exec: { prompt: /^(?<host>\w+)#$/ } },
  home: 'exec',
  failures: [/^% Invalid/, /^% Error/],
  pipelining: 'full',
  backup: {
    commands: [
      { run: 'show version', as: 'comment', keep: [/^Version/] },
      { run: 'show inventory', as: 'comment', optional: true },
      { run: 'show running-config', as: 'configuration', drop: [line('Building configuration')] },
    ],
    comment: '! ',
    complete: { end: [/^end$/] },
    volatile: [line('Last configuration change')],
    secrets: [
      secret('secret', /\bsecret (?<secret>\S+)/),
      { kind: 'line', word: 'ENC', match: /\bENC (?<secret>\S+)/, resalted: true },
    ],
  },
  transaction: { method: 'line by line', atomic: false, confirmed: false, rollback: 'none', diff: 'offline' },
});

/** What a device of the test answers, by command; a function is asked each time; an error is thrown at connecting. */
export type Answers = Record<string, string | (() => string | Promise<string>)> | NetwrightError;

export const configuration = (name: string, ...lines: string[]): string =>
  ['Building configuration...', `hostname ${name}`, '! Last configuration change at noon', ...lines, 'end'].join('\n');

export const answers = (config: string): Exclude<Answers, NetwrightError> => ({
  'show version': 'Version 1.2\nUptime is 3 weeks',
  'show inventory': 'NAME: "chassis"',
  'show running-config': config,
});

function fakeSession(device: string, known: Exclude<Answers, NetwrightError>, platform: Platform): Session {
  const sendAll = async (
    commands: readonly string[],
    { encoding }: SendOptions = {},
  ): Promise<readonly CommandOutput[]> =>
    await Promise.all(
      commands.map(async (command) => {
        const answer = known[command] ?? '% Invalid command';
        const text = typeof answer === 'string' ? answer : await answer();
        const failure = testPlatform.failures.some((pattern) => pattern.test(text)) ? { failure: text } : {};
        return { command, text: encoding === 'latin1' ? latin1OfText(text) : text, durationMs: 1, ...failure };
      }),
    );
  const session = {
    ...{ device, platform, mode: 'exec', prompt: `${device}#`, hostname: device, sendAll },
    close: async () => undefined,
    destroy: () => undefined,
    [Symbol.asyncDispose]: async () => undefined,
  };
  return session as unknown as Session;
}

export interface TestWorkspace extends Workspace {
  readonly settings: Settings;
  /** What the devices answer; may be changed between runs. Devices without an answer are not in the inventory. */
  readonly network: Map<string, Answers>;
  readonly identity: string;
}

export interface TestWorkspaceOptions {
  readonly backup?: Partial<Settings['backup']>;
  readonly hooks?: Settings['hooks'];
  readonly clock?: Clock;
  readonly folder?: string;
  /** What the devices are: asked at each connection. Default {@link testPlatform}. */
  readonly platform?: () => Platform;
  /** Of every credential. Default `pass-of-<its name>`. */
  readonly password?: () => string;
}

/** A workspace over a real store in a folder of its own, with devices that answer from a table. */
export async function testWorkspace(
  network: Record<string, Answers>,
  options: TestWorkspaceOptions = {},
): Promise<TestWorkspace> {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'netwright-backup-')));
  const clock = options.clock ?? systemClock;
  const database = await openDatabase(join(folder, '.netwright', 'state.sqlite'));
  const repository = join(folder, 'configs');
  const redactor = new Redactor();
  const identity = await generateX25519Identity();
  const recipient = await identityToRecipient(identity);
  const table = new Map(Object.entries(network));
  let store: Promise<ConfigurationStore> | undefined;
  const settings: Settings = {
    ...{ version: 1, inventory: 'inventory.yaml', configurations: 'configs', secrets: 'secrets.age', knownHosts: [] },
    backup: {
      ...{
        commit: 'run',
        path: '{site}/{name}',
        minimumShare: 0.7,
        seal: true,
        sealedVersions: 3,
        author: 'netwright',
      },
      ...options.backup,
    },
    templates: [],
    change: {
      comment: 'optional',
      guardMs: 5_000,
      checkMs: 200,
      stepMs: 5_000,
      returnMs: 1_000,
      guard: false,
      keep: 3,
    },
    run: { retries: 0, jobTimeoutMs: 10_000 },
    hooks: options.hooks ?? [],
    log: { level: 'silent' },
  };
  const credentials = {
    login: async (name: string) => {
      const login = { user: 'admin', password: new Secret(options.password?.() ?? `pass-of-${name}`) };
      redactor.learn(login.password);
      return login;
    },
    recipients: async () => [recipient],
    identities: async () => [identity],
    scrubKey: async () => new Uint8Array(32).fill(7),
  } as unknown as CredentialStore;
  const connector: Connector = {
    openSockets: 0,
    connect: async ({ name }) => {
      const known = table.get(name);
      if (known === undefined || known instanceof NetwrightError) {
        throw known ?? new NetwrightError('NW_CONNECT_REFUSED', `${name} refused`);
      }
      return fakeSession(name, known, options.platform?.() ?? testPlatform);
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
  const platforms = {
    get: async () => testPlatform,
    resolve: (id: string) => (id === 'test_os' ? id : undefined),
    ids: () => ['test_os'],
  } as unknown as PlatformRegistry;
  const close = async (): Promise<void> => {
    await (await store)?.[Symbol.asyncDispose]();
    await database.close();
    if (options.folder === undefined) await rm(folder, { recursive: true, force: true });
  };
  return {
    ...{ folder, settings, redactor, logger: silentLogger, clock, credentials, network: table, identity, close },
    inventory: async () =>
      createInventory(new Map([...table.keys()].map((name) => [name, deviceOf(name)])), [], platforms),
    platforms: async () => platforms,
    configurations: () => (store ??= openConfigurationStore({ repository, database, clock, redactor })),
    memory: () => openMemory(database),
    transcripts: async () => openTranscriptStore(join(folder, '.netwright', 'transcripts')),
    connector: async () => connector,
    path: (...parts) => (parts[0]?.startsWith('/') ? join(...parts) : join(folder, ...parts)),
    [Symbol.asyncDispose]: close,
  };
}

const deviceOf = (name: string): Device => ({
  ...{ name, address: '192.0.2.1', port: 22, platform: 'test_os', transport: 'ssh', credential: 'lab' },
  ...{ jump: [], site: 'cairo', tags: [], groups: ['edge'], connection: {}, variables: {} },
});
