import { Command, Option } from '@commander-js/extra-typings';
import { NetwrightError } from '#core';
import type { GetterName } from '#facts';
import { example } from '../example.ts';
import type { GetterFlags } from '../facts-args.ts';
import { printSupport } from '../facts-list.ts';
import type { RowOutput } from '../facts-output.ts';
import { runFlags, selectFlag, settingFlags, withRunFlags } from '../run-flags.ts';
import type { Runtime } from '../runtime.ts';

export function factsCommand(runtime: Runtime) {
  return withRunFlags(
    new Command('facts')
      .description('Read devices as data: the same fields and units whatever the vendor.')
      .argument('<getter>', 'interfaces, bgp_neighbors, …; "list" names them all')
      .option(...selectFlag)
      .option('--where <condition>', `only rows that meet it: 'state != up and speed >= 10000'`)
      .option('--columns <fields>', 'fields to show, by commas; "all" for every one')
      .option('--csv', 'comma-separated values, one row a line')
      .addOption(
        new Option('--graph <file>', 'with lldp_neighbors: draw the topology, as .svg, .dot or .json').conflicts([
          'csv',
          'columns',
          'where',
        ]),
      )
      .option('--dark', 'light on dark, for --graph')
      .optionsGroup('What is asked:')
      .option('--interface <name>', 'of lldp_neighbors_detail: only this interface')
      .option('--neighbor <address>', 'of bgp_neighbors_detail and bgp_config: only this peer')
      .option('--group <name>', 'of bgp_config: only this group')
      .option('--vrf <name>', 'of arp_table: only this VRF')
      .option('--name <name>', 'of network_instances: only this one')
      .option('--destination <prefix>', 'of route_to: an address or a prefix')
      .option('--protocol <name>', 'of route_to: bgp, ospf, static, …')
      .option('--longer', 'of route_to: longer prefixes inside the destination too')
      .addOption(
        new Option('--retrieve <which>', 'of config').choices(['all', 'running', 'candidate', 'startup'] as const),
      )
      .option('--full', 'of config: with the defaults')
      .option('--sanitized', 'of config: secrets taken out by the device library; what is shown here never has any'),
  )
    .addHelpText(
      'after',
      example(
        'facts list',
        'facts interfaces -s site:cairo --where "state != up"',
        'facts bgp_neighbors --where "state == down or prefixes == 0"',
        'facts route_to --destination 10.0.0.0/8 --protocol bgp -s r1',
        'facts lldp_neighbors --graph topology.svg',
      ),
    )
    .action(async (name, flags) => {
      if (name === 'list') {
        await printSupport(runtime);
        return;
      }
      const { getterNamed } = await import('#facts');
      const getter = getterNamed(name);
      if (flags.graph !== undefined) {
        checkGraph(getter);
        const { drawTopologyOf } = await import('../facts-topology.ts');
        await drawTopologyOf(runtime, flags.graph, {
          ...(flags.select !== undefined && { select: flags.select }),
          ...(flags.dark && { dark: true }),
          settings: settingFlags(flags),
          limits: runFlags(flags),
        });
        return;
      }
      await printFacts(runtime, getter, flags);
    });
}

function checkGraph(getter: string): void {
  if (/^get_lldp_neighbors(?:_detail)?$/.test(getter)) return;
  throw new NetwrightError('NW_USAGE', '--graph: only lldp_neighbors can be drawn', {
    hint: 'netwright facts lldp_neighbors --graph topology.svg',
  });
}

type Flags = GetterFlags & {
  readonly select?: string | undefined;
  readonly where?: string | undefined;
  readonly columns?: string | undefined;
  readonly csv?: true | undefined;
} & Parameters<typeof settingFlags>[0];

async function printFacts(runtime: Runtime, getter: GetterName, flags: Flags): Promise<void> {
  const { screen, signal } = runtime;
  const [{ askDevices, parseWhere }, { argsOf }, { createRowOutput }, { Progress }, { noteNoDevices }] =
    await Promise.all([
      import('#facts'),
      import('../facts-args.ts'),
      import('../facts-output.ts'),
      import('../progress.ts'),
      import('../no-devices.ts'),
    ]);
  const args = argsOf(getter, flags);
  const where = flags.where === undefined ? undefined : parseWhere(flags.where);
  const workspace = await runtime.workspace(settingFlags(flags));
  const devices = (await workspace.inventory()).select(flags.select);
  await noteNoDevices(screen, workspace);
  const startedMs = performance.now();
  const output: RowOutput = createRowOutput(screen, getter, {
    order: devices.map(({ name }) => name),
    ...(where !== undefined && { where }),
    ...(flags.columns !== undefined && { columns: flags.columns.split(',').map((column) => column.trim()) }),
    isCsv: flags.csv === true,
  });
  await using progress = await Progress.start(screen, 'facts');
  const outcomes = askDevices(workspace, getter, {
    ...(flags.select !== undefined && { select: flags.select }),
    args,
    ...runFlags(flags),
    signal,
    onEvent: progress.onEvent,
  });
  for await (const outcome of outcomes) output.add(outcome);
  await progress[Symbol.asyncDispose]();
  output.finish(performance.now() - startedMs);
  if (output.hasFailed) runtime.someFailed();
}
