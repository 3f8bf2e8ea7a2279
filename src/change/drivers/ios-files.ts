import { createHash } from 'node:crypto';
import { encodeText, NetwrightError } from '#core';
import type { Session } from '#device';
import type { Exchange } from '#platforms';
import type { Pace } from './pace.ts';
import { changeRefused } from './refuse.ts';

/**
 * `file prompt` may be quiet, alert or noisy: what is asked is answered, so that the setting stays as it is and never
 * shows in a diff.
 */
const questions: readonly Exchange[] = [
  { see: /(?:Destination|Delete) filename \[[^\]\n]{1,200}\]\?\s*$/, answer: '' },
  { see: /[Dd]o you want to over ?write\? ?\[confirm\]\s*$/, answer: '' },
  { see: /Erase \S{1,20} before copying\? ?\[confirm\]\s*$/, answer: 'n' },
  { see: /\[confirm\]\s*$/, answer: '' },
];

/** Copies what runs now into a file. @throws NetwrightError `NW_CHANGE_REFUSED` when it cannot be written: nothing was changed yet */
export async function keepRunning(session: Session, file: string, pace: Pace): Promise<void> {
  const said = await session.dialogue(`copy running-config ${file}`, questions, pace(120_000));
  if (!/bytes copied/.test(said) || /^%Error|No space|not enough/im.test(said)) {
    throw changeRefused(session, `the running configuration cannot be kept in ${file}`, { answer: said });
  }
}

export async function deleteFile(session: Session, file: string, pace: Pace): Promise<void> {
  await session.dialogue(`delete /force ${file}`, questions, pace(60_000));
}

export async function fileExists(session: Session, file: string, pace: Pace): Promise<boolean> {
  const [listing] = await session.sendAll([`dir ${file}`], { ...pace(60_000), rejectFailures: false });
  return (
    listing!.failure === undefined && !/^%Error|No such file/im.test(listing!.text) && /\d+\s+-?rw/.test(listing!.text)
  );
}

/** Whether a box with that configuration takes files over SSH; it has no SFTP. */
export const hasScp = (configuration: string): boolean => /^ip scp server enable\s*$/m.test(configuration);

/**
 * Writes a file: with SCP where the box serves it, else with Tcl at the prompt, and proves it by its MD5.
 * @throws NetwrightError `NW_CHANGE_REFUSED`: nothing was changed yet
 */
export async function writeFile(
  session: Session,
  file: string,
  text: string,
  { mayScp }: { readonly mayScp: boolean },
  pace: Pace,
): Promise<void> {
  const content = encodeText(text);
  if (!(mayScp && (await wroteWithScp(session, file, content, pace)))) await writeWithTcl(session, file, text, pace);
  await proveFile(session, file, content, pace);
}

/** False where the box serves it and yet does not take the file: AAA may say no, or the login be one of Telnet. */
async function wroteWithScp(session: Session, file: string, content: Uint8Array, pace: Pace): Promise<boolean> {
  try {
    await session.put(file, content, { ...pace(120_000), by: 'scp' });
    return true;
  } catch (error) {
    if (error instanceof NetwrightError && ['NW_FILE_TRANSFER', 'NW_NOT_SUPPORTED'].includes(error.code)) return false;
    throw error;
  }
}

/** IOS takes 254 characters a line. */
const longestPiece = 120;

async function writeWithTcl(session: Session, file: string, text: string, pace: Pace): Promise<void> {
  const lines = [`set nw [open "${file}" w]`, 'fconfigure $nw -translation lf'];
  for (const line of text.replace(/\n$/, '').split('\n')) {
    let rest = line;
    while (rest.length > longestPiece) {
      lines.push(`puts -nonewline $nw "${tclQuoted(rest.slice(0, longestPiece))}"`);
      rest = rest.slice(longestPiece);
    }
    lines.push(`puts $nw "${tclQuoted(rest)}"`);
  }
  lines.push('close $nw');
  await enterTcl(session, file, pace);
  try {
    const outputs = await session.sendAll(lines, { ...pace(300_000), rejectFailures: false });
    const wrong = outputs.find(
      ({ text: said, failure }) => failure !== undefined || /couldn't open|error writing|no space/i.test(said),
    );
    if (wrong) throw changeRefused(session, `${file} cannot be written`, { answer: wrong.text });
  } finally {
    await session.enter(session.platform.home, pace());
  }
}

/** Small images have no Tcl. @throws NetwrightError `NW_CHANGE_REFUSED` */
async function enterTcl(session: Session, file: string, pace: Pace): Promise<void> {
  try {
    await session.enter('tcl', pace());
  } catch (error) {
    const isThere =
      !(error instanceof NetwrightError) || !['NW_MODE_UNREACHABLE', 'NW_COMMAND_REJECTED'].includes(error.code);
    if (isThere) throw error;
    throw changeRefused(
      session,
      `${file} cannot be written: this image has no tclsh; \`ip scp server enable\` lets files in`,
    );
  }
}

/** What means something to Tcl within double quotes; a Tab would complete, `?` would ask for help. */
const tclQuoted = (text: string): string =>
  text
    .replaceAll(/[\\"$[\]{};]/g, (character) => `\\${character}`)
    .replaceAll(/[\x00-\x1f?\x7f]/g, (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`);

async function proveFile(session: Session, file: string, content: Uint8Array, pace: Pace): Promise<void> {
  const said = await session.dialogue(`verify /md5 ${file}`, questions, pace(120_000));
  const wanted = createHash('md5').update(content).digest('hex');
  const found = /= ([0-9a-f]{32})\s*$/im.exec(said)?.[1]?.toLowerCase();
  if (found !== undefined && found !== wanted) {
    throw changeRefused(session, `${file} did not arrive as it was sent (MD5 ${found} where ${wanted} was expected)`);
  }
}
