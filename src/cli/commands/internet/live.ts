import { resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from '@commander-js/extra-typings';
import { NetwrightError, parseDurationMs } from '#core';
import type { FollowEvent, Following } from '#internet';
import { example } from '../../example.ts';
import { usualGraph } from '../../internet-graph.ts';
import { liveText, statusText } from '../../live-text.ts';
import { argument, count } from '../../run-flags.ts';
import type { Runtime } from '../../runtime.ts';

const statusEveryMs = 10_000;
/** The longest that a timer of Node can wait. */
const longestMs = 2 ** 31 - 1;

export function internetLiveCommand(runtime: Runtime) {
  return new Command('live')
    .description('Keep a graph file current: listen to routers (BMP) and to RIS Live.')
    .argument(
      '[files...]',
      'what it begins with: routing tables and the updates after them, or a graph; and names, delegations, relationships, … as for `internet build`',
    )
    .option('--bmp <address>', 'listen for routers: 11019, 192.0.2.1:11019, [::]:11019; may be repeated', endpoints)
    .option('--collectors', 'these routers only collect: their own AS is no part of the paths')
    .option('--ris-live', 'follow the collectors of the RIPE NCC')
    .option('--ris-url <address>', 'another server that speaks as RIS Live: wss://…')
    .option(
      '--ris-filter <filter>',
      "what of RIS Live: 'host=rrc00 peer=… prefix=41.32.0.0/12 path=8452'; may be repeated",
      collect,
    )
    .option('-o, --output <file>', 'the graph file', usualGraph)
    .option('--table <file>', 'write the routes too, as MRT: a later start begins with them (.gz packs)')
    .addOption(
      new Option('--every <time>', 'how often the graph is written')
        .argParser(argument(durationMs))
        .default(300_000, '5m'),
    )
    .addOption(new Option('--for <time>', 'end after so long; else Ctrl-C ends it').argParser(argument(durationMs)))
    .addOption(
      new Option('--keep-lost <time>', 'how long routes of a router stay that is gone')
        .argParser(argument(durationMs))
        .default(900_000, '15m'),
    )
    .addOption(
      new Option('--most-routes <count>', 'routes that may be in memory (default: 60 million)').argParser(count),
    )
    .option('--clique <asns>', 'the transit-free ASes, as for `internet build`')
    .option('--second-pass', 'judge hard links again by their features')
    .option('--no-routes', 'do not keep in the graph which paths lead to which prefix')
    .addHelpText(
      'after',
      example(
        'internet live --bmp 192.0.2.1:11019 asn.txt delegated-*-latest',
        `internet live --ris-live --ris-filter 'host=rrc00' rrc00.bview.gz asn.txt -o now.nwgraph --every 2m`,
        'internet live --bmp 11019 --table now.mrt.gz --for 1h --json',
      ),
    )
    .action(async (files, flags) => {
      const { screen, cwd } = runtime;
      if (flags.bmp === undefined && !flags.risLive && flags.risUrl === undefined) {
        throw new NetwrightError('NW_USAGE', 'nothing to follow: neither --bmp nor --ris-live was given', {
          hint: 'netwright internet live --bmp 11019',
        });
      }
      const hasRis = flags.risLive === true || flags.risUrl !== undefined;
      if (flags.risFilter !== undefined && !hasRis) {
        throw new NetwrightError('NW_USAGE', '--ris-filter goes with --ris-live');
      }
      const { followInternet, parseAsn, parseRisFilter } = await import('#internet');
      const signal =
        flags.for === undefined ? runtime.signal : AbortSignal.any([runtime.signal, AbortSignal.timeout(flags.for)]);
      let isWritten = false;
      const following = await followInternet({
        ...(flags.bmp && { bmp: flags.bmp }),
        ...(flags.collectors && { areCollectors: true }),
        ...(hasRis && {
          risLive: {
            ...(flags.risUrl !== undefined && { url: flags.risUrl }),
            filters: (flags.risFilter ?? []).map(parseRisFilter),
          },
        }),
        files: files.map((file) => resolve(cwd, file)),
        output: resolve(cwd, flags.output),
        ...(flags.table !== undefined && { tableOutput: resolve(cwd, flags.table) }),
        everyMs: flags.every,
        keepLostMs: flags.keepLost,
        ...(flags.mostRoutes !== undefined && { mostRoutes: flags.mostRoutes }),
        ...(flags.clique !== undefined && { clique: flags.clique.split(',').map(parseAsn) }),
        ...(flags.secondPass && { secondPass: true }),
        keepRoutes: flags.routes,
        signal,
        onEvent: (event) => {
          isWritten ||= event.kind === 'graph';
          tell(runtime, event);
        },
      });
      for (const [at, { host }] of (flags.bmp ?? []).entries()) {
        const port = following.ports[at]!;
        screen.record({ kind: 'listening', host, port });
        screen.print(
          `${clock()}  listening for routers at ${host.includes(':') ? `[${host}]` : host}:${port} (Ctrl-C ends it)`,
        );
      }
      await untilDone(runtime, following);
      if (following.status().routes > 0) return;
      screen.note(
        isWritten
          ? 'there are no routes any more: the graph stays as it was written last'
          : 'there are no routes: no graph was written of nothing',
      );
    });
}

function tell({ screen }: Runtime, event: FollowEvent): void {
  screen.record(event.kind === 'graph-failed' ? { ...event, error: event.error.toJSON() } : event);
  if (event.kind === 'started') for (const note of event.notes) screen.note(screen.errorColors.dim(note));
  if (event.kind === 'router-down')
    for (const note of event.skipped) screen.note(screen.errorColors.dim(`${event.router}: ${note}`));
  const text = liveText(event);
  if (text !== undefined) screen.print(`${clock()}  ${text}`);
}

async function untilDone({ screen }: Runtime, following: Following): Promise<void> {
  let before = 0;
  const status = setInterval(() => {
    const now = following.status();
    const perS = ((now.messages - before) * 1000) / statusEveryMs;
    before = now.messages;
    screen.note(screen.errorColors.dim(`${clock()}  ${statusText(now, perS)}`));
  }, statusEveryMs);
  try {
    await following.done;
  } finally {
    clearInterval(status);
  }
}

const collect = (text: string, before: readonly string[] | undefined): readonly string[] => [...(before ?? []), text];

const clock = (): string => new Date().toTimeString().slice(0, 8);

function durationMs(text: string): number {
  const ms = parseDurationMs(text);
  if (ms < 1 || ms > longestMs) throw new NetwrightError('NW_USAGE', `"${text}": expected a time up to 24 days`);
  return ms;
}

interface Endpoint {
  readonly host: string;
  readonly port: number;
}

/** BMP has no log-in: where no address is given, only this machine is listened to. */
function endpoints(text: string, before: readonly Endpoint[] = []): readonly Endpoint[] {
  const match = /^(?:(?:\[([\da-f:.]+)\]|([^:[\]]*)):)?(\d{1,5})$/i.exec(text);
  const port = Number(match?.[3]);
  if (match === null || port > 65_535) {
    throw new InvalidArgumentError('expected a port or an address with one, such as 192.0.2.1:11019.');
  }
  return [...before, { host: match[1] ?? (match[2] || '127.0.0.1'), port }];
}
