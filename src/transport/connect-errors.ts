import { NetwrightError, type NetwrightErrorCode } from '#core';
import { wordsOf } from './label.ts';

const codes: Readonly<Record<string, NetwrightErrorCode>> = {
  ENOTFOUND: 'NW_ADDRESS_NOT_FOUND',
  EAI_AGAIN: 'NW_ADDRESS_NOT_FOUND',
  EAI_NODATA: 'NW_ADDRESS_NOT_FOUND',
  EAI_NONAME: 'NW_ADDRESS_NOT_FOUND',
  ECONNREFUSED: 'NW_CONNECT_REFUSED',
  EHOSTUNREACH: 'NW_CONNECT_UNREACHABLE',
  ENETUNREACH: 'NW_CONNECT_UNREACHABLE',
  EHOSTDOWN: 'NW_CONNECT_UNREACHABLE',
  EADDRNOTAVAIL: 'NW_CONNECT_UNREACHABLE',
  EAFNOSUPPORT: 'NW_CONNECT_UNREACHABLE',
  // A local firewall that rejects what goes out.
  EACCES: 'NW_CONNECT_UNREACHABLE',
  EPERM: 'NW_CONNECT_UNREACHABLE',
  ETIMEDOUT: 'NW_CONNECT_TIMEOUT',
  ECONNRESET: 'NW_CONNECTION_LOST',
  ECONNABORTED: 'NW_CONNECTION_LOST',
  EPIPE: 'NW_CONNECTION_LOST',
};

/** What the operating system means, in words that say where to look. */
const words: Readonly<Record<string, string>> = {
  ENOTFOUND: 'the name has no address',
  EAI_AGAIN: 'the name could not be looked up: no name server answered',
  EAI_NODATA: 'the name has no address',
  EAI_NONAME: 'the name has no address',
  ECONNREFUSED: 'nothing listens on that port',
  EHOSTUNREACH: 'there is no way to that host',
  ENETUNREACH: 'this machine has no route to that network',
  EHOSTDOWN: 'the host is down',
  EADDRNOTAVAIL: 'this machine has no address or port left to connect from',
  EAFNOSUPPORT: 'this machine does not speak that kind of address',
  EACCES: 'this machine does not allow the connection',
  EPERM: 'a firewall of this machine does not allow the connection',
  ETIMEDOUT: 'no answer came',
  ECONNRESET: 'the other side reset the connection',
  ECONNABORTED: 'the connection was aborted',
  EPIPE: 'the other side has closed the connection',
};

/** The operating system's word for a failed or broken connection as one of ours. */
export function connectionError(label: string, error: unknown): NetwrightError {
  if (error instanceof NetwrightError) return error;
  const first = error instanceof AggregateError && error.errors.length > 0 ? (error.errors[0] as unknown) : error;
  const errno = (first as NodeJS.ErrnoException | undefined)?.code ?? '';
  const reason = first instanceof Error ? first.message : String(first);
  const code = codes[errno];
  if (code)
    return new NetwrightError(code, `${label}: ${words[errno]} (${errno})`, { cause: error, details: { errno } });
  if (errno === 'EMFILE' || errno === 'ENFILE') {
    return new NetwrightError('NW_CONNECT_UNREACHABLE', `${label}: this machine has no file descriptor left`, {
      cause: error,
      hint: 'raise `ulimit -n`, or lower the concurrency of the run',
    });
  }
  return new NetwrightError('NW_CONNECTION_LOST', `${label}: ${reason}`, { cause: error });
}

/** The connection of a hop ended, and with it what went through: `label` is what it went to. */
export function hopLostError(label: string, cause: NetwrightError, wasOpen: boolean): NetwrightError {
  return new NetwrightError(
    wasOpen ? 'NW_CONNECTION_LOST' : 'NW_JUMP_FAILED',
    `${label}: the connection of a hop ended: ${cause.message}`,
    { cause, retryable: true, details: { code: cause.code } },
  );
}

/**
 * Why a hop did not open a channel to its target, as the target's own failure. OpenSSH sends the `strerror` text in
 * the description (RFC 4254 section 5.1 leaves it free), other servers say less.
 */
function forwardError(label: string, hop: string, description: string): NetwrightError {
  const say = (code: NetwrightErrorCode): NetwrightError =>
    new NetwrightError(code, `${label}: hop ${hop} could not connect to it: ${description}`);
  if (/refused/i.test(description)) return say('NW_CONNECT_REFUSED');
  if (/timed? ?out/i.test(description)) return say('NW_CONNECT_TIMEOUT');
  if (/name or service|resol|lookup|unknown host|nodename/i.test(description)) return say('NW_ADDRESS_NOT_FOUND');
  return say('NW_CONNECT_UNREACHABLE');
}

/** A hop's refusal to open a channel (RFC 4254 section 5.1), in the name of `target` where it could not be reached. */
export function forwardRefused(error: Error, target: string, hop: string): NetwrightError {
  const description = wordsOf(error.message.replace(/^\(SSH\) Channel open failure: /, ''));
  // ssh2 puts the reason code of the refusal on its error, which its types do not say.
  const { reason } = error as { reason?: unknown };
  if (reason === 2) return forwardError(target, hop, description);
  const why =
    reason === 1
      ? `it does not forward connections (${description}); allow TCP forwarding on it`
      : reason === 4
        ? `it has no resources for one more channel (${description})`
        : description;
  return new NetwrightError('NW_JUMP_FAILED', `${target}: hop ${hop}: ${why}`, {
    cause: error,
    retryable: reason !== 1,
    details: { hop, reason },
  });
}
