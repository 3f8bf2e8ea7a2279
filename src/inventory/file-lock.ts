import { randomBytes } from 'node:crypto';
import { link, readFile, rename, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { type CallOptions, type Clock, NetwrightError } from '#core';
import { writePrivately } from './write-file.ts';

interface Holder {
  readonly pid: number;
  readonly host: string;
  readonly id: string;
}

const pollMs = 20;

/**
 * Runs `work` while no other process, and no other caller in this one, is inside `withFileLock` for the same path.
 * The lock is a file that names its holder; one whose process is gone from this machine is taken over.
 *
 * @throws NetwrightError `NW_WORKSPACE_BUSY` when it is still held after `timeoutMs` (default 10,000).
 */
export async function withFileLock<T>(
  path: string,
  clock: Clock,
  work: () => Promise<T>,
  options: CallOptions = {},
): Promise<T> {
  const own: Holder = { pid: process.pid, host: hostname(), id: randomBytes(8).toString('hex') };
  const content = JSON.stringify(own);
  const { timeoutMs = 10_000 } = options;
  // Counted, not read from the clock: a test's clock may stand still.
  for (let waitedMs = 0; !(await writePrivately(path, content, { exclusive: true })); waitedMs += pollMs) {
    const held = await readFile(path, 'utf8').catch(() => undefined);
    if (held === undefined) continue;
    if (isGone(held)) {
      await takeAway(path, held);
      continue;
    }
    if (waitedMs >= timeoutMs) {
      const holder = parse(held);
      const who = holder ? `process ${holder.pid} on ${holder.host}` : 'another process';
      throw new NetwrightError('NW_WORKSPACE_BUSY', `${path} is held by ${who} for more than ${timeoutMs} ms`, {
        hint: 'wait for it; when it is gone for certain, delete that file',
      });
    }
    await clock.sleep(pollMs, options.signal);
  }
  try {
    return await work();
  } finally {
    const held = await readFile(path, 'utf8').catch(() => undefined);
    if (held === content) await rm(path, { force: true });
  }
}

function parse(content: string): Holder | undefined {
  try {
    const holder = JSON.parse(content) as Partial<Holder>;
    return typeof holder.pid === 'number' && typeof holder.host === 'string' ? (holder as Holder) : undefined;
  } catch {
    // Not a lock of ours: somebody else's file, which nobody but its owner removes.
    return undefined;
  }
}

function isGone(content: string): boolean {
  const holder = parse(content);
  if (holder?.host !== hostname()) return false;
  try {
    process.kill(holder.pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

/** Moves a dead lock away. Another process may have been faster and hold a live one by now: that is put back. */
async function takeAway(path: string, dead: string): Promise<void> {
  const aside = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  try {
    await rename(path, aside);
    if ((await readFile(aside, 'utf8')) !== dead) await link(aside, path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'EEXIST') throw error;
  } finally {
    await rm(aside, { force: true });
  }
}
