import type { Clock } from '#core';
import type { MrtRoute } from '../../mrt/mrt-route.ts';
import { reservedAsnTest } from '../../relationships/reserved-asns.ts';
import type { LiveEvent } from '../live-event.ts';
import type { FirstAs, LivePeer, LiveTable } from '../table/live-table.ts';
import type { BmpPeerHeader, BmpRib, SessionTerms } from './bmp-peer.ts';
import type { BmpInitiation, BmpSink } from './bmp-reader.ts';

export interface BmpRouterOptions {
  readonly table: LiveTable;
  readonly clock: Clock;
  /** Remote address. */
  readonly address: string;
  readonly mostRoutes: number;
  /** Its own AS is no part of the paths: it only listens. */
  readonly isCollector: boolean;
  readonly onEvent: (event: LiveEvent) => void;
  readonly onSkipped: (reason: string) => void;
}

/** Where routes with a header go. */
interface Way {
  readonly header: BmpPeerHeader;
  readonly peer: LivePeer;
  readonly first: FirstAs | undefined;
}

/** Of routers that are gone, all of one address. */
const mostLostPeers = 4000;

interface Neighbour {
  /** By RIB, those that were told of. */
  readonly ribs: Map<BmpRib, LivePeer>;
  readonly localAsn: number | undefined;
}

/**
 * Brings what one router tells into the table. Routes before and after its policy, and of its Loc-RIB, are taken; what
 * it sends to others (Adj-RIB-Out) is what others tell.
 */
export class BmpRouter implements BmpSink {
  readonly #options: BmpRouterOptions;
  readonly #neighbours = new Map<string, Neighbour>();
  readonly #refused = new Set<LivePeer>();
  /** That of the route before: nearly always the same. */
  #way: Way | undefined;
  #routes = 0;
  /** As its OPEN messages said. */
  #localAsn: number | undefined;
  /** As it calls itself; its address until then. */
  name: string;
  /** The name under which its routes stand: two routers may call themselves alike. */
  #collector: string;
  hasBegun = false;
  /** Why the router itself ended the session. */
  ending: string | undefined;

  constructor(options: BmpRouterOptions) {
    this.#options = options;
    this.name = options.address;
    this.#collector = options.address;
  }

  initiation({ name, description }: BmpInitiation): void {
    const { table, address, onEvent } = this.#options;
    if (name !== '') {
      this.name = name;
      this.#collector = `${name} at ${address}`;
    }
    this.hasBegun = true;
    // It tells everything anew: what it told before it was lost is not waited for any more.
    for (const peer of table.peers)
      if (peer.lostMs !== undefined && peer.collector === this.#collector) table.remove(peer);
    onEvent({ kind: 'router-up', router: this.name, address, description });
  }

  peerUp(header: BmpPeerHeader, { localAsn }: SessionTerms): void {
    this.#localAsn = localAsn ?? this.#localAsn;
    this.#forget(header);
    this.#neighbours.set(header.key, { ribs: new Map(), localAsn });
    this.#options.onEvent({ kind: 'peer-up', router: this.name, peer: sayPeer(header) });
  }

  peerDown(header: BmpPeerHeader, reason: string): void {
    const routes = this.#forget(header);
    this.#options.onEvent({ kind: 'peer-down', router: this.name, peer: sayPeer(header), reason, routes });
  }

  route(header: BmpPeerHeader, route: MrtRoute): void {
    const { table, onSkipped } = this.#options;
    if (header.rib === 'adj-rib-out') {
      onSkipped('a route that the router sends to others (Adj-RIB-Out)');
      return;
    }
    const way = this.#wayOf(header);
    if (way === undefined) {
      onSkipped('a route of the 65,537th vantage point or a later one');
      return;
    }
    const { peer, first } = way;
    const before = peer.routes.count;
    const { refused } = peer;
    if (this.#routes >= this.#options.mostRoutes) this.#refuse(header, peer);
    else if (table.announce(peer, route, first)) {
      this.#routes += peer.routes.count - before;
    } else if (peer.refused > refused) this.#refuse(header, peer);
    else onSkipped('a route with a damaged AS path');
  }

  withdrawal(header: BmpPeerHeader, route: MrtRoute): void {
    const peer = this.#neighbours.get(header.key)?.ribs.get(header.rib);
    if (peer === undefined) return;
    const before = peer.routes.count;
    this.#options.table.withdraw(peer, route);
    this.#routes += peer.routes.count - before;
  }

  endOfRib(header: BmpPeerHeader, family: 4 | 6): void {
    const routes = this.#neighbours.get(header.key)?.ribs.get(header.rib)?.routes.count ?? 0;
    const peer = { ...sayPeer(header), rib: header.rib };
    this.#options.onEvent({ kind: 'table-complete', router: this.name, peer, family, routes });
  }

  statistics(header: BmpPeerHeader, values: ReadonlyMap<number, bigint>): void {
    const peer = { ...sayPeer(header), rib: header.rib };
    const numbers = Object.fromEntries(Array.from(values, ([type, value]) => [type, Number(value)]));
    this.#options.onEvent({ kind: 'statistics', router: this.name, peer, values: numbers });
  }

  termination(reason: string): void {
    this.ending = reason;
  }

  /** The session is over: its routes are marked as lost. Returns how many these are. */
  lost(): number {
    const lostMs = this.#options.clock.now();
    for (const { ribs } of this.#neighbours.values()) for (const peer of ribs.values()) peer.lostMs = lostMs;
    this.#neighbours.clear();
    this.#way = undefined;
    this.#makeRoom();
    return this.#routes;
  }

  /** Whoever comes and goes under ever new names keeps no more than a router that stays: the oldest routes go. */
  #makeRoom(): void {
    const { table, address, mostRoutes } = this.#options;
    const lost = [...table.peers].filter(
      ({ lostMs, collector }) =>
        lostMs !== undefined && (collector === address || collector.endsWith(` at ${address}`)),
    );
    let routes = 0;
    let peers = 0;
    for (const peer of lost.toSorted((a, b) => b.lostMs! - a.lostMs!)) {
      routes += peer.routes.count;
      peers += 1;
      if (peer.routes.count === 0 || routes > mostRoutes || peers > mostLostPeers) table.remove(peer);
    }
  }

  #wayOf(header: BmpPeerHeader): Way | undefined {
    if (this.#way?.header === header) return this.#way;
    const neighbour = this.#neighbour(header);
    const view = viewOf(header, neighbour.localAsn, this.#options.isCollector);
    const peer = this.#livePeer(header, neighbour, view.asn);
    this.#way = peer && { header, peer, first: view.first };
    return this.#way;
  }

  #neighbour(header: BmpPeerHeader): Neighbour {
    let neighbour = this.#neighbours.get(header.key);
    if (neighbour === undefined) {
      // Some speakers tell routes of a Loc-RIB without a Peer Up for it.
      neighbour = { ribs: new Map(), localAsn: this.#localAsn };
      this.#neighbours.set(header.key, neighbour);
    }
    return neighbour;
  }

  #livePeer({ address, rib }: BmpPeerHeader, { ribs }: Neighbour, asn: number): LivePeer | undefined {
    const known = ribs.get(rib);
    if (known !== undefined) return known;
    const { table } = this.#options;
    const peer = table.addPeer({ asn, address, collector: this.#collector });
    if (peer === undefined) return undefined;
    // A router tells all that a neighbour has: what a file said of it is older.
    table.clear(peer);
    ribs.set(rib, peer);
    return peer;
  }

  #forget({ key }: BmpPeerHeader): number {
    let routes = 0;
    for (const peer of this.#neighbours.get(key)?.ribs.values() ?? []) {
      routes += peer.routes.count;
      this.#options.table.remove(peer);
      this.#refused.delete(peer);
    }
    this.#neighbours.delete(key);
    this.#way = undefined;
    this.#routes -= routes;
    return routes;
  }

  /** Said once a neighbour; the routes are counted. */
  #refuse(header: BmpPeerHeader, peer: LivePeer): void {
    this.#options.onSkipped('a route of a router that has more than it may');
    if (this.#refused.has(peer)) return;
    this.#refused.add(peer);
    this.#options.onEvent({
      kind: 'refused',
      router: this.name,
      peer: { ...sayPeer(header), rib: header.rib },
      reason: 'the table is full, or the router has as many routes as it may: further ones are left out',
    });
  }
}

const isReserved = reservedAsnTest();

/**
 * How routes are seen: by the router, whose own AS stands first then, so that its links are seen too; FRR (8.4.4) has it
 * there already. Where that AS is nobody's (private), or that of a collector, by the neighbour.
 */
function viewOf(
  { rib, asn }: BmpPeerHeader,
  localAsn: number | undefined,
  isCollector: boolean,
): { readonly asn: number; readonly first: FirstAs | undefined } {
  const own = rib === 'loc-rib' ? asn : localAsn;
  if (own === undefined || own === 0) return { asn, first: undefined };
  if (!isCollector && !isReserved(own)) return { asn: own, first: { asn: own, isThere: true } };
  // FRR calls itself AS 0.
  return { asn: asn || own, first: asn === own ? undefined : { asn: own, isThere: false } };
}

const sayPeer = ({ asn, address }: BmpPeerHeader) => ({ asn, address });
