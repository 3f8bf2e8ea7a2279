import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { Command, InvalidArgumentError } from '@commander-js/extra-typings';
import { NetwrightError } from '#core';
import type { AsGraph, Planet, Score, Share } from '#internet';
import { example } from '../../example.ts';
import { count, countOrNone } from '../../run-flags.ts';
import type { Runtime } from '../../runtime.ts';
import { counted, formatCount, table } from '../../table.ts';
import { writeOutput } from '../../write-output.ts';

const mostAses = 120_000;

export function internetSimulateCommand(runtime: Runtime) {
  return new Command('simulate')
    .description('Route over a made-up planet or over given relationships, and write what collectors would see.')
    .option('--ases <n>', 'size of the planet, 50 to 120,000', count, 600)
    .option('--seed <n>', 'the same seed makes the same planet, vantage points and routes', countOrNone, 1)
    .option('--graph <file>', 'route over these relationships (CAIDA serial-1 or -2) instead')
    .option('--vantage-points <n>', 'how many ASes feed the collector', count, 30)
    .option('--partial <share>', 'of them show only what a peer would get', share, 0.2)
    .option('--noise', 'prepends, poisoned paths, leaks and private numbers, as often as in real tables')
    .option('-o, --output <file>', 'write the routes as MRT (TABLE_DUMP_V2); .gz packs it')
    .option('--truth <file>', 'write the relationships that were routed over, in the form of CAIDA')
    .option('--names <file>', 'write the names and countries of the planet, as `internet build` reads them')
    .option('--score', 'infer the relationships back from the paths, and compare')
    .addHelpText(
      'after',
      example(
        'internet simulate --ases 600 --seed 1 -o planet.mrt.gz --names names.json --truth planet.as-rel.txt',
        'internet simulate --ases 20000 --vantage-points 30 --noise --score',
        'internet simulate --graph 20250901.as-rel2.txt.bz2 --vantage-points 5 -o rib.mrt.gz',
      ),
    )
    .action(async (flags) => {
      const { screen, signal, cwd } = runtime;
      const internet = await import('#internet');
      if (flags.graph === undefined && (flags.ases < 50 || flags.ases > mostAses)) {
        throw new NetwrightError('NW_USAGE', `--ases ${flags.ases}: expected 50 to ${formatCount(mostAses)}`);
      }
      if (flags.names !== undefined && flags.graph !== undefined) {
        throw new NetwrightError('NW_USAGE', '--names: only a made-up planet has names to write, --graph has none');
      }
      const { seed } = flags;
      const planet =
        flags.graph === undefined ? await internet.makePlanet({ ases: flags.ases, seed, signal }) : undefined;
      const graph = planet?.graph ?? (await internet.graphOfFile(resolve(cwd, flags.graph!), { signal }));
      const topology = internet.topologyOf(graph);
      const observers = internet.chooseObservers(topology, {
        count: flags.vantagePoints,
        seed,
        partialShare: flags.partial,
      });
      const routes = await internet.observe(topology, observers, {
        seed,
        signal,
        ...(flags.noise && { noise: internet.usualNoise }),
      });
      if (flags.output !== undefined) {
        const tables = internet.writeTableDumpV2(routes);
        await writeOutput(resolve(cwd, flags.output), flags.output.endsWith('.gz') ? packed(tables) : tables, signal);
      }
      if (flags.truth !== undefined) {
        const clique = planet?.clique ?? [];
        await writeOutput(resolve(cwd, flags.truth), internet.writeSerial1(graph, { clique }), signal);
      }
      if (flags.names !== undefined) await writeOutput(resolve(cwd, flags.names), namesOf(planet!), signal);
      const score = flags.score ? await scoreOf(graph, routes, signal) : undefined;
      const facts = {
        ases: graph.asns.length,
        links: graph.links.count,
        vantagePoints: observers.map(({ as, isFull }) => ({ asn: topology.asns[as]!, isFull })),
        prefixes: routes.prefixes.count,
        routes: routes.routeCount,
        paths: routes.paths.count,
      };
      screen.document({
        ...facts,
        ...(planet && { seed, clique: planet.clique }),
        ...(flags.output !== undefined && { file: resolve(cwd, flags.output) }),
        ...(flags.truth !== undefined && { truth: resolve(cwd, flags.truth) }),
        ...(flags.names !== undefined && { names: resolve(cwd, flags.names) }),
        ...(score && { score }),
      });
      screen.print(
        `${counted(facts.ases, 'AS', 'ASes')}, ${counted(facts.links, 'link')}; ${counted(facts.routes, 'route')} to ${counted(facts.prefixes, 'prefix', 'prefixes')} over ${counted(facts.paths, 'path')} from ${counted(observers.length, 'vantage point')}`,
      );
      if (score) screen.print(scoreTable(score, screen.colors.bold));
    });
}

async function scoreOf(
  graph: AsGraph,
  { paths }: Parameters<typeof import('#internet').writeTableDumpV2>[0],
  signal: AbortSignal,
): Promise<Score> {
  const { inferRelationships, scoreRelations } = await import('#internet');
  return scoreRelations(await inferRelationships(paths, { signal, secondPass: true }), graph);
}

function scoreTable(score: Score, bold: (text: string) => string): string {
  const row = (name: string, judged: Share, found: Share): string[] => [name, ofAll(judged), ofAll(found)];
  return table(
    ['RELATION', 'RIGHT OF THOSE JUDGED SO', 'FOUND OF THOSE THAT ARE'],
    [
      row('customer', score.customer, score.customerFound),
      row('peer', score.peer, score.peerFound),
      ['unknown', formatCount(score.unknown), ''],
    ],
    bold,
  );
}

const ofAll = ({ right, of }: Share): string =>
  `${of === 0 ? '-' : ((right / of) * 100).toFixed(2)} %  (${formatCount(right)} of ${formatCount(of)})`;

/** One JSON object, `{"8452": "TE-AS TE-AS, EG"}`. */
function namesOf({ graph, registry }: Planet): string {
  const names = Array.from(graph.asns, (asn) => [
    asn,
    [registry.name(asn), registry.country(asn)].filter((part) => part !== undefined).join(', '),
  ]);
  return `${JSON.stringify(Object.fromEntries(names), undefined, 1)}\n`;
}

async function* packed(data: Iterable<Uint8Array | string>): AsyncGenerator<Uint8Array> {
  const gzip = createGzip();
  const filled = pipeline(Readable.from(data), gzip);
  try {
    yield* gzip as AsyncIterable<Buffer>;
    await filled;
  } catch (error) {
    await filled; // says why, where packing ended because nothing more came
    throw error;
  }
}

function share(text: string): number {
  const value = Number(text);
  if (!/^\d*\.?\d+$/.test(text) || value > 1) throw new InvalidArgumentError('expected a share from 0 to 1.');
  return value;
}
