import { dirname, resolve } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { abortError, didYouMean } from '#core';
import type { PlatformRegistry } from '#platforms';
import { readFingerprint } from '#transport';
import { checkShape } from './check-shape.ts';
import type { Device, Inventory, Problem } from './device.ts';
import { inventoryFiles, readText } from './files.ts';
import { createInventory } from './inventory.ts';
import { addressMistake, flattenGroups, type Inherited, type Layer, merge, resolveDevice } from './resolve-device.ts';
import { defaultsSchema, deviceSchema, groupSchema, namePattern } from './schema.ts';
import type { Path } from './yaml-chunk.ts';
import { type Entry, locate, readEntries } from './yaml-file.ts';

export interface LoadOptions {
  /** Knows the platform ids and aliases. */
  readonly platforms: Pick<PlatformRegistry, 'resolve' | 'ids'>;
  readonly signal?: AbortSignal;
}

const sections = ['defaults', 'groups', 'devices'] as const;
const name = new RegExp(namePattern, 'u');
const nothing: Layer = Object.freeze({});
/** The loader gives way to other work after so long. */
const sliceMs = 10;
/** Searching 50,000 names for the nearest one takes milliseconds; a file full of mistakes must not take minutes. */
const mostSuggestions = 100;

/**
 * Reads an inventory: one YAML file, or all `.yaml` and `.yml` files of a folder at any depth as if they were one.
 * Mistakes do not throw: they are all in `problems` with file, line and column, and the devices that could be read
 * are in `devices`; `get` and `select` throw `NW_INVENTORY_INVALID` as long as there are errors.
 * The work is done in slices of about 10 ms.
 *
 * @throws NetwrightError `NW_INVENTORY_INVALID` when there is no such file or it cannot be read; `NW_CANCELLED`.
 */
export async function loadInventory(path: string, options: LoadOptions): Promise<Inventory> {
  const loader = new Loader(options);
  for (const file of await inventoryFiles(path)) await loader.read(file);
  return loader.finish(path);
}

class Loader {
  readonly #platforms: LoadOptions['platforms'];
  readonly #signal: AbortSignal | undefined;
  readonly #problems: Problem[] = [];
  readonly #defaults: { entry: Entry; layer: Layer }[] = [];
  readonly #groups = new Map<string, Layer>();
  readonly #groupEntries = new Map<string, Entry>();
  readonly #deviceEntries = new Map<string, Entry>();
  readonly #platformIds = new Map<string, string | undefined>();
  readonly #said = new Set<string>();
  #suggestions = 0;
  #sliceStart = performance.now();

  constructor({ platforms, signal }: LoadOptions) {
    this.#platforms = platforms;
    this.#signal = signal;
  }

  async read(file: string): Promise<void> {
    const text = await readText(file);
    for (const entry of await readEntries(file, text, this.#problems, this.#rest)) {
      this.#sort(entry);
      const resting = this.#rest();
      if (resting) await resting;
    }
  }

  async finish(path: string): Promise<Inventory> {
    this.#checkGroups();
    const defaults = this.#mergeDefaults();
    const devices = new Map<string, Device>();
    const inheritedBy = new Map<string, Inherited>();
    for (const [deviceName, entry] of this.#deviceEntries) {
      const own = (entry.value ?? {}) as Layer;
      const names = own.groups ?? [];
      const key = names.join('\n');
      let inherited = inheritedBy.get(key);
      if (!inherited) {
        const all = flattenGroups(names, this.#groups);
        inherited = { ...merge([...all.map((one) => this.#groups.get(one)!), defaults]), all };
        inheritedBy.set(key, inherited);
      }
      devices.set(deviceName, this.#device(deviceName, entry, own, inherited));
      const resting = this.#rest();
      if (resting) await resting;
    }
    this.#checkJumps(devices);
    if (devices.size === 0 && this.#problems.length === 0) {
      this.#problems.push({ severity: 'warning', file: path, line: 1, column: 1, message: 'there is no device in it' });
    }
    this.#problems.sort((a, b) =>
      a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line || a.column - b.column,
    );
    return createInventory(devices, this.#problems, this.#platforms);
  }

  readonly #rest = (): Promise<void> | undefined => {
    if (performance.now() - this.#sliceStart < sliceMs) return undefined;
    if (this.#signal?.aborted) throw abortError(this.#signal);
    return nextTurn().then(() => {
      this.#sliceStart = performance.now();
    });
  };

  #say(entry: Entry, path: Path, message: string, atKey = false): void {
    const { line, column } = locate(entry, path, atKey);
    // What a group says wrongly is wrong in every device of it; it is said once.
    const key = `${entry.file}:${line}:${column}:${message}`;
    if (this.#said.has(key)) return;
    this.#said.add(key);
    this.#problems.push({ severity: 'error', file: entry.file, line, column, message });
  }

  #suggest(word: string, known: Iterable<string>): string {
    this.#suggestions += 1;
    return this.#suggestions > mostSuggestions ? '' : didYouMean(word, known);
  }

  #sort(entry: Entry): void {
    if (!(sections as readonly string[]).includes(entry.section)) {
      this.#say(
        entry,
        [],
        `unknown key "${entry.section}".${didYouMean(entry.section, sections) || ' Devices stand below "devices:", beside "groups:" and "defaults:".'}`,
        true,
      );
    } else if (entry.section === 'defaults') {
      const layer = this.#layer(entry, defaultsSchema, 'defaults');
      this.#defaults.push({ entry, layer });
    } else if (entry.name === undefined) {
      if (entry.value !== null) this.#say(entry, [], `${entry.section}: expected a mapping of names`);
    } else if (entry.section === 'groups') {
      const layer = this.#layer(entry, groupSchema, `group "${entry.name}"`);
      if (this.#isNew(entry, this.#groupEntries, 'group')) this.#groups.set(entry.name, layer);
    } else {
      const layer = this.#layer(entry, deviceSchema, `device "${entry.name}"`);
      this.#isNew(layer === entry.value ? entry : { ...entry, value: layer }, this.#deviceEntries, 'device');
    }
  }

  #isNew(entry: Entry, known: Map<string, Entry>, noun: string): boolean {
    const key = entry.name!;
    if (!name.test(key)) {
      this.#say(
        entry,
        [],
        `"${key}" cannot name a ${noun}: expected letters, digits and . _ - @ +, the first a letter, digit or _`,
        true,
      );
    }
    const first = known.get(key);
    if (first) {
      this.#say(entry, [], `${noun} "${key}" is there already, at ${first.file}:${first.line}`, true);
      return false;
    }
    known.set(key, entry);
    return true;
  }

  /** The value with what is wrong in it said and left out, so that one mistake is not reported many times. */
  #shape(entry: Entry, schema: object, what: string): Layer {
    const value = entry.value ?? nothing;
    const problems = checkShape(value, schema);
    if (problems.length === 0) return value as Layer;
    for (const { path, atKey, message } of problems) this.#say(entry, path, `${what}: ${message}`, atKey);
    if (typeof value !== 'object' || Array.isArray(value)) return {};
    const wrong = new Set(problems.map(({ path }) => path[0]));
    return Object.fromEntries(Object.entries(value).filter(([key]) => !wrong.has(key))) as Layer;
  }

  /** The layer with paths that count from the folder of its file, wherever the program was started. */
  #layer(entry: Entry, schema: object, what: string): Layer {
    const layer = this.#pinned(entry, this.#shape(entry, schema, what), what);
    const sshConfig = layer.connection?.sshConfig;
    if (sshConfig === undefined || sshConfig.startsWith('~')) return layer;
    return { ...layer, connection: { ...layer.connection, sshConfig: resolve(dirname(entry.file), sshConfig) } };
  }

  /** The layer with the fingerprint of a certificate in the one form in which it is compared. */
  #pinned(entry: Entry, layer: Layer, what: string): Layer {
    const written = layer.api?.fingerprint;
    if (written === undefined) return layer;
    const fingerprint = readFingerprint(written);
    if (fingerprint !== undefined) return { ...layer, api: { ...layer.api, fingerprint } };
    const expected = 'expected a SHA-256 fingerprint such as SHA256:AB:CD:… (32 bytes)';
    this.#say(entry, ['api', 'fingerprint'], `${what}: api.fingerprint: ${expected}`);
    return layer;
  }

  #checkGroups(): void {
    for (const [groupName, group] of this.#groups) {
      const entry = this.#groupEntries.get(groupName)!;
      this.#checkGroupNames(entry, group, `group "${groupName}"`);
      this.#checkPlatform(entry, group.platform, `group "${groupName}"`);
    }
    const done = new Set<string>();
    const walk = (groupName: string, way: readonly string[]): void => {
      const from = way.indexOf(groupName);
      if (from >= 0) {
        const circle = [...way.slice(from), groupName];
        const last = way.at(-1)!;
        const at = this.#groups.get(last)!.groups!.indexOf(groupName);
        this.#say(this.#groupEntries.get(last)!, ['groups', at], `groups go in a circle: ${circle.join(' -> ')}`);
        return;
      }
      if (done.has(groupName)) return;
      for (const parent of this.#groups.get(groupName)?.groups ?? []) walk(parent, [...way, groupName]);
      done.add(groupName);
    };
    for (const groupName of this.#groups.keys()) walk(groupName, []);
  }

  #checkGroupNames(entry: Entry, layer: Layer, what: string): void {
    layer.groups?.forEach((groupName, index) => {
      if (this.#groups.has(groupName)) return;
      const meant = this.#suggest(groupName, this.#groups.keys());
      this.#say(entry, ['groups', index], `${what}: there is no group "${groupName}".${meant}`);
    });
  }

  /** The canonical id; undefined for an unknown one, which is said. */
  #checkPlatform(entry: Entry, platform: string | undefined, what: string): string | undefined {
    if (platform === undefined || platform === 'auto') return platform;
    if (!this.#platformIds.has(platform)) this.#platformIds.set(platform, this.#platforms.resolve(platform));
    const id = this.#platformIds.get(platform);
    if (id === undefined) {
      const meant = this.#suggest(platform, [...this.#platforms.ids(), 'auto']);
      this.#say(entry, ['platform'], `${what}: there is no platform "${platform}".${meant}`);
    }
    return id;
  }

  /** Defaults of several files are one; the same key twice is a mistake, for nobody could say which one counts. */
  #mergeDefaults(): Layer {
    const places = new Map<string, Entry>();
    for (const { entry, layer } of this.#defaults) {
      this.#checkPlatform(entry, layer.platform, 'defaults');
      for (const key of Object.keys(layer)) {
        const first = places.get(key);
        if (first) {
          this.#say(entry, [key], `defaults: "${key}" is set already in ${first.file}:${first.line}`, true);
        } else places.set(key, entry);
      }
    }
    return merge(this.#defaults.map(({ layer }) => layer));
  }

  #device(deviceName: string, entry: Entry, own: Layer, inherited: Inherited): Device {
    const what = `device "${deviceName}"`;
    if (own.groups) this.#checkGroupNames(entry, own, what);
    const mistake = addressMistake(own.address ?? deviceName);
    if (mistake !== undefined && own.address !== undefined) this.#say(entry, ['address'], `${what}: ${mistake}`);
    else if (mistake !== undefined) this.#say(entry, [], `${what} has no address, and its name ${mistake}`, true);
    const platform =
      own.platform === undefined
        ? (inherited.platform ?? 'auto')
        : (this.#checkPlatform(entry, own.platform, what) ?? 'auto');
    const id = platform === 'auto' ? platform : (this.#platforms.resolve(platform) ?? 'auto');
    return resolveDevice(deviceName, own, inherited, id, { file: entry.file, line: entry.line });
  }

  /** Names of hops exist, none twice, none is the device itself. */
  #checkJumps(devices: ReadonlyMap<string, Device>): void {
    const known = new Set<readonly string[]>();
    for (const device of devices.values()) {
      const { jump } = device;
      if (jump.length === 0) continue;
      if (jump.includes(device.name)) this.#sayJump(device, device.name, this.#selfJump(device));
      // Lists that come from a group are one and the same array for all of its devices.
      if (known.has(jump)) continue;
      known.add(jump);
      for (const [index, hop] of jump.entries()) {
        if (!devices.has(hop)) {
          this.#sayJump(device, hop, `jump: there is no device "${hop}".${this.#suggest(hop, devices.keys())}`);
        } else if (jump.indexOf(hop) < index) this.#sayJump(device, hop, `jump: "${hop}" is passed twice`);
      }
    }
  }

  #selfJump({ name: deviceName }: Device): string {
    const isOwn = (this.#deviceEntries.get(deviceName)!.value as Layer).jump !== undefined;
    const remedy = isOwn ? 'leave it out' : 'a group or the defaults say so; write "jump: []" in the device';
    return `device "${deviceName}" jumps through itself: ${remedy}`;
  }

  /** At the layer that says it: the device, else the group, else the defaults. */
  #sayJump(device: Device, hop: string, message: string): void {
    const own = this.#deviceEntries.get(device.name)!;
    const isAboutItself = hop === device.name;
    const groups = device.groups.map((one) => [this.#groupEntries.get(one)!, this.#groups.get(one)!] as const);
    const layers = [
      [own, own.value as Layer] as const,
      ...groups,
      ...this.#defaults.map(({ entry, layer }) => [entry, layer] as const),
    ];
    const [entry, layer] = layers.find((one) => one[1]?.jump === device.jump) ?? [own, own.value as Layer];
    if (isAboutItself && entry !== own) this.#say(own, [], message, true);
    else this.#say(entry, ['jump', layer.jump!.lastIndexOf(hop)], message);
  }
}
