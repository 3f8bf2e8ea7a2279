import { type CallOptions, NetwrightError } from '#core';
import { field, jsonOf, successful, told } from './answers.ts';
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
   * command: those before it were carried out. `NW_ENABLE_FAILED`; as {@link HttpSession.request} does besides
   */
  run(commands: readonly (string | EapiCommand)[], format: 'text', options?: CallOptions): Promise<string[]>;
  run(commands: readonly (string | EapiCommand)[], format: 'json', options?: CallOptions): Promise<unknown[]>;
}

const path = '/command-api';
const what = 'runCmds';

export function createEapiClient(session: HttpSession): EapiClient {
  let requests = 0;
  const { enable } = session.endpoint.login;

  async function run(
    commands: readonly (string | EapiCommand)[],
    format: 'text' | 'json',
    options?: CallOptions,
  ): Promise<unknown[]> {
    requests += 1;
    const id = `netwright-${requests}`;
    const request = {
      jsonrpc: '2.0',
      method: 'runCmds',
      params: {
        version: 1,
        format,
        // Without privileged mode most of `show` is refused; a switch without an enable secret passes over the input.
        cmds: [enable === undefined ? 'enable' : { cmd: 'enable', input: enable.reveal() }, ...commands],
      },
      id,
    };
    const response = successful(
      session,
      what,
      await session.request(
        { method: 'POST', path, headers: { 'content-type': 'application/json' }, body: JSON.stringify(request) },
        options,
      ),
    );
    const answer = jsonOf(session, what, response);
    if (field(answer, 'error') !== undefined) throw refusal(session, commands, field(answer, 'error'));
    const result = field(answer, 'result');
    if (!Array.isArray(result) || result.length !== commands.length + 1 || field(answer, 'id') !== id) {
      throw new NetwrightError(
        'NW_HTTP_PROTOCOL',
        `${session.label}: ${what}: expected ${commands.length + 1} results to request ${id}, got ${Array.isArray(result) ? result.length : 'none'}`,
      );
    }
    return result.slice(1).map((value: unknown) => (format === 'text' ? textOf(value) : value));
  }

  // The overloads say what the format means for the type.
  return { session, run: run as EapiClient['run'] };
}

function textOf(value: unknown): string {
  const output = field(value, 'output');
  return typeof output === 'string' ? output : '';
}

/**
 * Codes of eAPI: 1000 general, 1001 internal, 1002 invalid command, 1003 no JSON for it, 1004 incompatible, 1005 not
 * authorised. `data` holds a result for each command up to the one that failed, whose `errors` say why.
 */
function refusal(session: HttpSession, commands: readonly (string | EapiCommand)[], error: unknown): NetwrightError {
  const code = field(error, 'code');
  const data = field(error, 'data');
  const results: unknown[] = Array.isArray(data) ? data : [];
  const failed = results.findIndex((result) => Array.isArray(field(result, 'errors')));
  const reason =
    told(field(results[failed], 'errors', 0)) ??
    told(field(error, 'message')) ??
    (typeof code === 'number' ? `code ${code}` : 'no reason given');
  const said = session.scrub(reason);
  const { label } = session;
  if (failed === 0) {
    return new NetwrightError('NW_ENABLE_FAILED', `${label}: the privileged mode was refused: ${said}`, {
      details: { code },
    });
  }
  if (failed < 0) {
    return new NetwrightError('NW_RPC_REFUSED', `${label}: ${what} was refused: ${said}`, { details: { code } });
  }
  const index = failed - 1;
  const asked = commands[index];
  const command = session.scrub(typeof asked === 'string' ? asked : (asked?.cmd ?? ''));
  return new NetwrightError('NW_COMMAND_REJECTED', `${label}: "${command}" was refused: "${said}"`, {
    details: { command, line: said, code, index },
  });
}
