import { type XmlElement, type XmlText, xml } from '#core';
import type { SimulatedDevice } from '../device.ts';
import { opticalPower } from '../http/eos-ports.ts';
import { type Address, arpEntries, coloned, type Port, portsOf, prefixText } from '../network/index.ts';

/** Values stand on lines of their own, as Junos prints them. */
const lined = (value: string | number): string => `\n${value}\n`;

/** Questions about ports and what was learned there; undefined for one that is about something else. */
export function junosPorts(device: SimulatedDevice, { name, children }: XmlElement): XmlText | undefined {
  const of = (what: string): string => `http://xml.juniper.net/junos/22.4R3/junos-${what}`;
  switch (name) {
    case 'get-interface-information': {
      const isTerse = children.some((child) => child.name === 'terse');
      const wanted = children.find((child) => child.name === 'interface-name')?.value;
      const ports = portsOf(device).filter((port) => wanted === undefined || wanted === '' || port.name === wanted);
      return xml`<interface-information xmlns="${of('interface')}">${ports.map((port) => portXml(port, isTerse))}</interface-information>`;
    }
    case 'get-arp-table-information': {
      const learned = arpEntries(device).filter(({ isOwn }) => !isOwn);
      return xml`<arp-table-information xmlns="${of('arp')}">${learned.map(
        ({ mac, ip, port, ageMin }) =>
          xml`<arp-table-entry><mac-address>${lined(coloned(mac))}</mac-address><ip-address>${lined(ip)}</ip-address><interface-name>${lined(`${port}.0`)}</interface-name><arp-table-entry-flags><none/></arp-table-entry-flags><time-to-expire>${lined(1_200 - ageMin * 60)}</time-to-expire></arp-table-entry>`,
      )}<arp-entry-count>${learned.length}</arp-entry-count></arp-table-information>`;
    }
    case 'get-ipv6-nd-information':
      return xml`<ipv6-nd-information><ipv6-nd-total>0</ipv6-nd-total></ipv6-nd-information>`;
    // A router without bridge domains.
    case 'get-bridge-mac-table':
      return xml`<l2ald-rtb-macdb></l2ald-rtb-macdb>`;
    case 'get-bridge-instance-information':
      return xml`<l2ald-bridge-instance-information></l2ald-bridge-instance-information>`;
    case 'get-interface-optics-diagnostics-information': {
      const optical = portsOf(device).filter(({ wire }) => wire !== undefined);
      return xml`<interface-information xmlns="${of('interface')}">${optical.map((port) => opticsXml(device, port))}</interface-information>`;
    }
    default:
      return undefined;
  }
}

function opticsXml(device: SimulatedDevice, port: Port): XmlText {
  const { rx, tx, bias } = opticalPower(device, port);
  const milliwatts = (dbm: number): string => (10 ** (dbm / 10)).toFixed(4);
  return xml`<physical-interface><name>${port.name}</name><optics-diagnostics><laser-bias-current>${bias.toFixed(3)}</laser-bias-current><laser-output-power>${milliwatts(tx)}</laser-output-power><laser-output-power-dbm>${tx.toFixed(2)}</laser-output-power-dbm><module-temperature xmlns:junos="http://xml.juniper.net/junos/22.4R3/junos" junos:celsius="34.2">34 degrees C / 94 degrees F</module-temperature><module-voltage>3.2900</module-voltage><rx-signal-avg-optical-power>${milliwatts(rx)}</rx-signal-avg-optical-power><rx-signal-avg-optical-power-dbm>${rx.toFixed(2)}</rx-signal-avg-optical-power-dbm></optics-diagnostics></physical-interface>`;
}

function portXml(port: Port, isTerse: boolean): XmlText {
  const { name, isEnabled, isUp, description, mtu, mac, kbits, traffic, errorsIn } = port;
  const admin = isEnabled ? 'up' : 'down';
  const oper = isUp ? 'up' : 'down';
  const unit = xml`<logical-interface><name>${lined(`${name}.0`)}</name><admin-status>${lined(admin)}</admin-status><oper-status>${lined(oper)}</oper-status><if-config-flags><iff-up/></if-config-flags>${port.addresses.map(familyXml)}</logical-interface>`;
  if (isTerse) {
    return xml`<physical-interface><name>${lined(name)}</name><admin-status>${lined(admin)}</admin-status><oper-status>${lined(oper)}</oper-status>${unit}</physical-interface>`;
  }
  const counters = xml`<traffic-statistics><input-bytes>${traffic.bytesIn}</input-bytes><output-bytes>${traffic.bytesOut}</output-bytes><input-packets>${traffic.packetsIn}</input-packets><output-packets>${traffic.packetsOut}</output-packets></traffic-statistics><input-error-list><input-errors>${errorsIn}</input-errors><input-drops>0</input-drops><framing-errors>0</framing-errors><input-discards>0</input-discards></input-error-list><output-error-list><carrier-transitions>1</carrier-transitions><output-errors>0</output-errors><output-drops>0</output-drops></output-error-list>`;
  const ethernet = xml`<ethernet-mac-statistics><input-bytes>${traffic.bytesIn}</input-bytes><output-bytes>${traffic.bytesOut}</output-bytes><input-packets>${traffic.packetsIn}</input-packets><output-packets>${traffic.packetsOut}</output-packets><input-unicasts>${traffic.packetsIn}</input-unicasts><output-unicasts>${traffic.packetsOut}</output-unicasts><input-broadcasts>0</input-broadcasts><output-broadcasts>0</output-broadcasts><input-multicasts>0</input-multicasts><output-multicasts>0</output-multicasts></ethernet-mac-statistics>`;
  return xml`<physical-interface><name>${lined(name)}</name><admin-status>${lined(admin)}</admin-status><oper-status>${lined(oper)}</oper-status>${description === '' ? undefined : xml`<description>${lined(description)}</description>`}<link-level-type>Ethernet</link-level-type><mtu>${lined(mtu === 1500 ? 1514 : mtu)}</mtu><speed>${lined(kbits >= 10_000_000 ? '10Gbps' : '1000mbps')}</speed><if-flow-control>enabled</if-flow-control><current-physical-address>${lined(coloned(mac))}</current-physical-address><hardware-physical-address>${lined(coloned(mac))}</hardware-physical-address><interface-flapped xmlns:junos="http://xml.juniper.net/junos/22.4R3/junos" junos:seconds="${isUp ? 3_024_000 : 0}">${isUp ? '2026-01-05 00:02:00 UTC (5w0d 00:00 ago)' : 'Never'}</interface-flapped>${counters}${ethernet}${unit}</physical-interface>`;
}

const familyXml = (address: Address): XmlText =>
  xml`<address-family><address-family-name>${lined('inet')}</address-family-name><mtu>1500</mtu><interface-address><ifa-local>${lined(`${address.ip}/${address.length}`)}</ifa-local><ifa-destination>${lined(prefixText(address))}</ifa-destination></interface-address></address-family>`;
