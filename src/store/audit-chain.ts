import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Selectable, Transaction } from 'kysely';
import { NetwrightError } from '#core';
import type { AuditAnchor, AuditEntry, AuditRecord } from './change-records.ts';
import type { Database } from './database.ts';
import type { Schema } from './schema.ts';

const headNote = 'audit head';
/** Records that are looked at between two turns of the event loop. */
const checkedTogether = 500;

type Row = Selectable<Schema['audit']>;

/**
 * A chain of records: each holds an HMAC of itself and of the one before, under a key that only the secrets of the
 * workspace give. Who writes to the database without the key cannot alter, insert, drop or reorder one unseen. The
 * head is kept beside it, so that a tail cut off is missed; {@link AuditAnchor}s kept elsewhere find out when an
 * older copy of the whole database was put back.
 */
export class AuditChain {
  readonly #database: Database;
  readonly #key: () => Promise<Uint8Array>;

  constructor(database: Database, key: () => Promise<Uint8Array>) {
    this.#database = database;
    this.#key = key;
  }

  /** The key must be there before a transaction begins: to open the secrets takes longer than one may be held. */
  async key(): Promise<Uint8Array> {
    return await this.#key();
  }

  async append(
    transaction: Transaction<Schema>,
    key: Uint8Array,
    entry: AuditEntry,
    atMs: number,
  ): Promise<AuditRecord> {
    const last = await transaction
      .selectFrom('audit')
      .select(['id', 'hash'])
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst();
    const head = await transaction.selectFrom('notes').select('value').where('name', '=', headNote).executeTakeFirst();
    const row = {
      id: nextId(key, last, head?.value),
      at_ms: atMs,
      actor: entry.actor,
      event: entry.event,
      change_id: entry.changeId,
      device: entry.device ?? null,
      data: JSON.stringify(entry.data),
    };
    const hash = hashOf(key, last?.hash ?? '', row);
    await transaction
      .insertInto('audit')
      .values({ ...row, hash })
      .execute();
    const value = headOf(key, { id: row.id, hash });
    await transaction
      .insertInto('notes')
      .values({ name: headNote, value })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
      .execute();
    return recordOf({ ...row, hash });
  }

  async read({
    changeId,
    limit = 1_000,
  }: {
    readonly changeId?: string;
    readonly limit?: number;
  }): Promise<AuditRecord[]> {
    let query = this.#database.queries.selectFrom('audit').selectAll().orderBy('id', 'desc').limit(limit);
    if (changeId !== undefined) query = query.where('change_id', '=', changeId);
    return (await query.execute()).reverse().map(recordOf);
  }

  /** @throws `NW_AUDIT_BROKEN` */
  async verify(
    anchors: readonly AuditAnchor[],
  ): Promise<{ readonly records: number; readonly head: AuditAnchor | undefined }> {
    const key = await this.#key();
    const anchored = new Map(anchors.map((anchor) => [anchor.id, anchor.hash]));
    let head: AuditAnchor | undefined;
    for (;;) {
      const rows = await this.#database.queries
        .selectFrom('audit')
        .selectAll()
        .where('id', '>', head?.id ?? 0)
        .orderBy('id')
        .limit(checkedTogether)
        .execute();
      for (const row of rows) {
        const expected = (head?.id ?? 0) + 1;
        if (row.id !== expected)
          throw broken(`record ${expected} is missing: record ${row.id} follows ${expected - 1}`);
        if (!isSame(row.hash, hashOf(key, head?.hash ?? '', row))) throw broken(`record ${row.id} was altered`);
        const anchor = anchored.get(row.id);
        if (anchor !== undefined && !row.hash.startsWith(anchor)) {
          throw broken(`record ${row.id} is another one than the history of the configurations remembers`);
        }
        head = { id: row.id, hash: row.hash };
      }
      if (rows.length < checkedTogether) break;
    }
    await this.#checkEnd(key, head);
    await this.#checkTexts();
    const newest = Math.max(0, ...anchored.keys());
    if (newest > (head?.id ?? 0)) {
      throw broken(`it ends at record ${head?.id ?? 0}, the history of the configurations remembers record ${newest}`);
    }
    return { records: head?.id ?? 0, head };
  }

  /** The diffs that the records name are kept by their own hashes. */
  async #checkTexts(): Promise<void> {
    for (let after = ''; ; ) {
      const rows = await this.#database.queries
        .selectFrom('change_texts')
        .selectAll()
        .where('hash', '>', after)
        .orderBy('hash')
        .limit(checkedTogether)
        .execute();
      for (const { hash, text } of rows) {
        if (createHash('sha256').update(text).digest('hex') !== hash)
          throw broken(`the diff ${hash.slice(0, 12)} was altered`);
      }
      after = rows.at(-1)?.hash ?? '';
      if (rows.length < checkedTogether) return;
    }
  }

  async #checkEnd(key: Uint8Array, head: AuditAnchor | undefined): Promise<void> {
    const { queries } = this.#database;
    const note = await queries.selectFrom('notes').select('value').where('name', '=', headNote).executeTakeFirst();
    if (note === undefined && head === undefined) return;
    if (note !== undefined && head !== undefined && isSame(note.value, headOf(key, head))) return;
    const [said] = (note?.value ?? 'none').split(' ');
    throw broken(`it ends at record ${head?.id ?? 0}, where record ${said} was the last that was written`);
  }
}

function hashOf(key: Uint8Array, before: string, row: Omit<Row, 'hash'>): string {
  const { id, at_ms, actor, event, change_id, device, data } = row;
  return createHmac('sha256', key)
    .update(JSON.stringify([before, id, at_ms, actor, event, change_id, device, data]))
    .digest('hex');
}

/**
 * What is cut off must not be covered by what is written next: then a number is left out for all time. The record
 * itself is written in any case, for to take a change back matters more.
 */
function nextId(key: Uint8Array, last: AuditAnchor | undefined, head: string | undefined): number {
  const id = last?.id ?? 0;
  if (last === undefined ? head === undefined : head !== undefined && isSame(head, headOf(key, last))) return id + 1;
  const said = Number(head?.split(' ')[0]);
  return (Number.isSafeInteger(said) && said > id ? said : id + 1) + 1;
}

const headOf = (key: Uint8Array, { id, hash }: AuditAnchor): string =>
  `${id} ${createHmac('sha256', key).update(`head ${id} ${hash}`).digest('hex')}`;

function isSame(a: string, b: string): boolean {
  const [one, other] = [Buffer.from(a), Buffer.from(b)];
  return one.length === other.length && timingSafeEqual(one, other);
}

const broken = (what: string): NetwrightError => new NetwrightError('NW_AUDIT_BROKEN', `the audit: ${what}`);

function recordOf(row: Row): AuditRecord {
  return {
    id: row.id,
    atMs: row.at_ms,
    actor: row.actor,
    event: row.event,
    changeId: row.change_id,
    ...(row.device === null ? {} : { device: row.device }),
    data: JSON.parse(row.data) as Record<string, unknown>,
    hash: row.hash,
  };
}
