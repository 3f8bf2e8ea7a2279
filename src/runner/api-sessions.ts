import { asNetwrightError, type CallOptions, type Logger, NetwrightError, type Redactor } from '#core';
import type { Device } from '#inventory';
import { applySecrets, type PlatformRegistry } from '#platforms';
import type { Memory } from '#store';
import {
  type Endpoint,
  type HttpEndpoint,
  type HttpSession,
  type KnownCertificates,
  type NetconfSession,
  openHttp,
  openNetconf,
  type SshDialer,
} from '#transport';
import { type EndpointSources, endpointOf } from './endpoint-of.ts';

export interface ApiSources extends EndpointSources {
  readonly dialer: Pick<SshDialer, 'openSubsystem' | 'openStream'>;
  readonly platforms: PlatformRegistry;
  readonly memory: Pick<Memory, 'get' | 'set' | 'delete'>;
  readonly redactor: Redactor;
  readonly knownCertificates: KnownCertificates;
  readonly logger: Logger;
  /** Waits for the turn of a login at that device. */
  readonly turn: (device: Device, signal: AbortSignal | undefined) => Promise<void>;
}

/** RFC 6242 section 3. */
const netconfPort = 830;
const portMemory = 'netconf-port';
const hidden = '<redacted>';

/**
 * A NETCONF session with a device: on the port that the inventory says, else on the one that was found before, else
 * on 830 and, where nothing listens there, on the port of its command line: Junos serves both on 22.
 */
export async function netconfSession(
  device: Device,
  sources: ApiSources,
  options: CallOptions = {},
): Promise<NetconfSession> {
  const endpoint: Endpoint = { ...(await endpointOf(device, sources)), protocol: 'ssh' };
  const ports = portsOf(device, sources.memory);
  const { commandTimeoutMs, maxOutputBytes } = device.connection;
  const scrub = await scrubOf(device, sources);
  let failure: NetwrightError | undefined;
  for (const port of ports) {
    await sources.turn(device, options.signal);
    try {
      const session = await openNetconf(
        sources.dialer,
        { ...endpoint, port },
        {
          ...options,
          scrub,
          ...(commandTimeoutMs !== undefined && { rpcTimeoutMs: commandTimeoutMs }),
          ...(maxOutputBytes !== undefined && { maxMessageBytes: maxOutputBytes }),
        },
      );
      if (ports.length > 1) sources.memory.set(portMemory, device.address, String(port));
      return session;
    } catch (error) {
      failure = asNetwrightError(error);
      if (!isElsewhere(failure)) throw failure;
    }
  }
  if (ports.length > 1) sources.memory.delete(portMemory, device.address);
  throw noNetconf(device, ports, failure);
}

function portsOf({ api, address, transport, port }: Device, memory: ApiSources['memory']): number[] {
  if (api?.protocol === 'netconf' && api.port !== undefined) return [api.port];
  const ports = transport === 'ssh' ? [netconfPort, port] : [netconfPort];
  const found = Number(memory.get(portMemory, address));
  return [...new Set(ports.includes(found) ? [found, ...ports] : ports)];
}

/** Nothing listens on the port, or what listens has no NETCONF. */
const isElsewhere = ({ code }: NetwrightError): boolean => code === 'NW_CONNECT_REFUSED' || code === 'NW_NOT_SUPPORTED';

function noNetconf(device: Device, ports: readonly number[], failure: NetwrightError | undefined): NetwrightError {
  const where =
    ports.length > 1
      ? `neither port ${ports.join(' nor ')} of ${device.address} speaks`
      : `port ${ports[0]} of ${device.address} does not speak`;
  return new NetwrightError(
    'NW_NOT_SUPPORTED',
    `${device.name}: ${where} NETCONF: ${failure?.message ?? 'nothing tried'}`,
    {
      cause: failure,
      hint: 'enable it on the device (Junos: `set system services netconf ssh`; IOS-XR: `ssh server netconf`), or set `api: { protocol: netconf, port: … }`',
    },
  );
}

/** The HTTP server of a device as the inventory describes it; it connects when it is first asked. */
export async function httpSession(device: Device, sources: ApiSources): Promise<HttpSession> {
  const { login, via, ssh } = await endpointOf(device, sources);
  const { api = {}, connection } = device;
  const isSecure = api.tls ?? true;
  const endpoint: HttpEndpoint = {
    name: device.name,
    host: device.address,
    // A port of NETCONF is none of the web server.
    port: (api.protocol === 'netconf' ? undefined : api.port) ?? (isSecure ? 443 : 80),
    protocol: isSecure ? 'https' : 'http',
    login,
    via,
    ...(ssh && { ssh }),
    ...(api.certificates !== undefined && { certificates: api.certificates }),
    ...(api.fingerprint !== undefined && { fingerprint: api.fingerprint }),
    ...(connection.algorithms !== undefined && { algorithms: connection.algorithms }),
    ...(connection.connectTimeoutMs !== undefined && { connectTimeoutMs: connection.connectTimeoutMs }),
  };
  const { commandTimeoutMs, maxOutputBytes } = connection;
  return openHttp(sources.dialer, endpoint, {
    knownCertificates: sources.knownCertificates,
    logger: sources.logger,
    scrub: await scrubOf(device, sources),
    ...(commandTimeoutMs !== undefined && { timeoutMs: commandTimeoutMs }),
    ...(maxOutputBytes !== undefined && { maxBodyBytes: maxOutputBytes }),
  });
}

/** What errors may tell of the words of a device: what is secret by the rules of its platform is hidden. */
async function scrubOf(device: Device, { platforms, redactor }: ApiSources): Promise<(text: string) => string> {
  const rules = device.platform === 'auto' ? [] : (await platforms.get(device.platform)).backup.secrets;
  return (text) => redactor.redact(applySecrets(text, rules, () => hidden));
}
