import type { XmlElement } from '#core';
import type { Ask } from '../../ask.ts';
import type { ReadFacts } from '../../define-facts.ts';
import type { LldpNeighbors } from '../../model/neighbors.ts';
import { addTo } from '../reading/group.ts';
import { askXml, textIn } from '../reading/xml.ts';

const question = { command: 'show lldp neighbors', rpc: '<get-lldp-neighbors-information/>' };

export async function neighborsIn(ask: Ask): Promise<XmlElement[]> {
  const answers = await askXml(ask, question, 'lldp-neighbors-information');
  return answers.flatMap((answer) => answer.all('lldp-neighbor-information'));
}

/** Our end: older releases call the field otherwise than newer ones. */
export const localEnd = (neighbor: XmlElement): string =>
  textIn(neighbor, 'lldp-local-port-id') || textIn(neighbor, 'lldp-local-interface');

/** The port is its id where the neighbour gives one in the brief table, and its description otherwise. */
export const readLldpNeighbors: ReadFacts<'get_lldp_neighbors'> = async (ask) => {
  const neighbors: LldpNeighbors = {};
  for (const neighbor of await neighborsIn(ask)) {
    addTo(neighbors, localEnd(neighbor), {
      hostname: textIn(neighbor, 'lldp-remote-system-name'),
      port: textIn(neighbor, 'lldp-remote-port-id') || textIn(neighbor, 'lldp-remote-port-description'),
    });
  }
  return neighbors;
};
