import { NetwrightError } from '#core';
import type { Ask } from '../../ask.ts';

/**
 * The daemons answer on their own command line, and through `vtysh -c` on that of a host: VyOS, and any Linux with
 * FRR. These ask both alike.
 */
const isHost = (ask: Ask): boolean => ask.platform.id !== 'frr';

/** What a `show` command prints; undefined where there is no FRR, or it does not know the command. */
export async function vtyshText(ask: Ask, command: string): Promise<string | undefined> {
  if (!isHost(ask)) return await ask.text(command, { optional: true });
  const onHost = `vtysh -c "${command}"`;
  const answer =
    (await ask.text(onHost, { optional: true })) ?? (await ask.text(`sudo -n ${onHost}`, { optional: true }));
  if (answer !== undefined) for (const asked of [onHost, `sudo -n ${onHost}`]) ask.understood(asked);
  return answer === undefined || /^(?:(?:sudo: )?vtysh: |Exiting: failed to connect)/m.test(answer)
    ? undefined
    : answer;
}

/** The same as JSON. */
export async function vtyshJson(ask: Ask, command: string): Promise<unknown> {
  if (!isHost(ask)) return await ask.json(command, { optional: true });
  const answer = await vtyshText(ask, `${command} json`);
  // A missing vtysh.conf is told in a line of its own before the answer.
  const from = answer?.indexOf('{') ?? -1;
  if (answer === undefined || from === -1) return undefined;
  try {
    return JSON.parse(answer.slice(from)) as unknown;
  } catch (cause) {
    throw new NetwrightError('NW_FACTS_INVALID', `${ask.device}: "${command}": the JSON of vtysh is broken`, { cause });
  }
}

/** Says why nothing is told, where FRR does not run. */
export const noteNoFrr = (ask: Ask): void =>
  ask.note('FRR does not answer here: it does not run, or not the daemon that would know');
