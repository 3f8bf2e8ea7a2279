import { isIP } from 'node:net';
import { NetwrightError } from '#core';
import type { Login, Protocol } from '#transport';
import type { Layer } from '../resolve-device.ts';
import { Draft, type ImportedInventory, type ImportOptions, importError, type Origin } from './draft.ts';
import { oxidizedModels } from './foreign-platforms.ts';
import { type OxidizedConfig, readOxidizedConfig, type Scope, scalarText } from './oxidized-config.ts';
import {
  checkAddress,
  looksSecret,
  portOf,
  readKey,
  readSource,
  secondsToMs,
  secretOf,
  shownWord,
} from './read-source.ts';

/**
 * Reads the CSV source of Oxidized (`router.db`) with the columns, delimiter, defaults, groups and variables of an
 * Oxidized configuration. Without one, the columns are guessed, and a warning says how.
 *
 * @throws NetwrightError `NW_IMPORT_INVALID` with file and line.
 */
export async function importOxidized(
  options: ImportOptions & {
    /** `router.db`. */
    readonly source: string;
    /** The `config` of Oxidized. */
    readonly config?: string;
  },
): Promise<ImportedInventory> {
  const text = await readSource(options.source);
  // No list of devices has such a line, and every configuration of Oxidized.
  if (/^source:[ \t]*(?:\{|\r?$)/m.test(text)) {
    throw new NetwrightError(
      'NW_IMPORT_INVALID',
      `${options.source}: this is the configuration of Oxidized, expected its list of devices`,
      { hint: `netwright inventory import oxidized <router.db> --config ${options.source}` },
    );
  }
  const draft = new Draft('Imported from Oxidized.', options);
  const { config: file } = options;
  const config =
    file === undefined
      ? undefined
      : readOxidizedConfig(file, await readSource(file), (message) => draft.warn({ file, line: 1 }, message));
  return convert(options.source, text, config, draft);
}

async function convert(
  file: string,
  source: string,
  config: OxidizedConfig | undefined,
  draft: Draft,
): Promise<ImportedInventory> {
  const lines = source.split(/\r?\n/).map((line, index) => ({ line, origin: { file, line: index + 1 } }));
  const rows = lines.filter(({ line }) => line.trim() !== '' && !/^\s*#/.test(line));
  const delimiter = config?.delimiter ?? (config?.map ? /:/ : sniff(rows[0]?.line ?? ''));
  const first = rows[0];
  const cells = first?.line.split(delimiter) ?? [];
  const map = config?.map ?? guessColumns(cells);
  if (!config?.map && first) {
    const columns = Object.entries(map).map(([name, column]) => `${name} (${column + 1})`);
    const others = cells.length - columns.length;
    draft.warn(
      first.origin,
      `the columns are taken to be ${columns.join(', ')}${others === 0 ? '' : `; ${others} more, which may be logins, are left out`}; the configuration of Oxidized knows them: --config <file>`,
    );
  }
  const proxies: { layer: Layer; proxy: string; proxyPort: unknown; origin: Origin }[] = [];
  for (const { line, origin } of rows) {
    await draft.row(async () => {
      const node = readNode(line, delimiter, map, config, origin);
      const name = draft.name(node.name, origin, 'device');
      const address = node.ip ?? node.name;
      checkAddress(address, 'address', origin);
      const { platform, comment } = platformOf(node.model, origin, draft);
      const vars = node.vars;
      const [transport, fallback] = inputsOf(node.input);
      // Passwords would go in clear where SSH is refused: that is for the user to say.
      if (node.input === undefined) {
        draft.warnOnce(
          origin,
          'Oxidized tries Telnet by itself where SSH is refused; add `connection: { fallback: telnet }` for devices that need it',
        );
      }
      const login = await loginOf(node, origin, draft);
      const group = node.group === undefined ? undefined : draft.name(node.group, origin, 'group');
      if (group !== undefined) draft.group(group, {});
      const port = portOf(transport === 'telnet' ? vars['telnet_port'] : vars['ssh_port'], origin, draft);
      const commandTimeoutMs = secondsToMs(node.timeout, origin, draft);
      const layer: Layer = {
        ...(address === name ? undefined : { address }),
        platform,
        ...(port === undefined ? undefined : { port }),
        ...(transport === 'telnet' ? { transport } : undefined),
        ...(login === undefined ? undefined : { credential: draft.credential(login) }),
        ...(group === undefined ? undefined : { groups: [group] }),
        ...(commandTimeoutMs === undefined && fallback === undefined
          ? undefined
          : {
              connection: {
                ...(commandTimeoutMs === undefined ? undefined : { commandTimeoutMs }),
                ...(fallback === undefined ? undefined : { fallback }),
              },
            }),
        ...variablesOf(vars, origin, draft),
      };
      const proxy = scalarText(vars['ssh_proxy']);
      if (proxy === undefined || proxy === '') draft.device(name, layer, origin, { comments: comment });
      else {
        // The hop may be a device further down, so it is looked for when all are there.
        const withJump: Layer = { ...layer, jump: [] };
        draft.device(name, withJump, origin, { comments: comment });
        proxies.push({ layer: withJump, proxy, proxyPort: vars['ssh_proxy_port'], origin });
      }
    });
  }
  for (const { layer, proxy, proxyPort, origin } of proxies) {
    const [host = '', port] = proxy.replace(/^.*@/, '').split(':');
    const hop = draft.hop(host, portOf(port ?? proxyPort, origin, draft), layer.credential, origin);
    (layer.jump as string[]).push(hop);
  }
  return draft.finish();
}

interface Node extends Scope {
  readonly name: string;
  readonly ip: string | undefined;
  readonly group: string | undefined;
}

const named = <T>(all: Readonly<Record<string, T>> | undefined, name: string | undefined): T | undefined =>
  all !== undefined && name !== undefined && Object.hasOwn(all, name) ? all[name] : undefined;

/** Longer words are no names of models or groups. */
const longestWord = 100;
const mapped = (word: string | undefined, map: OxidizedConfig['modelMap'] = []): string | undefined =>
  map.find(([pattern]) => word !== undefined && word.length <= longestWord && pattern.test(word))?.[1] ?? word;

/**
 * Oxidized takes each property from the node, else what its group says for its model, else its group, else its model,
 * else the root of the configuration.
 */
function readNode(
  line: string,
  delimiter: RegExp,
  map: Readonly<Record<string, number>>,
  config: OxidizedConfig | undefined,
  origin: Origin,
): Node {
  const cells = line.split(delimiter).map((cell) => cell.trim());
  const cell = (column: number | undefined): string | undefined => {
    const value = column === undefined ? undefined : cells[column];
    return value === undefined || value === '' || value === 'nil' ? undefined : value;
  };
  const name = cell(map['name']) ?? cell(map['ip']);
  if (name === undefined) throw importError(origin, `there is no name in column ${(map['name'] ?? 0) + 1}`);
  const foreignGroup = cell(map['group']);
  const group = mapped(foreignGroup, config?.groupMap);
  const groupScope = named(config?.groups, group);
  const model = mapped(cell(map['model']) ?? groupScope?.model ?? config?.root.model, config?.modelMap);
  const modelScope = named(config?.models, model);
  const both = named(groupScope?.models, model);
  const outer = [both, groupScope, modelScope, config?.root].filter((one) => one !== undefined);
  const pick = <K extends 'username' | 'password' | 'input' | 'timeout'>(key: K): Scope[K] | undefined =>
    (cell(map[key]) as Scope[K]) ?? outer.find((one) => one[key] !== undefined)?.[key];
  const own = Object.entries(config?.varsMap ?? {}).flatMap(([key, column]) => {
    const value = cell(column);
    return value === undefined ? [] : [[key, value] as const];
  });
  const enable = cell(map['enable']);
  const vars = Object.assign({}, ...outer.map((one) => one.vars).reverse(), Object.fromEntries(own)) as Record<
    string,
    unknown
  >;
  if (enable !== undefined) vars['enable'] = enable;
  const [username, password, input, timeout] = [pick('username'), pick('password'), pick('input'), pick('timeout')];
  return {
    name,
    ip: cell(map['ip']),
    group,
    vars,
    ...(model === undefined ? undefined : { model }),
    ...(username === undefined ? undefined : { username }),
    ...(password === undefined ? undefined : { password }),
    ...(input === undefined ? undefined : { input }),
    ...(timeout === undefined ? undefined : { timeout }),
  };
}

function platformOf(model: string | undefined, origin: Origin, draft: Draft): { platform: string; comment: string[] } {
  if (model === undefined) return { platform: 'auto', comment: [] };
  const word = model.toLowerCase();
  const platform = Object.hasOwn(oxidizedModels, word) ? oxidizedModels[word] : undefined;
  if (platform !== undefined && platform !== 'auto') return { platform, comment: [] };
  draft.warn(
    origin,
    `the Oxidized model ${shownWord(model)} corresponds to no platform here; it is left to be detected`,
  );
  return { platform: 'auto', comment: [`Oxidized model: ${shownWord(model)}`] };
}

async function loginOf(node: Node, origin: Origin, draft: Draft): Promise<Login | undefined> {
  const { username, vars } = node;
  const password = secretOf(node.password);
  const enable = typeof vars['enable'] === 'string' ? secretOf(vars['enable']) : undefined;
  const keys = vars['ssh_keys'];
  const keyPath = scalarText(Array.isArray(keys) ? keys[0] : keys);
  const privateKey = keyPath === undefined ? undefined : await readKey(keyPath, origin, draft);
  if (username === undefined && password === undefined && privateKey === undefined) return undefined;
  return {
    // How a device that asks for a password alone is written in the configuration of Oxidized.
    user: username === undefined || username === 'nil' ? '' : username,
    ...(password === undefined ? undefined : { password }),
    ...(enable === undefined ? undefined : { enable }),
    ...(privateKey === undefined ? undefined : { privateKey }),
  };
}

const handled = new Set(['enable', 'ssh_port', 'telnet_port', 'ssh_keys', 'ssh_proxy', 'ssh_proxy_port']);
const ofOxidized =
  /^(?:ssh_|auth_methods|remove_secret|remove_unstable|output_store|metadata|telnet_|http_|pagination)/;
function variablesOf(vars: Readonly<Record<string, unknown>>, origin: Origin, draft: Draft): Layer {
  const variables: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(vars)) {
    if (handled.has(key) || value === undefined || value === null) continue;
    if (ofOxidized.test(key)) draft.warnOnce(origin, `vars: ${shownWord(key)} is for Oxidized alone and left out`);
    else if (looksSecret.test(key))
      draft.warnOnce(origin, `vars: ${shownWord(key)} looks like a secret and is left out`);
    else variables[key] = value;
  }
  return Object.keys(variables).length === 0 ? {} : { variables };
}

function sniff(line: string): RegExp {
  return /;/.test(line) ? /;/ : /,/.test(line) ? /,/ : /\t/.test(line) ? /\t/ : /:/;
}

/**
 * Name, address and model, by what stands there. Nothing else: the documentation of Oxidized has `name:ip:model:username:…`,
 * others put a group there, and a password that is taken for a user or a group would be shown.
 */
function guessColumns(cells: readonly string[]): Record<string, number> {
  const words = cells.map((cell) => cell.trim().toLowerCase());
  const ip = words.findIndex((word, column) => column > 0 && isIP(word) !== 0);
  const known = words.findIndex((word, column) => column > 0 && Object.hasOwn(oxidizedModels, word));
  const model = known > 0 ? known : ip === 1 ? 2 : 1;
  return {
    name: 0,
    ...(ip < 0 ? undefined : { ip }),
    ...(model < words.length && model !== ip ? { model } : undefined),
  };
}

/** What Oxidized was told to try, in its order. */
function inputsOf(input = ''): Protocol[] {
  const inputs = input.split(/[\s,]+/).filter((one): one is Protocol => one === 'ssh' || one === 'telnet');
  return [...new Set(inputs)];
}
