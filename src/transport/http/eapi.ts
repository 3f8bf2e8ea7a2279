import { type CallOptions, NetwrightError } from '#core';
import { type ApiAnswer, field, jsonOf, successful, told } from './answers.ts';
import type { HttpSession } from './http-session.ts';

/** A command with what is typed when it asks (Arista's `input`). */
export interface EapiCommand {
  readonly cmd: string;
  readonly input?: string;
}

/**
 * Arista's eAPI: JSON-RPC 2.0 over HTTP (`management api http-commands`). Commands run one after the other in
 * privileged mode and stop at the first that is refused.
 */
export interface EapiClient {
  readonly session: HttpSession;
  /**
   * @returns one value a command: its JSON, or its text
   * @throws NetwrightError `NW_COMMAND_REJECTED` with `details.command`, the `line` that refused it and the `index` of the
   * command: those before it were carried out. `NW_NOT_SUPPORTED` where it has no JSON; `NW_ENABLE_FAILED`; as {@link HttpSession.request} does besides
   */
  run(commands: readonly (string | EapiCommand)[], format: 'text', options?: CallOptions): Promise<string[]>;
  run(commands: readonly (string | EapiCommand)[], format: 'json', options?: CallOptions): Promise<unknown[]>;
  /** The same for questions that do not depend on one another: each is answered or refused. */
  runEach(commands: readonly string[], format: 'text' | 'json', options?: CallOptions): Promise<ApiAnswer[]>;
}

type Command = string | EapiCommand;
type Format = 'text' | 'json';

/** What the commands up to the first refused one answered, and how that one was refused. */
interface Attempt {
  readonly values: readonly unknown[];
  readonly refused?: NetwrightError;
}

const path = '/command-api';
const what = 'runCmds';

export function createEapiClient(session: HttpSession): EapiClient {
  let requests = 0;
  const { enable } = session.endpoint.login;

  async function attempt(commands: readonly Command[], format: Format, options?: CallOptions): Promise<Attempt> {
    requests += 1;
    const id = `netwright-${requests}`;
    // Without privileged mode most of `show` is refused; a switch without an enable secret passes over the input.
    const privileged: Command = enable === undefined ? 'enable' : { cmd: 'enable', input: enable.reveal() };
    const params = { version: 1, format, cmds: [privileged, ...commands] };
    const response = await session.request(
      {
        method: 'POST',
        path,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ jsonrpc: '2.0', method: 'runCmds', params, id }),
      },
      options,
    );
    const answer = jsonOf(session, what, successful(session, what, response));
    const error = field(answer, 'error');
    if (error !== undefined) return refusal(session, commands, format, error);
    const result = field(answer, 'result');
    if (!Array.isArray(result) || result.length !== commands.length + 1 || field(answer, 'id') !== id) {
      throw new NetwrightError(
        'NW_HTTP_PROTOCOL',
        `${session.label}: ${what}: expected ${commands.length + 1} results to request ${id}, got ${Array.isArray(result) ? result.length : 'none'}`,
      );
    }
    return { values: result.slice(1).map((value: unknown) => shaped(value, format)) };
  }

  async function run(commands: readonly Command[], format: Format, options?: CallOptions): Promise<unknown[]> {
    const { values, refused } = await attempt(commands, format, options);
    if (refused) throw refused;
    return [...values];
  }

  return {
    session,
    // The overloads say what the format means for the type.
    run: run as EapiClient['run'],
    async runEach(commands, format, options) {
      const answers: ApiAnswer[] = [];
      while (answers.length < commands.length) {
        const { values, refused } = await attempt(commands.slice(answers.length), format, options);
        answers.push(...values.map((value) => ({ value })), ...(refused ? [{ refused }] : []));
      }
      return answers;
    },
  };
}

const shaped = (value: unknown, format: Format): unknown => (format === 'text' ? textOf(value) : value);

function textOf(value: unknown): string {
  const output = field(value, 'output');
  return typeof output === 'string' ? output : '';
}

/**
 * Codes of eAPI: 1000 general, 1001 internal, 1002 invalid command, 1003 no JSON for it, 1004 incompatible, 1005 not
 * authorised. `data` holds a result for each command up to the one that failed, whose `errors` say why.
 * @throws NetwrightError when it was not one of the commands that was refused
 */
function refusal(session: HttpSession, commands: readonly Command[], format: Format, error: unknown): Attempt {
  const code = field(error, 'code');
  const data = field(error, 'data');
  const results: unknown[] = Array.isArray(data) ? data : [];
  const failed = results.findIndex((result) => Array.isArray(field(result, 'errors')));
  const reason =
    told(field(results[failed], 'errors', 0)) ??
    told(field(error, 'message')) ??
    (typeof code === 'number' ? `code ${code}` : 'no reason given');
  const line = session.scrub(reason);
  const { label } = session;
  if (failed === 0) {
    throw new NetwrightError('NW_ENABLE_FAILED', `${label}: the privileged mode was refused: ${line}`, {
      details: { code },
    });
  }
  const index = failed - 1;
  const asked = commands[index];
  if (asked === undefined) {
    throw new NetwrightError('NW_RPC_REFUSED', `${label}: ${what} was refused: ${line}`, { details: { code } });
  }
  const command = session.scrub(typeof asked === 'string' ? asked : asked.cmd);
  const refused =
    code === noJson
      ? new NetwrightError('NW_NOT_SUPPORTED', `${label}: "${command}" has no JSON: "${line}"`, {
          details: { command, line, code, index },
        })
      : new NetwrightError('NW_COMMAND_REJECTED', `${label}: "${command}" was refused: "${line}"`, {
          details: { command, line, code, index },
        });
  return { values: results.slice(1, failed).map((value) => shaped(value, format)), refused };
}

const noJson = 1003;
