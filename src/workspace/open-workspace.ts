import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { type Clock, createLogger, type Logger, NetwrightError, Redactor, systemClock } from '#core';
import { type AskPassphrase, type CredentialStore, type Inventory, loadInventory, openCredentials } from '#inventory';
import type { PlatformRegistry } from '#platforms';
import type { Connector } from '#runner';
import type { ConfigurationStore, Database, StoredMemory, TranscriptStore } from '#store';
import type { KnownCertificates, KnownHosts, SshDialer } from '#transport';
import { algorithmMemory } from './algorithm-memory.ts';
import { findWorkspace, settingsFileName } from './find-workspace.ts';
import { type ExplainedSetting, type LayeredSettings, layerSettings, type SettingFlag } from './setting-layers.ts';
import { settingSecrets } from './setting-secrets.ts';
import type { Settings } from './settings.ts';
import type { OpenedWorkspace } from './workspace.ts';

export interface WorkspaceOptions {
  /** The folder with netwright.yaml; default the nearest one from `from` upwards. */
  readonly folder?: string;
  /** Where to look from, and what a relative `folder` counts from. Default the current folder. */
  readonly from?: string;
  /** `NETWRIGHT_*` variables; default `process.env`. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Settings that go before all others. */
  readonly flags?: readonly SettingFlag[];
  readonly logger?: Logger;
  readonly clock?: Clock;
  /** Asks for the passphrase of a protected identity; absent: `NW_SECRETS_LOCKED`. */
  readonly askPassphrase?: AskPassphrase;
}

/**
 * Opens a workspace: reads its settings and nothing else; all the rest is opened when first asked for.
 * Any number of workspaces may be open in one process.
 * @throws NetwrightError `NW_WORKSPACE_NOT_FOUND`, `NW_WORKSPACE_NEWER`, `NW_CONFIG_INVALID`.
 */
export async function openWorkspace(options: WorkspaceOptions = {}): Promise<OpenedWorkspace> {
  const env = options.env ?? process.env;
  const folder = await findWorkspace(options.folder, options.from ?? process.cwd());
  const layered = await layerSettings(join(folder, settingsFileName), env, options.flags ?? []);
  return new FolderWorkspace(folder, layered, { ...options, env });
}

/** Rooms are imported where they are needed, so that looking at settings or the inventory does not load SSH and git. */
class FolderWorkspace implements OpenedWorkspace {
  readonly folder: string;
  readonly settings: Settings;
  readonly explained: readonly ExplainedSetting[];
  readonly unknownVariables: readonly string[];
  readonly redactor = new Redactor();
  readonly logger: Logger;
  readonly clock: Clock;
  readonly credentials: CredentialStore;
  readonly #env: Readonly<Record<string, string | undefined>>;
  readonly #opened = new Map<string, Promise<unknown>>();
  /** What is to be closed, in the order in which it was opened. */
  readonly #closing: (() => Promise<void>)[] = [];
  #isClosed = false;

  constructor(
    folder: string,
    layered: LayeredSettings,
    options: WorkspaceOptions & { readonly env: NodeJS.ProcessEnv },
  ) {
    this.folder = folder;
    this.settings = layered.settings;
    this.explained = layered.explained;
    this.unknownVariables = layered.unknownVariables;
    this.clock = options.clock ?? systemClock;
    this.logger = options.logger ?? createLogger({ level: this.settings.log.level, redactor: this.redactor });
    this.#env = options.env;
    for (const secret of settingSecrets(this.settings)) this.redactor.learn(secret);
    this.credentials = openCredentials({
      file: this.path(this.settings.secrets),
      redactor: this.redactor,
      env: options.env,
      clock: this.clock,
      ...(options.askPassphrase && { askPassphrase: options.askPassphrase }),
    });
  }

  path(...parts: readonly string[]): string {
    const [first = '', ...rest] = parts;
    if (first === '~' || first.startsWith('~/')) return join(this.#env['HOME'] || homedir(), first.slice(1), ...rest);
    return isAbsolute(first) ? join(first, ...rest) : join(this.folder, first, ...rest);
  }

  inventory(): Promise<Inventory> {
    return this.#once('inventory', async () => {
      return await loadInventory(this.path(this.settings.inventory), { platforms: await this.platforms() });
    });
  }

  platforms(): Promise<PlatformRegistry> {
    return this.#once('platforms', async () => {
      const { createPlatformRegistry } = await import('#platforms');
      return createPlatformRegistry({ folder: this.path('platforms'), logger: this.logger, clock: this.clock });
    });
  }

  configurations(): Promise<ConfigurationStore> {
    return this.#once('configurations', async () => {
      const { openConfigurationStore } = await import('#store');
      const store = await openConfigurationStore({
        repository: this.path(this.settings.configurations),
        database: await this.#readableDatabase(),
        clock: this.clock,
        redactor: this.redactor,
      });
      return this.#closeLater(store);
    });
  }

  memory(): Promise<StoredMemory> {
    return this.#once('memory', async () => {
      const { openMemory } = await import('#store');
      return this.#closeLater(await openMemory(await this.#database()));
    });
  }

  transcripts(): Promise<TranscriptStore> {
    return this.#once('transcripts', async () => {
      const { openTranscriptStore } = await import('#store');
      return openTranscriptStore(this.path('.netwright', 'transcripts'));
    });
  }

  knownHosts(): Promise<KnownHosts> {
    return this.#once('knownHosts', async () => {
      const [write = 'known_hosts', ...read] = this.settings.knownHosts.map((file) => this.path(file));
      const { openKnownHosts } = await import('#transport');
      return await openKnownHosts({ write, read, clock: this.clock });
    });
  }

  knownCertificates(): Promise<KnownCertificates> {
    return this.#once('knownCertificates', async () => {
      const { openKnownCertificates } = await import('#transport');
      return openKnownCertificates(this.path('known_certificates'));
    });
  }

  connector(): Promise<Required<Connector>> {
    return this.#once('connector', async () => {
      const [{ createConnector }, dialer, platforms, inventory, memory, transcripts, knownCertificates] =
        await Promise.all([
          import('#runner'),
          this.dialer(),
          this.platforms(),
          this.inventory(),
          this.memory(),
          this.transcripts(),
          this.knownCertificates(),
        ]);
      const { credentials, redactor, logger, clock } = this;
      return createConnector({
        dialer,
        platforms,
        credentials,
        inventory,
        memory,
        redactor,
        transcripts,
        knownCertificates,
        logger,
        clock,
      });
    });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.allSettled(this.#opened.values());
    // The newest first: what came later stands on what came before.
    for (let close = this.#closing.pop(); close !== undefined; close = this.#closing.pop()) await close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #database(): Promise<Database> {
    return this.#once('database', async () => {
      const { openDatabase } = await import('#store');
      return this.#closeLater(await openDatabase(this.path('.netwright', 'state.sqlite')));
    });
  }

  /** Who may only read a workspace (an auditor, a read-only file system) may look at its history. */
  #readableDatabase(): Promise<Database> {
    return this.#once('readableDatabase', async () => {
      try {
        return await this.#database();
      } catch (error) {
        if (!(error instanceof NetwrightError) || error.code !== 'NW_FILE_DENIED') throw error;
        const { openDatabaseCopy } = await import('#store');
        return this.#closeLater(await openDatabaseCopy(this.path('.netwright', 'state.sqlite'), error));
      }
    });
  }

  dialer(): Promise<SshDialer> {
    return this.#once('dialer', async () => {
      const { createDialer } = await import('#transport');
      const [knownHosts, memory] = await Promise.all([this.knownHosts(), this.memory()]);
      return this.#closeLater(
        createDialer({ knownHosts, algorithmMemory: algorithmMemory(memory), logger: this.logger, clock: this.clock }),
      );
    });
  }

  #closeLater<T extends AsyncDisposable>(service: T): T {
    this.#closing.push(async () => await service[Symbol.asyncDispose]());
    return service;
  }

  /** Opens a service once; one that could not be opened may be tried again. */
  #once<T>(name: string, open: () => Promise<T>): Promise<T> {
    if (this.#isClosed)
      return Promise.reject(new NetwrightError('NW_INTERNAL', `${this.folder}: the workspace is closed`));
    const opened = this.#opened.get(name) as Promise<T> | undefined;
    if (opened !== undefined) return opened;
    const opening = open();
    this.#opened.set(name, opening);
    opening.catch(() => this.#opened.delete(name));
    return opening;
  }
}
