import { type Command, InvalidArgumentError, Option, type OptionValues } from '@commander-js/extra-typings';
import { NetwrightError, parseDurationMs } from '#core';
import type { BatchSize } from '#runner';
import type { SettingFlag } from '#workspace';

export const selectFlag = ['-s, --select <expr>', "devices: a name, a glob, 'site:cairo and not tag:lab'"] as const;

/** Commander's own words around what our readers of values say. */
export const argument =
  <T>(read: (text: string) => T) =>
  (text: string): T => {
    try {
      return read(text);
    } catch (error) {
      throw error instanceof NetwrightError ? new InvalidArgumentError(`${error.message}; ${error.hint}.`) : error;
    }
  };

export const count = (text: string): number => {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError('expected a whole number from 1.');
  return Number(text);
};

export const countOrNone = (text: string): number => {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('expected a whole number from 0.');
  return Number(text);
};

/** `1,10%,100%` */
export const batchSizes = (text: string): readonly BatchSize[] =>
  text.split(',').map((part) => {
    const word = part.trim();
    if (!/^(?:[1-9]\d*|(?=.*[1-9])\d+(?:\.\d+)?%)$/.test(word)) {
      throw new InvalidArgumentError('expected counts or shares, such as 1,10%,100%.');
    }
    return word.endsWith('%') ? (word as `${number}%`) : Number(word);
  });

/** The flags of everything that runs on many devices. */
export function withRunFlags<A extends unknown[], O extends OptionValues, G extends OptionValues>(
  command: Command<A, O, G>,
): Command<A, O & RunFlags, G> {
  command
    .optionsGroup('How it runs:')
    .addOption(new Option('-c, --concurrency <count>', 'sessions at once').argParser(count))
    .addOption(new Option('--per-site <count>', 'sessions at once in one site').argParser(count))
    .addOption(new Option('--per-jump <count>', 'sessions at once through one jump host').argParser(count))
    .addOption(new Option('--per-credential <count>', 'sessions at once with one credential').argParser(count))
    .addOption(new Option('--per-platform <count>', 'sessions at once on one platform').argParser(count))
    .addOption(new Option('--retries <count>', 'further attempts after a failure that may pass').argParser(countOrNone))
    .addOption(
      new Option('--job-timeout <time>', 'whole job of one device, such as 90s').argParser(argument(parseDurationMs)),
    )
    .addOption(
      new Option('--timeout <time>', 'the whole run; what is not done then is given up').argParser(
        argument(parseDurationMs),
      ),
    )
    .addOption(new Option('--serial <batches>', 'canary first: 1,10%,100%').argParser(batchSizes))
    .option('--fail-fast', 'begin no further device after the first failure');
  // The type that commander infers of ten options is longer than a declaration file may hold.
  return command as unknown as Command<A, O & RunFlags, G>;
}

/** A type, not an interface: only then commander takes it for a record of options. */
export type RunFlags = {
  readonly concurrency?: number | undefined;
  readonly perSite?: number | undefined;
  readonly perJump?: number | undefined;
  readonly perCredential?: number | undefined;
  readonly perPlatform?: number | undefined;
  readonly retries?: number | undefined;
  readonly jobTimeout?: number | undefined;
  readonly timeout?: number | undefined;
  readonly serial?: readonly BatchSize[] | undefined;
  readonly failFast?: true | undefined;
};

/** Those flags that stand for settings of netwright.yaml. */
export function settingFlags(flags: RunFlags): readonly SettingFlag[] {
  const found: SettingFlag[] = [];
  const add = (key: string, flag: string, value: number | undefined): void => {
    if (value !== undefined) found.push({ key: `run.${key}`, flag, value });
  };
  add('concurrency', '--concurrency', flags.concurrency);
  add('perSite', '--per-site', flags.perSite);
  add('perJump', '--per-jump', flags.perJump);
  add('perCredential', '--per-credential', flags.perCredential);
  add('perPlatform', '--per-platform', flags.perPlatform);
  add('retries', '--retries', flags.retries);
  add('jobTimeoutMs', '--job-timeout', flags.jobTimeout);
  return found;
}

/** Those that hold for this run alone. */
export const runFlags = ({ serial, failFast, timeout }: RunFlags) => ({
  ...(serial !== undefined && { serial }),
  ...(failFast && { failFast }),
  ...(timeout !== undefined && { timeoutMs: timeout }),
});
