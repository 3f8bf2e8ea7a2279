import { type CallOptions, NetwrightError } from '#core';
import { type ApiAnswer, field, jsonOf, statusError, told } from './answers.ts';
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
  /** The same for questions that do not depend on one another: each is answered or refused. */
  runEach(commands: readonly string[], format: 'text' | 'json', options?: CallOptions): Promise<ApiAnswer[]>;
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

  async function run(kind: Kind, commands: readonly string[], options?: CallOptions): Promise<unknown[]> {
    if (commands.length === 0) return [];
    const answers = await ask(session, kind, commands, options);
    return answers.map((answer, at) => {
      if (answer === undefined) throw unanswered(session, commands[at] ?? '');
      if ('refused' in answer) throw answer.refused;
      return answer.value;
    });
  }

  async function runEach(commands: readonly string[], format: 'text' | 'json', options?: CallOptions) {
    const answers: ApiAnswer[] = [];
    while (answers.length < commands.length) {
      const rest = commands.slice(answers.length);
      const some = await ask(session, format, rest, options);
      const end = some.indexOf(undefined);
      const done = some.slice(0, end < 0 ? some.length : end).filter((answer) => answer !== undefined);
      // What stands behind a refused command was not carried out, and is asked for again; else it must be there.
      const last = done.at(-1);
      if (end >= 0 && (last === undefined || !('refused' in last))) throw unanswered(session, rest[end] ?? '');
      answers.push(...done);
    }
    return answers;
  }

  return {
    session,
    // The overloads say what the format means for the type.
    run: (async (commands: readonly string[], format: 'text' | 'json', options?: CallOptions) =>
      await run(format, commands, options)) as NxapiClient['run'],
    runEach,
    configure: async (lines, options) => {
      // JSON-RPC types what it is told from the privileged mode on; ins_api has a type for configuration.
      if (lines.length > 0)
        await run('configuration', [...(dialect === 'json-rpc' ? ['configure terminal'] : []), ...lines], options);
    },
  };
}

/** One for each command; undefined for those after a refused one, which were not carried out. */
type Answers = readonly (ApiAnswer | undefined)[];

type Kind = 'text' | 'json' | 'configuration';

async function jsonRpc(
  session: HttpSession,
  kind: Kind,
  commands: readonly string[],
  options?: CallOptions,
): Promise<Answers> {
  const method = kind === 'text' ? 'cli_ascii' : 'cli';
  const calls = commands.map((cmd, at) => ({ jsonrpc: '2.0', method, params: { cmd, version: 1 }, id: at + 1 }));
  const response = await post(session, 'application/json-rpc', calls, options);
  const answer = answerOf(session, method, response);
  // One call is answered with an object, several with a list.
  const answers: readonly unknown[] = Array.isArray(answer) ? answer : [answer];
  const byId = new Map(answers.map((one) => [field(one, 'id'), one]));
  return commands.map((command, at): ApiAnswer | undefined => {
    const one = byId.get(at + 1);
    const error = field(one, 'error');
    if (error !== undefined) {
      const said = told(field(error, 'data', 'msg')) ?? told(field(error, 'message'));
      return { refused: refusal(session, command, said, field(error, 'code')) };
    }
    if (one === undefined) return undefined;
    const result = field(one, 'result');
    return { value: kind === 'text' ? textOf(field(result, 'msg')) : (field(result, 'body') ?? {}) };
  });
}

const types = { text: 'cli_show_ascii', json: 'cli_show', configuration: 'cli_conf' } as const;

async function insApi(
  session: HttpSession,
  kind: Kind,
  commands: readonly string[],
  options?: CallOptions,
): Promise<Answers> {
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
  return commands.map((command, at): ApiAnswer | undefined => {
    const one = outputs[at];
    const code = textOf(field(one, 'code'));
    if (code === '') return undefined;
    if (code !== '200') {
      const said = told(field(one, 'clierror')) ?? told(field(one, 'msg'));
      return { refused: refusal(session, command, said, code) };
    }
    const body = field(one, 'body');
    if (kind === 'text') return { value: textOf(body) };
    return { value: body === '' || body === undefined ? {} : body };
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
  const details = { command: asked, line, code };
  // Code 501 of ins_api; JSON-RPC says it in words.
  return /structured output (?:is )?(?:un|not )supported/i.test(line)
    ? new NetwrightError('NW_NOT_SUPPORTED', `${session.label}: "${asked}" has no JSON: "${line}"`, { details })
    : new NetwrightError('NW_COMMAND_REJECTED', `${session.label}: "${asked}" was refused: "${line}"`, { details });
}

function unanswered(session: HttpSession, command: string): NetwrightError {
  return new NetwrightError('NW_HTTP_PROTOCOL', `${session.label}: no answer to "${session.scrub(command)}"`);
}
