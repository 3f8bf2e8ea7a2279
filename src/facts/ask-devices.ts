import { markOf } from '#backup';
import type { Outcome } from '#core';
import { type Job, type RunOptions, run } from '#runner';
import { runDefaults, type Workspace } from '#workspace';
import { checkArgs } from './check-facts.ts';
import type { ArgsOf, FactsOf, GetterName } from './getters.ts';
import { hideSecrets } from './hide-secrets.ts';
import { type Answer, checkSupport, readFacts } from './read-facts.ts';
import { withSource } from './sources/open-source.ts';
import type { FactSource } from './sources/source.ts';

export interface FactsOptions<G extends GetterName> extends RunOptions {
  /** Which devices; default all. */
  readonly select?: string;
  readonly args?: Partial<ArgsOf<G>>;
  /**
   * Default `marked`: hashes of passwords, communities and keys are the marks that stand in the stored configurations.
   * `clear` is for programs that compare them; what they print is theirs to answer for.
   */
  readonly secrets?: 'marked' | 'clear';
}

/**
 * Asks one getter of many devices; outcomes come as they are done, one for each device. A platform that has no such
 * getter is `NW_NOT_SUPPORTED` at its device.
 * @throws NetwrightError `NW_USAGE` for arguments that the getter does not have, `NW_SELECT_INVALID`, `NW_SELECT_EMPTY`.
 */
export async function* askDevices<G extends GetterName>(
  workspace: Workspace,
  getter: G,
  { select, args, secrets = 'marked', ...options }: FactsOptions<G> = {},
): AsyncGenerator<Outcome<Answer<FactsOf<G>>>> {
  const complete = checkArgs(getter, args);
  yield* askEach(workspace, select, options, getter, async (source, job) => {
    const answer = await readFacts(getter, source, complete);
    if (secrets === 'clear') return answer;
    const mark = markOf(job.device.name, await workspace.credentials.scrubKey());
    return { ...answer, value: hideSecrets(getter, answer.value, source.platform, (secret) => mark(secret, {})) };
  });
}

/**
 * Runs a task with a source of facts on every selected device. Where the inventory names a platform that has no such
 * getter, nothing is opened.
 */
export async function* askEach<T>(
  workspace: Workspace,
  select: string | undefined,
  options: RunOptions,
  getter: GetterName,
  ask: (source: FactSource, job: Job) => Promise<T>,
): AsyncGenerator<Outcome<T>> {
  const devices = (await workspace.inventory()).select(select);
  const platforms = await workspace.platforms();
  const task = async (job: Job): Promise<T> => {
    const { name, platform } = job.device;
    if (platform !== 'auto') await checkSupport(getter, name, platform);
    return await withSource(job, platforms, async (source) => await ask(source, job));
  };
  yield* run(devices, task, await workspace.connector(), { ...runDefaults(workspace.settings), ...options });
}
