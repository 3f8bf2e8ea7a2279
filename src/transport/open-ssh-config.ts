import { readFile } from 'node:fs/promises';
import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';
import SSHConfig from 'ssh-config';
import { NetwrightError, Secret } from '#core';
import type { Endpoint, Login } from './endpoint.ts';
import { labelOf } from './label.ts';
import { readWithIncludes } from './open-ssh-include.ts';

/** What a client configuration says of one host. */
interface HostSettings {
  readonly hostName: string | undefined;
  readonly port: number | undefined;
  readonly user: string | undefined;
  readonly identityFiles: readonly string[];
  /** `user@bastion:2222` and the like, in the order in which they are passed. */
  readonly proxyJump: readonly string[];
}

interface ParsedConfig {
  readonly text: string;
  readonly config: SSHConfig;
}
const parsed = new Map<string, ParsedConfig>();
/** Hops that lie behind one another. */
const deepestJump = 8;

/**
 * The endpoint with what the OpenSSH client configuration of `ssh.configFile` adds: `HostName`, `Port`, `User`,
 * `IdentityFile` and `ProxyJump` of its `Host` (and `Match host`, `Match user`) sections. What the inventory says
 * wins: the port where it is not 22, the user where there is one, the hops where there are any, the key of the
 * credential. `Include` is followed, `Match exec` is not run.
 * @throws NetwrightError `NW_CONFIG_INVALID` when the file or an identity in it cannot be read.
 */
export async function withOpenSshConfig(endpoint: Endpoint): Promise<Endpoint> {
  const path = endpoint.ssh?.configFile;
  const via = await Promise.all(endpoint.via.map((hop) => withOpenSshConfig(hop)));
  if (path === undefined || endpoint.protocol !== 'ssh') return { ...endpoint, via };
  const config = await readConfig(expandHome(path));
  const facts = { host: endpoint.host, port: endpoint.port, user: endpoint.login.user };
  const settings = settingsOf(config, facts, path);
  const resolved = await resolve(endpoint, settings);
  if (via.length > 0) return { ...resolved, via };
  return { ...resolved, via: await hopsOf(settings.proxyJump, endpoint, config, 0) };
}

/**
 * The hops of a `ProxyJump`, in the order in which they are passed. The first of them may lie behind a `ProxyJump` of its own; those
 * of the others do not count, as with OpenSSH, which gets to them through the first.
 */
async function hopsOf(
  jumps: readonly string[],
  target: Endpoint,
  config: SSHConfig,
  depth: number,
): Promise<readonly Endpoint[]> {
  if (depth > deepestJump) {
    const message = `${target.ssh?.configFile}: ProxyJump "${jumps.join(',')}" leads on through more than ${deepestJump} others: a circle?`;
    throw new NetwrightError('NW_CONFIG_INVALID', message);
  }
  const [first] = jumps;
  if (first === undefined) return [];
  const hops = await Promise.all(jumps.map((jump) => hopOf(jump, target, config)));
  const before = await hopsOf(hops[0]!.proxyJump, target, config, depth + 1);
  return [...before, ...hops.map(({ hop }) => hop)];
}

/**
 * Whom a client configuration logs in to an endpoint: its `User`, else whoever runs this.
 * @throws NetwrightError as {@link withOpenSshConfig} does
 */
export async function openSshUser(
  { host, port }: Pick<Endpoint, 'host' | 'port'>,
  configFile: string,
): Promise<string> {
  const config = await readConfig(expandHome(configFile));
  return settingsOf(config, { host, port, user: '' }, configFile).user ?? userInfo().username;
}

async function resolve(endpoint: Endpoint, settings: HostSettings): Promise<Endpoint> {
  const host = settings.hostName?.replaceAll('%h', endpoint.host) ?? endpoint.host;
  const port = endpoint.port === 22 ? (settings.port ?? 22) : endpoint.port;
  const user = endpoint.login.user || (settings.user ?? userInfo().username);
  const login: Login = { ...endpoint.login, user };
  if (login.privateKey !== undefined) return { ...endpoint, host, port, login };
  const privateKey = await firstIdentity(settings.identityFiles, { host, port, user, typed: endpoint.host }, endpoint);
  return { ...endpoint, host, port, login: privateKey ? { ...login, privateKey } : login };
}

/** A hop of `ProxyJump`, itself looked up in the configuration. */
async function hopOf(
  jump: string,
  target: Endpoint,
  config: SSHConfig,
): Promise<{ readonly hop: Endpoint; readonly proxyJump: readonly string[] }> {
  const match = /^(?:ssh:\/\/)?(?:(?<user>[^@]+)@)?(?:\[(?<ip>[^\]]+)\]|(?<name>[^@:[\]]+))(?::(?<port>\d+))?$/.exec(
    jump,
  );
  const host = match?.groups?.['ip'] ?? match?.groups?.['name'];
  if (!match || host === undefined || !isPort(match.groups?.['port'] ?? '22')) {
    throw new NetwrightError(
      'NW_CONFIG_INVALID',
      `${target.ssh?.configFile}: ProxyJump "${jump}" is no [user@]host[:port]`,
    );
  }
  const user = match.groups?.['user'] ?? '';
  const port = Number(match.groups?.['port'] ?? 22);
  const settings = settingsOf(config, { host, port, user }, target.ssh?.configFile ?? '');
  const { privateKey, passphrase, agent, password } = target.login;
  const hopUser = user || (settings.user ?? target.login.user);
  // Keys prove themselves without being given away; a password goes only where the same user logs in.
  const login: Login = {
    user: hopUser,
    ...(agent === undefined ? {} : { agent }),
    ...(passphrase === undefined ? {} : { passphrase }),
    ...(privateKey === undefined || settings.identityFiles.length > 0 ? {} : { privateKey }),
    ...(password === undefined || hopUser !== target.login.user ? {} : { password }),
  };
  const hop: Endpoint = {
    name: host,
    host,
    port,
    protocol: 'ssh',
    login,
    via: [],
    ...(target.ssh ? { ssh: target.ssh } : {}),
  };
  return { hop: await resolve(hop, settings), proxyJump: settings.proxyJump };
}

function settingsOf(
  config: SSHConfig,
  { host, port: asked, user }: { readonly host: string; readonly port: number; readonly user: string },
  file: string,
): HostSettings {
  const query = user === '' ? { Host: host } : { Host: host, User: user };
  const values = config.compute(query, { ignoreCase: true, matchExec: false }) as Record<string, string | string[]>;
  const one = (name: string): string | undefined => {
    const value = values[name];
    return Array.isArray(value) ? value[0] : value;
  };
  const port = one('port');
  if (port !== undefined && !isPort(port)) {
    throw new NetwrightError(
      'NW_CONFIG_INVALID',
      `${file}: Port "${port}" of ${host}: expected a number from 1 to 65535`,
    );
  }
  const tokens: Readonly<Record<string, string>> = {
    '%%': '%',
    '%h': one('hostname')?.replaceAll('%h', host) ?? host,
    '%n': host,
    '%p': asked === 22 ? (port ?? '22') : String(asked),
    '%r': user || (one('user') ?? userInfo().username),
  };
  const jump = one('proxyjump')?.replace(/%[%hnpr]/g, (token) => tokens[token]!);
  const files = values['identityfile'] ?? [];
  return {
    hostName: one('hostname'),
    port: port === undefined ? undefined : Number(port),
    user: one('user'),
    identityFiles: (Array.isArray(files) ? files : [files]).filter((file) => file !== 'none'),
    proxyJump: jump === undefined || jump === 'none' ? [] : jump.split(/[ \t]*,[ \t]*/),
  };
}

/** The first identity file that exists, as OpenSSH passes over missing ones. */
async function firstIdentity(
  files: readonly string[],
  facts: { readonly host: string; readonly port: number; readonly user: string; readonly typed: string },
  endpoint: Endpoint,
): Promise<Secret | undefined> {
  const tokens: Readonly<Record<string, string>> = {
    '%%': '%',
    '%d': homedir(),
    '%h': facts.host,
    '%n': facts.typed,
    '%p': String(facts.port),
    '%r': facts.user,
    '%u': userInfo().username,
  };
  for (const file of files) {
    const path = expandHome(file.replace(/%[%dhnpru]/g, (token) => tokens[token]!));
    try {
      return new Secret(await readFile(path, 'utf8'));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') continue;
      throw new NetwrightError(
        'NW_CONFIG_INVALID',
        `${labelOf(endpoint)}: IdentityFile ${path}: ${(error as Error).message}`,
        {
          cause: error,
        },
      );
    }
  }
  return undefined;
}

async function readConfig(path: string): Promise<SSHConfig> {
  try {
    const text = await readWithIncludes(path);
    const known = parsed.get(path);
    if (known?.text === text) return known.config;
    const config = SSHConfig.parse(text);
    parsed.set(path, { text, config });
    return config;
  } catch (error) {
    if (error instanceof NetwrightError) throw error;
    throw new NetwrightError('NW_CONFIG_INVALID', `OpenSSH client configuration ${path}: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

const isPort = (text: string): boolean => /^[0-9]{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535;

const expandHome = (path: string): string => (path.startsWith('~/') ? join(homedir(), path.slice(2)) : path);
