import { spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect } from 'vitest';

export const entry = resolve(import.meta.dirname, '../../src/cli/main.ts');

/** Some 150 calls load the same modules; types are stripped and code is compiled for the first alone. */
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

export interface CallOptions {
  readonly cwd?: string;
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Told of all that was printed so far, with the means to send a signal. */
  readonly onOutput?: (text: string, kill: (signal: NodeJS.Signals) => void) => void;
}

/** Runs the real entry as a user would, with a configuration folder of its own for the identity. */
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

  async call(args: readonly string[], options: CallOptions = {}): Promise<Ended> {
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
