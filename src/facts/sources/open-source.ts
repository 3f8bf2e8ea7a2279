import type { Job } from '#runner';
import { SessionSource } from './session-source.ts';
import type { FactSource } from './source.ts';

/** Lets a task ask the device of a job: at its command line. The session is the job's, and ends with it. */
export async function withSource<T>(job: Job, task: (source: FactSource) => Promise<T>): Promise<T> {
  return await task(new SessionSource(await job.connect(), job.signal));
}
