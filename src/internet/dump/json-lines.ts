import { isAs4Ignored, pathWidth, readU16, readU32 } from '../mrt/as-path.ts';
import type { MrtPeers, MrtRoute, MrtSink } from '../mrt/mrt-route.ts';
import { asTrans, segment } from '../mrt/record-types.ts';
import { addressText, prefixText } from '../routes/address.ts';
import { wholePath } from '../routes/path-interner.ts';

/** A line of `netwright internet dump --json`. */
export interface DumpRecord {
  readonly kind: 'route' | 'announcement' | 'withdrawal' | 'state';
  /** Seconds since 1970, with microseconds where the record has them. */
  readonly timestampS: number;
  readonly originatedS?: number;
  readonly peer: string;
  readonly peerAsn: number;
  readonly prefix?: string;
  readonly pathId?: number;
  /** A nested list is an AS_SET. Confederation segments are left out; null when the path is damaged. */
  readonly path?: readonly (number | readonly number[])[] | null;
  readonly origin?: 'igp' | 'egp' | 'incomplete' | null;
  readonly nextHop?: string | null;
  readonly localPref?: number | null;
  readonly med?: number | null;
  readonly communities?: readonly string[];
  readonly largeCommunities?: readonly string[];
  readonly isAtomicAggregate?: boolean;
  readonly aggregator?: { readonly asn: number; readonly address: string } | null;
  readonly oldState?: number;
  readonly newState?: number;
}

const origins = ['igp', 'egp', 'incomplete'] as const;

/** Writes a JSON object a line. */
export class JsonLines implements MrtSink {
  readonly #peers: MrtPeers;
  #lines: string[] = [];

  constructor(peers: MrtPeers) {
    this.#peers = peers;
  }

  get length(): number {
    return this.#lines.length;
  }

  take(): Buffer {
    const text = Buffer.from(`${this.#lines.join('\n')}\n`);
    this.#lines = [];
    return text;
  }

  route(route: MrtRoute): void {
    const isTable = route.label.startsWith('TABLE');
    const { bytes, attributes, nextHop, nextHopBytes } = route;
    this.#add(isTable ? 'route' : 'announcement', route, {
      ...(isTable && { originatedS: route.originatedS }),
      ...prefixOf(route),
      path: pathOf(route),
      origin: origins[attributes.origin] ?? null,
      nextHop: nextHopBytes === 0 ? null : addressText(bytes, nextHop, nextHopBytes),
      localPref: attributes.localPref < 0 ? null : readU32(bytes, attributes.localPref),
      med: attributes.med < 0 ? null : readU32(bytes, attributes.med),
      communities: communitiesOf(route),
      largeCommunities: largeCommunitiesOf(route),
      isAtomicAggregate: attributes.isAtomicAggregate,
      aggregator: aggregatorOf(route),
    });
  }

  withdrawal(route: MrtRoute): void {
    this.#add('withdrawal', route, prefixOf(route));
  }

  stateChange(route: MrtRoute): void {
    this.#add('state', route, { oldState: route.oldState, newState: route.newState });
  }

  #add(kind: DumpRecord['kind'], route: MrtRoute, rest: Partial<DumpRecord>): void {
    const { asn, address } = this.#peers.list[route.peer]!;
    const timestampS = route.microseconds < 0 ? route.timestampS : route.timestampS + route.microseconds / 1e6;
    const record: DumpRecord = { kind, timestampS, peer: address, peerAsn: asn, ...rest };
    this.#lines.push(JSON.stringify(record));
  }
}

function prefixOf({ words, family, length, hasPathId, pathId }: MrtRoute): Partial<DumpRecord> {
  return { prefix: prefixText(words, 0, family, length), ...(hasPathId && { pathId }) };
}

function pathOf(route: MrtRoute): (number | readonly number[])[] | null {
  const { bytes, attributes } = route;
  if (attributes.asPath < 0) return [];
  const asnBytes = pathWidth(bytes, attributes.asPath, attributes.asPathEnd, route.asnBytes);
  if (asnBytes === undefined) return null;
  return wholePath(route, asnBytes).flatMap(({ type, numbers }): (number | readonly number[])[] => {
    if (type === segment.sequence) return [...numbers];
    return type === segment.set ? [numbers] : [];
  });
}

function communitiesOf({ bytes, attributes }: MrtRoute): string[] {
  const found: string[] = [];
  for (let at = attributes.communities; at >= 0 && at + 4 <= attributes.communitiesEnd; at += 4) {
    found.push(`${readU16(bytes, at)}:${readU16(bytes, at + 2)}`);
  }
  return found;
}

function largeCommunitiesOf({ bytes, attributes }: MrtRoute): string[] {
  const found: string[] = [];
  for (let at = attributes.largeCommunities; at >= 0 && at + 12 <= attributes.largeCommunitiesEnd; at += 12) {
    found.push(`${readU32(bytes, at)}:${readU32(bytes, at + 4)}:${readU32(bytes, at + 8)}`);
  }
  return found;
}

function aggregatorOf({ bytes, attributes }: MrtRoute): { asn: number; address: string } | null {
  const { aggregator: at, aggregatorEnd: end, as4Aggregator } = attributes;
  if (at < 0) return null;
  const asnBytes = end - at >= 8 ? 4 : 2;
  const asn = asnBytes === 4 ? readU32(bytes, at) : readU16(bytes, at);
  if (asn === asTrans && as4Aggregator >= 0 && !isAs4Ignored(bytes, at, as4Aggregator)) {
    return { asn: readU32(bytes, as4Aggregator), address: addressText(bytes, as4Aggregator + 4, 4) };
  }
  return { asn, address: addressText(bytes, at + asnBytes, 4) };
}
