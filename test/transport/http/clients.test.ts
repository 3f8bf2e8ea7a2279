import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { NetwrightError, Secret } from '#core';
import {
  createEapiClient,
  createNxapiClient,
  createRestconfClient,
  type HttpSession,
  openHttp,
  type SshDialer,
} from '#transport';
import { certificateMemory, type Handler, startServer, type TestServer, testDialer } from './https-server.ts';

let dialer: SshDialer;
let server: TestServer;
let answer: Handler;

beforeEach(async () => {
  dialer = testDialer();
  server = await startServer((...call) => answer(...call));
});

afterEach(async () => {
  await dialer[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

const open = (enable?: string): HttpSession =>
  openHttp(
    dialer,
    {
      ...server.endpoint,
      login: { ...server.endpoint.login, ...(enable !== undefined && { enable: new Secret(enable) }) },
    },
    { knownCertificates: certificateMemory(), scrub: (text) => text.replaceAll('c0mmunity', '<redacted>') },
  );
const json =
  (status: number, content: unknown): Handler =>
  (_, __, response) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(content));
const sent = (at = 0): unknown => JSON.parse(server.requests[at]?.body ?? 'null');

describe('eAPI', () => {
  test('runs commands in privileged mode, as JSON or text', async () => {
    answer = (_, body, response) => {
      const { id, params } = JSON.parse(body) as { id: string; params: { cmds: string[]; format: string } };
      const result = params.cmds.map((cmd) => (params.format === 'text' ? { output: `${String(cmd)}\n` } : { cmd }));
      response.end(JSON.stringify({ jsonrpc: '2.0', id, result }));
    };
    await using session = open();
    const eapi = createEapiClient(session);
    expect(await eapi.run(['show version', 'show hostname'], 'json')).toEqual([
      { cmd: 'show version' },
      { cmd: 'show hostname' },
    ]);
    expect(await eapi.run(['show clock'], 'text')).toEqual(['show clock\n']);
    expect(sent()).toMatchObject({
      method: 'runCmds',
      params: { version: 1, format: 'json', cmds: ['enable', 'show version', 'show hostname'] },
    });
    expect(server.requests[0]).toMatchObject({ method: 'POST', path: '/command-api' });
  });

  test('names the command that was refused, and no secret', async () => {
    answer = json(200, {
      jsonrpc: '2.0',
      id: 'x',
      error: {
        code: 1002,
        message: "CLI command 3 of 3 'snmp-server community c0mmunity' failed: invalid command",
        data: [{}, {}, { errors: ["Invalid input (at token 1: 'c0mmunity')"] }],
      },
    });
    await using session = open('s3cret');
    const error = await rejection(
      createEapiClient(session).run(['configure', 'snmp-server community c0mmunity'], 'text'),
    );
    expect(error).toMatchObject({
      code: 'NW_COMMAND_REJECTED',
      details: { command: 'snmp-server community <redacted>', index: 1, code: 1002 },
    });
    expect(error.message).toContain('"Invalid input (at token 1: \'<redacted>\')"');
    expect(sent()).toMatchObject({
      params: { cmds: [{ cmd: 'enable', input: 's3cret' }, 'configure', expect.any(String)] },
    });
    expect(JSON.stringify(error)).not.toMatch(/s3cret|c0mmunity|hunter2/);
  });

  test('says that the privileged mode was refused', async () => {
    answer = json(200, {
      error: { code: 1005, message: 'failed: permission denied', data: [{ errors: ['Bad secret'] }] },
    });
    await using session = open('wrong');
    await expect(createEapiClient(session).run(['show version'], 'json')).rejects.toMatchObject({
      code: 'NW_ENABLE_FAILED',
    });
  });

  test.each([
    [200, '{"jsonrpc":"2.0","id":"other","result":[{},{}]}', 'NW_HTTP_PROTOCOL'],
    [200, '{"jsonrpc":"2.0","id":"netwright-1","result":[{}]}', 'NW_HTTP_PROTOCOL'],
    [200, 'null', 'NW_HTTP_PROTOCOL'],
    [200, '<html>', 'NW_HTTP_PROTOCOL'],
    [200, '{"error":{"code":-32600,"message":"Invalid request"}}', 'NW_RPC_REFUSED'],
    [404, 'nothing here', 'NW_HTTP_STATUS'],
    [403, '', 'NW_HTTP_STATUS'],
    [503, '', 'NW_HTTP_STATUS'],
  ])('takes status %i with %s for what it is', async (status, body, code) => {
    answer = (_, __, response) => response.writeHead(status).end(body);
    await using session = open();
    await expect(createEapiClient(session).run(['show version'], 'json')).rejects.toMatchObject({ code });
  });
});

describe('NX-API', () => {
  test('asks in JSON-RPC, one object for one command and a list for several', async () => {
    answer = (_, body, response) => {
      const calls = JSON.parse(body) as { id: number; method: string; params: { cmd: string } }[];
      const answers = calls.map(({ id, method, params }) => ({
        jsonrpc: '2.0',
        id,
        result:
          params.cmd === 'silent'
            ? null
            : method === 'cli'
              ? { body: { cmd: params.cmd } }
              : { msg: `${params.cmd}\n` },
      }));
      response.end(JSON.stringify(answers.length === 1 ? answers[0] : answers.reverse()));
    };
    await using session = open();
    const nxapi = createNxapiClient(session);
    expect(await nxapi.run(['show version'], 'json')).toEqual([{ cmd: 'show version' }]);
    expect(await nxapi.run(['show vlan', 'silent'], 'json')).toEqual([{ cmd: 'show vlan' }, {}]);
    expect(await nxapi.run(['show vlan', 'show clock'], 'text')).toEqual(['show vlan\n', 'show clock\n']);
    expect(await nxapi.run([], 'text')).toEqual([]);
    await nxapi.configure(['vlan 10', 'name ten']);
    expect(server.requests[0]).toMatchObject({ path: '/ins', headers: { 'content-type': 'application/json-rpc' } });
    expect(server.requests).toHaveLength(4);
  });

  test('asks in ins_api', async () => {
    answer = (_, body, response) => {
      const { type, input } = (JSON.parse(body) as { ins_api: { type: string; input: string } }).ins_api;
      const outputs = input.split(' ;').map((cmd) => ({
        input: cmd,
        msg: 'Success',
        code: '200',
        body: type === 'cli_show' ? (cmd === 'silent' ? '' : { cmd }) : `${cmd}\n`,
      }));
      response.end(JSON.stringify({ ins_api: { outputs: { output: outputs.length === 1 ? outputs[0] : outputs } } }));
    };
    await using session = open();
    const nxapi = createNxapiClient(session, { dialect: 'ins_api' });
    expect(await nxapi.run(['show version', 'silent'], 'json')).toEqual([{ cmd: 'show version' }, {}]);
    expect(await nxapi.run(['show clock'], 'text')).toEqual(['show clock\n']);
    await nxapi.configure(['vlan 10']);
    await expect(nxapi.run(['a ;b'], 'text')).rejects.toMatchObject({ code: 'NW_NOT_SUPPORTED' });
    expect(sent(2)).toMatchObject({ ins_api: { type: 'cli_conf', input: 'vlan 10' } });
  });

  test('names the command that was refused, in both dialects', async () => {
    await using session = open();
    answer = json(500, [
      { jsonrpc: '2.0', id: 1, result: { body: {} } },
      {
        jsonrpc: '2.0',
        id: 2,
        error: { code: -32602, message: 'Invalid params', data: { msg: "Syntax error while parsing 'c0mmunity'\n" } },
      },
    ]);
    await expect(createNxapiClient(session).run(['show version', 'show foo'], 'json')).rejects.toMatchObject({
      code: 'NW_COMMAND_REJECTED',
      details: { command: 'show foo', line: "Syntax error while parsing '<redacted>'" },
    });
    answer = json(200, {
      ins_api: {
        outputs: { output: { code: '400', msg: 'Input CLI command error', clierror: '% Invalid command\n' } },
      },
    });
    await expect(createNxapiClient(session, { dialect: 'ins_api' }).run(['show foo'], 'json')).rejects.toMatchObject({
      code: 'NW_COMMAND_REJECTED',
      details: { command: 'show foo', line: '% Invalid command', code: '400' },
    });
  });

  test.each([
    [200, '{}', 'NW_HTTP_PROTOCOL'],
    [200, '[]', 'NW_HTTP_PROTOCOL'],
    [200, 'x', 'NW_HTTP_PROTOCOL'],
    [500, 'internal', 'NW_HTTP_STATUS'],
    [404, '{}', 'NW_HTTP_STATUS'],
  ])('takes status %i with %s for what it is', async (status, body, code) => {
    answer = (_, __, response) => response.writeHead(status).end(body);
    await using session = open();
    for (const dialect of ['json-rpc', 'ins_api'] as const) {
      await expect(createNxapiClient(session, { dialect }).run(['show version'], 'json')).rejects.toMatchObject({
        code,
      });
    }
  });
});

describe('RESTCONF', () => {
  const hostMeta = `<?xml version="1.0"?>
    <XRD xmlns='http://docs.oasis-open.org/ns/xri/xrd-1.0'><Link rel='restconf' href='/top/restconf/'/></XRD>`;

  test('finds its root and reads, merges, replaces, makes and deletes', async () => {
    answer = (request, _, response) => {
      if (request.url === '/.well-known/host-meta') response.end(hostMeta);
      else if (request.method === 'GET') response.end('{"ietf-interfaces:interface":[{"name":"e0"}]}');
      else if (request.method === 'POST') response.writeHead(200).end('{"x:output":{}}');
      else response.writeHead(204).end();
    };
    await using session = open();
    const restconf = createRestconfClient(session);
    const path = 'ietf-interfaces:interfaces/interface=e0%2F1';
    expect(await restconf.get(path, { content: 'config', depth: 2, fields: 'name;mtu', withDefaults: 'trim' })).toEqual(
      {
        'ietf-interfaces:interface': [{ name: 'e0' }],
      },
    );
    await restconf.patch(path, { mtu: 1500 });
    await restconf.put(path, { mtu: 1501 });
    expect(await restconf.post('operations/x:reset', { input: {} })).toEqual({ 'x:output': {} });
    await restconf.delete(path);
    expect(server.requests.map(({ method, path: asked }) => `${method} ${asked}`)).toEqual([
      'GET /.well-known/host-meta',
      `GET /top/restconf/data/${path}?content=config&depth=2&fields=name%3Bmtu&with-defaults=trim`,
      `PATCH /top/restconf/data/${path}`,
      `PUT /top/restconf/data/${path}`,
      'POST /top/restconf/operations/x:reset',
      `DELETE /top/restconf/data/${path}`,
    ]);
    expect(server.requests[1]?.headers).toMatchObject({ accept: 'application/yang-data+json' });
    expect(server.requests[2]).toMatchObject({
      headers: { 'content-type': 'application/yang-data+json' },
      body: '{"mtu":1500}',
    });
  });

  test('tells what the device says of its errors', async () => {
    answer = (request, _, response) => {
      if (request.url === '/.well-known/host-meta') {
        response.writeHead(404).end();
        return;
      }
      const error = {
        'error-type': 'protocol',
        'error-tag': request.method === 'PUT' ? 'lock-denied' : 'invalid-value',
        'error-path': '/ietf-interfaces:interfaces',
        'error-message': 'community c0mmunity is too short',
      };
      response
        .writeHead(request.method === 'PUT' ? 409 : 400)
        .end(JSON.stringify({ 'ietf-restconf:errors': { error: [error] } }));
    };
    await using session = open();
    const restconf = createRestconfClient(session);
    const error = await rejection(restconf.patch('a', {}));
    expect(error).toMatchObject({
      code: 'NW_RPC_REFUSED',
      details: { status: 400, errors: [{ tag: 'invalid-value', message: 'community <redacted> is too short' }] },
    });
    expect(error.message).toContain('/ietf-interfaces:interfaces');
    await expect(restconf.put('a', {})).rejects.toMatchObject({ code: 'NW_CONFIG_LOCKED', retryable: true });
    expect(server.requests[1]?.path).toBe('/restconf/data/a');
  });

  test('tells nothing apart from an error', async () => {
    answer = (request, _, response) => response.writeHead(request.method === 'GET' ? 404 : 405).end();
    await using session = open();
    const restconf = createRestconfClient(session);
    expect(await restconf.get('a')).toBeUndefined();
    await expect(restconf.delete('a')).rejects.toMatchObject({ code: 'NW_HTTP_STATUS', details: { status: 405 } });
  });
});

describe('any JSON at all', () => {
  /** A session without a network, whose device answers with whatever the test says. */
  const answering = (status: number, content: unknown): HttpSession => ({
    label: 'leaf1 (192.0.2.7:443, https)',
    endpoint: { name: 'leaf1', host: '192.0.2.7', port: 443, protocol: 'https', login: { user: 'admin' }, via: [] },
    scrub: (text) => text,
    request: async () =>
      await Promise.resolve({ status, headers: {}, body: Buffer.from(JSON.stringify(content) ?? '') }),
    [Symbol.asyncDispose]: async () => {},
  });
  const words = [
    'error',
    'result',
    'id',
    'data',
    'errors',
    'message',
    'code',
    'output',
    'ins_api',
    'outputs',
    'body',
    'msg',
    'clierror',
    'ietf-restconf:errors',
    'error-tag',
    '0',
    '1',
  ];
  const nested = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 5 },
      fc.constantFrom<unknown>(null, 1, 1002, '200', '400', 'netwright-1', 'text', true, 'lock-denied'),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom(...words), tie('value'), { maxKeys: 4 }),
    ),
  })).value;

  test('is an answer or an error of ours, never anything else', async () => {
    await fc.assert(
      fc.asyncProperty(nested, fc.constantFrom(200, 400, 500), async (content, status) => {
        const session = answering(status, content);
        for (const work of [
          createEapiClient(session).run(['show version'], 'json'),
          createEapiClient(session).runEach(['a', 'b'], 'text'),
          createNxapiClient(session).runEach(['a', 'b'], 'json'),
          createNxapiClient(session, { dialect: 'ins_api' }).run(['a', 'b'], 'text'),
          createNxapiClient(session).configure(['a']),
          createRestconfClient(session).patch('a', {}),
          createRestconfClient(session).get('a'),
        ]) {
          await work.catch((error: unknown) => expect(error).toBeInstanceOf(NetwrightError));
        }
      }),
      { numRuns: 300 },
    );
  });
});

async function rejection(work: Promise<unknown>): Promise<NetwrightError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof NetwrightError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}
