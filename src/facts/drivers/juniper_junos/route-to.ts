import type { XmlElement } from '#core';
import type { ReadFacts } from '../../define-facts.ts';
import type { Route } from '../../model/routes.ts';
import { destinationOf, wordOf } from '../reading/argument.ts';
import { addTo } from '../reading/group.ts';
import { askXml, secondsIn, textIn, wholeIn } from '../reading/xml.ts';

/** NAPALM's attributes of a protocol, and the elements that hold them. */
const attributes: Readonly<Record<string, readonly (readonly [name: string, element: string])[]>> = {
  bgp: [
    ['local_as', 'local-as'],
    ['remote_as', 'peer-as'],
    ['local_preference', 'local-preference'],
    ['preference2', 'preference2'],
    ['metric', 'metric'],
    ['metric2', 'metric2'],
  ],
  isis: [
    ['level', 'rt-isis-level'],
    ['metric', 'metric'],
    ['local_as', 'local-as'],
  ],
};

/** Junos shows a prefix with all that is inside it; only when asked for does that stay in the answer. */
export const readRouteTo: ReadFacts<'get_route_to'> = async (ask, { destination, protocol, longer }) => {
  const wanted = destinationOf(destination);
  const lower = protocol === '' ? '' : wordOf('protocol', protocol.toLowerCase());
  const only = lower === 'connected' ? 'direct' : lower;
  const question = {
    command: `show route ${wanted.text}${only === '' ? '' : ` protocol ${only}`} extensive`,
    rpc: `<get-route-information><destination>${wanted.text}</destination>${only === '' ? '' : `<protocol>${only}</protocol>`}<extensive/></get-route-information>`,
  };
  const routes: Record<string, Route[]> = {};
  for (const answer of await askXml(ask, question, 'route-information')) {
    for (const table of answer.all('route-table')) {
      for (const route of table.all('rt')) {
        const address = textIn(route, 'rt-destination');
        const length = wholeIn(route, 'rt-prefix-length', 32);
        if (wanted.isPrefix && !longer && length !== wanted.length) continue;
        const name = address.includes('/') ? address : `${address}/${length}`;
        addTo(routes, name, ...routesOf(route, textIn(table, 'table-name'), only));
      }
    }
  }
  if (Object.keys(routes).length === 0) ask.note(`no route to ${wanted.text}`);
  return routes;
};

/** A route for each next hop of each entry. */
function routesOf(route: XmlElement, table: string, only: string): Route[] {
  return route.all('rt-entry').flatMap((entry) => {
    const protocol = textIn(entry, 'protocol-name');
    if (only !== '' && protocol.toLowerCase() !== only) return [];
    return entry.all('nh').map((hop) => ({
      protocol,
      current_active: entry.child('current-active') !== undefined,
      last_active: entry.child('last-active') !== undefined,
      age: secondsIn(entry, 'age') ?? -1,
      next_hop: textIn(hop, 'to'),
      outgoing_interface: textIn(hop, 'via') || textIn(hop, 'nh-local-interface'),
      selected_next_hop: hop.child('selected-next-hop') !== undefined,
      preference: wholeIn(entry, 'preference', -1),
      inactive_reason: textIn(entry, 'inactive-reason'),
      routing_table: table,
      protocol_attributes: attributesOf(entry, protocol.toLowerCase()),
    }));
  });
}

function attributesOf(entry: XmlElement, protocol: string): Route['protocol_attributes'] {
  const found: Record<string, unknown> = {};
  // An attribute that the route does not have is null, as NAPALM gives it.
  for (const [name, element] of attributes[protocol] ?? []) {
    found[name] = entry.child(element) === undefined ? null : wholeIn(entry, element, 0);
  }
  if (protocol !== 'bgp') return found;
  return {
    ...found,
    as_path: asPathOf(textIn(entry, 'as-path')),
    communities: entry.allAt('communities/community').map(({ value }) => value),
    remote_address: textIn(entry, 'peer-id'),
  };
}

/** `AS path: 6939 4637 I` without its label and its origin. */
const asPathOf = (text: string): string =>
  text
    .replace(/^AS path:/, '')
    .trim()
    .split(/\s+/)
    .filter((word) => !/^[IE?]$|^\(Originator\)$/.test(word))
    .join(' ');
