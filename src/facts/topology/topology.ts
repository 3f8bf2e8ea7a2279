/** The network as its devices see their neighbours. What `--graph` draws, and its JSON form. */
export interface Topology {
  readonly nodes: readonly TopologyNode[];
  readonly links: readonly TopologyLink[];
}

export interface TopologyNode {
  /** The name in the inventory; `outside:<name>` for a neighbour that is not in it. */
  readonly id: string;
  readonly name: string;
  /**
   * `silent`: in the inventory and did not answer. `unread`: of a platform whose neighbours nobody reads. Of both only
   * others tell.
   */
  readonly kind: 'device' | 'silent' | 'unread' | 'outside';
  readonly site?: string;
  readonly role?: string;
  readonly platform?: string;
  /** Why a silent one is silent, or what an outside one says of itself. */
  readonly note?: string;
}

/** All cables between two nodes. */
export interface TopologyLink {
  readonly a: string;
  readonly b: string;
  readonly cables: readonly Cable[];
}

export interface Cable {
  /** Interfaces as their own device names them; as the neighbour names them where only that one tells. */
  readonly a: string;
  readonly b: string;
  /**
   * Who tells of it. One side alone, between two devices that both answered, is worth a look: a filter, a wrong port, a
   * protocol that is off.
   */
  readonly seenBy: 'both' | 'a' | 'b';
  readonly protocol: 'lldp' | 'cdp';
}

/** Both ends answered, and one of them does not see the other. */
export function isOneSided(cable: Cable, a: TopologyNode, b: TopologyNode): boolean {
  return cable.seenBy !== 'both' && a.kind === 'device' && b.kind === 'device';
}
