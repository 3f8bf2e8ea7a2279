import { closeSync, existsSync, openSync, readSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import {
  Kysely,
  type Transaction as KyselyTransaction,
  type SqliteDatabase,
  SqliteDialect,
  type SqliteStatement,
} from 'kysely';
import { fileErrorCode, NetwrightError } from '#core';
import { assertWritable } from './assert-writable.ts';
import { storeError } from './git-process.ts';
import { migrations } from './migrations.ts';
import type { Schema } from './schema.ts';

/** Milliseconds that a writer waits for another process before it gives up. */
const busyMs = 15_000;

/** The state of a workspace: learned facts, runs, the index of versions. Everything but facts and runs can be rebuilt. */
export interface Database extends AsyncDisposable {
  readonly path: string;
  readonly queries: Kysely<Schema>;
  /**
   * Runs a short transaction, again and again while another process writes; the loop stays free in between.
   * @throws `NW_STORE_FULL`, `NW_STORE_FAILED`.
   */
  write<T>(work: (transaction: KyselyTransaction<Schema>) => Promise<T>): Promise<T>;
  /** As {@link write}, of what can be rebuilt from git: a copy for readers takes it, too. */
  writeIndex<T>(work: (transaction: KyselyTransaction<Schema>) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /**
   * A transaction is on the disk when it is done, whatever happens to the power next (`synchronous = FULL`,
   * https://sqlite.org/pragma.html#pragma_synchronous). Default: it survives the process, and the power with luck.
   */
  readonly isDurable?: boolean;
}

/**
 * Opens the database, making or migrating it where needed.
 * @throws `NW_WORKSPACE_NEWER` when a newer Netwright wrote it (it is not touched then), `NW_FILE_DENIED` when it may
 * not be written, `NW_STORE_FAILED` when it is no database or damaged, `NW_STORE_FULL`.
 */
export async function openDatabase(path: string, options: DatabaseOptions = {}): Promise<Database> {
  if (path !== ':memory:') {
    assertWritable(path);
    refuseNewer(path);
  }
  let sqlite: Sqlite.Database;
  try {
    // A wait inside SQLite would block the event loop: the waiting is done in write().
    sqlite = new Sqlite(path, { timeout: 20 });
    sqlite.pragma('journal_mode = WAL');
    sqlite.pragma(`synchronous = ${options.isDurable ? 'FULL' : 'NORMAL'}`);
    sqlite.pragma('foreign_keys = ON');
  } catch (error) {
    throw databaseError(path, error);
  }
  return await overSqlite(path, sqlite);
}

/** The database over an open connection, migrated where needed. */
export async function overSqlite(path: string, sqlite: Sqlite.Database): Promise<Database> {
  const queries = new Kysely<Schema>({ dialect: new SqliteDialect({ database: withKeptStatements(sqlite) }) });
  const write = <T>(work: (transaction: KyselyTransaction<Schema>) => Promise<T>): Promise<T> =>
    writeWhenFree(path, () => queries.transaction().execute(work));
  try {
    // A newer version may still have been in the write-ahead log.
    refuseVersion(path, Number(sqlite.pragma('user_version', { simple: true })));
    await migrate(sqlite, write);
  } catch (error) {
    await queries.destroy();
    throw error;
  }
  let closed = false;
  const close = async (): Promise<void> => {
    if (closed) return;
    closed = true;
    await queries.destroy();
  };
  return { path, queries, write, writeIndex: write, close, [Symbol.asyncDispose]: close };
}

/** Statements kept ready, and the longest SQL that is: inserts of many rows differ each time. */
const keptStatements = 100;
const keptSqlLength = 3_000;

/** Kysely prepares every query anew, which costs as much as running a small one. */
function withKeptStatements(sqlite: Sqlite.Database): SqliteDatabase {
  const kept = new Map<string, SqliteStatement>();
  return {
    close: () => sqlite.close(),
    prepare(sql) {
      const known = kept.get(sql);
      if (known !== undefined) return known;
      const statement = sql === 'rollback' ? rollback(sqlite) : (sqlite.prepare<unknown[]>(sql) as SqliteStatement);
      if (sql.length > keptSqlLength) return statement;
      const oldest = kept.size >= keptStatements ? kept.keys().next().value : undefined;
      if (oldest !== undefined) kept.delete(oldest);
      kept.set(sql, statement);
      return statement;
    },
  };
}

/**
 * A full disk ends a transaction by itself (https://sqlite.org/lang_transaction.html#response_to_errors_within_a_transaction).
 * The ROLLBACK that follows would then fail, and its words would stand in place of those that matter.
 */
function rollback(sqlite: Sqlite.Database): SqliteStatement {
  const statement = sqlite.prepare<unknown[]>('rollback') as SqliteStatement;
  return {
    reader: false,
    all: () => [],
    iterate: () => [][Symbol.iterator](),
    run: (parameters) => (sqlite.inTransaction ? statement.run(parameters) : { changes: 0, lastInsertRowid: 0 }),
  };
}

/** Where SQLite keeps `user_version` in a file (https://sqlite.org/fileformat2.html, section 1.3). */
const versionOffset = 60;

/**
 * Looks at the file itself, so that nothing of it, or beside it, changes when a newer Netwright wrote it. Not where
 * somebody has it open, who may be in this process: closing any descriptor of a file drops every POSIX lock that the
 * process has on it (https://sqlite.org/howtocorrupt.html, section 2.2), and the next process that closes the database
 * takes the write-ahead log away under those that still write to it. SQLite knows its own descriptors, so it is asked.
 */
function refuseNewer(path: string): void {
  if (!existsSync(path)) return;
  if (existsSync(`${path}-shm`)) refuseNewerInUse(path);
  else refuseNewerHeader(path);
}

function refuseNewerHeader(path: string): void {
  const header = Buffer.alloc(versionOffset + 4);
  const file = openSync(path, 'r');
  try {
    if (readSync(file, header) < header.length) return;
  } finally {
    closeSync(file);
  }
  if (header.toString('latin1', 0, 15) === 'SQLite format 3') refuseVersion(path, header.readUInt32BE(versionOffset));
}

function refuseNewerInUse(path: string): void {
  let version: number;
  try {
    const sqlite = new Sqlite(path, { readonly: true, timeout: 20 });
    try {
      version = Number(sqlite.pragma('user_version', { simple: true }));
    } finally {
      sqlite.close();
    }
  } catch {
    return; // damaged, or locked for a moment: opening it tells
  }
  refuseVersion(path, version);
}

function refuseVersion(path: string, version: number): void {
  if (version <= migrations.length) return;
  throw new NetwrightError(
    'NW_WORKSPACE_NEWER',
    `${path} has schema version ${version}, this Netwright knows ${migrations.length}`,
  );
}

async function migrate(sqlite: Sqlite.Database, write: Database['write']): Promise<void> {
  // `user_version` is SQLite's own place for it; a PostgreSQL dialect keeps the number in a table instead.
  const current = (): number => Number(sqlite.pragma('user_version', { simple: true }));
  while (current() < migrations.length) {
    await write(async (transaction) => {
      const version = current();
      const step = migrations[version];
      if (step === undefined) return;
      await step(transaction);
      sqlite.pragma(`user_version = ${version + 1}`);
    });
  }
}

async function writeWhenFree<T>(path: string, attempt: () => Promise<T>): Promise<T> {
  const until = Date.now() + busyMs;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (error instanceof NetwrightError) throw error;
      if (codeOf(error).startsWith('SQLITE_BUSY') && Date.now() < until) {
        await wait(30);
        continue;
      }
      throw databaseError(path, error);
    }
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** An error of SQLite as ours: what happened to which file, and what to do about a damaged one. */
function databaseError(path: string, error: unknown): NetwrightError {
  if (error instanceof NetwrightError) return error;
  const words = error instanceof Error ? error.message : String(error);
  const code = codeOf(error);
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')) {
    return new NetwrightError('NW_STORE_FAILED', `${path} is damaged: ${words}`, {
      cause: error,
      retryable: false,
      hint: `move ${path} away: the index is rebuilt from git; learned facts and run records start anew`,
    });
  }
  const known = fileErrorCode(error) ?? (code.startsWith('SQLITE_IOERR') && isFull(path) ? 'NW_STORE_FULL' : undefined);
  if (known !== undefined) return new NetwrightError(known, `${path}: ${words}`, { cause: error });
  return storeError(path, words, error);
}

/** Less than what a database needs beside it to be opened, which SQLite then calls an I/O error. */
const leastFreeBytes = 65_536;

function isFull(path: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(dirname(path));
    return bavail * bsize < leastFreeBytes;
  } catch {
    return false; // the first error is the one to tell
  }
}
