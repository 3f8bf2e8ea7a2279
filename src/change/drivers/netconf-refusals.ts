import { asNetwrightError, type NetwrightError } from '#core';
import type { Session } from '#device';
import type { RpcError } from '#transport';
import type { Pace } from './pace.ts';
import { changeRefused, deviceBusy } from './refuse.ts';

/** Long enough for every system that answers at all; what the whole call may take is less. */
const rpcMs = 300_000;

/** The time of one request: a NETCONF session waits a minute unless it is told. */
export const rpcTime = (pace: Pace, atMostMs = rpcMs): ReturnType<Pace> => pace(atMostMs);

/** What a server said no with, in one line each. */
export function rpcErrorsIn(error: NetwrightError): string {
  const errors = error.details['errors'];
  if (!Array.isArray(errors)) return error.message;
  return (errors as readonly RpcError[])
    .map(({ path, tag, message, info }) => {
      const element = info['bad-element'];
      return [path, element === undefined ? undefined : `'${element}'`, message ?? tag]
        .filter((part) => part !== undefined)
        .join(' ');
    })
    .join('\n');
}

/**
 * Does what the server may refuse.
 * @throws NetwrightError `NW_CHANGE_LOCKED` when somebody holds the configuration, `NW_CHANGE_REFUSED` with the words
 * of the server
 */
export async function refusing<T>(session: Session, what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    const error = asNetwrightError(thrown);
    if (error.code === 'NW_CONFIG_LOCKED')
      throw deviceBusy(session, 'somebody else has the configuration, or left changes in it', rpcErrorsIn(error));
    if (error.code === 'NW_RPC_REFUSED') throw changeRefused(session, what, { answer: rpcErrorsIn(error) });
    throw error;
  }
}
