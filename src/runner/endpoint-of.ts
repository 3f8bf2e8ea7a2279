import { NetwrightError, type Redactor } from '#core';
import type { CredentialStore, Device, Inventory } from '#inventory';
import { type Endpoint, type Login, openSshUser, type SshOptions } from '#transport';

export interface EndpointSources {
  readonly credentials: Pick<CredentialStore, 'login'>;
  readonly inventory: Pick<Inventory, 'get'>;
  /** Learns whatever credential is opened. */
  readonly redactor: Redactor;
}

const defaultPorts = { ssh: 22, telnet: 23 } as const;

/**
 * Everything that a transport needs to reach a device, each hop with its own credential.
 * @throws NetwrightError `NW_CREDENTIAL_MISSING`, `NW_SECRETS_LOCKED`, `NW_SECRETS_CORRUPT`, `NW_DEVICE_UNKNOWN` for a hop.
 */
export async function endpointOf(device: Device, sources: EndpointSources): Promise<Endpoint> {
  const via: Endpoint[] = [];
  for (const name of device.jump) via.push(await endpointAlone(sources.inventory.get(name), sources));
  return { ...(await endpointAlone(device, sources)), via };
}

async function endpointAlone(device: Device, sources: EndpointSources): Promise<Endpoint> {
  const { connection, transport } = device;
  const { fallback, connectTimeoutMs, authTimeoutMs } = connection;
  return {
    name: device.name,
    host: device.address,
    port: device.port,
    protocol: transport,
    ...(fallback && { fallback: { protocol: fallback, port: connection.fallbackPort ?? defaultPorts[fallback] } }),
    login: await loginOf(device, sources),
    via: [],
    ssh: sshOptionsOf(device),
    ...(connectTimeoutMs !== undefined && { connectTimeoutMs }),
    ...(authTimeoutMs !== undefined && { authTimeoutMs }),
  };
}

function sshOptionsOf({ connection }: Device): SshOptions {
  const { hostKeys, algorithms, sshConfig, keepaliveMs } = connection;
  return {
    ...(hostKeys !== undefined && { hostKeys }),
    ...(algorithms !== undefined && { algorithms }),
    ...(sshConfig !== undefined && { configFile: sshConfig }),
    ...(keepaliveMs !== undefined && { keepaliveMs }),
  };
}

async function loginOf(device: Device, { credentials, redactor }: EndpointSources): Promise<Login> {
  if (device.credential === undefined) {
    // An OpenSSH configuration names users and keys by itself; the agent carries the rest.
    const { sshConfig } = device.connection;
    if (sshConfig !== undefined) {
      return { user: await openSshUser({ host: device.address, port: device.port }, sshConfig), agent: true };
    }
    throw new NetwrightError(
      'NW_CREDENTIAL_MISSING',
      `${device.name}: neither it, its groups nor the defaults name a credential`,
      {
        hint: 'write `credential: <name>` into the inventory, then `netwright secret set <name> --user <user>`',
      },
    );
  }
  const login = await credentials.login(device.credential).catch((error: unknown) => {
    throw named(device, error);
  });
  for (const secret of [login.password, login.enable, login.privateKey, login.passphrase]) redactor.learn(secret);
  return login;
}

/** A credential that is missing is a mistake of the device that refers to it; a locked file is everybody's. */
function named(device: Device, error: unknown): unknown {
  if (!(error instanceof NetwrightError) || error.code !== 'NW_CREDENTIAL_MISSING') return error;
  const { code, hint, message, details } = error;
  return new NetwrightError(code, `${device.name}: ${message}`, { cause: error, hint, details });
}
