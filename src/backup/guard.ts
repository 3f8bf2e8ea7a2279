import { NetwrightError, textOfLatin1 } from '#core';
import {
  type BackupCommand,
  type Completeness,
  incompleteness,
  type Platform,
  quotedEnd,
  quotedLines,
} from '#platforms';
import type { Part } from './collect.ts';

/**
 * Refuses an output that cannot be the whole configuration: nothing came, the end is missing, what every configuration has is
 * missing, braces or blocks stay open, it ends in a complaint of the device, or another command gave the same.
 * @throws `NW_OUTPUT_INCOMPLETE`
 */
export function guardComplete(device: string, platform: Platform, parts: readonly Part[]): void {
  const configurations = parts.filter(({ command }) => command.as === 'configuration');
  if (configurations.length === 0) refuse(device, platform, 'no command gave a configuration');
  for (const { command, latin1 } of configurations) {
    const reason = shownReason(latin1, platform) ?? repeated(command, latin1, parts);
    if (reason !== undefined) refuse(device, platform, `"${command.run}": ${reason}`);
  }
}

/**
 * Why the text is refused, for logs, mails and the records of runs. The reason quotes a line, and where an output is cut,
 * that may be within a secret: then no rule knows it for one, so the last word of the text is never shown.
 */
function shownReason(latin1: string, platform: Platform): string | undefined {
  const { complete, secrets } = platform.backup;
  if (incompleteness(asksForText(complete) ? textOfLatin1(latin1) : latin1, complete) !== undefined) {
    const end = quotedEnd(textOfLatin1(latin1).trimEnd(), secrets, '<secret>');
    return incompleteness(end, complete) ?? 'it is not complete';
  }
  const last = textOfLatin1(lastLine(latin1));
  return (
    complaint(last, platform) &&
    (complaint(lastLine(quotedLines(textOfLatin1(latin1), secrets, '<secret>')), platform) ?? 'it ends in a complaint')
  );
}

/** What is more than ASCII in a pattern is to be found in text only. Systems of our own ask for none. */
const asksForText = ({ contains = [], end = [], nested = [] }: Completeness): boolean =>
  [...contains, ...end, ...nested.flatMap(({ open, close }) => [open, close])].some(({ source }) =>
    /[^\x00-\x7f]|\\[ux]/.test(source),
  );

function refuse(device: string, platform: Platform, reason: string): never {
  throw new NetwrightError('NW_OUTPUT_INCOMPLETE', `${device} (${platform.id}): ${reason}`);
}

/** A failure pattern in the last line: the device gave up in the middle of its answer. */
function complaint(last: string, platform: Platform): string | undefined {
  return platform.failures.some((pattern) => pattern.test(last)) ? `it ends in "${last.slice(0, 100)}"` : undefined;
}

const lastLine = (text: string): string =>
  text.slice(text.lastIndexOf('\n', text.length - 2) + 1).replace(/[\r\n]+$/, '');

/** Two commands never print the same: one of the two texts is not its own. */
function repeated(command: BackupCommand, latin1: string, parts: readonly Part[]): string | undefined {
  const same = parts.find((part) => part.command !== command && part.latin1.trim() === latin1.trim());
  return same && `it is the very output of "${same.command.run}"`;
}

/** A loss of fewer bytes than this is a change, however large its share: small configurations may halve. */
const smallLossBytes = 1_000;

/**
 * Refuses a configuration that lost more than the allowed share of the last good one.
 * @param pieces of it, one character a byte
 * @throws `NW_OUTPUT_SHRUNK`
 */
export function guardShrunk(
  device: string,
  pieces: readonly string[],
  lastSizeBytes: number,
  minimumShare: number,
): void {
  const sizeBytes = pieces.reduce((sum, { length }) => sum + length, 0);
  if (sizeBytes >= lastSizeBytes * minimumShare || lastSizeBytes - sizeBytes < smallLossBytes) return;
  const share = Math.round((sizeBytes / lastSizeBytes) * 100);
  throw new NetwrightError(
    'NW_OUTPUT_SHRUNK',
    `${device}: ${sizeBytes} bytes are ${share} % of the last good version (${lastSizeBytes} bytes), ` +
      `less than ${Math.round(minimumShare * 100)} %`,
    { hint: `look at it in quarantine; when it is right: netwright backup --accept-shrunk -s ${device}` },
  );
}
