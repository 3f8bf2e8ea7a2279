import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import Sqlite from 'better-sqlite3';
import { abortError, type Clock, fileErrorCode, NetwrightError, systemClock } from '#core';
import { assertWritable } from './assert-writable.ts';

export interface LockOptions {
  /** What the holder does, for the message that others get: `backup`. */
  readonly what: string;
  /** Waits for the holder instead of `NW_WORKSPACE_BUSY`. */
  readonly wait?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly clock?: Clock;
  /** Called once when there is somebody to wait for. */
  readonly onWait?: (holder: LockHolder | undefined) => void;
}

export interface LockHolder {
  readonly pid: number;
  readonly host: string;
  readonly sinceMs: number;
  readonly what: string;
}

export interface Lock extends AsyncDisposable {
  release(): void;
}

/** How often a waiter looks again. */
const lookMs = 150;

/**
 * One at a time for work on a workspace. The lock is an exclusive SQLite transaction on `path`, which the system
 * itself ends with the process that holds it: a dead holder leaves nothing behind to clear or to guess about.
 * `<path>.json` says who holds it.
 *
 * @throws `NW_WORKSPACE_BUSY` when another holds it and `wait` is not set; `NW_CANCELLED`, `NW_FILE_DENIED`.
 */
export async function lockWorkspace(path: string, options: LockOptions): Promise<Lock> {
  const clock = options.clock ?? systemClock;
  let told = false;
  for (;;) {
    if (options.signal?.aborted) throw abortError(options.signal);
    const held = tryLock(path, options.what, clock.now());
    if (held) return held;
    const holder = readHolder(path);
    if (!options.wait) throw busy(path, holder, clock.now());
    if (!told) options.onWait?.(holder);
    told = true;
    await clock.sleep(lookMs, options.signal).catch((error: unknown) => {
      throw options.signal?.aborted ? abortError(options.signal) : error;
    });
  }
}

function tryLock(path: string, what: string, nowMs: number): Lock | undefined {
  let sqlite: Sqlite.Database | undefined;
  assertWritable(path);
  try {
    sqlite = new Sqlite(path, { timeout: 0 });
    sqlite.exec('BEGIN EXCLUSIVE');
    const holder: LockHolder = { pid: process.pid, host: hostname(), sinceMs: nowMs, what };
    writeFileSync(`${path}.json`, JSON.stringify(holder));
  } catch (error) {
    sqlite?.close();
    if (error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY')) return undefined;
    throw new NetwrightError(
      fileErrorCode(error) ?? 'NW_STORE_FAILED',
      `${path} could not be locked: ${(error as Error).message}`,
      {
        cause: error,
      },
    );
  }
  const open = sqlite;
  const release = (): void => {
    if (!open.open) return;
    rmSync(`${path}.json`, { force: true });
    open.close();
  };
  return { release, [Symbol.asyncDispose]: async () => release() };
}

/** Who holds the lock now; undefined when nobody does. Needs no right to write. */
export function lockHolder(path: string): LockHolder | undefined {
  // What a holder that died left behind says nothing yet: the lock itself went with it.
  const holder = readHolder(path);
  return holder !== undefined && isHeld(path) ? holder : undefined;
}

function isHeld(path: string): boolean {
  let sqlite: Sqlite.Database | undefined;
  try {
    sqlite = new Sqlite(path, { readonly: true, timeout: 0 });
    sqlite.prepare('SELECT 1 FROM sqlite_master').all();
    return false;
  } catch (error) {
    return error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY');
  } finally {
    sqlite?.close();
  }
}

function readHolder(path: string): LockHolder | undefined {
  try {
    return JSON.parse(readFileSync(`${path}.json`, 'utf8')) as LockHolder;
  } catch {
    return undefined; // released in this very moment, or not written yet
  }
}

function busy(path: string, holder: LockHolder | undefined, nowMs: number): NetwrightError {
  if (holder === undefined) return new NetwrightError('NW_WORKSPACE_BUSY', `${path} is held by another process`);
  const since = new Date(holder.sinceMs).toISOString();
  const seconds = Math.max(0, Math.round((nowMs - holder.sinceMs) / 1000));
  return new NetwrightError(
    'NW_WORKSPACE_BUSY',
    `process ${holder.pid} on ${holder.host} holds it since ${since} (${seconds} s): ${holder.what}`,
    { details: { ...holder } },
  );
}
