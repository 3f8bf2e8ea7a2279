import { NetwrightError, textOfLatin1 } from '#core';
import type { Session } from '#device';
import type { Device } from '#inventory';
import { type BackupCommand, dropLines } from '#platforms';

/** What one of the platform's backup commands gave, noise removed. */
export interface Part {
  readonly command: BackupCommand;
  /** One character a byte: it is kept byte for byte, and most of it is never looked at as text. */
  readonly latin1: string;
}

/**
 * Runs the platform's backup commands, in one burst where it pipelines.
 * @throws `NW_COMMAND_REJECTED` when the device refuses one that is not optional, and whatever `sendAll` throws.
 */
export async function collect(session: Session, device: Device, signal: AbortSignal): Promise<readonly Part[]> {
  const { commands } = session.platform.backup;
  // A device that was given more time than its platform needs keeps it.
  const usual = device.connection.commandTimeoutMs ?? 0;
  const patience = new Map(
    commands.flatMap(({ run, timeoutMs }) => (timeoutMs === undefined ? [] : [[run, timeoutMs]])),
  );
  const timeoutMsOf = (command: string): number | undefined => {
    const own = patience.get(command);
    return own === undefined ? undefined : Math.max(own, usual);
  };
  const outputs = await session.sendAll(
    commands.map(({ run }) => run),
    { rejectFailures: false, signal, timeoutMsOf, encoding: 'latin1' },
  );
  const parts: Part[] = [];
  for (const [at, command] of commands.entries()) {
    const output = outputs[at];
    if (output === undefined) throw new NetwrightError('NW_INTERNAL', `${device.name}: "${command.run}" has no output`);
    if (output.failure === undefined) parts.push({ command, latin1: filtered(output.text, command) });
    else if (!command.optional) {
      throw new NetwrightError(
        'NW_COMMAND_REJECTED',
        `${device.name} (${session.platform.id}) refused "${command.run}": ${output.failure}`,
      );
    }
  }
  return parts;
}

/** The lines that the command's filters leave. */
function filtered(latin1: string, { keep, drop }: BackupCommand): string {
  const isKept = (line: string): boolean => keep?.some((pattern) => pattern.test(textOfLatin1(line))) ?? true;
  const kept = keep === undefined ? latin1 : latin1.split('\n').filter(isKept).join('\n');
  return drop === undefined ? kept : dropLines(kept, drop, 'latin1');
}
