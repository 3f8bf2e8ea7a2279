import { spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { PassThrough } from 'node:stream';
import { expect } from 'vitest';
import { runCommandLine } from '../../src/cli/command-line.ts';

export const entry = resolve(import.meta.dirname, '../../src/cli/main.ts');

/** Processes load the same modules; types are stripped and code is compiled for the first alone. */
const compiled = resolve(import.meta.dirname, '../../node_modules/.cache/netwright-tests');

// biome-ignore lint/suspicious/noExplicitAny: tests look at answers key by key
type Answer = any;

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** stdout as the one JSON document that it must be. */
  json(): Answer;
  /** stdout as JSON lines. */
  lines(): Answer[];
}

interface CallOptions {
  readonly cwd?: string;
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface CallInProcessOptions extends CallOptions {
  /** As if somebody sat at a terminal of so many columns. */
  readonly columns?: number;
  readonly signal?: AbortSignal;
}

export interface SpawnOptions extends CallOptions {
  /** Told of all that was printed so far, with the means to send a signal. */
  readonly onOutput?: (text: string, kill: (signal: NodeJS.Signals) => void) => void;
}

/** Runs command lines with a configuration folder of their own for the identity. */
export class Netwright {
  readonly home: string;
  /** Everything that was ever passed or printed, for the search for credentials. */
  readonly said: string[] = [];

  constructor(home: string) {
    this.home = home;
  }

  get env(): Record<string, string> {
    const { PATH = '' } = process.env;
    const XDG_CONFIG_HOME = join(this.home, 'config');
    return { PATH, HOME: this.home, XDG_CONFIG_HOME, TZ: 'UTC', NO_COLOR: '1', NODE_COMPILE_CACHE: compiled };
  }

  /** In this process, with streams of its own: for what is not about processes. */
  async call(args: readonly string[], options: CallInProcessOptions = {}): Promise<Ended> {
    const stdout = new Gathered(options.columns);
    const stderr = new Gathered(options.columns);
    const stdin = new PassThrough();
    stdin.end(options.stdin ?? '');
    const code = await runCommandLine(args, {
      stdin: stdin as unknown as NodeJS.ReadStream,
      stdout: stdout as unknown as NodeJS.WriteStream,
      stderr: stderr as unknown as NodeJS.WriteStream,
      env: { ...this.env, ...options.env, ...(options.columns !== undefined && { TERM: 'dumb' }) },
      cwd: options.cwd ?? this.home,
      signal: options.signal ?? new AbortController().signal,
    });
    return this.#ended(args, code, stdout.text, stderr.text);
  }

  /** The real entry in a process of its own, as a user runs it: for signals, exit codes, argv and what leaks. */
  async spawn(args: readonly string[], options: SpawnOptions = {}): Promise<Ended> {
    const child = spawn(process.execPath, ['--conditions=source', entry, ...args], {
      cwd: options.cwd ?? this.home,
      env: { ...this.env, ...options.env },
      stdio: 'pipe',
    });
    child.stdin.on('error', () => {});
    child.stdin.end(options.stdin ?? '');
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      options.onOutput?.(stdout, (signal) => child.kill(signal));
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    const timer = setTimeout(() => child.kill('SIGKILL'), 100_000);
    const code = await new Promise<number | null>((done) => child.on('close', done));
    clearTimeout(timer);
    return this.#ended(args, code, stdout, stderr);
  }

  #ended(args: readonly string[], code: number | null, stdout: string, stderr: string): Ended {
    this.said.push(args.join(' '), stdout, stderr);
    return {
      code,
      stdout,
      stderr,
      json: () => JSON.parse(stdout),
      lines: () =>
        stdout
          .split('\n')
          .filter((line) => line !== '')
          .map((line) => JSON.parse(line)),
    };
  }
}

/** A stream that keeps what is written to it. */
class Gathered extends PassThrough {
  readonly #chunks: Buffer[] = [];
  readonly isTTY: boolean;
  readonly columns: number | undefined;

  constructor(columns: number | undefined) {
    super();
    this.isTTY = columns !== undefined;
    this.columns = columns;
    this.on('data', (chunk: Buffer) => this.#chunks.push(chunk));
  }

  get text(): string {
    for (let chunk: Buffer | null = this.read(); chunk !== null; chunk = this.read()) this.#chunks.push(chunk);
    return Buffer.concat(this.#chunks).toString('utf8');
  }
}

/** Files below a folder whose bytes contain one of the words. */
export async function filesWith(folder: string, words: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const content = await readFile(path);
    if (words.some((word) => content.includes(word))) found.push(path);
  }
  return found;
}

export function expectError(ended: Ended, code: string, exit: number): { code: string; message: string; hint: string } {
  const { error } = ended.json();
  expect(error.code).toBe(code);
  expect(error.message).not.toBe('');
  expect(error.hint).not.toBe('');
  expect(ended.code).toBe(exit);
  expect(ended.stderr).toContain(code);
  return error;
}
