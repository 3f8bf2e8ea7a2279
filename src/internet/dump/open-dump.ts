import { NetwrightError } from '#core';
import { MrtReader } from '../mrt/mrt-reader.ts';
import { MrtPeers, type MrtSink } from '../mrt/mrt-route.ts';
import { isTooShort, sayPackedDamage, sayTooShort } from '../routes/short-source.ts';
import { ReadingLog, type ReadStatistics } from '../routes/statistics.ts';
import { type OpenSourceOptions, openSource, type SourceInput } from '../source/open-source.ts';
import { BgpdumpLines, type BgpdumpLinesOptions } from './bgpdump-lines.ts';
import { JsonLines } from './json-lines.ts';

export interface DumpOptions extends OpenSourceOptions, BgpdumpLinesOptions {
  /** Default `text`: the lines of `bgpdump -m`. */
  readonly as?: 'text' | 'json' | 'nothing';
}

export interface Dump {
  /** Whole lines, up to a megabyte or so at a time. */
  readonly lines: AsyncGenerator<Buffer>;
  /** Complete once the lines have been read. */
  statistics(): ReadStatistics;
}

/**
 * Prints an MRT file, whatever it is packed with, as `bgpdump -m` does, or as JSON lines. Damage is no exception: see
 * {@link ReadStatistics}.
 * @throws {@link NetwrightError} as `openSource` does, and `NW_INTERNET_FORMAT` for what is not MRT, from the lines.
 */
export function openDump(input: SourceInput, options: DumpOptions = {}): Dump {
  const log = new ReadingLog();
  return { lines: dumpLines(input, options, log), statistics: () => log.statistics() };
}

interface LineSink extends MrtSink {
  readonly length: number;
  take(): Buffer;
}

const silent: LineSink = { length: 0, take: () => Buffer.alloc(0), route() {}, withdrawal() {}, stateChange() {} };

async function* dumpLines(input: SourceInput, options: DumpOptions, log: ReadingLog): AsyncGenerator<Buffer> {
  await using source = await openSource(input, options);
  log.source = source.name;
  if (isTooShort(source)) {
    sayTooShort(source, log);
    log.fileBytes = source.bytesRead;
    sayPackedDamage(source, log);
    return;
  }
  if (source.format !== 'mrt') {
    const beginning = JSON.stringify(source.head.subarray(0, 40).toString('latin1'));
    throw new NetwrightError(
      'NW_INTERNET_FORMAT',
      `${source.name}: expected MRT, found ${source.format}: ${beginning}`,
    );
  }
  const peers = new MrtPeers();
  const sink = sinkFor(peers, options);
  const reader = new MrtReader(sink, peers, log);
  for await (const chunk of source.chunks()) {
    reader.push(chunk);
    if (sink.length > 0) yield sink.take();
  }
  reader.end();
  log.fileBytes = source.bytesRead;
  sayPackedDamage(source, log);
  if (sink.length > 0) yield sink.take();
}

function sinkFor(peers: MrtPeers, options: DumpOptions): LineSink {
  if (options.as === 'nothing') return silent;
  return options.as === 'json' ? new JsonLines(peers) : new BgpdumpLines(peers, options);
}
