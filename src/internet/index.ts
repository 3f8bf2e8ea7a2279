export {
  type AsGraph,
  indexOfAsn,
  type LinkTable,
  type Relation,
  relations,
  type Step,
  steps,
} from './graph/as-graph.ts';
export type { Exchange, Registry } from './graph/registry.ts';
export { type PathTable, type PrefixTable, type RouteTable, setMark, type VantagePoint } from './routes/route-table.ts';
