import { NetwrightError, type NetwrightErrorCode } from '#core';
import type { Exchange } from '#platforms';
import type { Login } from '#transport';

const usualTimes = 3;

/** The questions that may come in one conversation, counted, so that none is answered for ever. */
export class Exchanges {
  readonly #list: readonly Exchange[];
  readonly #asked = new Map<Exchange, number>();

  constructor(list: readonly Exchange[]) {
    this.#list = list;
  }

  get isEmpty(): boolean {
    return this.#list.length === 0;
  }

  /**
   * The exchange whose question stands at the end of what came.
   * @param lastLine the unfinished last line as shown
   * @param recent the last lines as shown, of what came since the last answer
   */
  find(lastLine: string, recent: string): Exchange | undefined {
    return this.#list.find(({ see }) => see.test(lastLine) || (recent !== lastLine && see.test(recent)));
  }

  /** Counts the question; true when it was asked more often than it is answered. */
  isTooOften(exchange: Exchange): boolean {
    const times = (this.#asked.get(exchange) ?? 0) + 1;
    this.#asked.set(exchange, times);
    // A secret that was refused once is refused again, and may lock the account.
    const allowed = typeof exchange.answer === 'string' ? (exchange.times ?? usualTimes) : (exchange.times ?? 1);
    return times > allowed;
  }
}

/**
 * What is typed for an exchange.
 * @throws NetwrightError `missing` when the credential has no such value
 */
export function answerText(
  exchange: Exchange,
  login: Login,
  label: string,
  missing: NetwrightErrorCode,
): { readonly text: string; readonly isSecret: boolean } {
  if (typeof exchange.answer === 'string') return { text: exchange.answer, isSecret: false };
  const kind = exchange.answer.secret;
  if (kind === 'user') return { text: login.user, isSecret: false };
  const secret = kind === 'enable' ? (login.enable ?? login.password) : login.password;
  if (secret === undefined)
    throw new NetwrightError(
      missing,
      `${label}: the device asks for the ${kind === 'enable' ? 'enable secret' : 'password'}, and the credential has none`,
    );
  return { text: secret.reveal(), isSecret: true };
}
