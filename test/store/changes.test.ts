import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ChangeRecords, openChangeRecords, type PlannedDevice } from '../../src/store/index.ts';

const key = new Uint8Array(randomBytes(32));
const entry = (event: string, device?: string) => ({
  ...{ actor: 'ann', event, changeId: 'c1', data: { why: 'test' } },
  ...(device === undefined ? {} : { device }),
});
const planned = (device: string): PlannedDevice => ({
  ...{ device, platform: 'test_os', state: 'planned', mac: 'm', beforeMac: 'b' },
  text: { diff: '+ ntp', commands: ['ntp'], rollback: ['no ntp'], warnings: [] },
  candidate: new Uint8Array([1, 2]),
});
const change = (id: string, createdAtMs = 1) => ({
  ...{ id, hash: 'h', createdAtMs, author: 'ann', intent: 'merge acl.txt' },
});

async function add(records: ChangeRecords, id: string, devices: readonly PlannedDevice[]): Promise<void> {
  await records.add(change(id));
  await records.addDevices(id, devices);
  await records.finish(id, 'hash', entry('planned'));
}

describe('records of changes', () => {
  let folder: string;
  let path: string;
  let records: ChangeRecords;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'netwright-changes-'));
    path = join(folder, 'state.sqlite');
    records = await openChangeRecords({ path, auditKey: async () => key });
  });
  afterEach(async () => {
    await records[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });
  const from = ['planned'] as const;

  it('keeps a plan with its devices and shared texts', async () => {
    await add(records, 'c1', [planned('r1'), planned('r2'), { ...planned('r3'), state: 'same' }]);
    expect(await records.get('c')).toMatchObject({ id: 'c1', author: 'ann', intent: 'merge acl.txt' });
    const devices = await records.devices('c1');
    expect(devices.map(({ device, state }) => [device, state])).toEqual([
      ['r1', 'planned'],
      ['r2', 'planned'],
      ['r3', 'same'],
    ]);
    expect(devices[0]!.textHash).toBe(devices[1]!.textHash);
    expect(await records.text(devices[0]!.textHash!)).toMatchObject({ diff: '+ ntp', rollback: ['no ntp'] });
    expect((await records.sealed('c1', 'r1')).candidate).toEqual(Buffer.from([1, 2]));
    expect((await records.list())[0]).toMatchObject({ id: 'c1', states: { planned: 2, same: 1 } });
    expect(await records.list({ device: 'r9' })).toEqual([]);
  });

  it('drops what is sealed of old plans that nobody applied', async () => {
    await add(records, 'c1', [planned('r1')]);
    await add(records, 'c2', [planned('r1')]);
    await records.start('c2', { options: {} }, entry('applying'));
    await records.prune(1);
    expect((await records.sealed('c1', 'r1')).candidate).toBeDefined();
    await records.prune(2);
    expect((await records.sealed('c1', 'r1')).candidate).toBeUndefined();
    expect((await records.sealed('c2', 'r1')).candidate).toBeDefined();
    expect((await records.devices('c1'))[0]).toMatchObject({ state: 'planned', mac: 'm' });
  });

  it('names what is not there, and what is not unique', async () => {
    await add(records, 'c1', []);
    await add(records, 'c2', []);
    await expect(records.get('x')).rejects.toMatchObject({ code: 'NW_CHANGE_NOT_FOUND' });
    await expect(records.get('c')).rejects.toThrow('several');
    await expect(records.get('%')).rejects.toMatchObject({ code: 'NW_CHANGE_NOT_FOUND' });
    expect((await records.list()).map(({ id }) => id)).toEqual(['c2', 'c1']);
  });

  it('gives a device to one change and one owner at a time, over connections too', async () => {
    await add(records, 'c1', [planned('r1')]);
    await add(records, 'c2', [planned('r1')]);
    await using other = await openChangeRecords({ path, auditKey: async () => key });
    const claims = await Promise.allSettled([
      records.claim('c1', 'r1', { owner: 'a', from, patch: { state: 'locked' }, isAttempt: true }),
      other.claim('c1', 'r1', { owner: 'b', from, patch: { state: 'locked' }, isAttempt: true }),
    ]);
    const got = claims.filter((one) => one.status === 'fulfilled' && one.value !== undefined);
    expect(got).toHaveLength(1);
    await expect(other.claim('c2', 'r1', { owner: 'b', from, patch: { state: 'locked' } })).rejects.toMatchObject({
      code: 'NW_CHANGE_LOCKED',
      details: { change: 'c1' },
    });
    const { owner, attempt } = (await records.device('c1', 'r1'))!;
    expect(attempt).toBe(1);
    await expect(records.move('c1', 'r1', 'nobody', { state: 'confirmed' })).rejects.toMatchObject({
      code: 'NW_CHANGE_STATE',
    });
    await records.move('c1', 'r1', owner!, { state: 'confirmed', owner: null }, entry('confirmed', 'r1'));
    expect(await other.open()).toEqual([]);
    expect(await other.claim('c2', 'r1', { owner: 'b', from, patch: { state: 'locked' } })).toMatchObject({
      state: 'locked',
    });
  });

  it('hands the device of a dead owner over, once', async () => {
    await add(records, 'c1', [planned('r1')]);
    await records.claim('c1', 'r1', { owner: 'dead', from, patch: { state: 'committing' } });
    const claim = (owner: string) =>
      records.claim('c1', 'r1', { owner, from: ['committing'], deadOwner: 'dead', patch: { state: 'rolling back' } });
    const [one, two] = await Promise.all([claim('x'), claim('y')]);
    expect([one?.owner, two?.owner]).toEqual(['x', undefined]);
  });

  it('writes a change and its audit together or not at all', async () => {
    await add(records, 'c1', [planned('r1')]);
    await records.claim('c1', 'r1', { owner: 'a', from, patch: { state: 'locked' } }, entry('locked', 'r1'));
    expect(await records.claim('c1', 'r1', { owner: 'b', from }, entry('locked', 'r1'))).toBeUndefined();
    await expect(records.move('c1', 'r1', 'b', {}, entry('moved', 'r1'))).rejects.toThrow();
    expect((await records.audit()).map(({ id, event }) => [id, event])).toEqual([
      [1, 'planned'],
      [2, 'locked'],
    ]);
    expect(await records.verifyAudit()).toMatchObject({ records: 2 });
  });

  it('writes many at once, each alone when one of them fails', async () => {
    const names = Array.from({ length: 250 }, (_, n) => `r${n}`);
    await add(records, 'c1', names.map(planned));
    const claimed = await Promise.all(
      names.map((device) =>
        records.claim('c1', device, { owner: 'a', from, patch: { state: 'locked' } }, entry('locked', device)),
      ),
    );
    expect(claimed.every((one) => one?.state === 'locked')).toBe(true);
    const results = await Promise.allSettled(
      [...names, 'nowhere'].map((device) =>
        records.move('c1', device, 'a', { state: 'pending' }, entry('moved', device)),
      ),
    );
    expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(1);
    expect(await records.verifyAudit()).toMatchObject({ records: 501 });
  });

  describe('the audit', () => {
    const edit = (sql: string, ...values: unknown[]): void => {
      const sqlite = new Sqlite(path);
      sqlite.prepare(sql).run(...values);
      sqlite.close();
    };
    beforeEach(async () => {
      await add(records, 'c1', []);
      for (let n = 0; n < 20; n += 1) await records.note(entry(`event ${n}`, 'r1'));
    });

    it('holds as it was written', async () => {
      const { records: count, head } = await records.verifyAudit();
      expect(count).toBe(21);
      expect(head?.id).toBe(21);
      expect(await records.verifyAudit([{ id: 21, hash: head!.hash.slice(0, 12) }])).toMatchObject({ records: 21 });
    });

    it('shows any edit of any record', async () => {
      const columns = ['at_ms', 'actor', 'event', 'change_id', 'device', 'data', 'hash'] as const;
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 1, max: 21 }), fc.constantFrom(...columns), async (id, column) => {
          const sqlite = new Sqlite(path);
          const { was } = sqlite.prepare(`select ${column} as was from audit where id = ?`).get(id) as { was: unknown };
          sqlite.prepare(`update audit set ${column} = ? where id = ?`).run(column === 'at_ms' ? 1 : 'forged', id);
          await expect(records.verifyAudit()).rejects.toMatchObject({ code: 'NW_AUDIT_BROKEN' });
          sqlite.prepare(`update audit set ${column} = ? where id = ?`).run(was, id);
          sqlite.close();
        }),
        { numRuns: 30 },
      );
      expect(await records.verifyAudit()).toMatchObject({ records: 21 });
    });

    it.each([
      ['a record taken out of the middle', 'delete from audit where id = 7', 'record 7 is missing'],
      ['the first one taken away', 'delete from audit where id = 1', 'record 1 is missing'],
      ['a tail cut off', 'delete from audit where id > 15', 'ends at record 15, where record 21'],
      ['everything cut off', 'delete from audit', 'ends at record 0'],
      ['a tail cut off with its head', `delete from notes where name = 'audit head'`, 'where record none'],
    ])('shows %s', async (_, sql, message) => {
      edit(sql);
      await expect(records.verifyAudit()).rejects.toThrow(message);
    });

    it('shows an older copy put back, by what was noted elsewhere', async () => {
      const { head } = await records.verifyAudit();
      await expect(records.verifyAudit([{ id: 25, hash: 'abc' }])).rejects.toThrow('remembers record 25');
      await expect(records.verifyAudit([{ id: head!.id, hash: 'abcabc' }])).rejects.toThrow('another one');
    });

    it.each([
      ['a tail', 'delete from audit where id > 15', 'record 16 is missing'],
      ['everything', 'delete from audit', 'record 1 is missing'],
      ['the head', `delete from notes where name = 'audit head'`, 'record 22 is missing'],
    ])('still shows what was cut off when it is written on: %s', async (_, sql, message) => {
      edit(sql);
      await records.note(entry('later'));
      await records.note(entry('later still'));
      await expect(records.verifyAudit()).rejects.toThrow(message);
    });

    it('is not written anew without the key', async () => {
      await using forger = await openChangeRecords({ path, auditKey: async () => new Uint8Array(32) });
      edit('delete from audit where id > 10');
      await forger.note(entry('forged'));
      await expect(records.verifyAudit()).rejects.toThrow('record 11 is missing');
    });
  });
});
