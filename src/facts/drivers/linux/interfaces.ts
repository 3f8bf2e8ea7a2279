import type { ReadFacts } from '../../define-facts.ts';
import type { Interfaces, InterfacesCounters } from '../../model/interfaces.ts';
import { readMac } from '../../values/mac.ts';
import { InterfaceAddresses } from '../reading/interface-addresses.ts';
import { type JsonObject, listAt, numberAt, objectAt, textAt, textsAt, wholeAt } from '../reading/json.ts';
import { shellRows } from './shell-json.ts';

const speeds = 'tail -v -n +1 /sys/class/net/*/speed 2>/dev/null';

export const readInterfaces: ReadFacts<'get_interfaces'> = async (ask) => {
  const [links, rates] = await Promise.all([shellRows(ask, 'ip -j -d link'), ask.text(speeds)]);
  ask.understood(speeds);
  const megabits = new Map(
    [...rates.matchAll(/^==> \/sys\/class\/net\/([^/\n]{1,40})\/speed <==\n(-?\d{1,8})$/gm)].map(([, name, rate]) => [
      name!,
      Number(rate),
    ]),
  );
  const interfaces: Interfaces = {};
  for (const link of links) {
    const name = textAt(link, 'ifname');
    interfaces[name] = {
      is_up: isUp(link),
      is_enabled: textsAt(link, 'flags').includes('UP'),
      description: textAt(link, 'ifalias'),
      last_flapped: -1,
      mtu: wholeAt(link, 'mtu', -1),
      speed: megabits.get(name) ?? -1,
      mac_address: textAt(link, 'link_type') === 'ether' ? (readMac(textAt(link, 'address')) ?? '') : '',
    };
  }
  return interfaces;
};

/** A loopback, a tunnel and other drivers without a state of their own are up when their carrier is. */
function isUp(link: JsonObject): boolean {
  const state = textAt(link, 'operstate');
  return state === 'UP' || (state === 'UNKNOWN' && textsAt(link, 'flags').includes('LOWER_UP'));
}

export const readInterfacesCounters: ReadFacts<'get_interfaces_counters'> = async (ask) => {
  const counters: InterfacesCounters = {};
  for (const link of await shellRows(ask, 'ip -j -s link')) {
    const rx = objectAt(link, 'stats64', 'rx');
    const tx = objectAt(link, 'stats64', 'tx');
    const multicast = wholeAt(rx, 'multicast', 0);
    const packets = wholeAt(rx, 'packets', -1);
    counters[textAt(link, 'ifname')] = {
      tx_octets: wholeAt(tx, 'bytes', -1),
      rx_octets: wholeAt(rx, 'bytes', -1),
      // The kernel counts broadcasts among the unicasts, and what it sends all together.
      tx_unicast_packets: wholeAt(tx, 'packets', -1),
      rx_unicast_packets: packets < 0 ? -1 : Math.max(0, packets - multicast),
      tx_multicast_packets: -1,
      rx_multicast_packets: wholeAt(rx, 'multicast', -1),
      tx_broadcast_packets: -1,
      rx_broadcast_packets: -1,
      tx_discards: wholeAt(tx, 'dropped', -1),
      rx_discards: wholeAt(rx, 'dropped', -1),
      tx_errors: wholeAt(tx, 'errors', -1),
      rx_errors: wholeAt(rx, 'errors', -1),
    };
  }
  return counters;
};

export const readInterfacesIp: ReadFacts<'get_interfaces_ip'> = async (ask) => {
  const addresses = new InterfaceAddresses();
  for (const link of await shellRows(ask, 'ip -j addr')) {
    for (const ip of listAt(link, 'addr_info')) {
      addresses.add(textAt(link, 'ifname'), textAt(ip, 'local'), numberAt(ip, 'prefixlen', -1));
    }
  }
  return addresses.value;
};
