import type { RunOptions } from '#runner';
import type { Settings } from './settings.ts';

/** What netwright.yaml says of runs, as the runner takes it. */
export function runDefaults({ run }: Pick<Settings, 'run'>): Pick<RunOptions, 'limits' | 'retries' | 'jobTimeoutMs'> {
  const { retries, jobTimeoutMs, ...limits } = run;
  return { limits, retries, jobTimeoutMs };
}
