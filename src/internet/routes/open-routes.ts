import { NetwrightError } from '#core';
import { type OpenSourceOptions, openSource, type Source, type SourceInput } from '../source/open-source.ts';
import type { SourceFormat } from '../source/sniff.ts';
import { readBgpdumpText } from './bgpdump-text.ts';
import { readFrrJson, readGobgpJson } from './json-routes.ts';
import { readJunosRoutes } from './junos-routes.ts';
import { readMrtRoutes } from './mrt-routes.ts';
import { RouteColumns } from './route-columns.ts';
import type { RouteTable } from './route-table.ts';
import { isTooShort, sayPackedDamage, sayTooShort } from './short-source.ts';
import { readShowIpBgp } from './show-ip-bgp.ts';
import { ReadingLog, type ReadStatistics } from './statistics.ts';

export interface OpenRoutesOptions extends OpenSourceOptions {
  /** Name of the collector of all sources. Default: of each its file name. */
  readonly collector?: string;
  /** Where a text or JSON table comes from, for it does not say. Default: AS 0 at `0.0.0.0`, or what the table says. */
  readonly vantagePoint?: { readonly asn: number; readonly address: string };
}

export interface ReadRoutes extends RouteTable {
  readonly statistics: ReadStatistics;
}

/**
 * Reads routing tables and updates into columns, whatever they are packed with and written in: MRT, `bgpdump -m`
 * lines, `show ip bgp` of Cisco, FRR and Quagga, `show route protocol bgp` of Junos, JSON tables of FRR and GoBGP. Damage
 * is no exception: what can be read is kept, and the statistics say what was not. The event loop is given a turn every few
 * hundred kilobytes.
 * @throws {@link NetwrightError} `NW_INTERNET_FILE` when a source cannot be read at all, `NW_INTERNET_FORMAT` when it
 * holds no routes, `NW_CANCELLED` when the signal fires.
 */
export async function openRoutes(
  sources: SourceInput | readonly SourceInput[],
  options: OpenRoutesOptions = {},
): Promise<ReadRoutes> {
  const columns = new RouteColumns();
  const log = new ReadingLog();
  for (const input of isMany(sources) ? sources : [sources]) {
    await using source = await openSource(input, options);
    log.source = source.name;
    await readRoutes(source, columns, log, options);
    log.fileBytes += source.bytesRead;
    sayPackedDamage(source, log);
  }
  return { ...columns.table(), statistics: log.statistics() };
}

/** What a reader of one format is given. */
export interface RouteReading {
  readonly source: Source;
  readonly columns: RouteColumns;
  readonly log: ReadingLog;
  readonly collector: string;
  readonly options: OpenRoutesOptions;
}

const readers: Partial<Record<SourceFormat, (reading: RouteReading) => Promise<void>>> = {
  mrt: readMrtRoutes,
  'bgpdump-text': readBgpdumpText,
  'show-ip-bgp': readShowIpBgp,
  'junos-routes': readJunosRoutes,
  'frr-json': readFrrJson,
  'gobgp-json': readGobgpJson,
};

async function readRoutes(
  source: Source,
  columns: RouteColumns,
  log: ReadingLog,
  options: OpenRoutesOptions,
): Promise<void> {
  const read = readers[source.format];
  if (read) await read({ source, columns, log, collector: options.collector ?? source.name, options });
  else if (isTooShort(source)) sayTooShort(source, log);
  else throw new NetwrightError('NW_INTERNET_FORMAT', `${source.name}: expected routes, found ${describe(source)}`);
}

function describe({ format, head }: Source): string {
  const beginning = JSON.stringify(head.subarray(0, 40).toString('latin1'));
  return format === 'unknown' ? `something that begins with ${beginning}` : `${format} (begins with ${beginning})`;
}

const isMany = (sources: SourceInput | readonly SourceInput[]): sources is readonly SourceInput[] =>
  Array.isArray(sources);
