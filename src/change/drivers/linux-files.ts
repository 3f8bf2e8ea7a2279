import { encodeText, NetwrightError } from '#core';
import type { Session } from '#device';
import type { Pace } from './pace.ts';

/** A word of a shell command line, whatever is in it. */
export const quoted = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`;

/** What a command printed, both outputs, and how it ended. */
export interface ShellAnswer {
  readonly text: string;
  readonly status: number;
}

const end = 'nw-ended';

/** Runs one command line; the mark behind it tells how it ended. */
export async function run(session: Session, command: string, pace: Pace, atMostMs = 60_000): Promise<ShellAnswer> {
  const [output] = await session.sendAll([`{ ${command}; } 2>&1; echo "${end}" $?`], {
    ...pace(atMostMs),
    rejectFailures: false,
  });
  const match = new RegExp(`(?:^|\\n)?${end} (\\d{1,3})\\s*$`).exec(output!.text);
  if (!match)
    throw new NetwrightError('NW_OUT_OF_STEP', `${session.device}: the shell did not say how a command ended`);
  return { text: output!.text.slice(0, match.index).replace(/\n$/, ''), status: Number(match[1]) };
}

/** `sudo -n ` where the user is not root; nothing is typed for sudo, so it has to be allowed without a password. */
export async function sudoFor(session: Session, pace: Pace): Promise<string> {
  const id = await run(session, 'id -u', pace);
  if (id.text.trim() === '0') return '';
  const may = await run(session, 'sudo -n true', pace);
  return may.status === 0 ? 'sudo -n ' : '';
}

/** The content of a file; undefined when there is none. @throws NetwrightError `NW_COMMAND_REJECTED` when it may not be read */
export async function readFile(session: Session, path: string, sudo: string, pace: Pace): Promise<string | undefined> {
  const there = await run(session, `${sudo}test -e ${quoted(path)}`, pace);
  if (there.status !== 0) return undefined;
  // Base64 carries every byte through the terminal.
  const read = await run(session, `${sudo}base64 ${quoted(path)}`, pace, 120_000);
  if (read.status !== 0) {
    throw new NetwrightError('NW_COMMAND_REJECTED', `${session.device}: ${path} cannot be read: ${read.text.trim()}`);
  }
  return Buffer.from(read.text.replaceAll(/\s/g, ''), 'base64').toString('utf8');
}

/** Bytes of base64 a line: terminals keep lines of up to 4,095 bytes. */
const pieceBytes = 1024;

/**
 * Writes a file byte for byte, with owner and mode of `like` where that exists.
 * @throws NetwrightError `NW_FILE_TRANSFER`
 */
export async function writeFile(
  session: Session,
  path: string,
  text: string,
  { sudo, like }: { readonly sudo: string; readonly like: string },
  pace: Pace,
): Promise<void> {
  const encoded = Buffer.from(encodeText(text)).toString('base64');
  const pieces = encoded.match(new RegExp(`.{1,${pieceBytes}}`, 'g')) ?? [];
  const [target, part, model] = [quoted(path), quoted(`${path}.b64`), quoted(like)];
  const commands = [
    `${sudo}sh -c ${quoted(`umask 077; : > ${part}; rm -f ${target}; if test -e ${model}; then cp -p ${model} ${target}; else : > ${target}; chmod 644 ${target}; fi`)}`,
    ...pieces.map((piece) => `echo ${piece} | ${sudo}tee -a ${part} >/dev/null`),
    `${sudo}sh -c ${quoted(`base64 -d < ${part} > ${target}; s=$?; rm -f ${part}; exit $s`)}`,
  ];
  for (const command of commands) {
    const answer = await run(session, command, pace);
    if (answer.status === 0) continue;
    throw new NetwrightError('NW_FILE_TRANSFER', `${session.device}: ${path} cannot be written: ${answer.text.trim()}`);
  }
}
