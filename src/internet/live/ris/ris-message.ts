import type { ParsedPath } from '../../routes/path-text.ts';
import { setMark } from '../../routes/route-table.ts';

/** A neighbour of a collector of the RIS. */
export interface RisPeer {
  readonly asn: number;
  readonly address: string;
  /** `rrc00` */
  readonly host: string;
}

/** What RIS Live says, as far as it matters here. */
export type RisMessage =
  | {
      readonly kind: 'update';
      readonly peer: RisPeer;
      /** Undefined where nothing is announced. */
      readonly path: ParsedPath | undefined;
      readonly announced: readonly string[];
      readonly withdrawn: readonly string[];
    }
  | { readonly kind: 'peer-state'; readonly peer: RisPeer; readonly isUp: boolean }
  | { readonly kind: 'subscribed' }
  | { readonly kind: 'error'; readonly text: string }
  /** A pong, a KEEPALIVE, an OPEN: shows that somebody is there. */
  | { readonly kind: 'other'; readonly what: string }
  | { readonly kind: 'unreadable'; readonly reason: string };

type Json = Readonly<Record<string, unknown>>;

/** Longest words of the server that are passed on. */
const longestText = 300;

/** Reads one message of RIS Live (https://ris-live.ripe.net/manual/). Whatever it is, it is no exception. */
export function readRisMessage(text: string): RisMessage {
  const message = parse(text);
  if (!isJson(message)) return unreadable('no JSON object');
  const { type } = message;
  const data = isJson(message['data']) ? message['data'] : {};
  switch (type) {
    case 'ris_message':
      return readBgp(data);
    case 'ris_error':
      return { kind: 'error', text: (textOf(data['message']) ?? 'an error without words').slice(0, longestText) };
    case 'ris_subscribe_ok':
      return { kind: 'subscribed' };
    default:
      return typeof type === 'string' ? { kind: 'other', what: type.slice(0, 40) } : unreadable('no type');
  }
}

function readBgp(data: Json): RisMessage {
  const peer = readPeer(data);
  if (peer === undefined) return unreadable('a message without a peer');
  switch (data['type']) {
    case 'UPDATE':
      return readUpdate(data, peer);
    // As the manual has it, and as the server sends it.
    case 'STATE':
    case 'RIS_PEER_STATE':
      return { kind: 'peer-state', peer, isUp: data['state'] === 'connected' || data['state'] === 'up' };
    default:
      return { kind: 'other', what: (textOf(data['type']) ?? 'no type').slice(0, 40) };
  }
}

function readUpdate(data: Json, peer: RisPeer): RisMessage {
  const announced: string[] = [];
  for (const one of listOf(data['announcements'])) {
    if (isJson(one)) announced.push(...textsOf(one['prefixes']));
  }
  const withdrawn = textsOf(data['withdrawals']);
  if (announced.length === 0) return { kind: 'update', peer, path: undefined, announced, withdrawn };
  const path = readPath(data['path']);
  return path === undefined
    ? unreadable('an announcement whose path cannot be read')
    : { kind: 'update', peer, path, announced, withdrawn };
}

function readPeer({ peer, peer_asn: asn, host }: Json): RisPeer | undefined {
  const number = Number(asn);
  if (typeof peer !== 'string' || peer === '' || peer.length > 64) return undefined;
  if ((typeof asn !== 'string' && typeof asn !== 'number') || !isAsn(number)) return undefined;
  // `rrc21`, and since 2023 `rrc21.ripe.net`.
  const name = typeof host === 'string' ? host.split('.')[0]!.slice(0, 16) : '';
  return { asn: number, address: peer, host: name === '' ? 'ris-live' : name };
}

/** Numbers, and lists of numbers for sets. */
function readPath(path: unknown): ParsedPath | undefined {
  if (!Array.isArray(path)) return undefined;
  const hops: number[] = [];
  const sets: [number, number[]][] = [];
  for (const hop of path as unknown[]) {
    if (isAsn(hop)) hops.push(hop);
    else if (Array.isArray(hop) && hop.every(isAsn)) sets.push([hops.push(setMark) - 1, hop]);
    else return undefined;
  }
  return { hops, sets };
}

/** Undefined when it is no JSON: JSON itself has no such value. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const unreadable = (reason: string): RisMessage => ({ kind: 'unreadable', reason });
const isAsn = (value: unknown): value is number =>
  Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 0xffffffff;
const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const textsOf = (value: unknown): readonly string[] => listOf(value).filter((one) => typeof one === 'string');
