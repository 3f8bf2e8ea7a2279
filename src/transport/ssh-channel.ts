import { once } from 'node:events';
import type { ClientChannel } from 'ssh2';
import { type CallOptions, NetwrightError, withDeadline } from '#core';
import type { Channel, ChannelListener, ExecResult, FileOptions } from './channel.ts';
import { runCommand } from './ssh-exec.ts';
import { type FileWay, readRemoteFile, writeRemoteFile } from './ssh-files.ts';
import type { SshLink } from './ssh-link.ts';

const defaultExecTimeoutMs = 60_000;
const defaultFileTimeoutMs = 300_000;

/** The interactive shell, or a subsystem, of an SSH connection that belongs to it alone. */
export class SshChannel implements Channel {
  readonly protocol = 'ssh';
  readonly label: string;
  readonly greeting: string;
  readonly isLoggedIn: boolean;
  readonly #link: SshLink;
  readonly #shell: ClientChannel;
  readonly #mergesErrors: boolean;
  readonly #way: FileWay;
  #listener: ChannelListener | undefined;
  #isEnded = false;

  /** @param options.mergesErrors delivers stderr among the bytes, as a terminal shows it; otherwise it is dropped; `another` for its files */
  constructor(
    link: SshLink,
    shell: ClientChannel,
    options: { readonly mergesErrors: boolean } & Pick<FileWay, 'another'>,
  ) {
    this.label = link.label;
    this.greeting = link.greeting;
    // Whoever got in without showing anything is asked for user and password by the shell.
    this.isLoggedIn = link.login.current !== 'none';
    this.#link = link;
    this.#shell = shell;
    this.#mergesErrors = options.mergesErrors;
    this.#way = { link, another: options.another };
    shell.on('error', () => {});
  }

  listen(listener: ChannelListener): void {
    if (this.#listener) throw new NetwrightError('NW_INTERNAL', `${this.label}: a channel has one listener only`);
    this.#listener = listener;
    const shell = this.#shell;
    shell.on('close', () => this.#end());
    // Who has said all (RFC 4254 section 5.3) need not be waited for: some leave it to us to close the channel.
    const said = [shell, ...(this.#mergesErrors ? [shell.stderr] : [])].map((stream) => once(stream, 'end'));
    Promise.all(said).then(
      () => this.#end(),
      // A stream that breaks ends with `close`.
      () => {},
    );
    shell.on('data', (chunk: Buffer) => listener.data(chunk));
    if (this.#mergesErrors) shell.stderr.on('data', (chunk: Buffer) => listener.data(chunk));
    else shell.stderr.resume();
    // Without bytes left to deliver, the end of the connection is the end of the shell; with some, its own `close`
    // comes after them.
    void this.#link.closed.then(() =>
      setImmediate(() => {
        if (shell.readableLength === 0 || this.#link.isEndedByUs) this.#end();
      }),
    );
  }

  #end(): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    const error = this.#link.hasEnded(this.#shell) ? undefined : this.#link.failure;
    this.#listener?.end(error);
    // The shell was all that the connection was for.
    void this.#link.close();
  }

  write(data: string | Uint8Array): void {
    if (this.#isEnded || !this.#link.isOpen) return;
    this.#shell.write(data);
  }

  resize(columns: number, rows: number): void {
    // The size in pixels is unknown: 0 is to be ignored (RFC 4254 section 6.2).
    if (!this.#isEnded && this.#link.isOpen) this.#shell.setWindow(rows, columns, 0, 0);
  }

  pause(): void {
    this.#shell.pause();
    this.#shell.stderr.pause();
  }

  resume(): void {
    this.#shell.resume();
    this.#shell.stderr.resume();
  }

  exec(command: string, options: CallOptions & { readonly maxOutputBytes?: number } = {}): Promise<ExecResult> {
    return withDeadline(
      { timeoutMs: defaultExecTimeoutMs, ...options },
      () => new NetwrightError('NW_COMMAND_TIMEOUT', `${this.label}: "${command}" did not end in time`),
      (signal) => runCommand(this.#link, command, signal, options.maxOutputBytes),
    );
  }

  putFile(remotePath: string, content: Uint8Array, { by, ...options }: FileOptions = {}): Promise<void> {
    return withDeadline(
      { timeoutMs: defaultFileTimeoutMs, ...options },
      () => new NetwrightError('NW_FILE_TRANSFER', `${this.label}: ${remotePath} was not written in time`),
      (signal) => writeRemoteFile(this.#way, remotePath, content, signal, by),
    );
  }

  getFile(remotePath: string, { by, ...options }: FileOptions = {}): Promise<Buffer> {
    return withDeadline(
      { timeoutMs: defaultFileTimeoutMs, ...options },
      () => new NetwrightError('NW_FILE_TRANSFER', `${this.label}: ${remotePath} was not read in time`),
      (signal) => readRemoteFile(this.#way, remotePath, signal, by),
    );
  }

  async close(): Promise<void> {
    if (this.#link.isOpen) this.#shell.close();
    await this.#link.close();
  }

  destroy(): void {
    this.#link.destroy();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}
