import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { commit, openStore, temporaryFolder } from './fixtures.ts';

/** The arguments of everything that runs on this machine, where that can be read as on Linux. */
function argumentsOfAll(): string {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      } catch {
        return ''; // It ended meanwhile.
      }
    })
    .join('\n');
}

test.skipIf(process.platform !== 'linux')(
  'user and token of the remote reach it, and stand in no list of processes',
  async () => {
    const asked: { readonly login: string | undefined; readonly seen: string }[] = [];
    const server = createServer((request, response) => {
      asked.push({ login: request.headers.authorization, seen: argumentsOfAll() });
      response.writeHead(403).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await using folder = await temporaryFolder();
    await using open = await openStore(folder.path);
    await commit(open.store, 'one', { r1: 'a\n' });
    try {
      const pushing = open.store.push(`http://no%40c:t0ken-of-the-remote@127.0.0.1:${port}/configs.git`);
      await expect(pushing).rejects.toMatchObject({
        code: 'NW_PUSH_FAILED',
        message: expect.not.stringContaining('t0ken'),
      });
    } finally {
      server.closeAllConnections();
      server.close();
    }
    expect(asked.length).toBeGreaterThan(0);
    for (const { login, seen } of asked) {
      expect(login).toBe(`Basic ${Buffer.from('no@c:t0ken-of-the-remote').toString('base64')}`);
      expect(seen).toContain('configs.git');
      expect(seen).not.toContain('t0ken');
      expect(seen).not.toContain(login!.slice(6));
    }
  },
);
