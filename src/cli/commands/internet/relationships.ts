import { resolve } from 'node:path';
import { Command, InvalidArgumentError } from '@commander-js/extra-typings';
import type { Inference, LinkRecord, PathTable } from '#internet';
import { example } from '../../example.ts';
import { countOrNone } from '../../run-flags.ts';
import type { Runtime } from '../../runtime.ts';
import type { Screen } from '../../screen.ts';
import { counted } from '../../table.ts';
import { writeOutput } from '../../write-output.ts';

export function internetRelationshipsCommand(runtime: Runtime) {
  return new Command('relationships')
    .description('Find out who is provider, customer and peer of whom, from routing tables alone.')
    .argument('<files...>', 'MRT and other tables, packed or not')
    .option('-o, --output <file>', 'where to write the relationships in the form of CAIDA (default: stdout)')
    .option('--clique <asns>', 'the ASes at the top, such as 174,3356,1299, where you know them', asnList)
    .option('--route-servers <asns>', 'more route servers of exchanges to take out of paths', asnList)
    .option(
      '--date <day>',
      'which AS numbers were free then, such as 2010-07-01 (default: the day of the tables)',
      dayS,
    )
    .option('--second-pass', 'judge the links once more that no step of the algorithm explains')
    .option('--least-views <n>', 'vantage points that must be placed to see that a peering is none (3)', countOrNone)
    .addHelpText(
      'after',
      example(
        'internet relationships rib.20260901.0000.bz2 > as-rel.txt',
        'internet relationships rrc00.gz rrc06.gz --second-pass -o as-rel.txt',
        'internet relationships rib.gz --json | head -2',
      ),
    )
    .action(async (files, flags) => {
      const { screen, signal, cwd } = runtime;
      const { inferRelationships, knownRouteServers, openRoutes, writeSerial1 } = await import('#internet');
      const routes = await openRoutes(
        files.map((file) => (file === '-' ? { name: 'stdin', bytes: runtime.stdin } : resolve(cwd, file))),
        { signal },
      );
      const atS = flags.date ?? routes.statistics.timeS;
      const inference = await inferRelationships(routes.paths, {
        signal,
        ...(atS !== undefined && { atS }),
        ...(flags.clique && { clique: flags.clique }),
        ...(flags.routeServers && { routeServers: flags.routeServers }),
        ...(flags.secondPass && { secondPass: true }),
        ...(flags.leastViews !== undefined && { leastViews: flags.leastViews }),
      });
      const summary = summaryOf(inference);
      const notes = [
        `${counted(routes.routeCount, 'route')}, ${counted(inference.report.kept, 'distinct path')}`,
        `inferred by Netwright after ASRank (Luckie et al., IMC 2013)${secondPassText(inference)}`,
      ];
      if (screen.isJson && flags.output === undefined) {
        screen.record({ summary });
        await printRecords(screen, inference, routes.paths, signal);
        return;
      }
      const text = writeSerial1(inference, {
        clique: inference.clique,
        routeServers: [...knownRouteServers, ...(flags.routeServers ?? [])],
        sources: files,
        notes,
      });
      if (flags.output === undefined) await printText(screen, text, signal);
      else {
        const file = resolve(cwd, flags.output);
        await writeOutput(file, text, signal);
        screen.document({ file, summary });
      }
      printSummary(screen, summary);
    });
}

/** The links of an inference, counted. */
type Summary = ReturnType<typeof summaryOf>;

function summaryOf(inference: Inference) {
  const { links, clique, report, vantagePoints, secondPass } = inference;
  const relations = { customer: 0, peer: 0, sibling: 0, unknown: 0 };
  for (const relation of links.relation)
    relations[(['unknown', 'customer', 'customer', 'peer', 'sibling'] as const)[relation]!] += 1;
  return {
    ases: inference.asns.length,
    links: links.count,
    relations,
    clique,
    vantagePoints: {
      full: vantagePoints.filter(({ isPartial }) => !isPartial).length,
      partial: vantagePoints.filter(({ isPartial }) => isPartial).length,
    },
    paths: report,
    ...(secondPass && { secondPass }),
  };
}

function secondPassText({ secondPass }: Pick<Inference, 'secondPass'>): string {
  if (secondPass === undefined) return '';
  const { told, surePeers, leastPeers } = secondPass;
  if (surePeers >= leastPeers) return `, with a second pass that told ${counted(told, 'more link')}`;
  return `, with a second pass that told nothing: it learns from ${leastPeers} sure peerings, and ${surePeers === 1 ? '1 is' : `${surePeers} are`} seen`;
}

function printSummary(screen: Screen, summary: Summary): void {
  const { ases, links, relations, clique, vantagePoints, paths } = summary;
  const { dim } = screen.errorColors;
  screen.note(
    `${counted(ases, 'AS', 'ASes')}, ${counted(links, 'link')}, ${counted(vantagePoints.full + vantagePoints.partial, 'vantage point')}`,
  );
  screen.note(
    `${counted(relations.customer, 'customer')}, ${counted(relations.peer, 'peering')}, ${counted(relations.sibling, 'sibling')}, ${relations.unknown.toLocaleString('en')} unknown${secondPassText(summary)}`,
  );
  screen.note(`transit-free: ${clique.join(' ')}`);
  const dropped = paths.sets + paths.reserved + paths.loops + paths.cliqueSeparated;
  screen.note(
    dim(
      `${counted(paths.kept, 'path')} used, ${counted(dropped, 'path')} with sets, reserved numbers, loops or poison left out`,
    ),
  );
}

async function printRecords(
  screen: Screen,
  inference: Inference,
  paths: PathTable,
  signal: AbortSignal,
): Promise<void> {
  const { linkRecords } = await import('#internet');
  for (const record of linkRecords(inference, paths)) {
    screen.record(record satisfies LinkRecord);
    await screen.drained(signal);
    if (screen.isClosed) return;
  }
}

async function printText(screen: Screen, text: Iterable<string>, signal: AbortSignal): Promise<void> {
  for (const batch of text) {
    screen.printRaw(Buffer.from(batch));
    await screen.drained(signal);
    if (screen.isClosed) return;
  }
}

function asnList(text: string, before: readonly number[] = []): readonly number[] {
  const asns = text.split(/[\s,]+/).map((word) => Number(/^(?:AS)?(\d{1,10})$/i.exec(word)?.[1] ?? Number.NaN));
  if (asns.some((asn) => !(asn > 0 && asn < 2 ** 32))) {
    throw new InvalidArgumentError('expected AS numbers, such as 174,3356.');
  }
  return [...before, ...asns];
}

function dayS(text: string): number {
  const ms = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(ms)) throw new InvalidArgumentError('expected a day, such as 2010-07-01.');
  return ms / 1000;
}
