import { parse } from 'csv-parse/sync';
import { didYouMean } from '#core';
import type { Login } from '#transport';
import type { Layer } from '../resolve-device.ts';
import { Draft, type ImportedInventory, type ImportOptions, importError, type Origin } from './draft.ts';
import { netboxPlatforms, oxidizedModels } from './foreign-platforms.ts';
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

/** What the columns of spreadsheets are called, and what they mean. */
const meanings: Readonly<Record<string, string>> = {
  name: 'name',
  hostname: 'name',
  host: 'name',
  device: 'name',
  device_name: 'name',
  node: 'name',
  address: 'address',
  ip: 'address',
  ip_address: 'address',
  ipaddress: 'address',
  mgmt_ip: 'address',
  management_ip: 'address',
  port: 'port',
  ssh_port: 'port',
  platform: 'platform',
  device_type: 'platform',
  os: 'platform',
  model: 'platform',
  type: 'platform',
  group: 'groups',
  groups: 'groups',
  site: 'site',
  location: 'site',
  role: 'role',
  tag: 'tags',
  tags: 'tags',
  transport: 'transport',
  protocol: 'transport',
  jump: 'jump',
  jump_host: 'jump',
  credential: 'credential',
  username: 'username',
  user: 'username',
  login: 'username',
  password: 'password',
  pass: 'password',
  enable: 'enable',
  enable_password: 'enable',
  enable_secret: 'enable',
  secret: 'enable',
  key_file: 'keyFile',
  private_key_file: 'keyFile',
  timeout: 'timeout',
};

const delimiters = [',', ';', '\t', '|'] as const;

/**
 * Reads a CSV file with a header. The delimiter is the one of comma, semicolon, tab and bar that the header has most
 * of; columns are known by usual names (`name`, `ip`, `platform`, `username`, …), and others become variables.
 *
 * @throws NetwrightError `NW_IMPORT_INVALID` with file and line
 */
export async function importCsv(
  options: ImportOptions & {
    readonly file: string;
    readonly delimiter?: string;
    /** Resolves ids and aliases of platforms; others are left to be detected, with a warning. */
    readonly resolvePlatform: (id: string) => string | undefined;
  },
): Promise<ImportedInventory> {
  const { file, resolvePlatform } = options;
  const source = await readSource(file);
  // Excel's own line for the delimiter.
  const [first = '', written] = /^sep=(.)(?=\r?\n)/i.exec(source) ?? [];
  const text = source.slice(first.length);
  const draft = new Draft('Imported from CSV.', options);
  const [header, ...rows] = readRows(file, text, options.delimiter ?? written ?? sniff(text));
  if (!header)
    throw importError({ file, line: 1 }, 'expected a header with the names of the columns, got an empty file');
  const columns = header.cells.map((one) => one.trim());
  const keys = columns.map((one) => meanings[one.toLowerCase().replace(/[\s-]+/g, '_')]);
  if (!keys.includes('name') && !keys.includes('address')) {
    const meant = columns.map((one) => didYouMean(one.toLowerCase(), ['name', 'hostname', 'address'])).find(Boolean);
    // Not quoted: without a header it is a device, perhaps with its password.
    throw importError(
      header.origin,
      `expected a header such as name,ip,platform,site in the first line; no column is called "name" or "address".${meant ?? ''}`,
    );
  }
  for (const [index, column] of columns.entries()) {
    if (keys[index] === undefined && looksSecret.test(column)) {
      draft.warn(header.origin, `column ${index + 1}, ${shownWord(column)}, looks like a secret and is left out`);
    }
  }
  for (const { cells, origin } of rows) {
    if (cells.every((one) => one.trim() === '')) continue;
    await draft.row(async () => {
      if (cells.length > columns.length) {
        throw importError(origin, `expected at most ${columns.length} cells as in the header, got ${cells.length}`);
      }
      const values: Record<string, string> = {};
      const variables: Record<string, unknown> = {};
      for (const [index, column] of columns.entries()) {
        const value = (cells[index] ?? '').trim();
        if (value === '') continue;
        const key = keys[index];
        if (key !== undefined) values[key] ??= value;
        else if (column !== '' && !looksSecret.test(column)) variables[column] = numberOrText(value);
      }
      await addRow(values, variables, origin, draft, resolvePlatform);
    });
  }
  return draft.finish();
}

const numberOrText = (value: string): unknown => (/^(?:0|-?[1-9]\d{0,14})$/.test(value) ? Number(value) : value);
const words = (value: string | undefined): string[] => (value ?? '').split(/[\s,;]+/).filter((one) => one !== '');

async function addRow(
  values: Readonly<Record<string, string>>,
  variables: Readonly<Record<string, unknown>>,
  origin: Origin,
  draft: Draft,
  resolvePlatform: (id: string) => string | undefined,
): Promise<void> {
  // Inventories that know networks write an address with its mask.
  const address = values['address']?.replace(/\/\d{1,3}$/, '') ?? values['name'];
  if (address === undefined) throw importError(origin, 'there is neither a name nor an address');
  const name = draft.name(values['name'] ?? address.replace(/:/g, '-'), origin, 'device');
  checkAddress(address, 'address', origin);
  const written = values['platform'];
  const platform = written === undefined || written === 'auto' ? 'auto' : platformNamed(written, resolvePlatform);
  if (platform === undefined)
    draft.warn(origin, `there is no platform ${shownWord(written)}; it is left to be detected`);
  const transport = values['transport']?.toLowerCase();
  if (transport !== undefined && transport !== 'ssh' && transport !== 'telnet') {
    draft.warn(origin, `transport ${shownWord(transport)} is not supported; left out`);
  }
  const groups = words(values['groups']).map((one) => draft.name(one, origin, 'group'));
  for (const group of groups) draft.group(group, {});
  const [port, timeoutMs] = [portOf(values['port'], origin, draft), secondsToMs(values['timeout'], origin, draft)];
  const login = await loginOf(values, origin, draft);
  const credential = values['credential'] ?? (login === undefined ? undefined : draft.credential(login));
  const layer: Layer = {
    ...(address === name ? undefined : { address }),
    platform: platform ?? 'auto',
    ...(port === undefined ? undefined : { port }),
    ...(transport === 'telnet' ? { transport } : undefined),
    ...(credential === undefined ? undefined : { credential }),
    groups,
    ...(values['site'] === undefined ? undefined : { site: values['site'] }),
    ...(values['role'] === undefined ? undefined : { role: values['role'] }),
    tags: words(values['tags']),
    ...(values['jump'] === undefined ? undefined : { jump: words(values['jump']) }),
    ...(timeoutMs === undefined ? undefined : { timeoutMs }),
    variables,
  };
  const comments = platform === undefined ? [`platform: ${shownWord(written)}`] : [];
  draft.device(name, layer, origin, { comments });
}

/** Our own names before those that other programs have for the same systems (`ios`, `Cisco-IOS`, `EOS`). */
function platformNamed(written: string, resolvePlatform: (id: string) => string | undefined): string | undefined {
  const slug = written.toLowerCase().replace(/[\s_]+/g, '-');
  const others = [oxidizedModels, netboxPlatforms];
  return (
    resolvePlatform(written) ??
    resolvePlatform(slug.replaceAll('-', '_')) ??
    others.map((names) => (Object.hasOwn(names, slug) ? names[slug] : undefined)).find((one) => one !== undefined)
  );
}

async function loginOf(
  values: Readonly<Record<string, string>>,
  origin: Origin,
  draft: Draft,
): Promise<Login | undefined> {
  const [password, enable] = [secretOf(values['password']), secretOf(values['enable'])];
  const keyFile = values['keyFile'];
  const privateKey = keyFile === undefined ? undefined : await readKey(keyFile, origin, draft);
  if (values['username'] === undefined && !password && !privateKey) return undefined;
  if (values['username'] === undefined) {
    draft.warnOnce(origin, 'there is a password or a key, and no user: is a column called "username"?');
  }
  return {
    user: values['username'] ?? '',
    ...(password === undefined ? undefined : { password }),
    ...(enable === undefined ? undefined : { enable }),
    ...(privateKey === undefined ? undefined : { privateKey }),
  };
}

/** The header is the first line that is neither blank nor a comment. */
function sniff(text: string): string {
  const header = text.split(/\r?\n/).find((line) => line.trim() !== '' && !line.startsWith('#')) ?? '';
  const count = (delimiter: string): number => header.split(delimiter).length;
  return delimiters.reduce((best, one) => (count(one) > count(best) ? one : best));
}

function readRows(file: string, text: string, delimiter: string): { cells: string[]; origin: Origin }[] {
  try {
    // The declarations of csv-parse do not know what `info: true` makes of a record.
    const records = parse(text, {
      delimiter,
      bom: true,
      comment: '#',
      comment_no_infix: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    return records.map(({ record, info }) => ({ cells: record, origin: { file, line: info.lines } }));
  } catch (error) {
    const { lines, code } = error as { lines?: number; code?: string };
    // The library's message quotes the row, which may have a password in it.
    throw importError({ file, line: lines ?? 1 }, `no well-formed CSV (${code ?? 'unknown mistake'})`);
  }
}
