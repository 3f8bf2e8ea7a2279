/** MRT record types and subtypes (RFC 6396 section 4, RFC 8050 section 4), as far as routes are concerned. */
export const mrt = {
  bgp: 5,
  tableDump: 12,
  tableDumpV2: 13,
  bgp4mp: 16,
  bgp4mpEt: 17,
} as const;

export const tableDumpV2 = {
  peerIndexTable: 1,
  ipv4Unicast: 2,
  ipv4Multicast: 3,
  ipv6Unicast: 4,
  ipv6Multicast: 5,
  generic: 6,
  geoPeerTable: 7,
  ipv4UnicastAddPath: 8,
  ipv4MulticastAddPath: 9,
  ipv6UnicastAddPath: 10,
  ipv6MulticastAddPath: 11,
  genericAddPath: 12,
} as const;

export const bgp4mp = {
  stateChange: 0,
  message: 1,
  messageAs4: 4,
  stateChangeAs4: 5,
  messageLocal: 6,
  messageAs4Local: 7,
  messageAddPath: 8,
  messageAs4AddPath: 9,
  messageLocalAddPath: 10,
  messageAs4LocalAddPath: 11,
} as const;

/** Path attributes (RFC 4271, 1997, 4456, 4760, 6793, 8092). */
export const attribute = {
  origin: 1,
  asPath: 2,
  nextHop: 3,
  med: 4,
  localPref: 5,
  atomicAggregate: 6,
  aggregator: 7,
  communities: 8,
  mpReach: 14,
  mpUnreach: 15,
  as4Path: 17,
  as4Aggregator: 18,
  largeCommunities: 32,
} as const;

/** Kinds of AS_PATH segments (RFC 4271 section 4.3, RFC 5065 section 3). */
export const segment = { set: 1, sequence: 2, confederationSequence: 3, confederationSet: 4 } as const;

/** Stands for a four-octet AS number on a session that knows only two octets (RFC 6793). */
export const asTrans = 23456;
