import { type XmlElement, type XmlText, xml } from '#core';
import type { SimulatedDevice } from '../device.ts';
import {
  addressIn,
  type BgpSession,
  bgpSessions,
  localAsOf,
  ownRouterId,
  prefixText,
  type RouteEntry,
  routesIn,
  routesOf,
  routesTo,
} from '../network/index.ts';

const junos = 'http://xml.juniper.net/junos/22.4R3/junos';

/** Questions about routes and BGP; undefined for one that is about something else. */
export function junosRouting(device: SimulatedDevice, { name, children }: XmlElement): XmlText | undefined {
  const asked = (what: string): string => children.find((child) => child.name === what)?.value ?? '';
  switch (name) {
    case 'get-instance-information':
      return xml`<instance-information><instance-core><instance-name>master</instance-name><instance-type>forwarding</instance-type></instance-core></instance-information>`;
    case 'get-bgp-neighbor-information':
      return xml`<bgp-information>${bgpSessions(device).map((session) => peer(device, session))}</bgp-information>`;
    case 'get-bgp-summary-information':
      return xml`<bgp-information>${bgpSessions(device).map(
        ({ address, asn, uptimeS, isUp }) =>
          xml`<bgp-peer><peer-address>${address}</peer-address><peer-as>${asn}</peer-as><elapsed-time xmlns:junos="${junos}" junos:seconds="${uptimeS}">${uptimeS}</elapsed-time><peer-state>${isUp ? 'Established' : 'Active'}</peer-state></bgp-peer>`,
      )}</bgp-information>`;
    case 'get-route-information':
      return routeInformation(device, asked('destination'), asked('protocol'));
    default:
      return undefined;
  }
}

function peer(device: SimulatedDevice, session: BgpSession): XmlText {
  const { isUp, prefixes, address, localAddress, asn, description, isShut, messages } = session;
  const rib = isUp
    ? xml`<bgp-rib><name>inet.0</name><send-state>in sync</send-state><active-prefix-count>${prefixes}</active-prefix-count><received-prefix-count>${prefixes}</received-prefix-count><accepted-prefix-count>${prefixes}</accepted-prefix-count><suppressed-prefix-count>0</suppressed-prefix-count><advertised-prefix-count>12</advertised-prefix-count></bgp-rib>`
    : undefined;
  const counts = isUp
    ? xml`<input-messages>${messages + prefixes}</input-messages><input-updates>${prefixes}</input-updates><output-messages>${messages + 12}</output-messages><output-updates>12</output-updates><bgp-output-queue><number>1</number><count>0</count><table-name>inet.0</table-name></bgp-output-queue>`
    : undefined;
  const localAs = localAsOf(device);
  return xml`<bgp-peer><peer-address>${address}${isUp ? `+${40_000 + (session.peerSeed % 20_000)}` : ''}</peer-address><peer-as>${asn}</peer-as><local-address>${isUp ? `${localAddress}+179` : ''}</local-address><local-as>${localAs}</local-as><description>${description}</description><peer-type>${asn === localAs ? 'Internal' : 'External'}</peer-type><peer-state>${isUp ? 'Established' : isShut ? 'Idle' : 'Active'}</peer-state><peer-flags>${isUp ? 'Sync' : ''}</peer-flags><last-state>${isUp ? 'OpenConfirm' : 'Idle'}</last-state><last-event>${isUp ? 'RecvKeepAlive' : 'Start'}</last-event><last-error>None</last-error><bgp-option-information><bgp-options>Preference PeerAS Refresh</bgp-options><holdtime>90</holdtime><preference>170</preference></bgp-option-information><flap-count>0</flap-count><peer-id>${session.routerId}</peer-id><local-id>${ownRouterId(device)}</local-id><active-holdtime>${isUp ? 90 : 0}</active-holdtime><keepalive-interval>${isUp ? 30 : 0}</keepalive-interval>${isUp ? xml`<peer-4byte-as-capability-advertised>${asn}</peer-4byte-as-capability-advertised>` : undefined}${rib}${counts}</bgp-peer>`;
}

const words = { connected: 'Direct', local: 'Local', static: 'Static', bgp: 'BGP' } as const;
const preferences = { connected: 0, local: 0, static: 5, bgp: 170 } as const;

/** A prefix is shown with all that is inside it, an address with the longest that holds it. */
function routeInformation(device: SimulatedDevice, destination: string, protocol: string): XmlText {
  const all = routesOf(device).filter((route) => protocol === '' || words[route.protocol].toLowerCase() === protocol);
  const asked = addressIn(destination === 'default' ? '0.0.0.0/0' : destination);
  const inside = asked === undefined ? all : destination.includes('/') ? routesIn(all, asked) : routesTo(all, asked);
  // `show route 0.0.0.0/0` would be the whole table: Junos takes a default route exactly.
  const found = asked?.length === 0 ? inside.filter(({ prefix }) => prefix.length === 0) : inside;
  if (found.length === 0) return xml`<route-information></route-information>`;
  const byPrefix = Map.groupBy(found, ({ prefix }) => prefixText(prefix));
  return xml`<route-information><route-table><table-name>inet.0</table-name><destination-count>${all.length}</destination-count><total-route-count>${all.length}</total-route-count><active-route-count>${all.length}</active-route-count>${[...byPrefix].map(([, routes]) => routeXml(device, routes))}</route-table></route-information>`;
}

function routeXml(device: SimulatedDevice, routes: readonly RouteEntry[]): XmlText {
  const { prefix } = routes[0]!;
  return xml`<rt><rt-destination>${prefix.ip}</rt-destination><rt-prefix-length>${prefix.length}</rt-prefix-length><rt-entry-count>${routes.length}</rt-entry-count>${routes.map((route, nth) => entryXml(device, route, nth === 0))}</rt>`;
}

function entryXml(device: SimulatedDevice, route: RouteEntry, isActive: boolean): XmlText {
  const { protocol, nextHop, port, ageS, session, asPath } = route;
  const out = `${port}.0`;
  const hop =
    nextHop === undefined
      ? protocol === 'local'
        ? xml`<nh><nh-local-interface>${out}</nh-local-interface></nh>`
        : xml`<nh><nh-string>Next hop</nh-string><via>${out}</via><selected-next-hop/></nh>`
      : xml`<nh><nh-string>Next hop</nh-string><to>${nextHop}</to><via>${out}</via><selected-next-hop/></nh>`;
  const active = isActive ? xml`<active-tag>*</active-tag><current-active/><last-active/>` : undefined;
  const attributes =
    session === undefined
      ? undefined
      : xml`<local-as>${localAsOf(device)}</local-as><peer-as>${session.asn}</peer-as><metric2>0</metric2><as-path>AS path: ${asPath.join(' ')} I</as-path><peer-id>${session.routerId}</peer-id><local-preference>100</local-preference>`;
  return xml`<rt-entry>${active}<protocol-name>${words[protocol]}</protocol-name><preference>${preferences[protocol]}</preference><nh-type>Router</nh-type>${hop}<rt-entry-state>Active</rt-entry-state><age xmlns:junos="${junos}" junos:seconds="${ageS}">${Math.floor(ageS / 604_800)}w0d</age>${attributes}</rt-entry>`;
}
