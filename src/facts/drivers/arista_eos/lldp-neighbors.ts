import type { ReadFacts } from '../../define-facts.ts';
import type { LldpNeighbors } from '../../model/neighbors.ts';
import { rowsOf, textAt } from '../reading/json.ts';

const command = 'show lldp neighbors';

export const readLldpNeighbors: ReadFacts<'get_lldp_neighbors'> = async (ask) => {
  const neighbors: LldpNeighbors = {};
  for (const row of rowsOf(await ask.json(command), command, 'lldpNeighbors')) {
    const list = (neighbors[textAt(row, 'port')] ??= []);
    list.push({ hostname: textAt(row, 'neighborDevice'), port: textAt(row, 'neighborPort') });
  }
  return neighbors;
};
