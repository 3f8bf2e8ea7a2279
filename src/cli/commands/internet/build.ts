import { resolve } from 'node:path';
import { Command, Option } from '@commander-js/extra-typings';
import type { AtlasInput } from '#internet';
import { deviceInputHelp, isDeviceInput, readDeviceTables } from '../../device-routes.ts';
import { example } from '../../example.ts';
import { usualGraph } from '../../internet-graph.ts';
import { printList } from '../../internet-table.ts';
import { countOrNone } from '../../run-flags.ts';
import type { Runtime } from '../../runtime.ts';
import { counted, formatSize } from '../../table.ts';

export function internetBuildCommand(runtime: Runtime) {
  return new Command('build')
    .description('Join files of any kind into one graph file, which the questions are asked of.')
    .argument(
      '<files...>',
      'routes (MRT, bgpdump text, show ip bgp, show route of Junos, JSON of FRR and GoBGP), CAIDA as-rel, delegated statistics, AS names, as2org, PeeringDB, VRPs, address ranges; plain, gz, bz2 or zst; ' +
        deviceInputHelp,
    )
    .option('-o, --output <file>', 'where to write', usualGraph)
    .option('--clique <asns>', 'the transit-free ASes, where they are known better than paths tell: 174,3356')
    .option('--second-pass', 'judge hard links again by their features')
    .option('--no-routes', 'do not keep which paths lead to which prefix: a smaller file')
    .addOption(new Option('--threads <count>', 'for bzip2').argParser(countOrNone))
    .addHelpText(
      'after',
      example(
        'internet build rib.20250901.0000.bz2 delegated-*-latest asn.txt peeringdb.json',
        "internet build 'device:role:edge' asn.txt -o ours.nwgraph",
        'internet build 20250901.as-rel2.txt.bz2 asnames.json delegated-ripencc -o ripe.nwgraph',
      ),
    )
    .action(async (files, flags) => {
      const { buildAtlas, parseAsn, writeGraph } = await import('#internet');
      const { screen, cwd, signal } = runtime;
      const started = performance.now();
      const clique = flags.clique?.split(',').map(parseAsn);
      const inputs: AtlasInput[] = [];
      for (const file of files) {
        if (isDeviceInput(file)) inputs.push(...(await readDeviceTables(runtime, file)));
        else inputs.push(resolve(cwd, file));
      }
      const atlas = await buildAtlas(inputs, {
        signal,
        keepRoutes: flags.routes,
        ...(clique && { clique }),
        ...(flags.secondPass && { secondPass: true }),
        ...(flags.threads !== undefined && { threads: flags.threads }),
        onStage: (stage) => screen.note(screen.errorColors.dim(`${stage} …`)),
      });
      const file = resolve(cwd, flags.output);
      const bytes = await writeGraph(file, atlas);
      const { graph, prefixes, paths, vrps, sources, timeMs } = atlas;
      const facts = {
        file,
        bytes,
        ases: graph.asns.length,
        links: graph.links.count,
        prefixes: prefixes?.count ?? 0,
        paths: paths?.table.count ?? 0,
        vrps: vrps?.count ?? 0,
        time: timeMs > 0 ? new Date(timeMs).toISOString() : null,
        durationMs: Math.round(performance.now() - started),
      };
      screen.document({ ...facts, sources });
      printList(
        screen,
        [
          ['KIND', ({ kind }) => kind],
          ['SOURCE', ({ name }) => name],
          ['ENTRIES', ({ count }) => count],
          ['DATE', ({ timeMs: ms }) => (ms === undefined ? null : new Date(ms).toISOString().slice(0, 10))],
        ],
        sources,
      );
      for (const { name, notes } of sources) for (const note of notes) screen.note(`${name}: ${note}`);
      const parts = [
        counted(facts.ases, 'AS', 'ASes'),
        counted(facts.links, 'link'),
        counted(facts.prefixes, 'prefix', 'prefixes'),
        counted(facts.paths, 'path'),
      ];
      screen.print(`\n${flags.output}: ${parts.join(', ')}, ${formatSize(bytes)}`);
    });
}
