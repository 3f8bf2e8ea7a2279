import { type XmlElement, type XmlText, xml } from '#core';
import type { Wire } from '../cabling.ts';
import type { SimulatedDevice } from '../device.ts';
import { type ConfigNode, parseTree } from '../section-tree.ts';
import { junosNeighbors } from './junos-neighbors.ts';

const model = 'mx204';
const release = '22.4R3-S2.11';
const day = 86_400;

/** Operational questions, answered from the same facts as the commands of its command line. */
export function junosState(device: SimulatedDevice, { name, children }: XmlElement): XmlText | undefined {
  const { facts } = device;
  const of = (what: string): string => `http://xml.juniper.net/junos/22.4R3/junos-${what}`;
  switch (name) {
    case 'get-software-information':
      return xml`<software-information xmlns="${of('software')}"><host-name>${device.host}</host-name><product-model>${model}</product-model><product-name>${model}</product-name><junos-version>${release}</junos-version></software-information>`;
    case 'get-chassis-inventory':
      return xml`<chassis-inventory xmlns="${of('chassis')}"><chassis><name>Chassis</name><serial-number>${facts.hex(3, 8).toUpperCase()}</serial-number><description>JNP204 [MX204]</description></chassis></chassis-inventory>`;
    case 'get-system-uptime-information': {
      const seconds = Math.floor((device.time.now() - Date.UTC(2026, 0, 5)) / 1000);
      const days = `${Math.floor(seconds / day)} days`;
      return xml`<system-uptime-information xmlns="${of('uptime')}"><uptime-information><up-time xmlns:junos="http://xml.juniper.net/junos/22.4R3/junos" junos:seconds="${seconds}">${days}</up-time></uptime-information></system-uptime-information>`;
    }
    case 'get-interface-information': {
      const isTerse = children.some((child) => child.name === 'terse');
      const wanted = children.find((child) => child.name === 'interface-name')?.value;
      const configured = sections(parseTree(device.running.text, device.persona.edit), 'interfaces');
      const plugged = facts.wires.filter(({ port }) => !configured.some(({ line }) => line === port)).map(wiredNode);
      const interfaces = [...configured, ...plugged]
        .filter(({ line }) => wanted === undefined || wanted === '' || line === wanted)
        .map((node, nth) => interfaceXml(node, nth, isTerse));
      return xml`<interface-information xmlns="${of('interface')}">${interfaces}</interface-information>`;
    }
    default:
      return junosNeighbors(device, name, children);
  }
}

/** A port that is plugged in without being configured. */
const wiredNode = ({ port, peer, isRouted, address }: Wire): ConfigNode => {
  const inet = { line: 'family inet', below: [{ line: `address ${address}/31`, below: [] }] };
  const unit = { line: 'unit 0', below: isRouted ? [inet] : [] };
  return { line: port, below: [{ line: `description "to ${peer}"`, below: [] }, unit] };
};

const sections = (nodes: readonly ConfigNode[], name: string): readonly ConfigNode[] =>
  nodes.find(({ line }) => line === name)?.below ?? [];
const settingOf = (nodes: readonly ConfigNode[], name: string): string | undefined =>
  nodes
    .map(({ line }) => line)
    .find((line) => line.startsWith(`${name} `))
    ?.slice(name.length + 1)
    .replaceAll('"', '');

/** Values stand on lines of their own, as Junos prints them. */
const lined = (value: string | number): string => `\n${value}\n`;

function interfaceXml({ line: name, below }: ConfigNode, nth: number, isTerse: boolean): XmlText {
  const isDown = below.some(({ line }) => line === 'disable');
  const state = isDown ? 'down' : 'up';
  const description = settingOf(below, 'description');
  const mac = `2c:6b:f5:10:${(nth >> 8).toString(16).padStart(2, '0')}:${(nth & 255).toString(16).padStart(2, '0')}`;
  const units = below
    .filter(({ line }) => line.startsWith('unit '))
    .map(
      ({ line, below: unit }) =>
        xml`<logical-interface><name>${lined(`${name}.${line.slice(5)}`)}</name>${
          settingOf(unit, 'description') === undefined
            ? undefined
            : xml`<description>${settingOf(unit, 'description')}</description>`
        }<if-config-flags><iff-up/></if-config-flags></logical-interface>`,
    );
  const detail = isTerse
    ? undefined
    : xml`${description === undefined ? undefined : xml`<description>${lined(description)}</description>`}<mtu>${lined(settingOf(below, 'mtu') ?? 1514)}</mtu><speed>${lined('10Gbps')}</speed><current-physical-address>${lined(mac)}</current-physical-address>`;
  return xml`<physical-interface><name>${lined(name)}</name><admin-status>${lined(state)}</admin-status><oper-status>${lined(state)}</oper-status>${detail}${units}</physical-interface>`;
}
