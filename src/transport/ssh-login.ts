import ssh2, { type AnyAuthMethod, type ParsedKey, type Prompt } from 'ssh2';
import { NetwrightError } from '#core';
import type { Login } from './endpoint.ts';
import type { Identity } from './private-key.ts';
import { isAgentSocket, SshAgent } from './ssh-agent.ts';

export type LoginMethod = 'publickey' | 'agent' | 'password' | 'keyboard-interactive' | 'none';
const wireName = (method: LoginMethod): string => (method === 'agent' ? 'publickey' : method);

/** A server that keeps asking is cut off: ten rounds are more than any two-factor dialogue takes. */
const mostRounds = 10;

/** The dialogue of a password (or PIN) that has expired: to repeat the old one there changes it, or uses up the tries. */
const wantsNewPassword =
  /(?:^|[\s(])(?:new|re-?type|re-?enter|repeat|confirm)\s+(?:[^\s@:]{1,20}\s+){0,3}(?:pass|pin\b)|\bpassword\b.{0,40}\bexpired\b/i;
/** A choice, whatever it is about: what is typed may be shown. */
const isChoice = /[([]y(?:es)?\/n|\by(?:es)?\/no?\b/i;

/**
 * Chooses the login methods one after the other and answers questions. The first one goes out unasked, without the
 * `none` probe that only fetches the list: a round trip less.
 */
export class SshLogin {
  readonly tried: LoginMethod[] = [];
  /** What the server says it would take; empty until it has refused something. */
  offered: readonly string[] = [];
  /** Remarks that belong into a failure's message: an agent that did not answer, an expired password. */
  readonly notes: string[] = [];
  #rounds = 0;
  #isPartial = false;
  #isRefused = false;
  readonly #login: Login;
  readonly #identity: Identity | undefined;
  readonly #agentSocket: string | undefined;
  #agent: SshAgent | undefined;

  constructor(login: Login, identity: Identity | undefined, agentSocket: string | undefined) {
    this.#login = login;
    this.#identity = identity;
    this.#agentSocket = agentSocket;
    if (login.agent === true && agentSocket === undefined) {
      this.notes.push('no ssh-agent: SSH_AUTH_SOCK is not set');
    }
  }

  get current(): LoginMethod | undefined {
    return this.tried.at(-1);
  }

  /** The server has refused the current method, or wants another one besides it (RFC 4252 section 5.1). */
  refused(offered: readonly string[], isPartial: boolean): void {
    this.offered = offered;
    this.#isPartial = isPartial;
    this.#isRefused = true;
  }

  /** Shaped for ssh2's `authHandler`: the next method, or false when nothing is left. */
  next(): AnyAuthMethod | false {
    const before = this.current;
    const offered = this.#isRefused ? this.offered : undefined;
    const method = this.#candidates().find((candidate) => {
      if (this.tried.includes(candidate)) return false;
      if (offered && candidate !== 'none' && !offered.includes(wireName(candidate))) return false;
      // A password that the server weighed and refused is not tried in another wrapping: each try counts towards
      // the lock of the account at the AAA server.
      const isRefused = candidate === 'keyboard-interactive' && this.tried.includes('password');
      return !(isRefused && offered?.includes('password') && !(this.#isPartial && before === 'password'));
    });
    if (method === undefined) return false;
    this.tried.push(method);
    return this.#method(method);
  }

  #candidates(): LoginMethod[] {
    const { password, agent } = this.#login;
    const candidates: LoginMethod[] = [];
    if (this.#identity) candidates.push('publickey');
    if (agent === true && this.#agentSocket !== undefined) candidates.push('agent');
    if (password !== undefined) candidates.push('password', 'keyboard-interactive');
    // Some systems let everybody into SSH and ask for the user in the shell (Cisco SMB and AireOS). RFC 4252 forbids
    // them to offer `none`, so it is the last thing to try where nothing that we have was weighed.
    const isWeighed = this.tried.some((method) => this.offered.includes(wireName(method)));
    if (!isWeighed) candidates.push('none');
    return candidates;
  }

  #method(method: LoginMethod): AnyAuthMethod {
    const username = this.#login.user;
    switch (method) {
      case 'publickey':
        return { type: 'agent', username, agent: identityAgent(this.#identity!) };
      case 'agent':
        if (isAgentSocket(this.#agentSocket!)) this.#agent = new SshAgent(this.#agentSocket!);
        return { type: 'agent', username, agent: this.#agent ?? this.#agentSocket! };
      case 'password':
        return { type: 'password', username, password: this.#login.password!.reveal() };
      case 'keyboard-interactive':
        return {
          type: 'keyboard-interactive',
          username,
          prompt: (_name, _instructions, _language, prompts, finish) => finish(this.answer(prompts)),
        };
      case 'none':
        return { type: 'none', username };
      default:
        throw new NetwrightError('NW_INTERNAL', `no login method ${String(method satisfies never)}`);
    }
  }

  /** Ends what the login still asks of others: the connection is gone, or it is done. */
  close(): void {
    this.#agent?.close();
  }

  /** What the login waits for besides the server, for messages. */
  get waitsFor(): string {
    return this.#agent?.isAsked ? `; the ssh-agent at ${this.#agentSocket} has not answered` : '';
  }

  /** Answers to the questions of keyboard-interactive (RFC 4256). */
  answer(prompts: readonly Prompt[]): string[] {
    this.#rounds += 1;
    if (this.#rounds > mostRounds) {
      throw new NetwrightError('NW_AUTH_FAILED', `the server asked more than ${mostRounds} rounds of questions`);
    }
    const { user, password } = this.#login;
    if (prompts.some(({ prompt }) => wantsNewPassword.test(prompt))) {
      throw new NetwrightError(
        'NW_AUTH_FAILED',
        `the password of "${user}" has expired and the server wants a new one`,
        {
          hint: 'change it on the device, then set the credential again with `netwright secret set <name>`',
        },
      );
    }
    return prompts.map(({ prompt, echo }) => {
      if (isChoice.test(prompt)) return /\bchange/i.test(prompt) ? 'no' : 'yes';
      if (/pass|passcode|pin\b|token/i.test(prompt)) return password?.reveal() ?? '';
      if (/user|login|name/i.test(prompt)) return user;
      // PAN-OS and others have a banner acknowledged: "Do you accept and acknowledge the statement above ? (yes/no)".
      if (/\byes\b|\(y\/n\)|accept|acknowledge|agree/i.test(prompt)) return 'yes';
      return echo === true ? '' : (password?.reveal() ?? '');
    });
  }

  /** The refusal as an error that names what was tried and what the server would take. */
  failure(label: string, reason?: string): NetwrightError {
    const tried = this.tried.length > 0 ? this.tried.join(', ') : 'nothing';
    const offers = this.offered.length > 0 ? `; the server offers ${this.offered.join(', ')}` : '';
    const notes = [...(reason === undefined ? [] : [reason]), ...this.notes].map((note) => `; ${note}`).join('');
    return new NetwrightError(
      'NW_AUTH_FAILED',
      `${label}: login of user "${this.#login.user}" refused; tried ${tried}${offers}${notes}`,
      { details: { user: this.#login.user, tried: [...this.tried], offered: [...this.offered] } },
    );
  }
}

/** The identity in the shape of an agent: ssh2 then leaves the signing to us. */
function identityAgent(identity: Identity): ssh2.BaseAgent {
  return new (class extends ssh2.BaseAgent {
    override getIdentities(callback: (error?: Error, keys?: ParsedKey[]) => void): void {
      const key = ssh2.utils.parseKey(`${identity.type} ${identity.publicKey.toString('base64')}`);
      if (key instanceof Error) callback(key);
      else callback(undefined, Array.isArray(key) ? key : [key]);
    }
    override sign(...args: unknown[]): void {
      const callback = args.at(-1) as (error: Error) => void;
      callback(new Error('keys of a credential sign before the server asks'));
    }
  })();
}
