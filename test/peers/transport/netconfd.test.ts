import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { XmlElement } from '#core';
import { createDialer, type NetconfOptions, type NetconfSession, openNetconf, type SshDialer } from '#transport';
import { peer } from '../peers.ts';
import { type Netconfd, startNetconfd } from './netconfd.ts';

const missing = [peer('netconfd'), peer('sshd')].find(({ isMissing }) => isMissing);
const site = { subtree: '<site xmlns="urn:example:site"/>' };
const edit = (name: string, mtu: number, operation = 'merge'): string =>
  `<site xmlns="urn:example:site"><interface xmlns:nc="urn:ietf:params:xml:ns:netconf:base:1.0" nc:operation="${operation}"><name>${name}</name>${
    operation === 'delete' ? '' : `<mtu>${mtu}</mtu>`
  }</interface></site>`;
const mtus = (data: XmlElement): Record<string, string | undefined> =>
  Object.fromEntries(data.allAt('site/interface').map((one) => [one.valueAt('name')!, one.valueAt('mtu')]));

describe.skipIf(missing)('against netconfd of Debian, behind OpenSSH', () => {
  let server: Netconfd;
  let dialer: SshDialer;

  beforeAll(async () => {
    server = await startNetconfd();
    dialer = createDialer({ knownHosts: { find: () => [], add: async () => {}, replace: async () => {} } });
  }, 20_000);

  afterAll(async () => {
    await dialer?.[Symbol.asyncDispose]();
    await server?.[Symbol.asyncDispose]();
  });

  const open = async (options?: NetconfOptions): Promise<NetconfSession> =>
    await openNetconf(dialer, server.endpoint, options);
  const running = async (session: NetconfSession) => mtus(await session.getConfig('running', { filter: site }));

  test.each([
    ['1.1', 'chunked'],
    ['1.0', 'end-of-message'],
  ] as const)('edits, validates and commits a candidate in NETCONF %s', async (version, framing) => {
    await using session = await open({ versions: [version] });
    expect(session.framing).toBe(framing);
    await session.locked('candidate', async () => {
      await session.editConfig('candidate', edit('e0', 9000));
      expect(mtus(await session.getConfig('candidate', { filter: site }))).toEqual({ e0: '9000' });
      expect(await running(session)).toEqual({});
      await session.commit();
    });
    // netconfd 2.13 forgets by a validation that the candidate has changed, so it stands behind the commit.
    await session.validate('candidate');
    expect(await running(session)).toEqual({ e0: '9000' });
    const found = await session.getConfig('running', {
      filter: { xpath: '/s:site/s:interface[s:mtu>8000]', namespaces: { s: 'urn:example:site' } },
    });
    expect(mtus(found)).toEqual({ e0: '9000' });
    await session.editConfig('candidate', edit('e0', 0, 'delete'), { defaultOperation: 'none' });
    await session.commit();
    expect(await running(session)).toEqual({});
  });

  test('takes a change back: discarded, not confirmed, cancelled, or with the session that made it', async () => {
    await using session = await open();
    await session.editConfig('candidate', edit('e1', 1000));
    await session.discardChanges();
    expect(mtus(await session.getConfig('candidate', { filter: site }))).toEqual({});

    await session.editConfig('candidate', edit('e1', 1001));
    await session.commit({ confirmWithinS: 1, persist: 'a token' });
    expect(await running(session)).toEqual({ e1: '1001' });
    // netconfd looks at its timers only when nobody asks anything.
    await sleep(2500);
    expect(await running(session)).toEqual({});

    await session.editConfig('candidate', edit('e1', 1002));
    await session.commit({ confirmWithinS: 60, persist: 'a token' });
    await session.cancelCommit({ persistId: 'a token' });
    expect(await running(session)).toEqual({});

    const other = await open();
    await other.editConfig('candidate', edit('e1', 1003));
    await other.commit({ confirmWithinS: 60 });
    expect(await running(session)).toEqual({ e1: '1003' });
    await other.close();
    await expect.poll(async () => await running(session), { timeout: 5_000, interval: 50 }).toEqual({});
  });

  test('confirms from another session by the token', async () => {
    const first = await open();
    await first.editConfig('candidate', edit('e2', 2000));
    await first.commit({ confirmWithinS: 60, persist: 'IQ,d4668' });
    await first.close();
    await using second = await open();
    expect(await running(second)).toEqual({ e2: '2000' });
    await second.commit({ persistId: 'IQ,d4668' });
    await sleep(50);
    expect(await running(second)).toEqual({ e2: '2000' });
    await second.editConfig('candidate', edit('e2', 0, 'delete'));
    await second.commit();
  });

  test('says what it refuses, and the session goes on', async () => {
    await using session = await open();
    await expect(session.editConfig('candidate', edit('e3', 9))).rejects.toMatchObject({
      code: 'NW_RPC_REFUSED',
      details: { errors: [{ tag: 'invalid-value', appTag: 'not-in-range', severity: 'error' }] },
    });
    await expect(session.editConfig('candidate', edit('e3', 0, 'delete'))).rejects.toMatchObject({
      details: { errors: [{ tag: 'data-missing' }] },
    });
    await expect(session.rpc('<no-such-thing/>')).rejects.toMatchObject({ code: 'NW_RPC_REFUSED' });
    await expect(session.commit({ persistId: 'wrong' })).rejects.toMatchObject({ code: 'NW_RPC_REFUSED' });
    await session.discardChanges();
    expect(await running(session)).toEqual({});
  });

  test('meets a lock and who holds it, and ends the other session', async () => {
    await using session = await open();
    const other = await open();
    await other.lock('candidate');
    const refused = await session.lock('candidate').then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(refused).toMatchObject({ code: 'NW_CONFIG_LOCKED', retryable: true });
    expect(String(refused)).toContain(`held by session ${other.sessionId}`);
    await session.killSession(other.sessionId);
    await session.locked('candidate', async () => {});
    other.destroy();
  });

  test('answers many requests that are sent one upon the other', async () => {
    await using session = await open();
    await session.editConfig(
      'candidate',
      `<site xmlns="urn:example:site">${Array.from({ length: 3000 }, (_, nth) => `<interface><name>x${nth}</name><description>Zürich ↔ القاهرة ${nth}</description></interface>`).join('')}</site>`,
    );
    const all = await Promise.all(Array.from({ length: 8 }, () => session.getConfig('candidate', { filter: site })));
    for (const data of all) {
      expect(data.allAt('site/interface')).toHaveLength(3000);
      expect(data.allAt('site/interface').at(-1)?.valueAt('description')).toMatch(/^Zürich ↔ القاهرة \d+$/);
    }
    await session.discardChanges();
  });

  test('ends loudly when the server is gone', async () => {
    await using mortal = await startNetconfd();
    const session = await openNetconf(dialer, mortal.endpoint);
    await mortal.kill();
    await expect(session.get({ timeoutMs: 5_000 })).rejects.toMatchObject({ code: 'NW_CONNECTION_LOST' });
    await expect(openNetconf(dialer, mortal.endpoint)).rejects.toMatchObject({ code: 'NW_CONNECTION_LOST' });
    await session.close();
  });
});

describe.skipIf(peer('sshd').isMissing)('against OpenSSH without NETCONF', () => {
  test('says that there is no such subsystem', async () => {
    const { startSshd } = await import('./sshd.ts');
    const { Secret } = await import('#core');
    await using sshd = await startSshd();
    await using dialer = createDialer({ knownHosts: { find: () => [], add: async () => {}, replace: async () => {} } });
    const opening = openNetconf(dialer, {
      name: 'plain',
      host: '127.0.0.1',
      port: sshd.port,
      protocol: 'ssh',
      login: { user: sshd.user, privateKey: new Secret(sshd.clientKey) },
      via: [],
    });
    await expect(opening).rejects.toMatchObject({ code: 'NW_NOT_SUPPORTED' });
    await expect(opening).rejects.toThrow('netconf');
    await expect.poll(() => dialer.openSockets).toBe(0);
  });
});
