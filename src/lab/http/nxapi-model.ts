import type { SimulatedDevice } from '../device.ts';
import {
  type ApiAnswer,
  type ApiModel,
  ApiSession,
  type CommandResult,
  LostRequest,
  part,
  textPart,
} from './api-model.ts';
import { nxosJson } from './nxos-json.ts';

/** Cisco's NX-API in both of its dialects, on one path. */
export const nxapiModel: ApiModel = {
  protocol: 'nxapi',
  path: '/ins',
  answer(device, request) {
    if (part(request, 'ins_api') !== undefined) return insApi(device, part(request, 'ins_api'));
    return jsonRpc(device, Array.isArray(request) ? request : [request]);
  },
};

const unstructured = 'structured output not supported';

function jsonRpc(device: SimulatedDevice, calls: readonly unknown[]): ApiAnswer {
  const session = new ApiSession(device);
  const answers: unknown[] = [];
  let status = 200;
  try {
    for (const call of calls) {
      const id = part(call, 'id') ?? null;
      const command = textPart(call, 'params', 'cmd');
      const isText = part(call, 'method') === 'cli_ascii';
      const result = runOne(device, session, command, isText);
      if ('error' in result) {
        answers.push({
          jsonrpc: '2.0',
          error: { code: -32602, message: 'Invalid params', data: { msg: `${result.error}\n` } },
          id,
        });
        // What follows a refused command is not carried out, and not answered.
        status = 500;
        break;
      }
      const answer = isText ? { msg: result.text } : { body: result.json };
      answers.push({ jsonrpc: '2.0', result: result.text === '' && !isText ? null : answer, id });
    }
  } finally {
    session.close();
  }
  return { status, content: answers.length === 1 ? answers[0] : answers };
}

function insApi(device: SimulatedDevice, request: unknown): ApiAnswer {
  const type = part(request, 'type');
  const isText = type === 'cli_show_ascii';
  const session = new ApiSession(device);
  if (type === 'cli_conf') session.run('configure terminal');
  const output: unknown[] = [];
  try {
    for (const command of textPart(request, 'input').split(' ;')) {
      const result = runOne(device, session, command, isText);
      if ('error' in result) {
        const code = result.error === unstructured ? '501' : '400';
        output.push({
          input: command,
          msg: code === '501' ? 'Structured output unsupported' : 'Input CLI command error',
          code,
          clierror: `${result.error}\n`,
        });
        break;
      }
      output.push({ input: command, msg: 'Success', code: '200', body: isText ? result.text : (result.json ?? '') });
    }
  } finally {
    session.close();
  }
  const outputs = { output: output.length === 1 ? output[0] : output };
  return { status: 200, content: { ins_api: { type, version: '1.2', sid: 'eoc', outputs } } };
}

type Answered = { readonly text: string; readonly json?: unknown } | { readonly error: string };

function runOne(device: SimulatedDevice, session: ApiSession, command: string, isText: boolean): Answered {
  const json = isText ? undefined : nxosJson(device, command);
  const result: CommandResult = session.run(command);
  if ('lost' in result) throw new LostRequest(result.lost);
  // What the API alone knows has no text of its own.
  if (json !== undefined) return { text: JSON.stringify(json), json };
  if ('error' in result || isText) return result;
  // What is no question has nothing to structure, whatever the command line says to it.
  if (result.text === '' || !command.startsWith('show ')) return { text: '' };
  return { error: unstructured };
}
