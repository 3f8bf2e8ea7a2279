import { encodeText, NetwrightError } from '#core';
import { type BackupCommand, incompleteness, type Platform, quotedEnd, quotedLines } from '#platforms';
import type { Part } from './collect.ts';

/**
 * Refuses an output that cannot be the whole configuration: nothing came, the end is missing, what every configuration has is
 * missing, braces or blocks stay open, it ends in a complaint of the device, or another command gave the same.
 * @throws `NW_OUTPUT_INCOMPLETE`
 */
export function guardComplete(device: string, platform: Platform, parts: readonly Part[]): void {
  const configurations = parts.filter(({ command }) => command.as === 'configuration');
  if (configurations.length === 0) refuse(device, platform, 'no command gave a configuration');
  for (const { command, text } of configurations) {
    const reason = shownReason(text, platform) ?? repeated(command, text, parts);
    if (reason !== undefined) refuse(device, platform, `"${command.run}": ${reason}`);
  }
}

/**
 * Why the text is refused, for logs, mails and the records of runs. The reason quotes a line, and where an output is cut,
 * that may be within a secret: then no rule knows it for one, so the last word of the text is never shown.
 */
function shownReason(text: string, platform: Platform): string | undefined {
  const { complete, secrets } = platform.backup;
  if (incompleteness(text, complete) !== undefined) {
    return incompleteness(quotedEnd(text.trimEnd(), secrets, '<secret>'), complete) ?? 'it is not complete';
  }
  return (
    complaint(text, platform) &&
    (complaint(quotedLines(text, secrets, '<secret>'), platform) ?? 'it ends in a complaint')
  );
}

function refuse(device: string, platform: Platform, reason: string): never {
  throw new NetwrightError('NW_OUTPUT_INCOMPLETE', `${device} (${platform.id}): ${reason}`);
}

/** A failure pattern in the last line: the device gave up in the middle of its answer. */
function complaint(text: string, platform: Platform): string | undefined {
  const last = text.slice(text.lastIndexOf('\n', text.length - 2) + 1).replace(/[\r\n]+$/, '');
  return platform.failures.some((pattern) => pattern.test(last)) ? `it ends in "${last.slice(0, 100)}"` : undefined;
}

/** Two commands never print the same: one of the two texts is not its own. */
function repeated(command: BackupCommand, text: string, parts: readonly Part[]): string | undefined {
  const same = parts.find((part) => part.command !== command && part.text.trim() === text.trim());
  return same && `it is the very output of "${same.command.run}"`;
}

/** A loss of fewer bytes than this is a change, however large its share: small configurations may halve. */
const smallLossBytes = 1_000;

/**
 * Refuses a configuration that lost more than the allowed share of the last good one.
 * @param pieces of its text
 * @throws `NW_OUTPUT_SHRUNK`
 */
export function guardShrunk(
  device: string,
  pieces: readonly string[],
  lastSizeBytes: number,
  minimumShare: number,
): void {
  // A character has a byte at least: most are large enough without being measured.
  if (pieces.reduce((sum, { length }) => sum + length, 0) >= lastSizeBytes * minimumShare) return;
  const sizeBytes = pieces.reduce((sum, piece) => sum + encodeText(piece).byteLength, 0);
  if (sizeBytes >= lastSizeBytes * minimumShare || lastSizeBytes - sizeBytes < smallLossBytes) return;
  const share = Math.round((sizeBytes / lastSizeBytes) * 100);
  throw new NetwrightError(
    'NW_OUTPUT_SHRUNK',
    `${device}: ${sizeBytes} bytes are ${share} % of the last good version (${lastSizeBytes} bytes), ` +
      `less than ${Math.round(minimumShare * 100)} %`,
    { hint: `look at it in quarantine; when it is right: netwright backup --accept-shrunk -s ${device}` },
  );
}
