import { NetwrightError } from '#core';
import type { Session } from '#device';
import type { Device } from '#inventory';
import { type BackupCommand, dropLines } from '#platforms';

/** What one of the platform's backup commands gave, noise removed. */
export interface Part {
  readonly command: BackupCommand;
  readonly text: string;
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
    { rejectFailures: false, signal, timeoutMsOf },
  );
  const parts: Part[] = [];
  for (const [at, command] of commands.entries()) {
    const output = outputs[at];
    if (output === undefined) throw new NetwrightError('NW_INTERNAL', `${device.name}: "${command.run}" has no output`);
    if (output.failure === undefined) parts.push({ command, text: filtered(output.text, command) });
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
function filtered(text: string, { keep, drop }: BackupCommand): string {
  const kept =
    keep === undefined
      ? text
      : text
          .split('\n')
          .filter((line) => keep.some((pattern) => pattern.test(line)))
          .join('\n');
  return drop === undefined ? kept : dropLines(kept, drop);
}
