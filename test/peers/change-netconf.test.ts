import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Session } from '#device';
import { createPlatformRegistry, type Platform } from '#platforms';
import { createDialer, openNetconf, type SshDialer } from '#transport';
import type { CommitOptions, Intent, Undertaking } from '../../src/change/driver.ts';
import { netconf } from '../../src/change/drivers/netconf.ts';
import { NetconfLine } from '../../src/change/netconf-line.ts';
import { peer } from './peers.ts';
import { type Netconfd, startNetconfd } from './transport/netconfd.ts';

const missing = [peer('netconfd'), peer('sshd')].find(({ isMissing }) => isMissing);
const edit = (name: string, mtu: number | string): Intent => ({
  kind: 'merge',
  text: `<site xmlns="urn:example:site"><interface><name>${name}</name><mtu>${mtu}</mtu></interface></site>\n`,
});

// Without netconfd or sshd there is nobody to talk to: `npm test` names what is missing, and fails for it under CI=true.
// Once in some dozens of runs on a busy machine netconfd 2.11 has left a request without an answer, and answered the next.
describe.skipIf(missing)('a change on netconfd of Debian, with nothing but RFC 6241', { retry: 1 }, () => {
  let server: Netconfd;
  let dialer: SshDialer;
  let platform: Platform;
  let before: string;

  beforeAll(async () => {
    server = await startNetconfd();
    dialer = createDialer({ knownHosts: { find: () => [], add: async () => {}, replace: async () => {} } });
    platform = await createPlatformRegistry().get('linux');
  }, 20_000);
  afterAll(async () => {
    await dialer?.[Symbol.asyncDispose]();
    await server?.[Symbol.asyncDispose]();
  });

  const over = async <T>(work: (session: Session) => Promise<T>): Promise<T> => {
    const open = await openNetconf(dialer, server.endpoint, {});
    await using session = new NetconfLine({ name: 'yuma', platform }, open, () => Promise.reject(new Error('none')));
    return await work(session);
  };
  const running = (): Promise<string> => over((session) => netconf.read(session, edit('e0', 1500)));
  const plan = (intent: Intent, options: CommitOptions): Promise<Undertaking> =>
    over(async (session) => {
      const candidate = await netconf.prepare(session, intent);
      const receipt = await netconf.receipt(session, candidate, options);
      return JSON.parse(JSON.stringify({ candidate, receipt })) as Undertaking;
    });
  const commit = (change: Undertaking, options: CommitOptions) =>
    over((session) => netconf.commit(session, change, options));
  const state = (change: Undertaking) => over((session) => netconf.state(session, change));

  beforeEach(async () => {
    before = await running();
  });

  it('is planned with the diff of its candidate, and leaves nothing behind', async () => {
    const { candidate } = await plan(edit('e1', 9000), { id: 'c1' });
    expect(candidate.capability).toMatchObject({ atomic: true, confirmed: true, rollback: 'exact', missing: [] });
    expect(candidate.diff).toMatch(/^\+.*<name>e1<\/name>/m);
    expect(candidate.diff).toMatch(/^\+.*<mtu>9000<\/mtu>/m);
    expect(await running()).toBe(before);
    expect((await plan(edit('e1', 9000), { id: 'c1' })).candidate.diff).toBe(candidate.diff);
  });

  it('waits for the confirmation of another session, and is taken back long after, exactly', async () => {
    const timed = { id: 'c2', confirmMs: 60_000 };
    const change = await plan(edit('e2', 9000), timed);
    expect(change.receipt.timer).toBe('device');
    await commit(change, timed);
    expect(await state(change)).toBe('pending');
    await over((session) => netconf.confirm(session, change));
    expect(await running()).toContain('<name>e2</name>');
    // Once more is no error.
    await over((session) => netconf.confirm(session, change));
    expect((await plan(edit('e2', 9000), { id: 'c3' })).candidate.diff).toBe('');
    await over((session) => netconf.rollback(session, change));
    expect(await running()).toBe(before);
    expect(await state(change)).toBe('before');
    await over((session) => netconf.rollback(session, change));
  });

  it('is taken back at once by hand, or by the server when nobody confirms', async () => {
    const timed = { id: 'c4', confirmMs: 60_000 };
    const byHand = await plan(edit('e4', 9000), timed);
    await commit(byHand, timed);
    await over((session) => netconf.rollback(session, byHand));
    expect(await running()).toBe(before);
    const short = { id: 'c5', confirmMs: 1_000 };
    const byServer = await plan(edit('e5', 9000), short);
    await commit(byServer, short);
    expect(await running()).toContain('<name>e5</name>');
    // netconfd looks at its timers only when nobody asks anything.
    await sleep(2_500);
    expect(await running()).toBe(before);
    await expect(over((session) => netconf.confirm(session, byServer))).rejects.toMatchObject({
      code: 'NW_CHANGE_STATE',
    });
  });

  it('is refused with the words of the server, and while somebody else holds the candidate', async () => {
    await expect(plan(edit('e6', 'many'), { id: 'c6' })).rejects.toMatchObject({
      code: 'NW_CHANGE_REFUSED',
      message: expect.stringContaining('mtu') as string,
    });
    await using other = await openNetconf(dialer, server.endpoint, {});
    await other.lock('candidate');
    await expect(plan(edit('e6', 9000), { id: 'c6' })).rejects.toMatchObject({ code: 'NW_CHANGE_LOCKED' });
    await other.unlock('candidate');
    expect(await running()).toBe(before);
  });

  it('does not take along what others did since, unless it is told to', async () => {
    const kept = { id: 'c7' };
    const change = await plan(edit('e7', 9000), kept);
    await commit(change, kept);
    const theirs = await plan(edit('theirs', 1400), { id: 'c8' });
    await commit(theirs, { id: 'c8' });
    const failed = over((session) => netconf.rollback(session, change));
    await expect(failed).rejects.toMatchObject({ code: 'NW_ROLLBACK_FAILED' });
    expect(await running()).toContain('theirs');
    await over((session) => netconf.rollback(session, change, { acceptsLoss: true }));
    expect(await running()).toBe(before);
  });

  it('takes a whole configuration, and gives the old one back', async () => {
    const kept = { id: 'c9' };
    await commit(await plan(edit('old', 1400), kept), kept);
    const old = await running();
    const change = await plan({ kind: 'replace', text: old.replace('>1400<', '>1401<') }, { id: 'c10' });
    await commit(change, { id: 'c10' });
    expect(await running()).toBe(old.replace('>1400<', '>1401<'));
    const nothing = await plan({ kind: 'replace', text: before }, { id: 'c11' });
    expect(nothing.candidate.diff).toMatch(/^-.*<name>old<\/name>/m);
    await commit(nothing, { id: 'c11' });
    expect(await running()).toBe(before);
    await over((session) => netconf.rollback(session, nothing));
    expect(await running()).toBe(old.replace('>1400<', '>1401<'));
    await commit(await plan({ kind: 'replace', text: before }, kept), kept);
    expect(await running()).toBe(before);
  });
});
