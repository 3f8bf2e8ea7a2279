export { type AsSummary, asSummary, findAs } from './answers/as-summary.ts';
export {
  type AsDetail,
  type AsnAnswer,
  answerAsn,
  type Neighbour,
} from './answers/asn-answer.ts';
export {
  answerCompare,
  type CompareAnswer,
  type ComparedPair,
  type ComparedProvider,
} from './answers/compare-answer.ts';
export { answerCountry, type CountryAnswer } from './answers/country-answer.ts';
export { countryName, findCountry } from './answers/country-name.ts';
export { answerCustomers, type Customer, type CustomersAnswer } from './answers/customers-answer.ts';
export { answerGateways, type Gateway, type GatewaysAnswer, type Loss } from './answers/gateways.ts';
export type { LinkFact, SeenPath } from './answers/link-fact.ts';
export { neighbourCounts } from './answers/neighbour-counts.ts';
export { openGraph } from './answers/open-graph.ts';
export { answerPath, type PathAnswer, type PathHop } from './answers/path-answer.ts';
export { answerPrefix, type Origin, type PrefixAnswer, type PrefixRow } from './answers/prefix-answer.ts';
export { answerProviders, type ProviderRow, type ProvidersAnswer } from './answers/providers-answer.ts';
export { type Role, roles } from './answers/roles.ts';
export { type RpkiState, rpkiStates } from './answers/rpki.ts';
export { answerUpstreams, type Upstream, type UpstreamsAnswer } from './answers/upstreams-answer.ts';
export { type ObservedCones, observedCones } from './cones/observed-cones.ts';
export { ranksOf } from './cones/rank.ts';
export { customerCone, recursiveConeSizes } from './cones/recursive-cones.ts';
export { type MapOptions, type MapSource, mapOfAsns, mapOfCountry } from './draw/build-map.ts';
export type { LabelPart } from './draw/dot-text.ts';
export {
  type DrawMapOptions,
  drawMap,
  type MapFormat,
  type MapLayout,
  mapFormats,
  mapLayouts,
} from './draw/draw-map.ts';
export type {
  InternetMap,
  MapAs,
  MapBlock,
  MapExchange,
  MapLink,
  MapRelation,
  Role as MapRole,
} from './draw/map-model.ts';
export type { MapColors } from './draw/palette.ts';
export type { DumpRecord } from './dump/json-lines.ts';
export { type Dump, type DumpOptions, openDump } from './dump/open-dump.ts';
export {
  type Fetched,
  type FetchProgress,
  type FetchPublicDataOptions,
  fetchPublicData,
} from './fetch/fetch-public-data.ts';
export { type PublicSource, publicSources } from './fetch/public-data.ts';
export { parseAsn } from './files/asn-text.ts';
export { type AtlasInput, type BuildAtlasOptions, buildAtlas } from './files/build-atlas.ts';
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
  AddressCountries,
  Atlas,
  ConeSizes,
  Flows,
  NeighbourCounts,
  Originated,
  PrefixOrigins,
  SeenPaths,
  SinglePoints,
  SourceNote,
  VrpTable,
} from './graph/atlas.ts';
export { type AsnLinks, buildAsGraph } from './graph/build-graph.ts';
export { isGraphFile, type WritableAtlas, writeGraph } from './graph/graph-file.ts';
export { countryCodes } from './graph/longitudes.ts';
export type { Exchange, Registry } from './graph/registry.ts';
export { type AsFacts, buildRegistry, RegistryTable } from './graph/registry-table.ts';
export {
  type FollowEvent,
  type FollowInternetOptions,
  type Following,
  type FollowStatus,
  followInternet,
} from './live/follow-internet.ts';
export type { LiveEvent } from './live/live-event.ts';
export { parseRisFilter, type RisFilter } from './live/ris/ris-filter.ts';
export { type RouterAnswers, type RouterTable, routerTable } from './live/router-table.ts';
export {
  type Bgp4mpState,
  type Bgp4mpUpdate,
  type WriteTableOptions,
  writeBgp4mp,
  writeTableDumpV2,
} from './mrt/write-mrt.ts';
export type { HilbertKind, HilbertSource } from './planet/hilbert.ts';
export { drawHilbertHtml } from './planet/hilbert-html.ts';
export { drawHilbertPng, type HilbertOptions } from './planet/hilbert-picture.ts';
export type { PlanetLayout } from './planet/layout-planet.ts';
export type { PlanetSource } from './planet/planet-columns.ts';
export { drawPlanetHtml, type PlanetHtmlOptions } from './planet/planet-html.ts';
export { drawPlanetPng, type PlanetPngOptions } from './planet/planet-png.ts';
export { drawPlanetSvg, type PlanetSvgOptions } from './planet/planet-svg.ts';
export { type PlanetTextFormat, type PlanetTextOptions, planetText } from './planet/planet-text.ts';
export type { CleaningReport } from './relationships/clean-paths.ts';
export { examplesALink, noPath } from './relationships/evidence.ts';
export { type Inference, type InferenceOptions, inferRelationships } from './relationships/infer-relationships.ts';
export { evidenceOf, type LinkRecord, linkRecords } from './relationships/link-records.ts';
export { knownRouteServers } from './relationships/route-servers.ts';
export { type Serial1Options, writeSerial1 } from './relationships/write-serial1.ts';
export { addressBytes, addressText, prefixText } from './routes/address.ts';
export { linksOfPaths, type PathLinks } from './routes/links.ts';
export { type OpenRoutesOptions, openRoutes, type ReadRoutes } from './routes/open-routes.ts';
export { type PathTable, type PrefixTable, type RouteTable, setMark, type VantagePoint } from './routes/route-table.ts';
export type { Damage, ReadStatistics, Skipped } from './routes/statistics.ts';
export type { PlanetFeed } from './serve/graph-feed.ts';
export { type PlanetAnswer, type PlanetSite, type PlanetSiteOptions, planetSite } from './serve/planet-site.ts';
export { type PlanetServer, type ServePlanetOptions, servePlanet } from './serve/serve-planet.ts';
export { graphOfFile } from './simulate/graph-of-file.ts';
export { type ObserveOptions, observe } from './simulate/observe.ts';
export { type PathNoiseOptions, usualNoise } from './simulate/path-noise.ts';
export { generatePlanet, makePlanet, type Planet, type PlanetOptions } from './simulate/planet.ts';
export { type Tier, tiers } from './simulate/planet-links.ts';
export { percent, type Score, type Share, scoreRelations } from './simulate/score.ts';
export { type Topology, type TopologyOptions, topologyOf } from './simulate/topology.ts';
export { chooseObservers, type Observer, type ObserverOptions } from './simulate/vantage-points.ts';
export { type Failure, type WhatIf, type WhatIfOptions, whatIf } from './simulate/what-if.ts';
export {
  type OpenSourceOptions,
  openSource,
  type PackedDamage,
  type Source,
  type SourceInput,
  type SourceProgress,
} from './source/open-source.ts';
export { type Compression, type SourceFormat, sniffCompression, sniffFormat } from './source/sniff.ts';
