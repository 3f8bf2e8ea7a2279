import { openDump, openRoutes, type ReadRoutes } from '#internet';
import { ByteWriter } from '../../../src/internet/mrt/byte-writer.ts';
import { mrt, tableDumpV2 } from '../../../src/internet/mrt/record-types.ts';
import { type WrittenAttributes, writeAttributes } from '../../../src/internet/mrt/write-attributes.ts';
import { mustBeAddress, record } from '../../../src/internet/mrt/write-mrt.ts';

/** One MRT record of any type, its body written by hand. */
export function mrtRecord(
  type: number,
  subtype: number,
  body: (to: ByteWriter) => void,
  timestampS = 1_000_000_000,
): Buffer {
  const to = new ByteWriter();
  record(to, timestampS, type, subtype, () => body(to));
  return to.take();
}

/** Peers 64500 at 192.0.2.1 (two octets) and 4200000001 at 2001:db8::1 (four). */
export const peerIndex = (): Buffer =>
  mrtRecord(mrt.tableDumpV2, tableDumpV2.peerIndexTable, (to) => {
    to.u32(0).u16(4).bytes(Buffer.from('view')).u16(2);
    to.u8(0).u32(1).bytes(mustBeAddress('192.0.2.1')).u16(64500);
    to.u8(3).u32(2).bytes(mustBeAddress('2001:db8::1')).u32(4_200_000_001);
  });

/** Attributes with their length before them. */
export function attributes(
  to: ByteWriter,
  parts: Partial<WrittenAttributes>,
  asnBytes: 2 | 4 = 4,
  more?: Uint8Array,
): void {
  to.measured(2, () => {
    writeAttributes(to, { path: [64500, 64501], nextHop: mustBeAddress('192.0.2.9'), ...parts }, asnBytes);
    if (more) to.bytes(more);
  });
}

export async function dumpText(
  bytes: Uint8Array,
): Promise<{ lines: string[]; damage: readonly string[]; skipped: readonly string[] }> {
  const dump = openDump(bytes);
  let text = '';
  for await (const part of dump.lines) text += part.toString('latin1');
  const { damage, skipped } = dump.statistics();
  return {
    lines: text.split('\n').filter((line) => line !== ''),
    damage: damage.map(({ offset, reason }) => `${offset}: ${reason}`),
    skipped: skipped.map(({ reason, count }) => `${count} ${reason}`),
  };
}

/** Routes as text, in order: `prefix path @asn`. */
export function routeTexts(routes: ReadRoutes): string[] {
  const { paths, prefixes } = routes;
  return Array.from({ length: routes.routeCount }, (_, route) => {
    const path = routes.pathOf[route]!;
    const prefix = routes.prefixOf[route]!;
    const hops = Array.from(paths.hops.subarray(paths.offsets[path]!, paths.offsets[path + 1]!), (hop, index) => {
      const set = paths.sets.get(paths.offsets[path]! + index);
      return set ? `{${set.join(',')}}` : `${hop}`;
    });
    const words = [...prefixes.words.subarray(prefix * 4, prefix * 4 + 4)].map((word) => word.toString(16)).join(':');
    return `${prefixes.family[prefix]} ${words}/${prefixes.length[prefix]} ${hops.join(' ')} @${routes.peers[routes.peerOf[route]!]!.asn}`;
  });
}

export const readTexts = async (bytes: Uint8Array): Promise<string[]> => routeTexts(await openRoutes(bytes));
