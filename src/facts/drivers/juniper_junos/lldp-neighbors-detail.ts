import type { XmlElement } from '#core';
import type { Ask } from '../../ask.ts';
import type { ReadFacts } from '../../define-facts.ts';
import type { LldpNeighborDetail, LldpNeighborsDetail } from '../../model/neighbors.ts';
import { macOr } from '../../values/mac.ts';
import { wordOf } from '../reading/argument.ts';
import { capabilityOfName } from '../reading/lldp-capabilities.ts';
import { askXml, askXmlIfKnown, textIn } from '../reading/xml.ts';
import { localEnd, neighborsIn } from './lldp-neighbors.ts';

export const readLldpNeighborsDetail: ReadFacts<'get_lldp_neighbors_detail'> = async (ask, { interface: only }) => {
  const ends = only === '' ? [...new Set((await neighborsIn(ask)).map(localEnd))] : [wordOf('interface', only)];
  const detail: LldpNeighborsDetail = {};
  const answers = await Promise.all(ends.map(async (end) => await detailOf(ask, end)));
  for (const [index, end] of ends.entries()) {
    const neighbors = answers[index]!.flatMap((answer) => answer.all('lldp-neighbor-information'));
    if (neighbors.length > 0) detail[end] = neighbors.map(neighborOf);
  }
  return detail;
};

/** The same command is one RPC on ELS switches and routers, and another on older switches. */
async function detailOf(ask: Ask, end: string): Promise<XmlElement[]> {
  const command = `show lldp neighbors interface ${end}`;
  const newer = `<get-lldp-interface-neighbors><interface-device>${end}</interface-device></get-lldp-interface-neighbors>`;
  const older = `<get-lldp-interface-neighbors-information><interface-name>${end}</interface-name></get-lldp-interface-neighbors-information>`;
  const answer = await askXmlIfKnown(ask, { command, rpc: newer }, 'lldp-neighbors-information');
  return answer ?? (await askXml(ask, { command, rpc: older }, 'lldp-neighbors-information'));
}

/** Names with a blank between them, of which some have blanks within. */
const capabilitiesIn = (text: string): string[] =>
  (text.match(/WLAN Access Point|DOCSIS Cable Device|Station Only|\S+/gi) ?? []).map(capabilityOfName);

const neighborOf = (one: XmlElement): LldpNeighborDetail => ({
  parent_interface: textIn(one, 'lldp-local-parent-interface-name'),
  remote_chassis_id: macOr(textIn(one, 'lldp-remote-chassis-id')),
  remote_port: textIn(one, 'lldp-remote-port-id'),
  remote_port_description: textIn(one, 'lldp-remote-port-description'),
  remote_system_name: textIn(one, 'lldp-remote-system-name'),
  remote_system_description: textIn(one, 'lldp-system-description/lldp-remote-system-description'),
  remote_system_capab: capabilitiesIn(textIn(one, 'lldp-remote-system-capabilities-supported')),
  remote_system_enable_capab: capabilitiesIn(textIn(one, 'lldp-remote-system-capabilities-enabled')),
});
