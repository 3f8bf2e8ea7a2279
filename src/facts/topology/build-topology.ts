import type { LldpNeighborDetail, LldpNeighborsDetail } from '../model/neighbors.ts';
import { portKey } from './port-names.ts';
import type { Cable, Topology, TopologyLink, TopologyNode } from './topology.ts';

/** What one device of the inventory tells of its neighbours. */
export interface Observer {
  readonly name: string;
  /** What it calls itself, where that is known: neighbours know it by that name. */
  readonly hostname?: string;
  readonly site?: string;
  readonly role?: string;
  readonly platform?: string;
  readonly protocol: 'lldp' | 'cdp';
  readonly neighbors: LldpNeighborsDetail;
  /** The code of the error for which it did not answer. */
  readonly failure?: string;
}

/** A neighbour as one device sees it. */
interface Sighting {
  readonly from: string;
  readonly port: string;
  readonly to: string;
  /** What the neighbour's port may be called: its id, its description. */
  readonly toPorts: readonly string[];
  readonly protocol: 'lldp' | 'cdp';
}

/**
 * Puts the sightings of all devices together: two that see each other at the same ports are one cable. Where ports have
 * other names on the wire than at the prompt (an ifIndex, a MAC address), one matching end is enough, and the last
 * unmatched pair between two devices is one cable.
 */
export function buildTopology(observers: readonly Observer[]): Topology {
  const nodes = new Map<string, TopologyNode>(observers.map((one) => [one.name, nodeOf(one)]));
  const byName = namesOf(observers);
  const sightings: Sighting[] = [];
  for (const { name, neighbors, protocol } of observers) {
    for (const [port, seen] of Object.entries(neighbors)) {
      for (const neighbor of seen) {
        const to = nodeFor(neighbor, byName, nodes);
        const toPorts = [neighbor.remote_port, neighbor.remote_port_description].filter((one) => one !== '');
        sightings.push({ from: name, port, to, toPorts, protocol });
      }
    }
  }
  return { nodes: [...nodes.values()].filter(isShown(sightings)), links: linksOf(sightings) };
}

/** Every device of the inventory; a neighbour from outside once somebody sees it. */
const isShown =
  (sightings: readonly Sighting[]) =>
  ({ kind, id }: TopologyNode): boolean =>
    kind !== 'outside' || sightings.some(({ to }) => to === id);

const nodeOf = ({ name, site, role, platform, failure }: Observer): TopologyNode => ({
  id: name,
  name,
  kind: failure === undefined ? 'device' : failure === 'NW_NOT_SUPPORTED' ? 'unread' : 'silent',
  ...(site !== undefined && { site }),
  ...(role !== undefined && { role }),
  ...(platform !== undefined && { platform }),
  ...(failure !== undefined && { note: failure }),
});

const shortName = (name: string): string => name.toLowerCase().split('.', 1)[0] ?? '';

/** Inventory names by what neighbours may call them. A name that two devices share belongs to neither. */
function namesOf(observers: readonly Observer[]): ReadonlyMap<string, string> {
  const names = new Map<string, string | undefined>();
  const add = (called: string, name: string): void => {
    if (called === '') return;
    const known = names.get(called);
    names.set(called, names.has(called) && known !== name ? undefined : name);
  };
  for (const { name, hostname } of observers) {
    add(name.toLowerCase(), name);
    if (hostname !== undefined && hostname.toLowerCase() !== name.toLowerCase()) add(hostname.toLowerCase(), name);
  }
  for (const { name, hostname } of observers) {
    for (const called of new Set([shortName(name), shortName(hostname ?? '')])) {
      if (names.get(called) !== name) add(called, name);
    }
  }
  return new Map([...names].filter((entry): entry is [string, string] => entry[1] !== undefined));
}

function nodeFor(
  neighbor: LldpNeighborDetail,
  byName: ReadonlyMap<string, string>,
  nodes: Map<string, TopologyNode>,
): string {
  const { remote_system_name: called, remote_chassis_id: chassis, remote_system_description: note } = neighbor;
  const known = byName.get(called.toLowerCase()) ?? byName.get(shortName(called));
  if (known !== undefined) return known;
  const name = called || chassis || 'without a name';
  const id = `outside:${name.toLowerCase()}`;
  if (!nodes.has(id)) nodes.set(id, { id, name, kind: 'outside', ...(note !== '' && { note }) });
  return id;
}

/** The two names in order: the same for both directions. */
const pairOf = ({ from, to }: Sighting): string => (from < to ? `${from}\n${to}` : `${to}\n${from}`);

function linksOf(sightings: readonly Sighting[]): readonly TopologyLink[] {
  const links: TopologyLink[] = [];
  for (const seen of Map.groupBy(sightings, pairOf).values()) {
    const [first] = seen;
    const [a, b] = [first!.from, first!.to].sort() as [string, string];
    links.push({ a, b, cables: cablesOf(seen, a, b) });
  }
  return links.sort((one, two) => (`${one.a}\n${one.b}` < `${two.a}\n${two.b}` ? -1 : 1));
}

/** How well two sightings fit: 2 when each names the other's port, 1 when one does, 0 when neither. */
const likeness = (one: Sighting, other: Sighting): number =>
  Number(one.toPorts.some((port) => portKey(port) === portKey(other.port))) +
  Number(other.toPorts.some((port) => portKey(port) === portKey(one.port)));

function cablesOf(seen: readonly Sighting[], a: string, b: string): readonly Cable[] {
  const fromA = seen.filter(({ from }) => from === a);
  // A device that sees itself, through a loop, is on both sides.
  const fromB = a === b ? [] : seen.filter(({ from }) => from === b);
  const cables: Cable[] = [];
  for (const least of [2, 1]) {
    for (const one of [...fromA]) {
      const best = fromB.findIndex((other) => likeness(one, other) >= least);
      if (best === -1) continue;
      const [other] = fromB.splice(best, 1);
      fromA.splice(fromA.indexOf(one), 1);
      cables.push({ a: one.port, b: other!.port, seenBy: 'both', protocol: one.protocol });
    }
  }
  const [lastA] = fromA;
  const [lastB] = fromB;
  if (fromA.length === 1 && fromB.length === 1 && isUntold(lastA!) && isUntold(lastB!)) {
    return [...cables, { a: lastA!.port, b: lastB!.port, seenBy: 'both', protocol: lastA!.protocol }];
  }
  for (const one of fromA) cables.push({ a: one.port, b: nameOf(one), seenBy: 'a', protocol: one.protocol });
  for (const one of fromB) cables.push({ a: nameOf(one), b: one.port, seenBy: 'b', protocol: one.protocol });
  return cables;
}

/** What a prompt may show as a port: no index, no MAC address, and no sentence that somebody wrote into a description. */
const isPortName = (text: string): boolean => !/^(?:\d+|[0-9a-f.:-]{12,17})$|\s/i.test(text);

/** None of its names for the neighbour's port is one. */
const isUntold = ({ toPorts }: Sighting): boolean => !toPorts.some(isPortName);

/** A description that is the name of the port is easier to read than an index or an address. */
const nameOf = ({ toPorts }: Sighting): string => toPorts.find(isPortName) ?? toPorts[0] ?? '';
