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
  const channel = await link.exec(command);
  const close = (): void => channel.close();
  if (signal.aborted) close();
  signal.addEventListener('abort', close, { once: true });
  try {
    return await new Promise<ExecResult>((resolve, reject) => {
      const stdout: Buffer[] = [];
      const stderr: Buffer[] = [];
      let size = 0;
      let exitCode: number | undefined;
      const keep = (list: Buffer[]) => (chunk: Buffer) => {
        size += chunk.length;
        if (size > maxOutputBytes) {
          const message = `${link.label}: "${command}" printed more than ${maxOutputBytes} bytes`;
          reject(new NetwrightError('NW_OUTPUT_TOO_LARGE', message));
          close();
        } else list.push(chunk);
      };
      channel.on('data', keep(stdout));
      channel.stderr.on('data', keep(stderr));
      channel.on('exit', (code: number | null) => {
        exitCode = code ?? undefined;
      });
      channel.on('error', reject);
      channel.on('close', () => {
        if (link.hasEnded(channel)) {
          resolve({ stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr), exitCode });
        } else {
          reject(
            link.failure ??
              new NetwrightError('NW_CONNECTION_LOST', `${link.label}: the connection ended during "${command}"`),
          );
        }
      });
    });
  } finally {
    signal.removeEventListener('abort', close);
  }
}
