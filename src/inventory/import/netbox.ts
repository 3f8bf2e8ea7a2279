import { type Clock, type Random, systemClock } from '#core';
import { addressMistake, type Layer } from '../resolve-device.ts';
import { Draft, type ImportedInventory, type ImportOptions, type Origin } from './draft.ts';
import { netboxPlatforms } from './foreign-platforms.ts';
import { type Json, type NetboxConnection, netboxList } from './netbox-pages.ts';
import { looksSecret, shownWord } from './read-source.ts';

export interface NetboxOptions extends NetboxConnection, ImportOptions {
  /** Statuses to take; default `active`. An empty list takes all. */
  readonly statuses?: readonly string[];
  /** Further filters of the API, such as `{ site: 'cairo', tag: 'backup' }`. */
  readonly filter?: Readonly<Record<string, string>>;
  /** Platform ids by the slugs of this NetBox, before the usual ones. */
  readonly platforms?: Readonly<Record<string, string>>;
  /** Resolves ids and aliases of platforms. */
  readonly resolvePlatform: (id: string) => string | undefined;
  /** Objects a page; default 500. */
  readonly pageSize?: number;
  /** Name of the credential of all devices: NetBox has none. */
  readonly credential?: string;
  readonly clock?: Clock;
  readonly random?: Random;
}

/**
 * Reads the devices of NetBox through its REST API: name, primary address (IPv4 before IPv6), platform, site, role,
 * tags; tenant, location and the custom fields become variables.
 *
 * @throws NetwrightError `NW_IMPORT_INVALID`, `NW_CANCELLED`
 */
export async function importNetbox(options: NetboxOptions): Promise<ImportedInventory> {
  const { statuses = ['active'], filter = {}, pageSize = 500, clock = systemClock, random = Math.random } = options;
  // NetBox renders the context of each device for seconds a page, and nothing of it is taken.
  const query = new URLSearchParams({ limit: String(pageSize), exclude: 'config_context', ...filter });
  for (const status of statuses) query.append('status', status);
  const devices = await netboxList(options, 'api/dcim/devices/', query, { clock, random });
  const draft = new Draft('Imported from NetBox.', options);
  if (options.credential !== undefined) draft.defaults = { credential: options.credential };
  for (const device of devices) addDevice(device, options, draft);
  return draft.finish();
}

/** `name`, `slug` or the like of a nested object; NetBox 2 to 4 differ in which there are. */
const part = (value: unknown, ...keys: readonly string[]): string | undefined => {
  if (value === null || typeof value !== 'object') return undefined;
  for (const key of keys) {
    const one = (value as Json)[key];
    if (typeof one === 'string' && one !== '') return one;
  }
  return undefined;
};

function addDevice(device: Json, options: NetboxOptions, draft: Draft): void {
  // There are no lines in an API: the id of the object says where to look.
  const id = typeof device['id'] === 'number' ? device['id'] : 0;
  const origin: Origin = { file: `${options.url.replace(/\/+$/, '')}/dcim/devices/${id}/`, line: 1 };
  const foreign = part(device, 'name', 'display');
  if (foreign === undefined) {
    draft.warn(origin, 'the device has no name and is left out');
    return;
  }
  const address = [device['primary_ip4'], device['primary_ip6'], device['primary_ip']]
    .map((one) => part(one, 'address')?.replace(/\/\d+$/, ''))
    .find((one) => one !== undefined);
  const name = draft.name(foreign, origin, 'device');
  if (address === undefined) {
    draft.warn(origin, `device "${name}" has no primary address and is left out`);
    return;
  }
  const mistake = addressMistake(address);
  if (mistake !== undefined) {
    draft.warn(origin, `device "${name}" is left out: ${mistake}`);
    return;
  }
  const { platform, comments } = platformOf(device, options, origin, draft);
  const site = part(device['site'], 'slug', 'name');
  const role = part(device['role'] ?? device['device_role'], 'slug', 'name');
  const tags = Array.isArray(device['tags']) ? device['tags'] : [];
  const layer: Layer = {
    address,
    platform,
    ...(site === undefined ? undefined : { site }),
    ...(role === undefined ? undefined : { role }),
    tags: tags.flatMap((one) => (typeof one === 'string' ? one : (part(one, 'slug', 'name') ?? []))),
    variables: variablesOf(device, origin, draft),
  };
  draft.device(name, layer, origin, { comments });
}

function platformOf(
  device: Json,
  { platforms = {}, resolvePlatform }: NetboxOptions,
  origin: Origin,
  draft: Draft,
): { platform: string; comments: string[] } {
  const slug = part(device['platform'], 'slug', 'name');
  if (slug === undefined) return { platform: 'auto', comments: [] };
  const own = Object.hasOwn(platforms, slug) ? platforms[slug] : undefined;
  const usual = Object.hasOwn(netboxPlatforms, slug) ? netboxPlatforms[slug] : undefined;
  const platform = own ?? resolvePlatform(slug) ?? resolvePlatform(slug.replaceAll('-', '_')) ?? usual;
  if (platform !== undefined) return { platform, comments: [] };
  draft.warn(origin, `the NetBox platform "${slug}" corresponds to no platform here; it is left to be detected`);
  return { platform: 'auto', comments: [`NetBox platform: ${slug}`] };
}

function variablesOf(device: Json, origin: Origin, draft: Draft): Record<string, unknown> {
  const variables: Record<string, unknown> = {};
  for (const key of ['tenant', 'location'] as const) {
    const value = part(device[key], 'slug', 'name');
    if (value !== undefined) variables[key] = value;
  }
  const serial = part(device, 'serial');
  if (serial !== undefined) variables['serial'] = serial;
  const fields = device['custom_fields'];
  for (const [key, value] of Object.entries(fields !== null && typeof fields === 'object' ? fields : {})) {
    const isPlain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
    if (!isPlain || value === '') continue;
    if (looksSecret.test(key))
      draft.warnOnce(origin, `custom field ${shownWord(key)} looks like a secret and is left out`);
    else variables[key] = value;
  }
  return variables;
}
