import type { Ask } from '../../ask.ts';
import type { ReadFacts } from '../../define-facts.ts';
import type { LldpNeighborDetail, LldpNeighborsDetail } from '../../model/neighbors.ts';
import { lldpSummary, ofInterface } from '../../values/lldp-summary.ts';
import { macOr } from '../../values/mac.ts';
import { addTo } from '../reading/group.ts';
import { isObject, type JsonObject, textAt } from '../reading/json.ts';
import { capabilityOfName } from '../reading/lldp-capabilities.ts';
import { unreadable } from '../reading/unreadable.ts';
import { parse, withSbin } from './shell-json.ts';

const program = 'lldpctl -f json';
const command = `${withSbin}${program}`;
const asRoot = `sudo -n ${program}`;

/** The neighbours that lldpd knows; without it nobody does. */
async function neighborsOf(ask: Ask): Promise<LldpNeighborsDetail> {
  // The socket of lldpd is for root and its own group.
  const text = (await answerOf(ask, command)) ?? (await answerOf(ask, asRoot));
  const neighbors: LldpNeighborsDetail = {};
  if (text === undefined) {
    ask.note('lldpd does not run, or does not talk to this user');
    return neighbors;
  }
  const answer = parse(command, text);
  if (!isObject(answer) || !('lldp' in answer)) throw unreadable(command, 'an object with "lldp"', text);
  for (const lldp of each(answer['lldp'])) {
    for (const [end, neighbor] of named(lldp['interface'])) addTo(neighbors, end, neighborOf(neighbor));
  }
  if (Object.keys(neighbors).length === 0) ask.note('lldpd has heard of no neighbour');
  return neighbors;
}

async function answerOf(ask: Ask, asked: string): Promise<string | undefined> {
  const text = await ask.text(asked, { optional: true });
  if (text === undefined) return undefined;
  ask.understood(asked);
  return text.trimStart().startsWith('{') ||
    !/unable to connect|cannot connect|Permission denied|command not found/i.test(text)
    ? text
    : undefined;
}

export const readLldpNeighbors: ReadFacts<'get_lldp_neighbors'> = async (ask) => lldpSummary(await neighborsOf(ask));

export const readLldpNeighborsDetail: ReadFacts<'get_lldp_neighbors_detail'> = async (ask, { interface: only }) =>
  ofInterface(await neighborsOf(ask), only);

/** Where there is one of a thing lldpctl gives it, where there are several a list. */
const each = (value: unknown): JsonObject[] => (Array.isArray(value) ? value : [value]).filter(isObject);

/** Things with a name: `{ "eth0": … }` in one form of its JSON, `{ "name": "eth0", … }` in the other. */
function* named(value: unknown): Generator<[name: string, thing: JsonObject]> {
  for (const one of each(value)) {
    const name = textOf(one['name']);
    if (name !== '') yield [name, one];
    else for (const [key, thing] of Object.entries(one)) if (isObject(thing)) yield [key, thing];
  }
}

/** A text, or the `value` of the element that holds it. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const [first] = each(value);
  return first === undefined ? '' : textAt(first, 'value');
}

function neighborOf(neighbor: JsonObject): LldpNeighborDetail {
  const [chassis] = chassisOf(neighbor['chassis']);
  const [port = {}] = each(neighbor['port']);
  const [name = '', of = {}] = chassis ?? [];
  const capabilities = each(of['capability']);
  const typeOf = (one: JsonObject): string => capabilityOfName(textAt(one, 'type'));
  return {
    parent_interface: '',
    remote_chassis_id: macOr(textOf(of['id'])),
    remote_port: textOf(port['id']),
    remote_port_description: textOf(port['descr']),
    remote_system_name: name,
    remote_system_description: textOf(of['descr']),
    remote_system_capab: capabilities.map(typeOf),
    remote_system_enable_capab: capabilities.filter((one) => one['enabled'] === true).map(typeOf),
  };
}

/** One that tells no name stands for itself, without one. */
function chassisOf(value: unknown): [name: string, chassis: JsonObject][] {
  return each(value).flatMap((one): [string, JsonObject][] =>
    'id' in one ? [[textOf(one['name']), one]] : [...named(one)],
  );
}
