import type { SimulatedDevice } from '../device.ts';
import { addressOf, asnOf, mix } from '../facts.ts';
import type { Configured } from './configured.ts';
import { routerosItems } from './configured-ports.ts';
import { liveWires } from './ports.ts';

export interface BgpSession {
  readonly address: string;
  readonly localAddress: string;
  readonly asn: number;
  readonly description: string;
  readonly routerId: string;
  /** Received, all of them accepted. */
  readonly prefixes: number;
  readonly isUp: boolean;
  /** Taken down by the configuration. */
  readonly isShut: boolean;
  /** Since it is up, or down. */
  readonly uptimeS: number;
  readonly messages: number;
  /** The port towards it; empty while it is down. */
  readonly port: string;
  readonly peerSeed: number;
}

const week = 7 * 86_400;

/** What a device calls itself in BGP: its neighbours know it too. */
const routerIdOf = (seed: number): string => addressOf(seed, 0);

/** How many prefixes a device gives to each of its neighbours. */
const prefixesOf = (seed: number): number => 3 + (mix(seed, 8_000) % 400);

interface ConfiguredPeer {
  readonly address: string;
  readonly asn?: number;
  readonly description: string;
  readonly isShut: boolean;
}

/** The neighbours that the running configuration names. */
export function configuredPeers({ running, persona }: Configured): readonly ConfiguredPeer[] {
  if (persona.edit.style === 'routeros') {
    return routerosItems(running.text)
      .filter(({ menu }) => menu === '/routing bgp connection')
      .map(({ fields }) => ({
        address: (fields['address'] ?? '').replace(/\/32$/, ''),
        ...(fields['as'] !== undefined && { asn: Number(fields['as']) }),
        description: fields['comment'] ?? fields['name'] ?? '',
        isShut: fields['disabled'] === 'yes',
      }));
  }
  const lines = running.text.split('\n');
  const peers = new Map<string, { asn?: number; description: string; isShut: boolean }>();
  for (const [at, line] of lines.entries()) {
    const [, margin = '', address, rest = ''] =
      /^( *)(?:neighbor|peer) (\d+\.\d+\.\d+\.\d+)(?: (.*?))?[ {;]*$/.exec(line) ?? [];
    if (address === undefined) continue;
    const peer = peers.get(address) ?? { description: '', isShut: false };
    peers.set(address, peer);
    // Either all on one line, or what belongs to it stands below.
    const said = [rest];
    for (let next = at + 1; /^ *\S/.test(lines[next] ?? '') && lines[next]!.search(/\S/) > margin.length; next += 1)
      said.push(lines[next]!.trim());
    for (const words of said) {
      const [, asn] = /^(?:remote-as|as-number|peer-as) (\d+)/.exec(words) ?? [];
      if (asn !== undefined) peer.asn = Number(asn);
      peer.description = /^description "?([^";]*)/.exec(words)?.[1] ?? peer.description;
      if (/^(?:shutdown|ignore|disable)\b/.test(words)) peer.isShut = true;
    }
  }
  const [, groupAs] = /^ +peer-as (\d+)/m.exec(running.text) ?? [];
  return [...peers].map(([address, peer]) => ({
    address,
    ...(groupAs !== undefined && { asn: Number(groupAs) }),
    ...peer,
  }));
}

/** The AS of the device itself, as it is configured. */
export function localAsOf({ running, facts }: Configured): number {
  const [, asn] = /^ *(?:router bgp|bgp|autonomous-system|system-as) (\d+)/m.exec(running.text) ?? [];
  return asn === undefined ? facts.asn : Number(asn);
}

/** The router id of the device itself, as it is configured. */
export const ownRouterId = ({ running, facts }: Configured): string =>
  /^ *(?:bgp )?router-id (\d+\.\d+\.\d+\.\d+)/m.exec(running.text)?.[1] ?? routerIdOf(facts.seed);

/** The sessions over its cables, which are up while the port is, and those that its configuration names besides. */
export function bgpSessions(device: SimulatedDevice): readonly BgpSession[] {
  const { facts } = device;
  const configured = new Map(configuredPeers(device).map((peer) => [peer.address, peer]));
  const wired = liveWires(device)
    .filter(({ isRouted }) => isRouted)
    .map((wire): BgpSession => {
      const { peer, peerAddress, peerSeed } = wire;
      const said = configured.get(peerAddress);
      configured.delete(peerAddress);
      const asn = asnOf(peerSeed);
      const isUp = said?.isShut !== true && (said?.asn === undefined || said.asn === asn);
      // Both ends are up since the same moment.
      const uptimeS = week * (1 + (((facts.seed ^ peerSeed) >>> 0) % 8));
      return {
        address: peerAddress,
        localAddress: wire.address,
        asn: said?.asn ?? asn,
        description: said?.description || peer,
        routerId: isUp ? routerIdOf(peerSeed) : '0.0.0.0',
        prefixes: isUp ? prefixesOf(peerSeed) : 0,
        isUp,
        isShut: said?.isShut === true,
        uptimeS,
        messages: Math.floor(uptimeS / 58),
        port: wire.port,
        peerSeed,
      };
    });
  const silent = [...configured.values()].map(
    ({ address, asn = facts.asn + 1, description, isShut }): BgpSession => ({
      address,
      localAddress: '',
      asn,
      description,
      routerId: '0.0.0.0',
      prefixes: 0,
      isUp: false,
      isShut,
      uptimeS: 644,
      messages: 0,
      port: '',
      peerSeed: 0,
    }),
  );
  return [...wired, ...silent];
}

/** The nth prefix that a device gives to its neighbours, of RFC 6598. */
export function bgpPrefix(seed: number, nth: number): { readonly ip: string; readonly length: number } {
  const value = mix(seed, 8_100 + nth);
  return { ip: `100.${64 + ((value >>> 16) & 63)}.${(value >>> 8) & 255}.0`, length: 24 };
}
