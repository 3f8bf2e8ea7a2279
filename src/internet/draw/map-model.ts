import type { Relation } from '../graph/as-graph.ts';

/** How an AS stands to those that the map is about. */
const roles = ['provider', 'upstream', 'downstream', 'exchange', 'transit'] as const;
export type Role = (typeof roles)[number];

/** A node of the map: an AS, or an internet exchange where its members meet. */
export interface MapAs {
  /** Of an exchange its PeeringDB id, negative: see `exchange`. */
  readonly asn: number;
  /** As the name list has it. */
  readonly name: string;
  /** What fits on a map. */
  readonly label: string;
  readonly country: string;
  readonly role: Role;
  /** One that was asked for, or of the country that was asked for, or a customer of one that was. */
  readonly isInside: boolean;
  /** Has a provider outside. */
  readonly isGateway: boolean;
  /** Has no provider at all, and customers. */
  readonly isTransitFree: boolean;
  /** ASes in its customer cone, itself included. */
  readonly cone: number;
  /** Customers that are inside. */
  readonly customers: number;
  /** Providers outside. */
  readonly waysOut: number;
  /** Of the providers' hues; -1 for an AS that is none. */
  readonly hue: number;
  /** Drawn in the block of that AS (index) instead of on its own; -1 for what stands alone. */
  readonly home: number;
  /** Of an exchange, which is no AS; undefined for an AS. */
  readonly exchange?: MapExchange;
}

export interface MapExchange {
  /** PeeringDB's. */
  readonly id: number;
  readonly city: string;
  /** All that are present there, drawn or not. */
  readonly members: number;
  /** Of these, how many are inside. */
  readonly inside: number;
}

/** What a link says: how one stands to the other, or that an AS is present at an exchange. */
export type MapRelation = Exclude<Relation, 'provider'> | 'member';

/** A drawn link: indexes into the ASes; of a customer link `from` is the provider, of a member link the exchange. */
export interface MapLink {
  readonly from: number;
  readonly to: number;
  readonly relation: MapRelation;
}

/** ASes that are drawn together under one heading. */
export interface MapBlock {
  /** Whose they are; -1 for those without a provider inside. */
  readonly host: number;
  readonly kind: 'customers' | 'own way out' | 'peers only' | 'peers';
  readonly members: readonly number[];
  /** How many more there are that are not drawn. */
  readonly more: number;
}

export interface InternetMap {
  readonly title: string;
  readonly subtitle: string;
  readonly ases: readonly MapAs[];
  readonly links: readonly MapLink[];
  readonly blocks: readonly MapBlock[];
  /** What is not drawn, and where the data are from. */
  readonly notes: readonly string[];
}
