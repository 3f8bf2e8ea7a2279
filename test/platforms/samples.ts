import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'yaml';
import type { Platform } from '#platforms';

/** Samples beside each platform: what its declaration is tested against. */
export interface Samples {
  /** Prompts by the mode that they belong to, and under `fail` lines that are no prompt. */
  readonly prompts: Readonly<Record<string, readonly string[]>>;
  readonly secrets: readonly {
    readonly text: string;
    readonly gone: readonly string[];
    readonly kept?: readonly string[];
  }[];
  readonly volatile: { readonly drop?: readonly string[]; readonly keep?: readonly string[] };
  readonly runningConfig: string;
  /** Lines that are refusals of the device; optional, for each has the session's anyway. */
  readonly failures?: readonly string[];
  readonly session: DialogueFile;
}

export interface DialogueFile {
  readonly credential: { readonly user: string; readonly password: string; readonly enable?: string };
  /** Values of the configuration that must not be left in what is kept. */
  readonly secrets: readonly string[];
  readonly init_prompt: string;
  readonly commands: Readonly<Record<string, string>> | readonly Readonly<Record<string, string>>[];
}

const here = import.meta.dirname;
const catalogueFolder = join(here, '../../src/platforms/catalogue');

/** The ids of every file of the catalogue. */
export const catalogueIds: readonly string[] = globSync('*.ts', { cwd: catalogueFolder })
  .map((file) => basename(file, '.ts'))
  .sort();

export async function loadPlatform(id: string): Promise<Platform> {
  const { platform } = (await import(join(catalogueFolder, `${id}.ts`))) as { platform: Platform };
  return platform;
}

const read = (id: string, file: string): string => {
  const path = join(here, id, file);
  if (!existsSync(path)) throw new Error(`test/platforms/${id}/${file} is missing`);
  return readFileSync(path, 'utf8');
};

/** Samples of secrets; `include: cisco_ios` stands for those of a system whose rules a platform shares. */
function readSecrets(id: string): Samples['secrets'] {
  const samples = parse(read(id, 'secrets.yaml')) as readonly (Samples['secrets'][number] | { include: string })[];
  return samples.flatMap((sample) => ('include' in sample ? readSecrets(sample.include) : [sample]));
}

export function loadSamples(id: string): Samples {
  return {
    prompts: parse(read(id, 'prompts.yaml')),
    secrets: readSecrets(id),
    volatile: parse(read(id, 'volatile.yaml')) ?? {},
    runningConfig: read(id, 'running-config.txt'),
    session: parse(read(id, 'session.yaml')),
    ...(existsSync(join(here, id, 'failures.yaml')) ? { failures: parse(read(id, 'failures.yaml')) } : {}),
  };
}
