/** BMP message types (RFC 7854 section 4.1). */
export const bmpMessage = {
  routeMonitoring: 0,
  statistics: 1,
  peerDown: 2,
  peerUp: 3,
  initiation: 4,
  termination: 5,
  routeMirroring: 6,
} as const;

/** Peer types (RFC 7854 section 4.2, RFC 9069 section 4.1). */
export const bmpPeerType = { global: 0, distinguished: 1, local: 2, locRib: 3 } as const;

/** Flags of the per-peer header, of all peer types but Loc-RIB (RFC 7854 section 4.2, RFC 8671 section 4). */
export const bmpFlag = { isIpv6: 0x80, isPostPolicy: 0x40, isTwoOctets: 0x20, isAdjRibOut: 0x10 } as const;

/** Version, length and type. */
export const commonHeaderBytes = 6;
/** Type, flags, distinguisher, address, AS, BGP identifier, time. */
export const peerHeaderBytes = 42;

/** Why a peer went down (RFC 7854 section 4.9, RFC 9069 section 4.4). */
export const peerDownReasons: Readonly<Record<number, string>> = {
  1: 'the router closed the session with a notification',
  2: 'the router closed the session',
  3: 'the neighbour closed the session with a notification',
  4: 'the neighbour closed the session',
  5: 'the router does not report this neighbour any more',
  6: 'the local system closed, with its own words',
};

/** Why a router ends monitoring (RFC 7854 section 4.5). */
export const terminationReasons: Readonly<Record<number, string>> = {
  0: 'administratively closed',
  1: 'unspecified reason',
  2: 'out of resources',
  3: 'a second connection of the same router',
  4: 'permanently administratively closed',
};
