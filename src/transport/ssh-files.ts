import type { SFTPWrapper } from 'ssh2';
import { NetwrightError } from '#core';
import type { FileProtocol } from './channel.ts';
import { scpRead, scpWrite } from './scp.ts';
import type { SshLink } from './ssh-link.ts';

/** How a device is reached for its files. */
export interface FileWay {
  /** The connection of the shell: SFTP is a channel of it. */
  readonly link: SshLink;
  /** Another connection to the same device. IOS serves one channel a connection, and the shell has it. */
  readonly another?: ((signal: AbortSignal) => Promise<SshLink>) | undefined;
}

/** Far above any configuration or software log; images are not fetched into memory. */
const largestFileBytes = 256 * 1024 * 1024;

/** Writes a whole file; on abort its channel is closed. @param by default SFTP, and SCP where there is none */
export async function writeRemoteFile(
  way: FileWay,
  path: string,
  content: Uint8Array,
  signal: AbortSignal,
  by?: FileProtocol,
): Promise<void> {
  await transfer(way, signal, by, {
    sftp: async () =>
      await withSftp<void>(way.link, path, signal, (sftp, done) =>
        sftp.writeFile(path, Buffer.from(content), (error) => done(error)),
      ),
    scp: async (link) => await scpWrite(link, path, content, signal),
  });
}

/** Reads a whole file. @param by default SFTP, and SCP where there is none */
export async function readRemoteFile(
  way: FileWay,
  path: string,
  signal: AbortSignal,
  by?: FileProtocol,
): Promise<Buffer> {
  return await transfer(way, signal, by, {
    sftp: async () => await readOverSftp(way.link, path, signal),
    scp: async (link) => await scpRead(link, path, signal, largestFileBytes),
  });
}

async function transfer<T>(
  { link, another }: FileWay,
  signal: AbortSignal,
  by: FileProtocol | undefined,
  work: { readonly sftp: () => Promise<T>; readonly scp: (link: SshLink) => Promise<T> },
): Promise<T> {
  const overScp = async (): Promise<T> => {
    const own = await another?.(signal);
    try {
      return await work.scp(own ?? link);
    } finally {
      await own?.close();
    }
  };
  if (by === 'scp') return await overScp();
  try {
    return await work.sftp();
  } catch (error) {
    if (by === 'sftp' || !(error instanceof NetwrightError) || error.code !== 'NW_NOT_SUPPORTED') throw error;
    return await overScp().catch((thrown: unknown) => Promise.reject(hasNeither(error, thrown)));
  }
}

/** What to tell of a device without SFTP: what its SCP said, if it has one. */
function hasNeither(noSftp: NetwrightError, thrown: unknown): unknown {
  if (!(thrown instanceof NetwrightError) || thrown.details['speaksScp'] !== false) return thrown;
  return new NetwrightError('NW_NOT_SUPPORTED', `${noSftp.message}; ${thrown.message}`, { cause: thrown });
}

async function readOverSftp(link: SshLink, path: string, signal: AbortSignal): Promise<Buffer> {
  return await withSftp<Buffer>(link, path, signal, (sftp, done) => {
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
