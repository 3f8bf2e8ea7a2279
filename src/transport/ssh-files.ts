import type { SFTPWrapper } from 'ssh2';
import { NetwrightError } from '#core';
import type { SshLink } from './ssh-link.ts';

/** Writes a whole file over SFTP; on abort the SFTP channel is closed. */
export async function writeRemoteFile(
  link: SshLink,
  path: string,
  content: Uint8Array,
  signal: AbortSignal,
): Promise<void> {
  await withSftp(link, path, signal, (sftp, done) =>
    sftp.writeFile(path, Buffer.from(content), (error) => done(error)),
  );
}

/** Far above any configuration or software log; images are not fetched into memory. */
const largestFileBytes = 256 * 1024 * 1024;

/** Reads a whole file over SFTP. */
export function readRemoteFile(link: SshLink, path: string, signal: AbortSignal): Promise<Buffer> {
  return withSftp<Buffer>(link, path, signal, (sftp, done) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const file = sftp.createReadStream(path);
    file.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > largestFileBytes) file.destroy(new Error(`it is larger than ${largestFileBytes} bytes`));
      else chunks.push(chunk);
    });
    file.on('error', done);
    file.on('end', () => done(undefined, Buffer.concat(chunks)));
  });
}

async function withSftp<T>(
  link: SshLink,
  path: string,
  signal: AbortSignal,
  work: (sftp: SFTPWrapper, done: (error: Error | null | undefined, value?: T) => void) => void,
): Promise<T> {
  const sftp = await link.sftp();
  const close = (): void => {
    sftp.end();
  };
  signal.addEventListener('abort', close, { once: true });
  try {
    return await new Promise<T>((resolve, reject) => {
      const fail = (error: Error): void =>
        reject(new NetwrightError('NW_FILE_TRANSFER', `${link.label}: ${path}: ${error.message}`, { cause: error }));
      if (signal.aborted) {
        fail(new Error('cancelled'));
        return;
      }
      sftp.on('error', fail);
      sftp.on('close', () => fail(new Error('the file transfer channel was closed')));
      work(sftp, (error, value) => (error ? fail(error) : resolve(value as T)));
    });
  } finally {
    signal.removeEventListener('abort', close);
    close();
  }
}
