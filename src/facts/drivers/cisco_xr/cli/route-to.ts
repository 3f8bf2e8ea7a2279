import type { ReadFacts } from '../../../define-facts.ts';
import { readLines } from '../../../lines.ts';
import type { Route } from '../../../model/routes.ts';
import { readDuration } from '../../../values/duration.ts';
import { destinationOf } from '../../reading/argument.ts';
import { addTo } from '../../reading/group.ts';
import { printed } from './text.ts';

const isAbsent = /^% (?:Network not in table|Subnet not in table|No matching routes found)/;

export const readRouteTo: ReadFacts<'get_route_to'> = async (ask, { destination, protocol, longer }) => {
  const { isV6, text } = destinationOf(destination);
  const command = `show route ${isV6 ? 'ipv6 ' : ''}${text}${longer ? ' longer-prefixes' : ''}`;
  const output = await printed(ask, command, isAbsent);
  const routes: Record<string, Route[]> = {};
  if (isAbsent.test(output)) {
    ask.note(`no route to ${text}`);
    ask.understood(command);
    return routes;
  }
  const only = wordsOf(protocol);
  const add = (prefix: string, route: Route): void => {
    if (only === '' || wordsOf(route.protocol) === only) addTo(routes, prefix, route);
  };
  if (longer) readTable(ask, command, output, add);
  else readEntries(ask, command, output, add);
  return routes;
};

const wordsOf = (protocol: string): string => {
  const [word = ''] = protocol.toLowerCase().split(' ');
  return word === 'direct' ? 'connected' : word;
};

type Add = (prefix: string, route: Route) => void;
type Ask = Parameters<ReadFacts<'get_route_to'>>[0];

const routeOf = (protocol: string, preference: number, age: number, nextHop: string, end: string): Route => ({
  protocol,
  current_active: true,
  last_active: true,
  age,
  next_hop: nextHop,
  outgoing_interface: end,
  selected_next_hop: true,
  preference,
  inactive_reason: '',
  routing_table: 'default',
  protocol_attributes: {},
});

/** `Routing entry for 192.0.2.0/24` and what is below it. */
function readEntries(ask: Ask, command: string, output: string, add: Add): void {
  let prefix = '';
  let protocol = '';
  let preference = -1;
  let age = -1;
  let isDescriptors = false;
  readLines(ask, command, output, (line) => {
    const entry = /^Routing entry for (\S+)/.exec(line)?.[1];
    if (entry !== undefined) [prefix, isDescriptors] = [entry, false];
    const [, known, distance] = /^ {2}Known via "([^"]{1,60})"(?:, distance (\d+))?/.exec(line) ?? [];
    if (known !== undefined) [protocol, preference] = [known, distance === undefined ? 0 : Number(distance)];
    const installed = /^ {2}Installed .{1,40} for (\S+)/.exec(line)?.[1];
    if (installed !== undefined) age = readDuration(installed) ?? -1;
    if (/^ {2}Routing Descriptor Blocks/.test(line)) isDescriptors = true;
    if (!isDescriptors || !/^ {4}\S/.test(line)) return prefix !== '' && /^ {2}|^Routing entry/.test(line);
    const end = /, via ([^\s,]+)/.exec(line)?.[1] ?? '';
    const hop = /^ {4}([\da-f.:]+)(?:, |$)/i.exec(line)?.[1];
    if (hop === undefined && !/^ {4}directly connected/.test(line)) return false;
    add(prefix, routeOf(protocol, preference, age, hop ?? '', end));
    return true;
  });
}

/** The letters of the table, in the words of the entries. */
const codes: Readonly<Record<string, string>> = {
  C: 'connected',
  L: 'local',
  S: 'static',
  R: 'rip',
  B: 'bgp',
  D: 'eigrp',
  O: 'ospf',
  i: 'isis',
  A: 'access',
  U: 'static',
};

/** One line a route, further paths below it: `B    192.0.2.0/24 [20/0] via 10.0.0.2, 1d02h, GigabitEthernet0/0/0/0`. */
function readTable(ask: Ask, command: string, output: string, add: Add): void {
  let [prefix, protocol] = ['', ''];
  let isTable = false;
  readLines(ask, command, output, (line) => {
    const [, letter, network] = /^([A-Za-z])[ *(!)\w]{0,12}? ([\da-f.:]+\/\d{1,3})\b/.exec(line) ?? [];
    if (letter !== undefined && network !== undefined) {
      [prefix, protocol] = [network, codes[letter] ?? letter];
      isTable = true;
    }
    if (!isTable) return true;
    const [, distance, hop] = /\[(\d+)\/\d+\] via ([\da-f.:]+)/i.exec(line) ?? [];
    const connected = /is directly connected, (\S+), (\S+)$/.exec(line);
    if (connected) {
      add(prefix, routeOf(protocol, 0, readDuration(connected[1]!) ?? -1, '', connected[2]!));
      return true;
    }
    // The path may stand on the line below.
    if (hop === undefined) return network !== undefined;
    const [, age = '', end = ''] = /, (\S+?)(?:, (\S+))?(?: \(.{1,60}\))?$/.exec(line.slice(line.indexOf(hop))) ?? [];
    add(prefix, routeOf(protocol, Number(distance), readDuration(age) ?? -1, hop, end));
    return true;
  });
}
