import { resolve } from 'node:path';
import { Command } from '@commander-js/extra-typings';
import { formatDuration, NetwrightError } from '#core';
import type { Fetched, PublicSource } from '#internet';
import { example } from '../../example.ts';
import { usualGraph } from '../../internet-graph.ts';
import { printList } from '../../internet-table.ts';
import { countOrNone } from '../../run-flags.ts';
import type { Runtime } from '../../runtime.ts';
import { formatSize } from '../../table.ts';

const noteEveryMs = 5000;

export function internetFetchCommand(runtime: Runtime) {
  return new Command('fetch')
    .description('Download current public data; what has not changed is not sent again, what broke off goes on.')
    .option('--collector <name>', 'a routing table: rrc00, route-views2, route-views.linx; may be repeated', collect)
    .option('--rir', 'delegated statistics of the five registries')
    .option('--peeringdb', 'networks, exchanges, and who is present there')
    .option('--names', 'names of ASes')
    .option('--as-rel', 'relationships of CAIDA (mind its acceptable use agreement)')
    .option('--vrps', 'validated ROAs')
    .option('--to <folder>', 'where the files go', 'internet-data')
    .option(
      '--url <name=address>',
      'another address for one of the files: rir-arin=https://…; may be repeated',
      collect,
    )
    .option('--build', `build ${usualGraph} from the files afterwards`)
    .option('--retries <count>', 'further attempts a file', countOrNone, 3)
    .addHelpText(
      'after',
      example('internet fetch --collector rrc00 --rir --peeringdb --names --build', 'internet fetch --rir --json'),
    )
    .action(async (flags) => {
      const { screen, signal, cwd } = runtime;
      const { fetchPublicData } = await import('#internet');
      const wanted: readonly (readonly [PublicSource, true | undefined])[] = [
        ['rir', flags.rir],
        ['peeringdb', flags.peeringdb],
        ['names', flags.names],
        ['as-rel', flags.asRel],
        ['vrps', flags.vrps],
      ];
      const fetched: Fetched[] = [];
      let notedMs = 0;
      for await (const outcome of fetchPublicData({
        folder: resolve(cwd, flags.to),
        collectors: flags.collector ?? [],
        sources: wanted.flatMap(([source, isWanted]) => (isWanted ? [source] : [])),
        urls: Object.fromEntries((flags.url ?? []).map(address)),
        retries: flags.retries,
        signal,
        onProgress: ({ name, bytes, total }) => {
          if (performance.now() - notedMs < noteEveryMs) return;
          notedMs = performance.now();
          const of = total === undefined ? '' : ` of ${formatSize(total)}`;
          screen.note(screen.errorColors.dim(`${name}: ${formatSize(bytes)}${of}`));
        },
      })) {
        fetched.push(outcome);
        if (!outcome.ok) {
          screen.note(`${outcome.name}: ${outcome.error.message}`);
          runtime.someFailed();
        }
      }
      screen.document({ files: fetched.map(record) });
      printList(
        screen,
        [
          ['DATA', ({ name }) => name],
          ['', (one) => (one.ok ? one.value.outcome : 'failed')],
          ['SIZE', (one) => (one.ok ? formatSize(one.value.bytes) : null)],
          ['TIME', ({ durationMs }) => formatDuration(durationMs)],
          ['FILE', ({ path }) => path],
        ],
        fetched,
      );
      if (flags.build) await build(runtime, fetched);
    });
}

async function build({ screen, signal, cwd }: Runtime, fetched: readonly Fetched[]): Promise<void> {
  const { buildAtlas, writeGraph } = await import('#internet');
  const files = fetched.filter(({ ok }) => ok).map(({ path }) => path);
  const file = resolve(cwd, usualGraph);
  const bytes = await writeGraph(file, await buildAtlas(files, { signal }));
  screen.print(`\n${usualGraph}: ${formatSize(bytes)}`);
}

const record = (one: Fetched): object =>
  one.ok
    ? { name: one.name, ok: true, path: one.path, url: one.url, ...one.value, durationMs: Math.round(one.durationMs) }
    : { name: one.name, ok: false, path: one.path, url: one.url, error: one.error.toJSON() };

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

function address(text: string): readonly [string, string] {
  const at = text.indexOf('=');
  if (at < 1 || !URL.canParse(text.slice(at + 1))) {
    throw new NetwrightError(
      'NW_USAGE',
      `--url ${text}: expected <name>=<address>, such as rir-arin=https://mirror.example/arin`,
    );
  }
  return [text.slice(0, at), text.slice(at + 1)];
}
