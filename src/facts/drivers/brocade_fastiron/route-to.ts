import { NetwrightError } from '#core';
import type { ReadFacts } from '../../define-facts.ts';
import { readLines } from '../../lines.ts';
import type { Route } from '../../model/routes.ts';
import { readDuration } from '../../values/duration.ts';
import { ipOf, prefixOf } from '../reading/addresses.ts';
import { destinationOf } from '../reading/argument.ts';
import { addTo } from '../reading/group.ts';
import { portNames } from './interfaces.ts';

const furniture =
  /^ *(?:Total number of IP|Type Codes|BGP +Codes|OSPF Codes|ISIS Codes|STATIC Codes|Destination +Gateway|Static Codes|Number of)/i;
const none = /^ *(?:None|No (?:matching )?routes?\b|IP route not found)/i;
const row =
  /^ *\d{1,7} +(\S{3,50}) +(\S{2,45}) +(\S{1,12}(?: \d[\d/]{0,11})?) +(\d{1,3})\/\d{1,10} +([A-Z]\w?)(?: +(\S{1,12}))?$/;
const letters: Readonly<Record<string, string>> = {
  B: 'bgp',
  D: 'connected',
  I: 'isis',
  O: 'ospf',
  R: 'rip',
  S: 'static',
};

/**
 * Routes of the default VRF.
 * @throws NetwrightError `NW_NOT_SUPPORTED` for IPv6 and longer prefixes
 */
export const getRouteTo: ReadFacts<'get_route_to'> = async (ask, { destination, protocol, longer }) => {
  const { text, isV6 } = destinationOf(destination);
  if (isV6 || longer) {
    const what = isV6 ? 'routes to IPv6 destinations' : 'longer prefixes';
    throw new NetwrightError('NW_NOT_SUPPORTED', `${ask.device}: route_to: ${what} are not read from FastIron`);
  }
  const command = `show ip route ${text}`;
  const [output, nameOf] = await Promise.all([ask.text(command, { isAnswer: none, optional: true }), portNames(ask)]);
  if (output === undefined) {
    ask.note('the device does not know "show ip route": a switch image does not route');
    return {};
  }
  const wanted = protocol.toLowerCase() === 'direct' ? 'connected' : protocol.toLowerCase();
  const routes: Record<string, Route[]> = {};
  readLines(ask, command, output, (line) => {
    if (none.test(line)) ask.note(`no route to ${text}`);
    const [, to = '', gateway = '', port = '', distance, kind = '', uptime = ''] = row.exec(line) ?? [];
    const prefix = prefixOf(to);
    if (prefix === undefined) return furniture.test(line) || none.test(line);
    const told = letters[kind.charAt(0)] ?? kind;
    if (wanted !== '' && told !== wanted) return true;
    addTo(routes, `${prefix.address}/${prefix.length}`, {
      protocol: told,
      current_active: true,
      last_active: true,
      age: readDuration(uptime) ?? -1,
      next_hop: /^DIRECT$/i.test(gateway) ? '' : (ipOf(gateway) ?? ''),
      outgoing_interface: nameOf(port),
      selected_next_hop: true,
      preference: Number(distance),
      inactive_reason: '',
      routing_table: 'default',
      protocol_attributes: {},
    });
    return true;
  });
  return routes;
};
