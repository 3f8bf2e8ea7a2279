import { type ChildProcess, type ChildProcessByStdio, spawn } from 'node:child_process';
import { devNull } from 'node:os';
import type { Readable, Writable } from 'node:stream';
import { abortError, NetwrightError } from '#core';

/** How much of git's complaint is kept for a message. */
const keptWords = 4_000;

export type GitChild = ChildProcessByStdio<Writable, Readable, Readable>;

/**
 * Starts git on a repository with nothing of the user's or the system's configuration and no hooks, so that what we
 * store depends on us alone. `core.fsync` (git 2.36, ignored before) makes objects and refs survive a power cut.
 */
export function spawnGit(repository: string, args: readonly string[]): GitChild {
  const settings = ['core.hooksPath=/dev/null', 'core.fsync=objects,derived-metadata,reference', 'gc.auto=0'];
  return spawn('git', [`--git-dir=${repository}`, ...settings.flatMap((setting) => ['-c', setting]), ...args], {
    env: ownEnvironment(),
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
  });
}

/** The variables of git's children: those that a process needs to run, none that steer git. */
function ownEnvironment(): NodeJS.ProcessEnv {
  const kept = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'LD_LIBRARY_PATH'];
  const environment: NodeJS.ProcessEnv = {
    LC_ALL: 'C',
    GIT_CONFIG_GLOBAL: devNull,
    GIT_CONFIG_SYSTEM: devNull,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
  };
  for (const name of kept) if (process.env[name] !== undefined) environment[name] = process.env[name];
  return environment;
}

/** What git said on stderr, kept short, and how it ended. */
export interface GitEnd {
  readonly code: number | null;
  readonly words: string;
}

/** Resolves when the child ended; rejects with `NW_GIT_MISSING` when there is none. */
export function gitEnd(child: ChildProcess): Promise<GitEnd> {
  let words = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    words = (words + text).slice(-keptWords);
  });
  return new Promise((resolve, reject) => {
    child.on('error', (error: NodeJS.ErrnoException) => reject(spawnError(error)));
    child.on('close', (code) => resolve({ code, words: words.trim() }));
  });
}

const spawnError = (error: NodeJS.ErrnoException): NetwrightError =>
  error.code === 'ENOENT'
    ? new NetwrightError('NW_GIT_MISSING', 'git was not found in PATH', { cause: error })
    : new NetwrightError('NW_STORE_FAILED', `git could not be started: ${error.message}`, { cause: error });

/** The words of the C library and of SQLite for a disk that takes no more. */
const fullDisk =
  /No space left on device|Disk quota exceeded|File too large|Out of diskspace|ENOSPC|EDQUOT|EFBIG|disk is full/;

/** `NW_STORE_FULL` when the words say so, else `NW_STORE_FAILED`. */
export function storeError(what: string, words: string, cause?: unknown): NetwrightError {
  const code = fullDisk.test(words) ? 'NW_STORE_FULL' : 'NW_STORE_FAILED';
  return new NetwrightError(code, words === '' ? what : `${what}: ${words}`, cause === undefined ? {} : { cause });
}

export interface GitCall {
  readonly input?: string;
  readonly signal?: AbortSignal | undefined;
  /** Exit codes that are an answer, too. Default: 0 alone. */
  readonly accept?: readonly number[];
}

/** Runs git to its end and resolves with what it printed. @throws `NW_GIT_MISSING`, `NW_STORE_FULL`, `NW_STORE_FAILED`. */
export async function git(repository: string, args: readonly string[], call: GitCall = {}): Promise<string> {
  if (call.signal?.aborted) throw abortError(call.signal);
  const child = spawnGit(repository, args);
  const stop = (): boolean => child.kill();
  call.signal?.addEventListener('abort', stop, { once: true });
  try {
    const parts: Buffer[] = [];
    child.stdout.on('data', (part: Buffer) => parts.push(part));
    // git may end before it read its input; the exit code tells what happened then.
    child.stdin.on('error', () => undefined).end(call.input ?? '');
    const end = await gitEnd(child);
    if (call.signal?.aborted) throw abortError(call.signal);
    if (!(call.accept ?? [0]).includes(end.code ?? -1)) {
      throw storeError(`git ${args[0]} in ${repository} ended with ${end.code ?? 'a signal'}`, end.words);
    }
    return Buffer.concat(parts).toString('utf8');
  } finally {
    call.signal?.removeEventListener('abort', stop);
  }
}

/** Version of the git at hand as `[major, minor]`. */
export async function gitVersion(): Promise<readonly [major: number, minor: number]> {
  const match = /(\d+)\.(\d+)/.exec(await git('.', ['--version']));
  return [Number(match?.[1] ?? 0), Number(match?.[2] ?? 0)];
}
