import { NetwrightError } from '#core';
import type { Source } from '../source/open-source.ts';
import { asnFromText } from './asn-text.ts';
import { type JsonRecord, jsonRecords } from './json-records.ts';

/** What a PeeringDB file has: all objects, or one kind of them. */
export interface PeeringDbFile {
  readonly networks: readonly PeeringNetwork[];
  readonly exchanges: readonly PeeringExchange[];
  readonly presences: readonly Presence[];
  /** Exchange of an exchange LAN, by the id of the LAN. */
  readonly exchangeOfLan: ReadonlyMap<number, number>;
  /** AS numbers of the route servers of exchange LANs. */
  readonly routeServers: readonly number[];
}

interface PeeringNetwork {
  readonly asn: number;
  readonly name: string;
  /** `NSP`, `Cable/DSL/ISP`, `Content`, `Route Server`, …; empty where the network does not say. */
  readonly type: string;
}

export interface PeeringExchange {
  readonly id: number;
  readonly name: string;
  readonly country: string;
  readonly city: string;
}

/** A port of a network at an exchange. */
interface Presence {
  readonly asn: number;
  readonly exchange: number | undefined;
  readonly lan: number | undefined;
  readonly speedMbps: number;
  readonly isRouteServerPeer: boolean;
}

/**
 * Reads `net`, `ix`, `ixlan` and `netixlan` of PeeringDB: a whole dump, an answer of its API, or an array of one kind.
 * What a record is shows in its fields. Deleted ones are left out.
 * @throws NetwrightError `NW_INTERNET_FORMAT` when none of these is in it, or the JSON is damaged.
 */
export async function readPeeringDb(source: Source): Promise<PeeringDbFile> {
  const networks: PeeringNetwork[] = [];
  const exchanges: PeeringExchange[] = [];
  const presences: Presence[] = [];
  const exchangeOfLan = new Map<number, number>();
  const routeServers: number[] = [];
  for await (const record of jsonRecords(source.name, source.chunks())) {
    if (record['status'] !== undefined && record['status'] !== 'ok') continue;
    const asn = asnOf(record['asn']);
    const id = numberOf(record['id']);
    if (asn !== undefined && ('ipaddr4' in record || 'ixlan_id' in record)) {
      presences.push({
        asn,
        exchange: numberOf(record['ix_id']),
        lan: numberOf(record['ixlan_id']),
        speedMbps: numberOf(record['speed']) ?? 0,
        isRouteServerPeer: record['is_rs_peer'] === true,
      });
    } else if (asn !== undefined && ('info_type' in record || 'info_types' in record)) {
      networks.push({ asn, name: textOf(record['name']), type: typeOf(record) });
    } else if (id !== undefined && 'ix_id' in record) {
      exchangeOfLan.set(id, numberOf(record['ix_id']) ?? id);
      const routeServer = numberOf(record['rs_asn']);
      if (routeServer) routeServers.push(routeServer);
    } else if (id !== undefined && 'name_long' in record && 'country' in record) {
      const [name, country, city] = [textOf(record['name']), textOf(record['country']), textOf(record['city'])];
      exchanges.push({ id, name, country: country.toUpperCase(), city });
    }
  }
  if (networks.length + exchanges.length + presences.length + exchangeOfLan.size === 0) {
    throw new NetwrightError('NW_INTERNET_FORMAT', `${source.name}: expected net, ix, ixlan or netixlan of PeeringDB`);
  }
  return { networks, exchanges, presences, exchangeOfLan, routeServers };
}

/** `info_types` has been a list since 2024, of which the old `info_type` is the first. */
function typeOf(record: JsonRecord): string {
  const types = record['info_types'];
  return textOf(record['info_type']) || (Array.isArray(types) ? textOf(types[0]) : '');
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const numberOf = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
const asnOf = (value: unknown): number | undefined =>
  typeof value === 'number' || typeof value === 'string' ? asnFromText(String(value)) : undefined;
