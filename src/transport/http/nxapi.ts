import { type CallOptions, NetwrightError } from '#core';
import { field, jsonOf, statusError, told } from './answers.ts';
import type { HttpResponse, HttpSession } from './http-session.ts';

/**
 * Cisco's NX-API (`feature nxapi`), in JSON-RPC or, for versions before 7.0(3), in its own `ins_api` form.
 */
export interface NxapiClient {
  readonly session: HttpSession;
  /**
   * @returns one value a command: its JSON (`{}` for a command that says nothing), or its text
   * @throws NetwrightError `NW_COMMAND_REJECTED` naming the command; as {@link HttpSession.request} does besides
   */
  run(commands: readonly string[], format: 'text', options?: CallOptions): Promise<string[]>;
  run(commands: readonly string[], format: 'json', options?: CallOptions): Promise<unknown[]>;
  /** Configuration lines, all in one go; what follows a refused one is not carried out. */
  configure(lines: readonly string[], options?: CallOptions): Promise<void>;
}

export interface NxapiOptions {
  /** Default `json-rpc`. */
  readonly dialect?: 'json-rpc' | 'ins_api';
}

const path = '/ins';

export function createNxapiClient(session: HttpSession, { dialect = 'json-rpc' }: NxapiOptions = {}): NxapiClient {
  const ask = dialect === 'json-rpc' ? jsonRpc : insApi;

  async function run(commands: readonly string[], format: 'text' | 'json', options?: CallOptions): Promise<unknown[]> {
    if (commands.length === 0) return [];
    return await ask(session, format === 'text' ? 'text' : 'json', commands, options);
  }

  return {
    session,
    // The overloads say what the format means for the type.
    run: run as NxapiClient['run'],
    configure: async (lines, options) => {
      if (lines.length > 0) await ask(session, 'configuration', lines, options);
    },
  };
}

type Kind = 'text' | 'json' | 'configuration';

async function jsonRpc(
  session: HttpSession,
  kind: Kind,
  commands: readonly string[],
  options?: CallOptions,
): Promise<unknown[]> {
  const method = kind === 'text' ? 'cli_ascii' : 'cli';
  const calls = commands.map((cmd, at) => ({ jsonrpc: '2.0', method, params: { cmd, version: 1 }, id: at + 1 }));
  const response = await post(session, 'application/json-rpc', calls, options);
  const answer = answerOf(session, method, response);
  // One call is answered with an object, several with a list.
  const answers: readonly unknown[] = Array.isArray(answer) ? answer : [answer];
  const byId = new Map(answers.map((one) => [field(one, 'id'), one]));
  return commands.map((command, at) => {
    const one = byId.get(at + 1);
    const error = field(one, 'error');
    if (error !== undefined) {
      throw refusal(
        session,
        command,
        told(field(error, 'data', 'msg')) ?? told(field(error, 'message')),
        field(error, 'code'),
      );
    }
    if (one === undefined) throw unanswered(session, method, command);
    const result = field(one, 'result');
    if (kind === 'text') return textOf(field(result, 'msg'));
    return field(result, 'body') ?? {};
  });
}

const types = { text: 'cli_show_ascii', json: 'cli_show', configuration: 'cli_conf' } as const;

async function insApi(
  session: HttpSession,
  kind: Kind,
  commands: readonly string[],
  options?: CallOptions,
): Promise<unknown[]> {
  // Several commands are one text with ` ;` between them, so that a semicolon within one cannot be sent.
  const unsendable = commands.find((command) => / ;/.test(command));
  if (unsendable !== undefined) {
    throw new NetwrightError(
      'NW_NOT_SUPPORTED',
      `${session.label}: "${unsendable}": ins_api cannot take " ;" within a command`,
    );
  }
  const type = types[kind];
  const response = await post(
    session,
    'application/json',
    { ins_api: { version: '1.0', type, chunk: '0', sid: '1', input: commands.join(' ;'), output_format: 'json' } },
    options,
  );
  const output = field(answerOf(session, type, response), 'ins_api', 'outputs', 'output');
  const outputs: readonly unknown[] = Array.isArray(output) ? output : [output];
  return commands.map((command, at) => {
    const one = outputs[at];
    const code = textOf(field(one, 'code'));
    if (code === '') throw unanswered(session, type, command);
    if (code !== '200') {
      throw refusal(session, command, told(field(one, 'clierror')) ?? told(field(one, 'msg')), code);
    }
    const body = field(one, 'body');
    if (kind === 'text') return typeof body === 'string' ? body : '';
    return body === '' || body === undefined ? {} : body;
  });
}

async function post(
  session: HttpSession,
  type: string,
  content: unknown,
  options?: CallOptions,
): Promise<HttpResponse> {
  return await session.request(
    { method: 'POST', path, headers: { 'content-type': type }, body: JSON.stringify(content) },
    options,
  );
}

/** NX-OS answers refused commands with status 400 or 500 and the reason in the body, as JSON. */
function answerOf(session: HttpSession, what: string, response: HttpResponse): unknown {
  const isJson =
    /json/.test(response.headers['content-type'] ?? '') || /^\s*[[{]/.test(response.body.toString('latin1', 0, 20));
  if (response.status !== 200 && !((response.status === 400 || response.status === 500) && isJson)) {
    throw statusError(session, what, response);
  }
  return jsonOf(session, what, response);
}

/** Codes come as text or as number. */
const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';

function refusal(session: HttpSession, command: string, said: string | undefined, code: unknown): NetwrightError {
  const line = session.scrub(said ?? `code ${textOf(code)}`);
  const asked = session.scrub(command);
  return new NetwrightError('NW_COMMAND_REJECTED', `${session.label}: "${asked}" was refused: "${line}"`, {
    details: { command: asked, line, code },
  });
}

function unanswered(session: HttpSession, what: string, command: string): NetwrightError {
  return new NetwrightError('NW_HTTP_PROTOCOL', `${session.label}: ${what}: no answer to "${command}"`);
}
