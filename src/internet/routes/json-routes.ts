import { asnFromText } from '../files/asn-text.ts';
import { JsonMembers } from './json-members.ts';
import type { RouteReading } from './open-routes.ts';
import type { ParsedPath } from './path-text.ts';
import { TextColumns } from './text-columns.ts';

type Json = Readonly<Record<string, unknown>>;

/**
 * Reads `show bgp ipv4|ipv6 unicast json` of FRR: a header, and `routes` with all paths of each prefix. A route of the
 * router itself has its AS as path, where the header says which that is.
 */
export async function readFrrJson(reading: RouteReading): Promise<void> {
  const columns = new TextColumns(reading);
  let localAsn: number | undefined;
  await readMembers(
    reading,
    (key) => key === 'routes',
    (key, value, offset) => {
      if (key === 'localAS' && typeof value === 'number') localAsn = value;
      if (!key.includes('/')) return;
      const paths = Array.isArray(value) ? value : isJson(value) ? value['paths'] : undefined;
      eachJson(paths, reading, offset, (path) => {
        if (path['valid'] !== true) {
          reading.log.skip('a route that is not valid', offset);
          return;
        }
        const text = textOf(path['path']) ?? textOf(path['aspath']) ?? pathString(path['aspath']);
        if (text === undefined) {
          reading.log.skip('a path without an AS path', offset);
          return;
        }
        const peerId = textOf(path['peerId']);
        const nextHops = Array.isArray(path['nexthops']) ? path['nexthops'].find(isJson) : undefined;
        const address =
          peerId !== undefined && peerId !== '(unspec)' ? peerId : (textOf(nextHops?.['ip']) ?? '0.0.0.0');
        const isLocal = text === '' && localAsn !== undefined;
        columns.add({ prefix: key, path: isLocal ? `${localAsn}` : text, address }, offset);
      });
    },
  );
}

/** Reads `gobgp global rib -j` and `gobgp neighbor … adj-in -j`: each prefix with its paths. */
export async function readGobgpJson(reading: RouteReading): Promise<void> {
  const columns = new TextColumns(reading);
  await readMembers(
    reading,
    () => false,
    (key, value, offset) => {
      const paths = Array.isArray(value) ? value : isJson(value) ? value['paths'] : undefined;
      eachJson(paths, reading, offset, (path) => {
        const nlri = isJson(path['nlri']) ? path['nlri'] : {};
        const attributes = Array.isArray(path['attrs']) ? path['attrs'].filter(isJson) : [];
        const asPath = attributes.find(({ type }) => type === 2)?.['as_paths'];
        const address =
          textOf(path['neighbor-ip']) ?? textOf(attributes.find(({ type }) => type === 3 || type === 14)?.['nexthop']);
        const parsed = gobgpPath(asPath);
        if (parsed === undefined) {
          reading.log.skip('an AS path that cannot be read', offset);
          return;
        }
        columns.add(
          { prefix: textOf(nlri['prefix']) ?? key, path: parsed, address: isAddress(address) ? address : '0.0.0.0' },
          offset,
        );
      });
    },
  );
}

type OnValue = (key: string, value: unknown, offset: number) => void;

async function readMembers(
  { source, log }: RouteReading,
  enters: (key: string) => boolean,
  onValue: OnValue,
): Promise<void> {
  let offset = 0;
  const members = new JsonMembers(enters, (key, json) => {
    log.records += 1;
    const value = parse(json);
    if (value === undefined) log.damaged(offset, json.length, `the value of ${JSON.stringify(key)} is no JSON`);
    else onValue(key, value, offset);
  });
  for await (const chunk of source.chunks()) {
    members.push(chunk);
    offset += chunk.length;
  }
  log.unpackedBytes += offset;
  if (!members.isComplete) log.damaged(offset, 0, members.failure ?? 'the data ends inside the JSON document');
}

/** Undefined when it is no JSON: JSON itself has no such value. */
function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function eachJson(list: unknown, { log }: RouteReading, offset: number, take: (one: Json) => void): void {
  if (!Array.isArray(list)) log.skip('a prefix without paths', offset);
  else for (const one of list) if (isJson(one)) take(one);
}

/** GoBGP numbers segments as the wire does: 1 set, 2 sequence, 3 and 4 confederations. */
function gobgpPath(asPaths: unknown): ParsedPath | undefined {
  const hops: number[] = [];
  const sets: [number, number[]][] = [];
  for (const one of Array.isArray(asPaths) ? asPaths : []) {
    const asns = isJson(one) ? one['asns'] : undefined;
    if (!isJson(one) || !Array.isArray(asns)) return undefined;
    const numbers = asns.map((asn) => asnFromText(String(asn)));
    if (numbers.includes(undefined)) return undefined;
    if (one['segment_type'] === 1) sets.push([hops.push(0) - 1, numbers as number[]]);
    else if (one['segment_type'] === 2) hops.push(...(numbers as number[]));
  }
  return { hops, sets };
}

function pathString(aspath: unknown): string | undefined {
  return isJson(aspath) ? textOf(aspath['string'])?.replace(/^Local$/, '') : undefined;
}

const isAddress = (text: string | undefined): text is string => text !== undefined && /^[\d.:a-f]+$/i.test(text);
const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
