import { parseAsn } from '../files/asn-text.ts';
import { writeTableDumpV2 } from '../mrt/write-mrt.ts';
import { itemsASlice, runSliced, type Sliced } from '../relationships/slices.ts';
import { openRoutes } from '../routes/open-routes.ts';
import { PathInterner } from '../routes/path-interner.ts';
import { anyAddress, type RouteTable } from '../routes/route-table.ts';

/** What a router answered when it was asked for its routes. */
export interface RouterAnswers {
  /** For messages and as the name of the source: `device:r1`. */
  readonly name: string;
  /** Its answer to `show bgp summary`, of Junos to `show route summary`, where its AS and its identifier stand. */
  readonly summary: string;
  /** Its tables, of each family: text of `show ip bgp`, or of `show route protocol bgp` of Junos, or JSON of FRR. */
  readonly tables: readonly Uint8Array[];
}

export interface RouterTable {
  /** MRT (TABLE_DUMP_V2): every route as its neighbours would hear it, its own AS first. */
  readonly bytes: Buffer;
  /** Undefined where the router did not say. */
  readonly asn: number | undefined;
  readonly routeCount: number;
  /** What had to be left out. */
  readonly notes: readonly string[];
}

/**
 * Makes of the tables of a router what a collector has of a neighbour: the router is the vantage point, and its AS stands
 * first in every path, so that its own links are seen.
 * @throws NetwrightError `NW_INTERNET_FORMAT` when none of the answers is a table, `NW_CANCELLED`.
 */
export async function routerTable(
  { name, summary, tables }: RouterAnswers,
  signal?: AbortSignal,
): Promise<RouterTable> {
  const sliced = signal === undefined ? {} : { signal };
  const { asn, routerId } = identityOf(summary, tables);
  const vantagePoint = { asn: asn ?? 0, address: routerId ?? anyAddress };
  const { statistics, ...read } = await openRoutes(
    tables.map((bytes) => ({ name, bytes })),
    { ...sliced, collector: name, ...(asn !== undefined && { vantagePoint }) },
  );
  const table = asn === undefined ? read : await runSliced(behind(asn, read), sliced);
  const notes = statistics.skipped.map(({ reason, count }) => `${name}: ${count} skipped: ${reason}`);
  const parts: Buffer[] = [];
  await runSliced(written(table, parts), sliced);
  if (asn === undefined) notes.push(`${name}: it did not say which AS it is of: its own links are not seen`);
  return { bytes: Buffer.concat(parts), asn, routeCount: table.routeCount, notes };
}

/**
 * `local AS number 65000` of Cisco, Arista and FRR; `Autonomous system number: 65000` of Junos; `localAS` and `routerId` of
 * the JSON of FRR.
 */
function identityOf(
  summary: string,
  tables: readonly Uint8Array[],
): { asn: number | undefined; routerId: string | undefined } {
  const heads = [
    summary.slice(0, 4096),
    ...tables.map((bytes) => Buffer.from(bytes.subarray(0, 4096)).toString('latin1')),
  ];
  const first = (pattern: RegExp): string | undefined => {
    for (const head of heads) {
      const found = pattern.exec(head)?.[1];
      if (found !== undefined) return found;
    }
    return undefined;
  };
  const text =
    first(/\b(?:local AS (?:number )?|Autonomous system number: )(\d+(?:\.\d+)?)/) ?? first(/"localAS": ?"?(\d+)/);
  const routerId =
    first(/\b(?:router identifier|local router ID is|router ID:) (\d+\.\d+\.\d+\.\d+)/i) ??
    first(/"routerId": ?"([\d.]+)"/);
  return { asn: text === undefined ? undefined : parseAsn(text), routerId };
}

function* behind(asn: number, table: RouteTable): Sliced<RouteTable> {
  const { paths, pathOf } = table;
  const interner = new PathInterner();
  const moved = new Uint32Array(paths.count);
  for (let path = 0; path < paths.count; path += 1) {
    if (path % itemsASlice === 0) yield 'putting the AS of the router first';
    moved[path] = interner.ofTable(paths, path, asn);
  }
  const after = new Uint32Array(pathOf.length);
  for (let route = 0; route < pathOf.length; route += 1) after[route] = moved[pathOf[route]!]!;
  return { ...table, pathOf: after, paths: interner.table() };
}

function* written(table: RouteTable, into: Buffer[]): Sliced<void> {
  for (const part of writeTableDumpV2(table)) {
    into.push(part);
    yield 'writing';
  }
}
