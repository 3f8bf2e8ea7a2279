import type { ReadFacts } from '../../define-facts.ts';
import type { LldpNeighbors } from '../../model/neighbors.ts';
import { addTo } from '../reading/group.ts';
import { rowsOf, textAt } from '../reading/json.ts';

const command = 'show lldp neighbors';

export const readLldpNeighbors: ReadFacts<'get_lldp_neighbors'> = async (ask) => {
  const neighbors: LldpNeighbors = {};
  for (const row of rowsOf(await ask.json(command), command, 'lldpNeighbors')) {
    const neighbor = { hostname: textAt(row, 'neighborDevice'), port: textAt(row, 'neighborPort') };
    addTo(neighbors, textAt(row, 'port'), neighbor);
  }
  return neighbors;
};
