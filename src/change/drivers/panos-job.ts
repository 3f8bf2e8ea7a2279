import { setTimeout as sleep } from 'node:timers/promises';
import { abortError, NetwrightError } from '#core';
import type { Session } from '#device';
import type { Pace } from './pace.ts';

/** What a job came to. */
export interface PanosJob {
  readonly isOk: boolean;
  readonly text: string;
}

const pauseMs = 2_000;
const longestMs = 30 * 60_000;

/** The number of the job that a command began; undefined when it says that there is nothing to do. */
export const jobIn = (text: string): string | undefined =>
  /\bjob(?:id)? (?:enqueued with jobid )?#?(\d{1,9})\b/i.exec(text)?.[1] ??
  /enqueued with jobid (\d+)/i.exec(text)?.[1];

/**
 * Asks until the job is done: PAN-OS commits take minutes.
 * @param command `show jobs id`, with `run ` before it in the configuration mode
 * @throws NetwrightError `NW_COMMAND_TIMEOUT`, `NW_CANCELLED`
 */
export async function jobDone(session: Session, command: string, job: string, pace: Pace): Promise<PanosJob> {
  const endsAtMs = performance.now() + Math.min(longestMs, pace(longestMs).timeoutMs!);
  for (;;) {
    const { signal } = pace();
    const text = await session.dialogue(`${command} ${job}`, [], pace(60_000));
    const status = new RegExp(`^\\S+ \\S+.*?\\s${job}\\s+(.*)$`, 'm').exec(text)?.[1] ?? text;
    if (/\bFIN\b/.test(status)) return { isOk: /\bOK\b/.test(status), text };
    if (performance.now() + pauseMs > endsAtMs) {
      throw new NetwrightError('NW_COMMAND_TIMEOUT', `${session.device}: job ${job} is not done in time`);
    }
    await sleep(pauseMs, undefined, signal ? { signal } : {}).catch(() => {
      throw abortError(signal!);
    });
  }
}
