import { access } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { NetwrightError } from '#core';
import type { Atlas } from '#internet';
import { isDeviceInput, readDeviceTables } from './device-routes.ts';
import type { Runtime } from './runtime.ts';

export const usualGraph = 'planet.nwgraph';
export const graphFlag = [
  '-g, --graph <file>',
  `a graph file, or routes or relationships to build one from for this call, device:r1 too (default: $NETWRIGHT_GRAPH, ${usualGraph})`,
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
export async function openAtlas(runtime: Runtime, flags: AtlasFlags): Promise<Atlas> {
  const { screen, signal } = runtime;
  if (flags.csv && screen.isJson) throw new NetwrightError('NW_USAGE', '--csv and --json do not go together');
  const { buildAtlas, isGraphFile, openGraph } = await import('#internet');
  const named = namedGraph(runtime, flags);
  if (named !== undefined && isDeviceInput(named)) {
    return await buildAtlas(await readDeviceTables(runtime, named), { signal });
  }
  const file = await graphFile(runtime, flags);
  if (await isGraphFile(file)) return await openGraph(file);
  screen.note(screen.errorColors.dim(`${basename(file)} is no graph file: building one for this call …`));
  return await buildAtlas([file], { signal });
}

/**
 * The file that holds the graph that a question is about.
 * @throws NetwrightError `NW_INTERNET_SOURCE_MISSING` when none is named and there is none.
 */
export async function graphFile(runtime: Runtime, flags: AtlasFlags): Promise<string> {
  const named = namedGraph(runtime, flags);
  const file = resolve(runtime.cwd, named ?? usualGraph);
  if (named === undefined && !(await exists(file))) {
    throw new NetwrightError(
      'NW_INTERNET_SOURCE_MISSING',
      `${usualGraph}: there is no graph here, and --graph names none`,
      {
        hint: `Fetch and build one: \`netwright internet fetch --collector rrc00 --rir --names --build\`, or \`netwright internet build <files…> -o ${usualGraph}\`.`,
      },
    );
  }
  return file;
}

const namedGraph = ({ env }: Runtime, { graph }: AtlasFlags): string | undefined =>
  graph ?? (env['NETWRIGHT_GRAPH'] || undefined);

const exists = async (file: string): Promise<boolean> =>
  await access(file).then(
    () => true,
    () => false,
  );
