import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { accessSync } from 'node:fs';
import { NetwrightError, Secret } from '#core';
import { openSession, type Session } from '#device';
import { createPlatformRegistry } from '#platforms';
import type { Channel, ChannelListener, Dialer } from '#transport';

/** `script` of util-linux gives a shell a terminal; without it there is no local shell to talk to. */
export const hasLocalShell = ((): boolean => {
  try {
    accessSync('/usr/bin/script');
    accessSync('/bin/bash');
    return true;
  } catch {
    return false;
  }
})();

/** A real shell of this machine on a terminal of its own, reached as if it were a host far away. */
class LocalShell implements Channel, Dialer {
  readonly label = 'host1 (local, ssh)';
  readonly protocol = 'ssh';
  readonly greeting = 'SSH-2.0-OpenSSH_9.2p1 Debian-2';
  readonly isLoggedIn = true;
  readonly openSockets = 0;
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #ended: Promise<void>;
  /** Lines until the connection is cut; undefined: never. */
  #linesLeft: number | undefined;
  #sendsLast = false;

  constructor(folder: string) {
    const env = {
      PATH: process.env['PATH'] ?? '',
      HOME: folder,
      TERM: 'dumb',
      HISTFILE: '/dev/null',
      PS1: 'root@host1:~# ',
    };
    this.#child = spawn(
      '/usr/bin/script',
      ['-qfc', 'stty cols 2048 rows 200; exec /bin/bash --norc --noprofile', '/dev/null'],
      { env, cwd: folder },
    );
    this.#ended = new Promise((resolve) => this.#child.once('close', () => resolve()));
  }

  /** `sendsLast`: the line at which it is cut still arrives, and is carried out behind a terminal that is gone. */
  cutAfterLines(count: number, sendsLast: boolean): void {
    this.#linesLeft = count;
    this.#sendsLast = sendsLast;
  }

  listen(listener: ChannelListener): void {
    this.#child.stdout.on('data', (chunk: Buffer) => listener.data(chunk));
    this.#child.once('close', () => listener.end());
  }

  write(data: string | Uint8Array): void {
    if (this.#linesLeft !== undefined) {
      this.#linesLeft -= Buffer.from(data).toString('latin1').split('\n').length - 1;
      if (this.#linesLeft < 0) {
        if (this.#sendsLast) this.#child.stdin.write(data, () => setTimeout(() => this.destroy(), 20));
        else this.destroy();
        return;
      }
    }
    if (this.#child.stdin.writable) this.#child.stdin.write(data);
  }

  pause(): void {
    this.#child.stdout.pause();
  }

  resume(): void {
    this.#child.stdout.resume();
  }

  exec(): Promise<never> {
    return Promise.reject(new NetwrightError('NW_NOT_SUPPORTED', 'no exec'));
  }

  putFile(): Promise<never> {
    return Promise.reject(new NetwrightError('NW_NOT_SUPPORTED', 'no files'));
  }

  getFile(): Promise<never> {
    return Promise.reject(new NetwrightError('NW_NOT_SUPPORTED', 'no files'));
  }

  async close(): Promise<void> {
    this.destroy();
    await this.#ended;
  }

  /** The terminal hangs up: what runs in it gets SIGHUP, as with a lost connection. */
  destroy(): void {
    this.#child.kill('SIGKILL');
  }

  open(): Promise<Channel> {
    return Promise.resolve(this);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}

const registry = createPlatformRegistry();

/** Works over a new session on a shell of its own; `cutAfterLines` counts from the first line of the work. */
export async function overShell<T>(
  folder: string,
  work: (session: Session, cut: (lines: number, sendsLast: boolean) => void) => Promise<T>,
): Promise<T> {
  const shell = new LocalShell(folder);
  const login = { user: 'root', password: new Secret('not asked for') };
  const endpoint = { name: 'host1', host: '127.0.0.1', port: 22, protocol: 'ssh', via: [], login } as const;
  const session = await openSession(endpoint, await registry.get('linux'), { dialer: shell, commandTimeoutMs: 20_000 });
  try {
    return await work(session, (lines, sendsLast) => shell.cutAfterLines(lines, sendsLast));
  } finally {
    await session.close();
  }
}
