import { NetwrightError, type Secret } from '#core';
import type { Login } from '#transport';
import type { Problem } from '../device.ts';
import type { Layer } from '../resolve-device.ts';
import { namePattern } from '../schema.ts';
import { secretFields } from '../secrets-file.ts';
import { yamlEntry } from './yaml-text.ts';

/** A foreign inventory in our form. */
export interface ImportedInventory {
  /** The text of an inventory file. Never has a secret in it. */
  readonly inventory: string;
  /** The logins that were found, by the names under which the inventory refers to them. */
  readonly credentials: ReadonlyMap<string, Login>;
  /** What could not be carried over, with its place in the foreign files. */
  readonly warnings: readonly Problem[];
  /** How many devices the text has, and how many more stand in it as comments, because they are switched off. */
  readonly devices: number;
  readonly switchedOff: number;
}

export interface Origin {
  readonly file: string;
  readonly line: number;
}

/** What every importer takes. */
export interface ImportOptions {
  /**
   * The text is one of several files of an inventory: it has no defaults for logins, which would be those of the devices
   * in all other files.
   */
  readonly isPart?: boolean;
}

interface DraftDevice {
  readonly layer: Layer;
  readonly comments: readonly string[];
  readonly isOff: boolean;
}

const nameRule = new RegExp(namePattern, 'u');
const keyOrder = [
  'address',
  'port',
  'platform',
  'transport',
  'credential',
  'groups',
  'site',
  'role',
  'tags',
  'jump',
  'timeoutMs',
  'connection',
  'variables',
] as const satisfies readonly (keyof Layer)[];

/** Puts an inventory together: devices in the order in which they came, logins shared by all that have the same. */
export class Draft {
  readonly #title: string;
  readonly #isPart: boolean;
  readonly #devices = new Map<string, DraftDevice>();
  readonly #groups = new Map<string, Layer>();
  readonly #credentials = new Map<string, Login>();
  readonly #credentialByContent = new Map<string, string>();
  readonly #warnings: Problem[] = [];
  readonly #mistakes: NetwrightError[] = [];
  readonly #said = new Set<string>();
  /** Private keys by path, each read once. */
  readonly keys = new Map<string, Promise<Secret | undefined>>();
  defaults: Layer = {};

  /** @param title a sentence for the head of the file */
  constructor(title: string, { isPart = false }: ImportOptions = {}) {
    this.#title = title;
    this.#isPart = isPart;
  }

  warn({ file, line }: Origin, message: string): void {
    this.#warnings.push({ severity: 'warning', file, line, column: 1, message });
  }

  /** For what many devices have in common: at the first place where it is met. */
  warnOnce(origin: Origin, message: string): void {
    if (this.#said.has(message)) return;
    this.#said.add(message);
    this.warn(origin, message);
  }

  /** Reads a row or a host; what is wrong with it is told at the end, with what is wrong with the others. */
  async row(read: () => void | Promise<void>): Promise<void> {
    try {
      await read();
    } catch (error) {
      if (!(error instanceof NetwrightError) || error.code !== 'NW_IMPORT_INVALID') throw error;
      this.#mistakes.push(error);
    }
  }

  /** A name that fits the rules: what does not fit becomes `-`. */
  name(foreign: string, origin: Origin, noun: string): string {
    if (nameRule.test(foreign)) return foreign;
    // A line that lost its beginning: what stands behind the sign may be a password.
    const assigned = /^([^=]*)=/.exec(foreign)?.[1];
    if (assigned !== undefined) throw importError(origin, `expected the name of a ${noun}, came "${assigned}=…"`);
    const fitting = foreign
      .replace(/[^A-Za-z0-9_.@+\-\u0080-\uFFFF]+/g, '-')
      .replace(/^[.@+-]+|-+$/g, '')
      .slice(0, 253);
    if (!nameRule.test(fitting)) throw importError(origin, `${JSON.stringify(foreign)} cannot name a ${noun}`);
    this.warn(origin, `${noun} ${JSON.stringify(foreign)} is called "${fitting}" here`);
    return fitting;
  }

  has(name: string): boolean {
    return this.#devices.has(name);
  }

  /** @param options.isOff written as a comment: the foreign program leaves it out as well */
  device(
    name: string,
    layer: Layer,
    origin: Origin,
    options: { readonly comments?: readonly string[]; readonly isOff?: boolean } = {},
  ): void {
    if (this.#devices.has(name)) {
      this.warn(origin, `device "${name}" came before; this one is left out`);
      return;
    }
    this.#devices.set(name, { layer, comments: options.comments ?? [], isOff: options.isOff ?? false });
  }

  group(name: string, layer: Layer): void {
    this.#groups.set(name, { ...this.#groups.get(name), ...layer });
  }

  /** The device that is meant by a name or an address, for `jump`; made as a Linux host when there is none. */
  hop(host: string, port: number | undefined, credential: string | undefined, origin: Origin): string {
    for (const [name, device] of this.#devices) {
      const { layer } = device;
      if (name !== host && (layer.address ?? name) !== host) continue;
      // It may be in a group that jumps through it.
      if (layer.jump === undefined) this.#devices.set(name, { ...device, layer: { ...layer, jump: [] } });
      return name;
    }
    const name = this.name(host.replace(/:/g, '-'), origin, 'jump host');
    if (!this.#devices.has(name)) {
      const layer: Layer = {
        ...(name === host ? undefined : { address: host }),
        ...(port === undefined ? undefined : { port }),
        platform: 'linux',
        ...(credential === undefined ? undefined : { credential }),
        jump: [],
      };
      this.#devices.set(name, { layer, comments: ['a jump host; check its credential'], isOff: false });
    }
    return name;
  }

  /** The name under which a login is kept; the same for every equal login. */
  credential(login: Login, wish?: string): string {
    const content = JSON.stringify([login.user, ...secretFields.map((field) => login[field]?.reveal()), login.agent]);
    const known = this.#credentialByContent.get(content);
    if (known !== undefined) return known;
    const clean = (wish ?? login.user)
      .replace(/[^A-Za-z0-9_.@+-]+/g, '-')
      .replace(/^[.@+-]+/, '')
      .slice(0, 100);
    const base = clean === '' ? 'login' : clean;
    let name = base;
    for (let count = 2; this.#credentials.has(name); count += 1) name = `${base}-${count}`;
    this.#credentials.set(name, login);
    this.#credentialByContent.set(content, name);
    return name;
  }

  /** @throws NetwrightError `NW_IMPORT_INVALID` with what is wrong with all rows. */
  finish(): ImportedInventory {
    const [mistake, ...more] = this.#mistakes;
    if (mistake && more.length === 0) throw mistake;
    if (mistake) throw severalMistakes(this.#mistakes);
    const { credential: ofAll, ...others } = this.defaults;
    const devices = [...this.#devices];
    const common = this.#isPart ? undefined : (ofAll ?? commonCredential(devices.map(([, { layer }]) => layer)));
    const defaults: Layer = ordered({ ...others, ...(common === undefined ? undefined : { credential: common }) });
    const parts = [`# ${this.#title}\n`];
    if (Object.keys(defaults).length > 0) parts.push(yamlEntry('defaults', defaults, ''));
    if (this.#groups.size > 0) {
      parts.push('groups:\n');
      for (const [name, layer] of this.#groups) parts.push(yamlEntry(name, ordered(layer), '  '));
    }
    const switchedOff = devices.filter(([, { isOff }]) => isOff).length;
    parts.push(devices.length > switchedOff ? 'devices:\n' : 'devices: {}\n');
    for (const [name, { layer, comments, isOff }] of devices) {
      for (const comment of comments) parts.push(`  # ${oneLine(comment)}\n`);
      const { credential = ofAll, ...rest } = layer;
      const own = credential === undefined || credential === common ? rest : { ...rest, credential };
      const text = yamlEntry(name, ordered(own), '  ');
      parts.push(isOff ? text.replace(/^ {2}/gm, '  # ') : text);
    }
    return {
      inventory: parts.join(''),
      credentials: this.#credentials,
      warnings: this.#warnings,
      devices: devices.length - switchedOff,
      switchedOff,
    };
  }
}

/** The login of all devices, when it is one and the same. */
function commonCredential(layers: readonly Layer[]): string | undefined {
  const [first, ...rest] = layers;
  return first?.credential !== undefined && rest.length > 0 && rest.every((one) => one.credential === first.credential)
    ? first.credential
    : undefined;
}

function ordered(layer: Layer): object {
  const pairs = keyOrder.flatMap((key) => {
    const value = layer[key];
    const isEmpty =
      value === undefined || (typeof value === 'object' && key !== 'jump' && Object.keys(value).length === 0);
    return isEmpty ? [] : [[key, value] as const];
  });
  return Object.fromEntries(pairs);
}

/** Up to so many are listed. */
const mostMistakes = 20;

function severalMistakes(mistakes: readonly NetwrightError[]): NetwrightError {
  const left = mistakes.length - mostMistakes;
  const lines = [
    `${mistakes.length} mistakes:`,
    ...mistakes.slice(0, mostMistakes).map(({ message }) => message),
    ...(left > 0 ? [`and ${left} more`] : []),
  ];
  return new NetwrightError('NW_IMPORT_INVALID', lines.join('\n  '), {
    details: { mistakes: mistakes.map(({ message }) => message) },
  });
}

const oneLine = (text: string): string => text.replace(/[\x00-\x1f\x7f\u0085\u2028\u2029]+/g, ' ').slice(0, 200);

/** `NW_IMPORT_INVALID` with the place. The message must have no secret in it. */
export function importError({ file, line }: Origin, message: string, cause?: unknown): NetwrightError {
  return new NetwrightError('NW_IMPORT_INVALID', `${file}:${line}: ${message}`, {
    details: { file, line },
    ...(cause === undefined ? undefined : { cause }),
  });
}
