import { NetwrightError } from '#core';
import { connectionError } from './connect-errors.ts';
import { excerpt, wordsOf } from './label.ts';
import type { ServerHello } from './server-hello.ts';
import { type AlgorithmOffer, algorithmGaps } from './ssh-algorithms.ts';
import type { SshLogin } from './ssh-login.ts';

/** How far a connection had come. */
export type SshPhase = 'handshake' | 'login' | 'open';

export interface SshFacts {
  readonly label: string;
  readonly phase: SshPhase;
  readonly hello: ServerHello;
  readonly offer: AlgorithmOffer;
  readonly login: SshLogin;
  /** What the server gave as the reason when it ended the connection in good order. */
  readonly lastWords?: string | undefined;
}

/** What ssh2 puts on its errors. */
interface Ssh2Error extends Error {
  readonly level?: string;
  /** The reason of an SSH_MSG_DISCONNECT, or the errno of a socket. */
  readonly code?: string | number;
}

/** RFC 4253 section 11.1. */
const tooManyConnections = 12;
/** RFC 4253 section 11.1: cancelled by the user, no more methods, illegal user name. */
const loginReasons: readonly number[] = [13, 14, 15];
const isLoginRefusal = (reason: number, message: string): boolean =>
  loginReasons.includes(reason) || /authenticat|password|\bdenied\b/i.test(message);
/** More than any server has of one kind. */
const mostListed = 40;

/** An error of ssh2 as one of ours. */
export function sshError(error: Error, facts: SshFacts): NetwrightError {
  if (error instanceof NetwrightError) return withLabel(error, facts.label);
  const { level, code } = error as Ssh2Error;
  const message = wordsOf(error.message);
  const { label, phase, hello } = facts;
  if (level === 'client-socket') return connectionError(label, error);
  if (level === 'client-authentication') return facts.login.failure(label);
  if (level === 'client-timeout') {
    return new NetwrightError('NW_CONNECTION_LOST', `${label}: the far end no longer answers keep-alives`, {
      cause: error,
    });
  }
  if (typeof code === 'number') {
    // A server that has had enough of a login says so in a disconnect instead of one more refusal; with `MaxAuthTries 1` of the
    // first one. To try the same again would only lock the account.
    const isRefusal = facts.login.offered.length > 0 || isLoginRefusal(code, message);
    if (phase === 'login' && code !== tooManyConnections && isRefusal) {
      return facts.login.failure(label, `the server said: ${message}`);
    }
    return new NetwrightError('NW_CONNECTION_LOST', `${label}: the server disconnected: ${message}`, {
      cause: error,
      details: { reason: code },
    });
  }
  if (phase === 'handshake') {
    if (/no matching/i.test(message)) return noCommonAlgorithm(facts, error);
    return sshProtocolError(label, hello, message, error);
  }
  return new NetwrightError('NW_SSH_PROTOCOL', `${label}: ${message}`, {
    cause: error,
    details: { identification: hello.identification },
  });
}

/** The connection ended without a word where there should have been one. */
export function sshClosedEarly(facts: SshFacts): NetwrightError {
  const { label, phase, hello, login } = facts;
  const said = facts.lastWords ? `: it said "${wordsOf(facts.lastWords)}"` : '';
  if (phase === 'open') return new NetwrightError('NW_CONNECTION_LOST', `${label}: the connection was closed${said}`);
  if (phase === 'login') {
    if (login.offered.length > 0) return login.failure(label, `the server closed the connection${said}`);
    return new NetwrightError(
      'NW_CONNECTION_LOST',
      `${label}: the server closed the connection during the login${said}`,
    );
  }
  if (hello.identification !== undefined) {
    return new NetwrightError(
      'NW_CONNECTION_LOST',
      `${label}: the server (${hello.identification}) closed the connection during the key exchange${said}`,
      { details: { identification: hello.identification, isBeforeLists: hello.lists === undefined } },
    );
  }
  return sshProtocolError(label, hello, 'closed before an SSH identification came');
}

function sshProtocolError(label: string, hello: ServerHello, reason: string, cause?: Error): NetwrightError {
  const came =
    hello.identification === undefined
      ? hello.raw.length === 0
        ? 'nothing came'
        : `what came: ${excerpt(hello.raw)}`
      : `the server says it is ${hello.identification}`;
  return new NetwrightError('NW_SSH_PROTOCOL', `${label}: no SSH conversation possible: ${reason}; ${came}`, {
    ...(cause === undefined ? {} : { cause }),
    details: { received: hello.raw.subarray(0, 256).toString('latin1'), identification: hello.identification },
  });
}

function noCommonAlgorithm({ label, hello, offer }: SshFacts, cause: Error): NetwrightError {
  const gaps = hello.lists === undefined ? [] : algorithmGaps(offer, hello.lists);
  const lists = gaps.map(
    ({ what, ours, theirs }) => `${what}: we offer ${ours.join(', ')}; it offers ${listed(theirs)}`,
  );
  return new NetwrightError(
    'NW_SSH_NO_COMMON_ALGORITHM',
    `${label}: no common algorithm. ${lists.length > 0 ? lists.join('. ') : cause.message}`,
    { cause, details: { gaps, identification: hello.identification } },
  );
}

function listed(names: readonly string[]): string {
  const more = names.length > mostListed ? ` and ${names.length - mostListed} more` : '';
  return names.length === 0 ? 'nothing' : names.slice(0, mostListed).join(', ') + more;
}

function withLabel(error: NetwrightError, label: string): NetwrightError {
  if (error.message.startsWith(label)) return error;
  const { code, hint, retryable, details, cause } = error;
  return new NetwrightError(code, `${label}: ${error.message}`, {
    hint,
    retryable,
    details,
    ...(cause === undefined ? {} : { cause }),
  });
}
