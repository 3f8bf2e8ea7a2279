import { posix } from 'node:path';
import type { ClientChannel } from 'ssh2';
import { NetwrightError } from '#core';
import { ScpWire } from './scp-wire.ts';
import type { SshLink } from './ssh-link.ts';

/** Pieces that are written at once: a little above the window of most devices. */
const pieceBytes = 64 * 1024;
const done = Buffer.from([0]);

/**
 * Writes a whole file with the `scp` of the far end (`scp -t`): what IOS with `ip scp server enable` has in place of
 * SFTP, and OpenSSH still has.
 * @throws NetwrightError `NW_NOT_SUPPORTED` where no command may be run, `NW_FILE_TRANSFER` with the words of the far end
 */
export async function scpWrite(link: SshLink, path: string, content: Uint8Array, signal: AbortSignal): Promise<void> {
  await withScp(link, `scp -t ${shellWord(path)}`, path, signal, async (wire) => {
    await wire.acknowledged();
    await wire.write(`C0644 ${content.length} ${baseName(path)}\n`);
    await wire.acknowledged();
    for (let at = 0; at < content.length; at += pieceBytes) await wire.write(content.subarray(at, at + pieceBytes));
    await wire.write(done);
    // The file is whole, and on the disk of the far end, with this.
    await wire.acknowledged();
  });
}

/**
 * Reads a whole file with the `scp` of the far end (`scp -f`).
 * @throws NetwrightError `NW_NOT_SUPPORTED`, `NW_FILE_TRANSFER`, also for a file above `largestBytes`
 */
export async function scpRead(link: SshLink, path: string, signal: AbortSignal, largestBytes: number): Promise<Buffer> {
  return await withScp(link, `scp -f ${shellWord(path)}`, path, signal, async (wire) => {
    await wire.write(done);
    let header = await wire.line();
    // Times, which nobody asked for.
    while (header.startsWith('T')) {
      await wire.write(done);
      header = await wire.line();
    }
    const size = Number(/^C[0-7]{4} (\d{1,15}) /.exec(header)?.[1] ?? Number.NaN);
    if (!Number.isSafeInteger(size)) throw wire.failure(`expected a file, got "${header.slice(0, 80)}"`);
    if (size > largestBytes) throw wire.failure(`it is larger than ${largestBytes} bytes`);
    await wire.write(done);
    const content = Buffer.from(await wire.exactly(size));
    await wire.acknowledged();
    await wire.write(done);
    return content;
  });
}

/** Runs one, and closes its channel when the work is done or given up. */
async function withScp<T>(
  link: SshLink,
  command: string,
  path: string,
  signal: AbortSignal,
  work: (wire: ScpWire) => Promise<T>,
): Promise<T> {
  let channel: ClientChannel | undefined;
  let wire: ScpWire | undefined;
  const close = (): void => channel?.close();
  signal.addEventListener('abort', close, { once: true });
  try {
    await link.exec(command, (opened) => {
      channel = opened;
      wire = new ScpWire(opened, `${link.label}: ${path}`);
    });
    if (signal.aborted) close();
    return await work(wire!);
  } catch (error) {
    // A channel that went with its connection says nothing of the file.
    if (!link.isOpen && link.failure !== undefined) throw link.failure;
    throw error;
  } finally {
    signal.removeEventListener('abort', close);
    close();
  }
}

/** As a shell reads it, and as devices do that have none: quotes only where there is no other way. */
function shellWord(path: string): string {
  if (/[\0\r\n]/.test(path)) throw new NetwrightError('NW_FILE_TRANSFER', `${JSON.stringify(path)}: no name of a file`);
  const word = path.startsWith('-') ? `./${path}` : path;
  return /^[\w@%+=:,./~-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** `new.cfg` of `flash:new.cfg`. */
const baseName = (path: string): string => posix.basename(path).replace(/^.*:/, '') || 'file';
