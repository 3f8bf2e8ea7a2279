import { isIP } from 'node:net';
import type { Protocol } from '#transport';
import type { ApiOptions, ConnectionOptions, Device } from './device.ts';

/** What a device, a group or the defaults may say, as it stands in the file. Its shape has been checked. */
export interface Layer {
  readonly address?: string;
  readonly platform?: string;
  readonly port?: number;
  readonly transport?: Protocol;
  readonly credential?: string;
  readonly jump?: readonly string[];
  readonly site?: string;
  readonly role?: string;
  readonly tags?: readonly string[];
  readonly groups?: readonly string[];
  readonly timeoutMs?: number;
  readonly backup?: boolean;
  readonly connection?: ConnectionOptions;
  readonly api?: ApiOptions;
  readonly variables?: Readonly<Record<string, unknown>>;
}

const scalars = ['platform', 'port', 'transport', 'credential', 'jump', 'site', 'role', 'timeoutMs', 'backup'] as const;
const nothing: readonly never[] = Object.freeze([]);
const noKeys = Object.freeze({});

/** What devices with the same list of groups have in common; computed once for all of them. */
export interface Inherited extends Layer {
  /** All groups, depth-first. */
  readonly all: readonly string[];
}

/**
 * Lays the layers over one another, the nearest first. The first that sets a key wins; `tags` are united;
 * `connection`, `api` and `variables` are merged key by key.
 */
export function merge(layers: readonly Layer[]): Layer {
  const merged: Record<string, unknown> = {};
  for (const layer of layers) {
    for (const key of scalars) {
      if (merged[key] === undefined && layer[key] !== undefined) merged[key] = layer[key];
    }
    if (layer.tags && layer.tags.length > 0) {
      merged['tags'] = merged['tags'] ? [...new Set([...(merged['tags'] as string[]), ...layer.tags])] : layer.tags;
    }
    for (const key of ['connection', 'api', 'variables'] as const) {
      if (layer[key]) merged[key] = merged[key] ? { ...layer[key], ...(merged[key] as object) } : layer[key];
    }
  }
  return merged as Layer;
}

/** The groups that a list of names stands for, depth-first, each once at its first place. Circles are cut. */
export function flattenGroups(names: readonly string[], groups: ReadonlyMap<string, Layer>): string[] {
  const all = new Set<string>();
  const walk = (name: string): void => {
    const group = groups.get(name);
    if (!group || all.has(name)) return;
    all.add(name);
    for (const parent of group.groups ?? nothing) walk(parent);
  };
  for (const name of names) walk(name);
  return [...all];
}

/** A device with everything that its groups and the defaults give it. `platform` is resolved by the caller. */
export function resolveDevice(
  name: string,
  own: Layer,
  inherited: Inherited,
  platform: string,
  source: { readonly file: string; readonly line: number },
): Device {
  const transport = own.transport ?? inherited.transport ?? 'ssh';
  const credential = own.credential ?? inherited.credential;
  const site = own.site ?? inherited.site;
  const role = own.role ?? inherited.role;
  const timeoutMs = own.timeoutMs ?? inherited.timeoutMs;
  const backup = own.backup ?? inherited.backup;
  const { tags, connection, api, variables } =
    own.tags || own.connection || own.api || own.variables ? merge([own, inherited]) : inherited;
  return {
    name,
    address: own.address ?? name,
    port: own.port ?? inherited.port ?? (transport === 'telnet' ? 23 : 22),
    platform,
    transport,
    jump: own.jump ?? inherited.jump ?? nothing,
    tags: tags ?? nothing,
    groups: inherited.all,
    connection: connection ?? noKeys,
    variables: variables ?? noKeys,
    source,
    ...(credential === undefined ? undefined : { credential }),
    ...(site === undefined ? undefined : { site }),
    ...(role === undefined ? undefined : { role }),
    ...(timeoutMs === undefined ? undefined : { timeoutMs }),
    ...(backup === undefined ? undefined : { backup }),
    ...(api === undefined ? undefined : { api }),
  };
}

const hostName =
  /^(?=.{1,253}\.?$)[\p{L}\p{N}_](?:[\p{L}\p{N}_-]{0,61}[\p{L}\p{N}_])?(?:\.[\p{L}\p{N}_](?:[\p{L}\p{N}_-]{0,61}[\p{L}\p{N}_])?)*\.?$/u;

/** What is wrong with an address; undefined when it is an IP address or could be a host name. */
export function addressMistake(address: string): string | undefined {
  if (isIP(address) !== 0) return undefined;
  if (/^\[.*\](:\d+)?$/.test(address))
    return `"${address}": write IPv6 addresses without brackets, and the port in "port:"`;
  if (/^[^:]+:\d+$/.test(address)) return `"${address}": the port stands in "port:"`;
  if (/^[\d.]+$/.test(address)) return `"${address}" is no IPv4 address`;
  if (address.includes('://')) return `"${address}" is a URL, expected an IP address or a host name`;
  if (address.includes('/')) return `"${address}" is a prefix or an address with a mask, expected one address`;
  if (address.includes(':')) return `"${address}" is no IPv6 address`;
  return hostName.test(address) ? undefined : `"${address}" is neither an IP address nor a host name`;
}
