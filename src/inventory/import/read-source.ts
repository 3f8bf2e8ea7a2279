import { isUtf8 } from 'node:buffer';
import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, resolve } from 'node:path';
import { NetwrightError, Secret } from '#core';
import { isPrivateKey } from '../private-key-text.ts';
import { addressMistake } from '../resolve-device.ts';
import { type Draft, importError, type Origin } from './draft.ts';

const largestFileBytes = 256 * 1024 * 1024;
const largestKeyBytes = 65_536;

/**
 * The text of a foreign file: UTF-8, UTF-16 where a mark says so (what Excel calls Unicode text), else Windows-1252,
 * which is what spreadsheets write in Europe, and Latin-1 but for some signs.
 *
 * @throws NetwrightError `NW_IMPORT_INVALID` when the file cannot be read.
 */
export async function readSource(file: string): Promise<string> {
  let bytes: Buffer;
  try {
    const { size } = await stat(file);
    if (size > largestFileBytes) throw new Error(`it has ${size} bytes, expected at most ${largestFileBytes}`);
    bytes = await readFile(file);
  } catch (error) {
    throw unreadable(file, error);
  }
  if (bytes.subarray(0, 4).equals(zipMark)) {
    throw new NetwrightError('NW_IMPORT_INVALID', `${file}: is a workbook or an archive, expected text`, {
      hint: 'save the sheet as CSV',
    });
  }
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : isUtf8(bytes) ? 'utf-8' : 'windows-1252';
  // The mark at the beginning is left out.
  return new TextDecoder(encoding).decode(bytes);
}

/** How .xlsx and .ods begin. */
const zipMark = Buffer.from([0x50, 0x4b, 0x03, 0x04]);

export function unreadable(path: string, error: unknown): NetwrightError {
  const { code, message } = error as NodeJS.ErrnoException;
  const why =
    code === 'ENOENT'
      ? 'there is no such file'
      : code === 'EISDIR'
        ? 'is a folder, expected a file'
        : `cannot be read: ${message}`;
  return new NetwrightError('NW_IMPORT_INVALID', `${path}: ${why}`, { cause: error });
}

/** `~` and paths relative to the file that names them. */
export const pathFrom = (file: string, path: string): string =>
  resolve(dirname(file), path.replace(/^~(?=$|\/)/, homedir()));

/** A private key that a foreign inventory names by its path; undefined, with a warning, when it is not to be had. */
export function readKey(path: string, origin: Origin, draft: Draft): Promise<Secret | undefined> {
  const file = pathFrom(origin.file, path);
  let key = draft.keys.get(file);
  if (!key) {
    key = readKeyFile(file, origin, draft);
    draft.keys.set(file, key);
  }
  return key;
}

async function readKeyFile(file: string, origin: Origin, draft: Draft): Promise<Secret | undefined> {
  const remedy = 'set it with "netwright secret set <name> --key <file>"';
  try {
    const { size } = await stat(file);
    const text = size > largestKeyBytes ? '' : await readFile(file, 'utf8');
    if (isPrivateKey(text)) return new Secret(text);
    draft.warn(origin, `${file} is no private key; ${remedy}`);
  } catch (error) {
    draft.warn(origin, `private key ${file} cannot be read (${(error as NodeJS.ErrnoException).code}); ${remedy}`);
  }
  return undefined;
}

/**
 * A word of a foreign file for a message. In a row that is shifted by a column a password stands where another thing is
 * expected, so only what looks like an identifier or an address is shown.
 */
export const shownWord = (value: unknown): string => {
  const text = String(value);
  return /^(?:[a-z][a-z0-9_.-]{0,40}|[0-9a-fA-F.:/[\]]{1,60})$/.test(text) ? `"${text}"` : '(not shown)';
};

/** What the YAML parser says, without the piece of the file that some of its messages quote. */
export const yamlMistake = ({ code, message }: { readonly code: string; readonly message: string }): string =>
  /["'`]|characters:|tag:/.test(message) ? `no well-formed YAML (${code})` : message;

/** Throws at an address that is none. */
export function checkAddress(address: string, what: string, origin: Origin): void {
  const mistake = addressMistake(address);
  if (mistake === undefined) return;
  const isShown = shownWord(address) !== '(not shown)';
  throw importError(origin, `${what}: ${isShown ? mistake : 'expected an IP address or a host name'}`);
}

/** Names of variables whose values do not belong in an inventory. */
export const looksSecret =
  /(?:pass(?:word|wd|phrase)?|secret|token|community|private_?key|api_?key|credential|psk|auth_?key|priv_?key)s?$/i;

export const secretOf = (text: string | undefined): Secret | undefined =>
  text === undefined || text === '' ? undefined : new Secret(text);

/** A port, or undefined with a warning. */
export function portOf(value: unknown, origin: Origin, draft: Draft): number | undefined {
  if (value === undefined || value === '') return undefined;
  const port = Number(value);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  draft.warn(origin, `${shownWord(value)} is no port, expected 1 to 65535; left out`);
  return undefined;
}

/** Seconds, as most programs write time, in milliseconds; undefined with a warning when it is no time. */
export function secondsToMs(value: unknown, origin: Origin, draft: Draft): number | undefined {
  if (value === undefined || value === '') return undefined;
  const ms = Math.round(Number(value) * 1000);
  if (Number.isFinite(ms) && ms >= 1 && ms <= 86_400_000) return ms;
  draft.warn(origin, `${shownWord(value)} is no time in seconds; left out`);
  return undefined;
}
