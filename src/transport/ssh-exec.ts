import type { ClientChannel } from 'ssh2';
import { NetwrightError } from '#core';
import type { ExecResult } from './channel.ts';
import type { SshLink } from './ssh-link.ts';

const defaultMaxOutputBytes = 64 * 1024 * 1024;

/** Runs one command on a channel of its own; on abort that channel is closed. */
export async function runCommand(
  link: SshLink,
  command: string,
  signal: AbortSignal,
  maxOutputBytes = defaultMaxOutputBytes,
): Promise<ExecResult> {
  const ended = Promise.withResolvers<ExecResult>();
  // Whoever gave the call up has its error already.
  ended.promise.catch(() => {});
  const channel = await link.exec(command, (opened) => collect(opened, ended));
  const close = (): void => channel.close();
  signal.addEventListener('abort', close, { once: true });
  if (signal.aborted) close();
  try {
    return await ended.promise;
  } finally {
    signal.removeEventListener('abort', close);
  }

  function collect(channel: ClientChannel, result: PromiseWithResolvers<ExecResult>): void {
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    let size = 0;
    let exitCode: number | undefined;
    const keepIn = (list: Buffer[]) => (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxOutputBytes) {
        list.push(chunk);
        return;
      }
      const message = `${link.label}: "${command}" printed more than ${maxOutputBytes} bytes`;
      result.reject(new NetwrightError('NW_OUTPUT_TOO_LARGE', message));
      channel.close();
    };
    channel.on('data', keepIn(stdout));
    channel.stderr.on('data', keepIn(stderr));
    channel.on('exit', (code: number | null) => {
      exitCode = code ?? undefined;
    });
    channel.on('error', (error: Error) => result.reject(error));
    channel.on('close', () => {
      if (link.hasEnded(channel)) {
        result.resolve({ stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr), exitCode });
        return;
      }
      const lost = new NetwrightError('NW_CONNECTION_LOST', `${link.label}: the connection ended during "${command}"`);
      result.reject(link.failure ?? lost);
    });
  }
}
