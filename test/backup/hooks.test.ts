import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { expect, test } from 'vitest';
import { startBackup } from '#backup';
import { NetwrightError } from '#core';
import type { Hook, HookEvent } from '#workspace';
import { answers, configuration, testWorkspace } from './fixtures.ts';

const all: HookEvent[] = ['success', 'failure', 'change', 'run-end'];
const network = () => ({
  r1: answers(configuration('r1')),
  r2: new NetwrightError('NW_AUTH_FAILED', 'r2 refused the login'),
});

test('a command gets the news under the names that Oxidized uses, and ours', async () => {
  const hook: Hook = {
    on: all,
    // In one write: hooks run beside one another.
    command: 'news=$(env | grep -E "^(OX|NETWRIGHT)_" | sort | tr "\\n" ";"); echo "$news" >> news',
  };
  await using workspace = await testWorkspace(network(), { hooks: [hook] });
  const report = await startBackup(workspace, { reason: 'ticket 42' }).report;
  expect(report.warnings).toEqual([]);
  const told = readFileSync(workspace.path('news'), 'utf8')
    .trim()
    .split('\n')
    .map(
      (line) =>
        Object.fromEntries(
          line
            .split(';')
            .filter(Boolean)
            .map((pair) => pair.split(/=(.*)/s).slice(0, 2)),
        ) as Record<string, string>,
    );
  const of = (event: string) => told.filter((one) => one['OX_EVENT'] === event);
  expect(told).toHaveLength(4);
  const commit = report.commit!;
  const node = { OX_NODE_IP: '192.0.2.1', OX_NODE_GROUP: 'edge', OX_NODE_MODEL: 'test_os', OX_NODE_FROM: 'ticket 42' };
  expect(of('node_success')).toMatchObject([
    { ...node, OX_NODE_NAME: 'r1', OX_JOB_STATUS: 'success', OX_REPO_COMMITREF: commit },
  ]);
  expect(of('post_store')).toMatchObject([
    { ...node, OX_NODE_NAME: 'r1', OX_REPO_NAME: workspace.path('configs'), NETWRIGHT_CHANGE: 'new' },
  ]);
  expect(of('node_fail')).toMatchObject([
    {
      ...node,
      OX_NODE_NAME: 'r2',
      OX_JOB_STATUS: 'fail',
      OX_NODE_MSG: 'r2 refused the login',
      NETWRIGHT_ERROR_CODE: 'NW_AUTH_FAILED',
    },
  ]);
  expect(of('nodes_done')).toMatchObject([
    { NETWRIGHT_TOTAL: '2', NETWRIGHT_FAILED: '1', NETWRIGHT_RUN_ID: report.runId, OX_JOB_STATUS: 'fail' },
  ]);
});

test('with a commit for each device, each is told of its own', async () => {
  const hook: Hook = { on: ['change'], command: 'echo "$OX_NODE_NAME $OX_REPO_COMMITREF" >> news' };
  const devices = { r1: answers(configuration('r1')), r2: answers(configuration('r2')) };
  await using workspace = await testWorkspace(devices, { hooks: [hook], backup: { commit: 'device' } });
  await startBackup(workspace).report;
  const store = await workspace.configurations();
  const latest = await Promise.all(['r1', 'r2'].map(async (name) => `${name} ${(await store.latest(name))?.commit}`));
  expect(new Set(latest.map((line) => line.slice(3))).size).toBe(2);
  expect(readFileSync(workspace.path('news'), 'utf8').trim().split('\n').sort()).toEqual(latest);
});

test('a hook that fails or hangs is a warning; the backup is stored', async () => {
  const hooks: Hook[] = [
    { on: ['run-end'], command: 'echo no such thing >&2; exit 3' },
    { on: ['run-end'], command: 'sleep 60', timeoutMs: 100 },
    { on: ['run-end'], webhook: 'http://127.0.0.1:9/x?token=abc', timeoutMs: 2_000 },
  ];
  await using workspace = await testWorkspace(network(), { hooks });
  // The one that hangs would take longer than this test may.
  const report = await startBackup(workspace).report;
  expect(report.commit).toBeDefined();
  const words = report.warnings.map(({ code, message }) => `${code} ${message}`).sort();
  expect(words).toHaveLength(3);
  expect(words[0]).toContain(
    'NW_HOOK_FAILED hook "echo no such thing >&2; exit 3" on run-end: ended with 3: no such thing',
  );
  expect(words[1]).toContain('not done within 100 ms');
  expect(words[2]).toContain('webhook http://127.0.0.1:9/x on run-end');
  expect(words.join()).not.toContain('token');
  expect((await (await workspace.configurations()).runs.get(report.runId))?.warnings).toHaveLength(3);
});

test('a webhook gets JSON with the diff, signed', async () => {
  const posts: { headers: IncomingHttpHeaders; body: string }[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => {
      body += text;
    });
    request.on('end', () => {
      posts.push({ headers: request.headers, body });
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const hook: Hook = { on: ['change', 'failure'], webhook: `http://127.0.0.1:${port}/hook`, secret: 'chat' };
  try {
    await using workspace = await testWorkspace(network(), { hooks: [hook] });
    expect((await startBackup(workspace).report).warnings).toEqual([]);
    const bodies = posts.map(({ body }) => JSON.parse(body) as Record<string, unknown>);
    expect(bodies).toMatchObject([
      { event: 'failure', device: { name: 'r2', error: { code: 'NW_AUTH_FAILED' } } },
      {
        event: 'change',
        device: { name: 'r1', change: 'new' },
        diff: expect.stringContaining('+hostname r1') as string,
      },
    ]);
    for (const { headers, body } of posts) {
      const signature = createHmac('sha256', 'pass-of-chat')
        .update(`${headers['x-netwright-timestamp'] as string}.${body}`)
        .digest('hex');
      expect(headers['x-netwright-signature']).toBe(`sha256=${signature}`);
    }
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

/** A mail server of the size of this test: takes every mail, with or without a login. */
async function mailServer(): Promise<AsyncDisposable & { readonly port: number; readonly talk: string[] }> {
  const talk: string[] = [];
  const server = createTcpServer((socket) => {
    socket.setEncoding('utf8').write('220 test ESMTP\r\n');
    let isData = false;
    let rest = '';
    socket.on('error', () => undefined);
    socket.on('data', (text: string) => {
      const lines = (rest + text).split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        talk.push(line);
        if (isData) {
          if (line !== '.') continue;
          isData = false;
          socket.write('250 taken\r\n');
        } else if (/^EHLO/.test(line)) socket.write('250-test\r\n250-AUTH PLAIN\r\n250 8BITMIME\r\n');
        else if (/^AUTH/.test(line)) socket.write('235 welcome\r\n');
        else if (/^DATA/.test(line)) {
          isData = true;
          socket.write('354 go on\r\n');
        } else if (/^QUIT/.test(line)) socket.end('221 bye\r\n');
        else socket.write('250 fine\r\n');
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = (): Promise<void> => new Promise((resolve) => server.close(() => resolve()));
  return { port: (server.address() as AddressInfo).port, talk, [Symbol.asyncDispose]: close };
}

test.each<[Hook['on'], number]>([
  [['change', 'failure'], 0],
  [['run-end'], 1],
])('one mail a run on %j tells what changed, with diffs, and what failed', async (on, mailsOfNothing) => {
  await using server = await mailServer();
  const smtp = `smtp://127.0.0.1:${server.port}`;
  const hook: Hook = {
    on,
    email: { to: ['noc@example.net'], from: 'nw@example.net', smtp, credential: 'mail' },
  };
  await using workspace = await testWorkspace(network(), { hooks: [hook] });
  expect((await startBackup(workspace).report).warnings).toEqual([]);
  const mail = server.talk.join('\n');
  expect(mail).toContain(`AUTH PLAIN ${Buffer.from('\0admin\0pass-of-mail').toString('base64')}`);
  expect(mail).toContain('RCPT TO:<noc@example.net>');
  expect(mail).toContain('Subject: Backup: 1 of 2 changed (r1), 1 failed');
  expect(mail).toContain('failed   r2  NW_AUTH_FAILED: r2 refused the login');
  expect(mail).toContain('+hostname r1');
  expect(mail.match(/^DATA$/gm)).toHaveLength(1);

  server.talk.length = 0;
  workspace.network.delete('r2');
  expect((await startBackup(workspace, { select: 'r1' }).report).warnings).toEqual([]);
  expect(server.talk.filter((line) => line === 'DATA')).toHaveLength(mailsOfNothing);
});

test('a mail server that says nothing is given up', async () => {
  const sockets: { destroy(): void }[] = [];
  const silent = createTcpServer((socket) => sockets.push(socket.on('error', () => undefined)));
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const smtp = `smtp://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  const hook: Hook = { on: ['run-end'], timeoutMs: 200, email: { to: ['a@example.net'], from: 'b@example.net', smtp } };
  try {
    await using workspace = await testWorkspace(network(), { hooks: [hook] });
    expect((await startBackup(workspace).report).warnings).toMatchObject([{ code: 'NW_HOOK_FAILED' }]);
  } finally {
    for (const socket of sockets) socket.destroy();
    silent.close();
  }
});
