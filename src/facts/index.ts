export type { Ask, AskOptions, FactWarning, XmlQuestion } from './ask.ts';
export { askDevices, type FactsOptions } from './ask-devices.ts';
export { defineFacts, type FactsDriver, type ReadFacts } from './define-facts.ts';
export { type GetterSupport, getterSupport } from './getter-support.ts';
export {
  type ArgsOf,
  type FactsOf,
  type Getter,
  type GetterName,
  getterNamed,
  getterNames,
  getters,
} from './getters.ts';
export { type FactMark, hideSecrets, numberedMarks } from './hide-secrets.ts';
export { type Answer, readFacts } from './read-facts.ts';
export type { AskedCommand } from './recording-ask.ts';
export { usualColumns } from './rows/columns.ts';
export { type Cell, type FactRow, factRows } from './rows/fact-rows.ts';
export { HttpSource } from './sources/http-source.ts';
export { NetconfSource } from './sources/netconf-source.ts';
export { withSource } from './sources/open-source.ts';
export { SessionSource } from './sources/session-source.ts';
export type { FactSource, SourceOptions } from './sources/source.ts';
export { buildTopology, type Observer } from './topology/build-topology.ts';
export { drawTopology, type TopologyFormat, topologyFormats } from './topology/draw-topology.ts';
export { type Observation, observeNeighbors } from './topology/observe.ts';
export { topologySummary } from './topology/summary.ts';
export type { Cable, Topology, TopologyLink, TopologyNode } from './topology/topology.ts';
export { parseWhere, type Where } from './where/parse-where.ts';
export { checkFields, fieldsOf, rowMatches } from './where/row-matches.ts';
