import type { LinesSpec } from '../lines/spec.ts';

/** What the systems made in the image of IOS have in common, for their dialects to begin with. */
export const iosFreeText: readonly string[] = [
  'description',
  'remark',
  '* remark',
  'name',
  'snmp-server location',
  'snmp-server contact',
  'banner',
];

const iosNeighbor: LinesSpec['single'] = [
  // All that the neighbour has goes with this line, so it is said whole.
  { words: 'neighbor * remote-as', whole: true },
  'neighbor * description',
  'neighbor * password',
  'neighbor * update-source',
  'neighbor * ebgp-multihop',
  'neighbor * timers',
  'neighbor * local-as',
  'neighbor * weight',
  'neighbor * maximum-prefix',
  'neighbor * version',
  'neighbor * advertisement-interval',
  'neighbor * route-map _ in',
  'neighbor * route-map _ out',
  'neighbor * prefix-list _ in',
  'neighbor * prefix-list _ out',
  'neighbor * filter-list _ in',
  'neighbor * filter-list _ out',
  'neighbor * distribute-list _ in',
  'neighbor * distribute-list _ out',
];

export const iosRouting: LinesSpec['single'] = [
  ...iosNeighbor,
  'bgp router-id',
  'bgp cluster-id',
  'router: router-id',
  'router: distance bgp',
  'router: timers bgp',
  'router: default-metric',
  'router: auto-cost reference-bandwidth',
  'router: maximum-paths',
  'route-map: description',
  'set metric',
  'set local-preference',
  'set weight',
  'set origin',
  'set tag',
  'set metric-type',
];
