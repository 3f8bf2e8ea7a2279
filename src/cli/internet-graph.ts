import { access } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { NetwrightError } from '#core';
import type { Atlas } from '#internet';
import type { Runtime } from './runtime.ts';

export const usualGraph = 'planet.nwgraph';
export const graphFlag = [
  '-g, --graph <file>',
  `a graph file, or routes or relationships to build one from for this call (default: $NETWRIGHT_GRAPH, ${usualGraph})`,
] as const;
export const csvFlag = ['--csv', 'print CSV'] as const;

/** What every question about the internet may be given. */
export interface AtlasFlags {
  readonly graph?: string | undefined;
  readonly csv?: true | undefined;
}

/**
 * Opens the graph that a question is about.
 * @throws NetwrightError `NW_INTERNET_SOURCE_MISSING` when there is none; `NW_USAGE` for `--csv` with `--json`.
 */
export async function openAtlas(runtime: Runtime, { graph, csv }: AtlasFlags): Promise<Atlas> {
  const { cwd, env, screen, signal } = runtime;
  if (csv && screen.isJson) throw new NetwrightError('NW_USAGE', '--csv and --json do not go together');
  const named = graph ?? (env['NETWRIGHT_GRAPH'] || undefined);
  const file = resolve(cwd, named ?? usualGraph);
  const { buildAtlas, isGraphFile, openGraph } = await import('#internet');
  if (named === undefined && !(await exists(file))) {
    throw new NetwrightError(
      'NW_INTERNET_SOURCE_MISSING',
      `${usualGraph}: there is no graph here, and --graph names none`,
      {
        hint: `Fetch and build one: \`netwright internet fetch --collector rrc00 --rir --names --build\`, or \`netwright internet build <files…> -o ${usualGraph}\`.`,
      },
    );
  }
  if (await isGraphFile(file)) return await openGraph(file);
  screen.note(screen.errorColors.dim(`${basename(file)} is no graph file: building one for this call …`));
  return await buildAtlas([file], { signal });
}

const exists = async (file: string): Promise<boolean> =>
  await access(file).then(
    () => true,
    () => false,
  );
