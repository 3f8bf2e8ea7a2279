import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Login } from '#transport';
import { flattenGroups, type Layer, merge } from '../resolve-device.ts';
import { readAnsibleIni } from './ansible-ini.ts';
import { find, layerOf, textOf } from './ansible-layer.ts';
import { AnsibleInventory, type AnsibleVariables } from './ansible-model.ts';
import { readAnsibleVariables, readAnsibleYaml } from './ansible-yaml.ts';
import { Draft, type ImportedInventory, type ImportOptions, importError } from './draft.ts';
import { checkAddress, portOf, readKey, readSource, secretOf, shownWord, unreadable } from './read-source.ts';

/**
 * Reads an inventory of Ansible: one file in INI or YAML, or a folder of them, with `group_vars` and `host_vars`
 * beside it. Groups keep their nesting; where Ansible's precedence (deeper groups first, then the later name) and
 * ours (depth-first) differ for a host, the host says the value itself.
 *
 * @throws NetwrightError `NW_IMPORT_INVALID` with file and line
 */
export async function importAnsible(
  options: ImportOptions & { readonly inventory: string },
): Promise<ImportedInventory> {
  const draft = new Draft('Imported from Ansible.', options);
  const inventory = new AnsibleInventory();
  const { files, folder } = await inventoryFiles(options.inventory);
  for (const file of files) {
    const text = await readSource(file);
    if (isYaml(file, text)) readAnsibleYaml(file, text, inventory, draft);
    else readAnsibleIni(file, text, inventory);
  }
  for (const [kind, names] of [
    ['group_vars', new Set([...inventory.groups.keys(), 'all', 'ungrouped'])],
    ['host_vars', new Set(inventory.hosts.keys())],
  ] as const) {
    for (const { name, file } of await variableFiles(join(folder, kind))) {
      if (!names.has(name))
        draft.warn({ file, line: 1 }, `there is no ${kind === 'group_vars' ? 'group' : 'host'} "${name}"`);
      else {
        const target = kind === 'group_vars' ? inventory.group(name).variables : inventory.hosts.get(name)!.variables;
        if (readAnsibleVariables(file, await readSource(file), target) === 'vaulted') {
          draft.warn({ file, line: 1 }, "the file is encrypted with Ansible's vault and left out");
        }
      }
    }
  }
  return new Conversion(inventory, draft, options.inventory).run();
}

async function inventoryFiles(path: string): Promise<{ files: string[]; folder: string }> {
  const found = await stat(path).catch((error: Error) => {
    throw unreadable(path, error);
  });
  if (!found.isDirectory()) return { files: [path], folder: dirname(path) };
  const entries = await readdir(path, { withFileTypes: true });
  const files = entries
    .filter((one) => one.isFile() && !/^\.|~$|\.(?:orig|bak|cfg|retry|pyc|pyo|py|md|sh)$/.test(one.name))
    .map((one) => join(path, one.name))
    .sort();
  return { files, folder: path };
}

function isYaml(file: string, text: string): boolean {
  if (/\.(?:ya?ml|json)$/i.test(file)) return true;
  const first = text.split(/\r?\n/).find((line) => line.trim() !== '' && !/^\s*[#;]/.test(line)) ?? '';
  return /^---|^\{/.test(first) || /^[\w.-]+:\s*(?:#.*)?$/.test(first);
}

/** `group_vars/edge.yml`, `group_vars/edge`, and all files below a folder `group_vars/edge/`. */
async function variableFiles(folder: string): Promise<{ name: string; file: string }[]> {
  const list = async (path: string): Promise<string[]> => {
    const entries = await readdir(path, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return [];
      throw unreadable(path, error);
    });
    const below = await Promise.all(
      entries
        .filter((one) => !/^\.|~$/.test(one.name))
        .map(async (one) => (one.isDirectory() ? list(join(path, one.name)) : [join(path, one.name)])),
    );
    return below.flat().sort();
  };
  return (await list(folder))
    .filter((file) => /^[^.]+$|\.(?:ya?ml|json)$/i.test(basename(file)))
    .map((file) => {
      const [top = ''] = file.slice(folder.length + 1).split('/');
      return { name: dirname(file) === folder ? top.replace(/\.(?:ya?ml|json)$/i, '') : top, file };
    });
}

class Conversion {
  readonly #inventory: AnsibleInventory;
  readonly #draft: Draft;
  readonly #file: string;
  readonly #parents = new Map<string, string[]>();
  readonly #depths = new Map<string, number>();
  readonly #layers = new Map<string, Layer>();
  readonly #names = new Map<string, string>();

  constructor(inventory: AnsibleInventory, draft: Draft, file: string) {
    this.#inventory = inventory;
    this.#draft = draft;
    this.#file = file;
  }

  async run(): Promise<ImportedInventory> {
    const { groups, hosts } = this.#inventory;
    for (const [name, { children }] of groups) {
      for (const child of children) this.#parents.set(child, [...(this.#parents.get(child) ?? []), name]);
    }
    for (const name of groups.keys()) this.#depth(name, []);
    const all = groups.get('all')?.variables ?? new Map();
    this.#draft.defaults = layerOf(all, this.#draft);
    for (const name of groups.keys()) this.#convertGroup(name);
    const directGroups = this.#directGroups();
    const jumps: [Layer, string | undefined][] = [];
    for (const [name, { variables }] of hosts) {
      await this.#draft.row(async () => {
        jumps.push(await this.#device(name, variables, directGroups.get(name) ?? []));
      });
    }
    for (const layer of [this.#draft.defaults, ...this.#layers.values()]) jumps.push([layer, undefined]);
    for (const [layer, credential] of jumps) this.#resolveJump(layer, credential);
    return this.#draft.finish();
  }

  /** Length of the longest way from `all`. */
  #depth(name: string, way: readonly string[]): number {
    const origin = { file: this.#file, line: 1 };
    if (way.includes(name)) throw importError(origin, `groups go in a circle: ${[...way, name].join(' -> ')}`);
    const known = this.#depths.get(name);
    if (known !== undefined) return known;
    const parents = this.#parents.get(name) ?? [];
    const depth = name === 'all' ? 0 : 1 + Math.max(0, ...parents.map((one) => this.#depth(one, [...way, name])));
    this.#depths.set(name, depth);
    return depth;
  }

  /** The strongest first. */
  #byStrength(names: Iterable<string>): string[] {
    const depth = (name: string): number => this.#depths.get(name) ?? 0;
    return [...new Set(names)].sort((a, b) => depth(b) - depth(a) || (a < b ? 1 : -1));
  }

  #isShown(name: string): boolean {
    if (name === 'all') return false;
    return name !== 'ungrouped' || (this.#inventory.groups.get(name)?.variables.size ?? 0) > 0;
  }

  #groupName(name: string): string {
    const known = this.#names.get(name) ?? this.#draft.name(name, { file: this.#file, line: 1 }, 'group');
    this.#names.set(name, known);
    return known;
  }

  #convertGroup(name: string): void {
    if (!this.#isShown(name)) return;
    const parents = this.#byStrength(this.#parents.get(name) ?? []).filter((one) => this.#isShown(one));
    const { address: _, ...layer } = layerOf(this.#inventory.groups.get(name)!.variables, this.#draft);
    const whole: Layer = { ...layer, groups: parents.map((one) => this.#groupName(one)) };
    this.#layers.set(this.#groupName(name), whole);
    this.#draft.group(this.#groupName(name), whole);
  }

  #directGroups(): Map<string, string[]> {
    const direct = new Map<string, string[]>();
    for (const [name, { hosts }] of this.#inventory.groups) {
      for (const host of hosts) {
        const list = direct.get(host);
        if (list) list.push(name);
        else direct.set(host, [name]);
      }
    }
    return direct;
  }

  async #device(host: string, own: AnsibleVariables, direct: readonly string[]): Promise<[Layer, string | undefined]> {
    const { origin } = this.#inventory.hosts.get(host)!;
    const draft = this.#draft;
    const name = draft.name(host.replace(/:/g, '-'), origin, 'device');
    const effective = this.#effective(own, direct);
    const login = await this.#login(effective);
    const groups = this.#byStrength(direct)
      .filter((one) => this.#isShown(one))
      .map((one) => this.#groupName(one));
    const ownLayer: Layer = { ...layerOf(own, draft), groups };
    const layer: Layer = { ...ownLayer, ...this.#differences(ownLayer, effective) };
    const address = layer.address ?? textOf(find(effective, 'address')) ?? host;
    checkAddress(address, `host ${shownWord(host)}`, origin);
    const credential = login === undefined ? undefined : draft.credential(login);
    const { address: _, ...rest } = layer;
    const whole: Layer = {
      ...(address === name ? undefined : { address }),
      ...rest,
      ...(credential === undefined ? undefined : { credential }),
    };
    const connection = textOf(find(effective, 'connection'));
    const isLocal = connection === 'local' || connection === 'ansible.builtin.local';
    draft.device(name, whole, origin, isLocal ? { isOff: true, comments: ['ansible_connection: local'] } : {});
    return [whole, credential];
  }

  /** What Ansible would use: `all`, then groups from the weakest to the strongest, then the host. */
  #effective(own: AnsibleVariables, direct: readonly string[]): AnsibleVariables {
    const names = new Set<string>(['all']);
    const walk = (name: string): void => {
      if (names.has(name)) return;
      names.add(name);
      for (const parent of this.#parents.get(name) ?? []) walk(parent);
    };
    for (const name of direct) walk(name);
    const effective: AnsibleVariables = new Map();
    for (const name of this.#byStrength(names).reverse()) {
      for (const [key, value] of this.#inventory.groups.get(name)?.variables ?? []) effective.set(key, value);
    }
    for (const [key, value] of own) effective.set(key, value);
    return effective;
  }

  /** The keys that our way of inheriting would get otherwise than Ansible's. */
  #differences(own: Layer, effective: AnsibleVariables): Layer {
    const wanted = layerOf(effective, new Draft(''));
    const layers = flattenGroups(own.groups ?? [], this.#layers).map((one) => this.#layers.get(one)!);
    const ours = merge([own, ...layers, this.#draft.defaults]);
    const differences: Record<string, unknown> = {};
    for (const key of ['platform', 'port', 'jump'] as const) {
      if (wanted[key] !== undefined && !isDeepStrictEqual(wanted[key], ours[key])) differences[key] = wanted[key];
    }
    for (const key of ['connection', 'variables'] as const) {
      const mine = (ours[key] ?? {}) as Record<string, unknown>;
      const other = Object.entries(wanted[key] ?? {}).filter(([one, value]) => !isDeepStrictEqual(mine[one], value));
      if (other.length > 0) differences[key] = { ...own[key], ...Object.fromEntries(other) };
    }
    return differences as Layer;
  }

  async #login(variables: AnsibleVariables): Promise<Login | undefined> {
    const user = textOf(find(variables, 'user'));
    const password = secretOf(textOf(find(variables, 'password')));
    const enable = secretOf(textOf(find(variables, 'enable')));
    const keyFile = find(variables, 'keyFile');
    const privateKey = keyFile && (await readKey(String(keyFile.value), keyFile.origin, this.#draft));
    if (user === undefined && !password && !privateKey) return undefined;
    return {
      user: user ?? '',
      ...(password === undefined ? undefined : { password }),
      ...(enable === undefined ? undefined : { enable }),
      ...(privateKey === undefined ? undefined : { privateKey }),
    };
  }

  /** Hops as `[user@]host[:port]` become names of devices, now that all devices are there. */
  #resolveJump(layer: Layer, credential: string | undefined): void {
    const jump = layer.jump as string[] | undefined;
    const origin = { file: this.#file, line: 1 };
    jump?.forEach((hop, index) => {
      const [, user, host = hop, port] =
        /^(?:([^@]+)@)?([^:]+|[0-9A-Fa-f:]+:[0-9A-Fa-f:]+)(?::(\d+))?$/.exec(hop) ?? [];
      const own = user === undefined ? credential : this.#draft.credential({ user, agent: true });
      jump[index] = this.#draft.hop(host, portOf(port, origin, this.#draft), own, origin);
    });
  }
}
