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
import { eosJson } from './eos-json.ts';

/** Arista's eAPI as its guide describes it: JSON-RPC, codes from 1000 on, results up to the command that failed. */
export const eapiModel: ApiModel = {
  protocol: 'eapi',
  path: '/command-api',
  answer(device, request) {
    const id = part(request, 'id') ?? null;
    const commands = part(request, 'params', 'cmds');
    if (part(request, 'method') !== 'runCmds' || !Array.isArray(commands)) {
      return ok({ jsonrpc: '2.0', id, error: { code: -32600, message: 'Invalid request' } });
    }
    const isText = part(request, 'params', 'format') === 'text';
    return ok({ jsonrpc: '2.0', id, ...runAll(device, commands, isText) });
  },
};

const ok = (content: unknown): ApiAnswer => ({ status: 200, content });

function runAll(device: SimulatedDevice, commands: readonly unknown[], isText: boolean): Record<string, unknown> {
  const session = new ApiSession(device);
  const results: unknown[] = [];
  try {
    for (const [at, one] of commands.entries()) {
      const command = typeof one === 'string' ? one : textPart(one, 'cmd');
      const input = part(one, 'input');
      const fail = (code: number, why: string, error: string): Record<string, unknown> => ({
        error: {
          code,
          message: `CLI command ${at + 1} of ${commands.length} '${command}' failed: ${why}`,
          data: [...results, { errors: [error] }],
        },
      });
      const result = runOne(device, session, command, typeof input === 'string' ? input : undefined);
      if ('lost' in result) throw new LostRequest(result.lost);
      if ('error' in result)
        return fail(
          1002,
          'invalid command',
          `${result.error.replace(/^% /, '')} (at token 0: '${command.split(' ')[0]}')`,
        );
      if (isText) results.push({ output: result.text });
      else {
        // What is no question has nothing to convert, whatever the command line says to it.
        const json = result.text === '' || !command.startsWith('show ') ? {} : eosJson(device, command);
        if (json === undefined)
          return fail(1003, 'unconverted command', 'Command cannot be used over the API at this time.');
        results.push(json);
      }
    }
    return { result: results };
  } finally {
    session.close();
  }
}

function runOne(
  device: SimulatedDevice,
  session: ApiSession,
  command: string,
  input: string | undefined,
): CommandResult {
  if (command !== 'enable') {
    const json = eosJson(device, command);
    // What the API alone knows has no text of its own.
    const result = session.run(command, input);
    return 'error' in result && json !== undefined ? { text: JSON.stringify(json) } : result;
  }
  const { needsEnable, enable } = device.spec;
  return needsEnable && input !== enable ? { error: '% Bad secret' } : { text: '' };
}
