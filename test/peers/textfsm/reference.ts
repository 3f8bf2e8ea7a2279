import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

export type ReferenceJob =
  | readonly ['parse', template: string, text: string]
  | readonly ['match', pattern: string, text: string]
  | readonly ['table', files: Record<string, string>, attributes: Record<string, string>, text: string]
  | readonly ['time', template: string, text: string, rounds: number];

// biome-ignore lint/suspicious/noExplicitAny: what Python answers is looked at key by key
export type ReferenceAnswer = any;

/** Has Python's TextFSM do all jobs, in one process; the answers in their order. */
export function askReference(jobs: readonly ReferenceJob[]): ReferenceAnswer[] {
  const { stdout, stderr, status } = spawnSync('/usr/bin/python3', [join(import.meta.dirname, 'reference.py')], {
    input: jobs.map((job) => `${JSON.stringify(job)}\n`).join(''),
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
    timeout: 60_000,
    env: { ...process.env, PYTHONIOENCODING: 'utf-8:surrogatepass' },
  });
  if (status !== 0) throw new Error(`reference.py ended with ${status}: ${stderr}`);
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as ReferenceAnswer);
}
