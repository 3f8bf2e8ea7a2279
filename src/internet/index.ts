export {
  type AsGraph,
  indexOfAsn,
  type LinkTable,
  type Relation,
  relations,
  type Step,
  steps,
} from './graph/as-graph.ts';
export type {
  Atlas,
  ConeSizes,
  Flows,
  PrefixOrigins,
  SeenPaths,
  SourceNote,
  VrpTable,
} from './graph/atlas.ts';
export { type AsnLinks, buildAsGraph } from './graph/build-graph.ts';
export { openGraph, type WritableAtlas, writeGraph } from './graph/graph-file.ts';
export { countryCodes } from './graph/longitudes.ts';
export type { Exchange, Registry } from './graph/registry.ts';
export { type AsFacts, buildRegistry, RegistryTable } from './graph/registry-table.ts';
export {
  type Bgp4mpState,
  type Bgp4mpUpdate,
  type WriteTableOptions,
  writeBgp4mp,
  writeTableDumpV2,
} from './mrt/write-mrt.ts';
export { addressBytes, addressText, prefixText } from './routes/address.ts';
export { linksOfPaths, type PathLinks } from './routes/links.ts';
export { type OpenRoutesOptions, openRoutes, type ReadRoutes } from './routes/open-routes.ts';
export { type PathTable, type PrefixTable, type RouteTable, setMark, type VantagePoint } from './routes/route-table.ts';
export type { Damage, ReadStatistics, Skipped } from './routes/statistics.ts';
export {
  type OpenSourceOptions,
  openSource,
  type PackedDamage,
  type Source,
  type SourceInput,
  type SourceProgress,
} from './source/open-source.ts';
export { type Compression, type SourceFormat, sniffCompression, sniffFormat } from './source/sniff.ts';
