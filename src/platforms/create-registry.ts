import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { type Clock, didYouMean, type Logger, NetwrightError, silentLogger, systemClock } from '#core';
import { type PlatformFile, platformOf, readPlatformFile } from './file/read-platform.ts';
import { catalogue } from './index.generated.ts';
import type { Platform } from './platform.ts';
import type { PlatformRegistry } from './registry.ts';

export interface PlatformRegistryOptions {
  /** The workspace's own `platforms/` folder of YAML files; it need not exist. */
  readonly folder?: string;
  /** Told of patterns that may take very long. */
  readonly logger?: Logger;
  readonly clock?: Clock;
}

/** The folder is looked at again when this long has passed since the last look. */
const freshForMs = 1000;

/**
 * Our catalogue and the workspace's own files. A file is read again once it changed, without a restart; its platform
 * takes the place of ours of the same id. Nothing of the catalogue is loaded before it is asked for, and a broken file
 * is reported by `get` of its id only.
 */
export function createPlatformRegistry(options: PlatformRegistryOptions = {}): PlatformRegistry {
  const { folder, logger = silentLogger, clock = systemClock } = options;
  const own = new OwnPlatforms(folder, logger, clock);
  const builtinAliases = new Map(
    Object.entries(catalogue).flatMap(([id, { aliases }]) => aliases.map((alias) => [alias, id] as const)),
  );

  const builtinId = (name: string): string | undefined =>
    Object.hasOwn(catalogue, name) ? name : builtinAliases.get(name);
  const resolve = (name: string): string | undefined => own.find(name)?.id ?? builtinId(name);
  const ids = (): readonly string[] => [...new Set([...Object.keys(catalogue), ...own.ids()])].sort();

  const unknown = (name: string): NetwrightError =>
    new NetwrightError(
      'NW_PLATFORM_UNKNOWN',
      `no platform is called "${name}".${didYouMean(name, [...ids(), ...builtinAliases.keys()])}`,
      { details: { platform: name } },
    );

  async function builtin(name: string): Promise<Platform> {
    const id = builtinId(name);
    if (id === undefined) throw unknown(name);
    return (await catalogue[id]!.load()).platform;
  }

  /** `way`: the ids that led here by `extends`, against circles. */
  async function load(name: string, way: readonly string[]): Promise<Platform> {
    const source = own.find(name);
    // A file that extends the platform whose place it takes means ours.
    if (source === undefined || way.at(-1) === source.id) return builtin(name);
    const known = own.loaded.get(source.id);
    if (known !== undefined) return known;
    const base = source.extends === undefined ? undefined : await loadBase(source, source.extends, [...way, source.id]);
    const platform = platformOf(source, base);
    own.loaded.set(source.id, platform);
    return platform;
  }

  async function loadBase(source: PlatformFile, base: string, way: readonly string[]): Promise<Platform> {
    const at = (message: string): NetwrightError =>
      new NetwrightError('NW_PLATFORM_INVALID', source.locate({ path: ['extends'], message }), {
        details: { file: source.file },
      });
    const target = own.find(base)?.id;
    if (target !== undefined && target !== source.id && way.includes(target)) {
      throw at(`${[...way, target].join(' extends ')}: a circle`);
    }
    if (resolve(base) === undefined || (target === source.id && builtinId(base) === undefined)) {
      throw at(unknown(base).message);
    }
    return load(base, way);
  }

  return {
    get: (name) => load(name, []),
    resolve,
    ids,
    doubts: (name) => (name === undefined ? own.all() : [own.find(name)]).flatMap((file) => file?.warnings ?? []),
    async *all(onInvalid = (error: NetwrightError) => logger.warn({ code: error.code }, error.message)) {
      for (const id of ids()) {
        try {
          yield await load(id, []);
        } catch (error) {
          if (!(error instanceof NetwrightError)) throw error;
          onInvalid(error);
        }
      }
    },
  };
}

/** The platform files of a workspace, kept in step with the folder. */
class OwnPlatforms {
  readonly #folder: string | undefined;
  readonly #logger: Logger;
  readonly #clock: Clock;
  readonly #files = new Map<string, { stamp: string; read: PlatformFile }>();
  #byName = new Map<string, PlatformFile>();
  #lookedAtMs = Number.NEGATIVE_INFINITY;
  /** Platforms made of the files as they are now. */
  readonly loaded = new Map<string, Platform>();

  constructor(folder: string | undefined, logger: Logger, clock: Clock) {
    this.#folder = folder;
    this.#logger = logger;
    this.#clock = clock;
  }

  find(name: string): PlatformFile | undefined {
    this.#look();
    return this.#byName.get(name);
  }

  ids(): string[] {
    this.#look();
    return [...new Set([...this.#byName.values()].map(({ id }) => id))];
  }

  all(): PlatformFile[] {
    this.#look();
    return [...this.#files.values()].map(({ read }) => read);
  }

  /** Reads what is new or changed by modification time and size. */
  #look(): void {
    const now = this.#clock.now();
    if (this.#folder === undefined || Math.abs(now - this.#lookedAtMs) < freshForMs) return;
    this.#lookedAtMs = now;
    const names = filesOf(this.#folder);
    let changed = false;
    for (const name of [...this.#files.keys()]) {
      if (!names.includes(name)) changed = this.#files.delete(name);
    }
    for (const name of names) {
      const path = join(this.#folder, name);
      const status = statSync(path, { throwIfNoEntry: false });
      const stamp = `${status?.mtimeMs} ${status?.size}`;
      if (this.#files.get(name)?.stamp === stamp || !status?.isFile()) continue;
      changed = true;
      const read = readPlatformFile(join('platforms', name), readFileSync(path, 'utf8'), basename(name, extname(name)));
      for (const warning of read.warnings) this.#logger.warn(warning);
      this.#files.set(name, { stamp, read });
    }
    if (changed) this.#arrange();
  }

  #arrange(): void {
    this.loaded.clear();
    this.#byName = new Map();
    const files = [...this.#files.values()].map(({ read }) => read);
    for (const file of files) {
      const other = this.#byName.get(file.id);
      if (other === undefined) this.#byName.set(file.id, file);
      else {
        const message = `the id "${file.id}" is taken by ${other.file}`;
        this.#byName.set(file.id, { ...other, problems: [...other.problems, file.locate({ path: ['id'], message })] });
      }
    }
    for (const file of files) {
      for (const alias of file.aliases) if (!this.#byName.has(alias)) this.#byName.set(alias, file);
    }
  }
}

const filesOf = (folder: string): string[] => {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return [];
  return readdirSync(folder)
    .filter((name) => /\.ya?ml$/.test(name) && !name.startsWith('.'))
    .sort();
};
