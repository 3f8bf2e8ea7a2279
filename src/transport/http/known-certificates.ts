import { randomBytes } from 'node:crypto';
import { appendFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { NetwrightError } from '#core';
import { type KnownCertificate, type KnownCertificates, readFingerprint } from './certificate-check.ts';

/**
 * Certificates in a file of lines such as `192.0.2.7:443 SHA256:AB:CD:…`, mode 0600. It is read when it is asked, so
 * that other processes may write it too; `#` begins a comment.
 */
export function openKnownCertificates(path: string): KnownCertificates {
  /** Writers one after the other. */
  let turn: Promise<void> = Promise.resolve();
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const done = turn.then(work);
    turn = done.catch(() => {});
    return done;
  };

  const find = async (host: string): Promise<KnownCertificate[]> => {
    const known: KnownCertificate[] = [];
    for (const [at, line] of (await read()).split('\n').entries()) {
      const entry = readLine(line);
      if (entry?.host === host) known.push({ fingerprint: entry.fingerprint, source: `${path}:${at + 1}` });
    }
    return known;
  };

  async function read(): Promise<string> {
    try {
      return await readFile(path, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
      throw failed(error);
    }
  }

  function failed(error: unknown): NetwrightError {
    const { code, message } = error as NodeJS.ErrnoException;
    return new NetwrightError(code === 'ENOSPC' ? 'NW_STORE_FULL' : 'NW_STORE_FAILED', `${path}: ${message}`, {
      cause: error,
    });
  }

  return {
    find,
    add: (host, { fingerprint }) =>
      inTurn(async () => {
        if ((await find(host)).some((known) => known.fingerprint === fingerprint)) return;
        try {
          await mkdir(dirname(path), { recursive: true, mode: 0o700 });
          const before = await read();
          const separator = before === '' || before.endsWith('\n') ? '' : '\n';
          await appendFile(path, `${separator}${host} ${fingerprint}\n`, { mode: 0o600 });
        } catch (error) {
          throw error instanceof NetwrightError ? error : failed(error);
        }
      }),
    replace: (host, { fingerprint }) =>
      inTurn(async () => {
        const kept = (await read()).split('\n').filter((line) => readLine(line)?.host !== host);
        while (kept.at(-1) === '') kept.pop();
        const temporary = `${path}.${randomBytes(6).toString('hex')}`;
        try {
          await mkdir(dirname(path), { recursive: true, mode: 0o700 });
          await writeFile(temporary, `${[...kept, `${host} ${fingerprint}`].join('\n')}\n`, { mode: 0o600 });
          await rename(temporary, path);
        } catch (error) {
          await rm(temporary, { force: true });
          throw failed(error);
        }
      }),
  };
}

function readLine(line: string): { readonly host: string; readonly fingerprint: string } | undefined {
  const [host = '', text = ''] = line.trim().split(/\s+/);
  if (host === '' || host.startsWith('#')) return undefined;
  const fingerprint = readFingerprint(text);
  return fingerprint === undefined ? undefined : { host: host.toLowerCase(), fingerprint };
}
