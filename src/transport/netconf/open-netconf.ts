import type { CallOptions } from '#core';
import type { Channel } from '../channel.ts';
import type { SshDialer } from '../dialer.ts';
import type { Endpoint } from '../endpoint.ts';
import { NetconfExchange, type NetconfOptions } from './exchange.ts';
import type { NetconfSession } from './netconf-session.ts';
import { ExchangeNetconfSession } from './session.ts';

/**
 * Logs in over SSH, starts the subsystem `netconf` (RFC 6242 section 3) and exchanges hellos.
 *
 *     await using session = await openNetconf(dialer, endpoint);
 *     const data = await session.getConfig('running');
 *
 * @throws NetwrightError with one of the codes for reaching a device; `NW_NOT_SUPPORTED` where the server has no such
 * subsystem, `NW_NETCONF_PROTOCOL` without a proper hello.
 */
export async function openNetconf(
  dialer: Pick<SshDialer, 'openSubsystem'>,
  endpoint: Endpoint,
  options: NetconfOptions & CallOptions = {},
): Promise<NetconfSession> {
  const { timeoutMs, signal, ...rest } = options;
  const call: CallOptions = { ...(timeoutMs !== undefined && { timeoutMs }), ...(signal && { signal }) };
  return await startNetconf(await dialer.openSubsystem(endpoint, 'netconf', call), {
    ...rest,
    ...(signal && { signal }),
  });
}

/** The same on a channel that is open already; it belongs to the session, and is destroyed when there is no hello. */
export async function startNetconf(
  channel: Channel,
  options: NetconfOptions & Pick<CallOptions, 'signal'> = {},
): Promise<NetconfSession> {
  const exchange = new NetconfExchange(channel, options);
  await exchange.start(options.signal ? { signal: options.signal } : {});
  return new ExchangeNetconfSession(exchange, options);
}
