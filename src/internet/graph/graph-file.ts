import type { Atlas, ConeSizes, PrefixOrigins, SeenPaths, SourceNote, VrpTable } from './atlas.ts';
import type { Column } from './column-file.ts';
import { firstBytes, isColumnFile, readColumns, writeColumns } from './column-file.ts';
import type { Exchange } from './registry.ts';
import { RegistryTable } from './registry-table.ts';

interface GraphFileFacts {
  readonly timeMs: number;
  readonly sources: readonly SourceNote[];
  readonly exchanges: readonly Omit<Exchange, 'members'>[];
  /** IPv4 entries of the prefixes and of the VRPs. */
  readonly count4: number;
  readonly vrpCount4: number;
}

/** A atlas that was built with a registry of ours. */
export type WritableAtlas = Atlas & { readonly registry: RegistryTable };

/** Writes a graph file, whole or not at all; resolves with its size in bytes. */
export async function writeGraph(file: string, atlas: WritableAtlas): Promise<number> {
  const {
    graph,
    registry,
    cones,
    counts,
    singlePoints,
    roles,
    flows,
    prefixes,
    originated,
    paths,
    vrps,
    addresses,
    sources,
    timeMs,
  } = atlas;
  const { exchanges, names, organisations, types, ...rows } = registry.columns;
  const columns: Record<string, Column> = {
    asns: graph.asns,
    offsets: graph.offsets,
    neighbours: graph.neighbours,
    linkOf: graph.linkOf,
    ...prefixed('link', {
      a: graph.links.a,
      b: graph.links.b,
      relation: graph.links.relation,
      confidence: graph.links.confidence,
      step: graph.links.step,
      paths: graph.links.paths,
    }),
    ...prefixed('registry', {
      asns: rows.asns,
      country: rows.country,
      organisation: rows.organisation,
      type: rows.type,
    }),
    ...prefixed('names', names),
    ...prefixed('organisations', organisations),
    ...prefixed('types', types),
    ...exchangeColumns(exchanges),
    ...prefixed('cone', defined(cones)),
    ...(counts && prefixed('count', counts)),
    ...(singlePoints && prefixed('single', singlePoints)),
    ...(roles && { roles }),
    ...(flows && prefixed('flow', flows)),
    ...(prefixes && prefixed('prefix', columnsOf(prefixes))),
    ...(originated && prefixed('originated', originated)),
    ...(paths && pathColumns(paths)),
    ...(vrps && prefixed('vrp', columnsOf(vrps))),
    ...(addresses && prefixed('address', addresses)),
  };
  const facts: GraphFileFacts = {
    timeMs,
    sources,
    exchanges: exchanges.map(({ id, name, country, city }) => ({ id, name, country, city })),
    count4: prefixes?.count4 ?? 0,
    vrpCount4: vrps?.count4 ?? 0,
  };
  return await writeColumns(file, { columns, facts });
}

/**
 * Opens a graph file. Its columns lie in memory as they lie in the file: nothing is copied or decoded before it is
 * asked for.
 * @throws NetwrightError `NW_INTERNET_FILE`, `NW_INTERNET_FORMAT` as `readColumns`.
 */
export async function openGraph(file: string): Promise<WritableAtlas> {
  const { columns, facts: read } = await readColumns(file);
  const facts = read as GraphFileFacts;
  const words = (name: string): Uint32Array => (columns[name] as Uint32Array | undefined) ?? new Uint32Array();
  const halves = (name: string): Uint16Array => (columns[name] as Uint16Array | undefined) ?? new Uint16Array();
  const bytes = (name: string): Uint8Array => (columns[name] as Uint8Array | undefined) ?? new Uint8Array();
  const text = (name: string) => {
    const { buffer, byteOffset, length } = bytes(`${name}.bytes`);
    return { offsets: words(`${name}.offsets`), bytes: Buffer.from(buffer, byteOffset, length) };
  };
  const members = words('exchange.members');
  const memberOffsets = words('exchange.offsets');
  const registry = new RegistryTable({
    asns: words('registry.asns'),
    country: halves('registry.country'),
    names: text('names'),
    organisation: words('registry.organisation'),
    organisations: text('organisations'),
    type: bytes('registry.type'),
    types: text('types'),
    exchanges: facts.exchanges.map((exchange, at) => ({
      ...exchange,
      members: members.subarray(memberOffsets[at], memberOffsets[at + 1]),
    })),
  });
  const a = words('link.a');
  return {
    graph: {
      asns: words('asns'),
      offsets: words('offsets'),
      neighbours: words('neighbours'),
      linkOf: words('linkOf'),
      links: {
        count: a.length,
        a,
        b: words('link.b'),
        relation: bytes('link.relation'),
        confidence: bytes('link.confidence'),
        step: bytes('link.step'),
        paths: words('link.paths'),
      },
    },
    registry,
    cones: {
      recursive: words('cone.recursive'),
      ...('cone.observed' in columns && { observed: words('cone.observed') }),
      ...('cone.providerPeerObserved' in columns && { providerPeerObserved: words('cone.providerPeerObserved') }),
    },
    ...('count.providers' in columns && {
      counts: {
        providers: words('count.providers'),
        customers: words('count.customers'),
        peers: words('count.peers'),
        siblings: words('count.siblings'),
        unknown: words('count.unknown'),
      },
    }),
    ...('single.above' in columns && {
      singlePoints: { above: words('single.above'), isConnected: bytes('single.isConnected') },
    }),
    ...('roles' in columns && { roles: bytes('roles') }),
    ...('flow.paths' in columns && {
      flows: {
        paths: words('flow.paths'),
        prefixes: words('flow.prefixes'),
        entryPaths: words('flow.entryPaths'),
        entryPrefixes: words('flow.entryPrefixes'),
      },
    }),
    ...('prefix.words' in columns && {
      prefixes: {
        count: bytes('prefix.length').length,
        count4: facts.count4,
        length: bytes('prefix.length'),
        words: words('prefix.words'),
        offsets: words('prefix.offsets'),
        origins: words('prefix.origins'),
        seenBy: halves('prefix.seenBy'),
      },
    }),
    ...('originated.four' in columns && {
      originated: { four: words('originated.four'), six: words('originated.six') },
    }),
    ...('path.offsets' in columns && { paths: pathsOf(columns, words) }),
    ...('vrp.words' in columns && {
      vrps: {
        count: bytes('vrp.length').length,
        count4: facts.vrpCount4,
        length: bytes('vrp.length'),
        words: words('vrp.words'),
        maxLength: bytes('vrp.maxLength'),
        asn: words('vrp.asn'),
      },
    }),
    ...('address.first' in columns && {
      addresses: { first: words('address.first'), last: words('address.last'), country: halves('address.country') },
    }),
    sources: facts.sources,
    timeMs: facts.timeMs,
  };
}

/** Whether a file is one that {@link openGraph} reads, by its first bytes. @throws NetwrightError `NW_INTERNET_FILE`. */
export async function isGraphFile(file: string): Promise<boolean> {
  return isColumnFile(await firstBytes(file));
}

function exchangeColumns(exchanges: readonly Exchange[]): Record<string, Column> {
  const offsets = new Uint32Array(exchanges.length + 1);
  for (const [at, { members }] of exchanges.entries()) offsets[at + 1] = offsets[at]! + members.length;
  const all = new Uint32Array(offsets.at(-1)!);
  for (const [at, { members }] of exchanges.entries()) all.set(members, offsets[at]);
  return { 'exchange.offsets': offsets, 'exchange.members': all };
}

function pathColumns({ table, ofPrefix, examples }: SeenPaths): Record<string, Column> {
  const sets = [...table.sets];
  const setOffsets = new Uint32Array(sets.length + 1);
  for (const [at, [, members]] of sets.entries()) setOffsets[at + 1] = setOffsets[at]! + members.length;
  return {
    ...prefixed('path', { offsets: table.offsets, hops: table.hops, routes: table.routes }),
    ...prefixed('pathSet', {
      at: Uint32Array.from(sets, ([hop]) => hop),
      offsets: setOffsets,
      members: Uint32Array.from(sets.flatMap(([, members]) => members)),
    }),
    ...(ofPrefix && prefixed('ofPrefix', ofPrefix)),
    ...(examples && { examples }),
  };
}

function pathsOf(columns: Readonly<Record<string, Column>>, words: (name: string) => Uint32Array): SeenPaths {
  const offsets = words('path.offsets');
  const setOffsets = words('pathSet.offsets');
  const members = words('pathSet.members');
  const sets = new Map(
    Array.from(words('pathSet.at'), (hop, at) => [hop, [...members.subarray(setOffsets[at], setOffsets[at + 1])]]),
  );
  return {
    table: { count: offsets.length - 1, offsets, hops: words('path.hops'), routes: words('path.routes'), sets },
    ...('ofPrefix.offsets' in columns && {
      ofPrefix: { offsets: words('ofPrefix.offsets'), pathIds: words('ofPrefix.pathIds') },
    }),
    ...('examples' in columns && { examples: words('examples') }),
  };
}

const prefixed = (name: string, columns: object): Record<string, Column> =>
  Object.fromEntries(
    Object.entries(columns as Record<string, Column>).map(([key, column]) => [`${name}.${key}`, column]),
  );

const defined = ({ recursive, observed, providerPeerObserved }: ConeSizes): object => ({
  recursive,
  ...(observed && { observed }),
  ...(providerPeerObserved && { providerPeerObserved }),
});

function columnsOf(table: PrefixOrigins | VrpTable): object {
  const { count: _count, count4: _count4, ...columns } = table;
  return columns;
}
