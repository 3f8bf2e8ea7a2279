import { NetwrightError } from '#core';
import type { Session } from '#device';
import { type BackupCommand, dropLines, incompleteness } from '#platforms';
import { turnBudget } from '#transport';
import type { Pace } from './pace.ts';
import { notSupported } from './refuse.ts';

/**
 * About what follows upon a configuration that was read: trees, lines there and back, scrubbing. Many devices answer at
 * once, and the first ones of a system take most, before its rules are compiled.
 */
const readingMs = 4;
const readingMsPerCharacter = 2e-4;

/**
 * The running configuration as the device has it, whole: secrets included, noise and volatile lines out.
 *
 * @throws NetwrightError `NW_OUTPUT_INCOMPLETE` for one that came without its end; whatever `sendAll` throws
 */
export async function readRunning(session: Session, pace: Pace): Promise<string> {
  const { platform } = session;
  const commands = platform.backup.commands.filter(({ as }) => as === 'configuration');
  if (commands.length === 0) throw notSupported(session, 'no command of the platform shows its configuration');
  const patienceOf = new Map(commands.map(({ run, timeoutMs }) => [run, timeoutMs]));
  const outputs = await session.sendAll(
    commands.map(({ run }) => run),
    { ...pace(), rejectFailures: false, timeoutMsOf: (command) => pace(patienceOf.get(command)).timeoutMs },
  );
  const parts = outputs.flatMap(({ command, text, failure }, at) => {
    if (failure === undefined) return [withoutNoise(text, commands[at]!)];
    if (commands[at]!.optional) return [];
    throw new NetwrightError(
      'NW_COMMAND_REJECTED',
      `${session.device} (${platform.id}) refused "${command}": ${failure}`,
    );
  });
  const incomplete = parts
    .map((part) => incompleteness(part, platform.backup.complete))
    .find((why) => why !== undefined);
  if (parts.length === 0 || incomplete !== undefined) {
    const why = incomplete ?? 'no command gave it';
    throw new NetwrightError(
      'NW_OUTPUT_INCOMPLETE',
      `${session.device} (${platform.id}): the running configuration: ${why}`,
    );
  }
  const text = dropLines(parts.join('\n'), platform.backup.volatile);
  await turnBudget.room(readingMs + text.length * readingMsPerCharacter);
  return `${text.replace(/^\n+/, '').replace(/\n+$/, '')}\n`;
}

function withoutNoise(text: string, { keep, drop }: BackupCommand): string {
  const kept =
    keep === undefined
      ? text
      : text
          .split('\n')
          .filter((line) => keep.some((pattern) => pattern.test(line)))
          .join('\n');
  return drop === undefined ? kept : dropLines(kept, drop);
}
