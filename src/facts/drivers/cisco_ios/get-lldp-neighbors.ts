import type { ReadFacts } from '../../define-facts.ts';
import { longInterfaceName } from '../../values/interface-name.ts';
import { lldpSummary, ofInterface } from '../../values/lldp-summary.ts';
import { lldpEntries } from './lldp-entries.ts';

export const getLldpNeighbors: ReadFacts<'get_lldp_neighbors'> = async (ask) => lldpSummary(await lldpEntries(ask));

export const getLldpNeighborsDetail: ReadFacts<'get_lldp_neighbors_detail'> = async (ask, args) =>
  ofInterface(await lldpEntries(ask), longInterfaceName(args.interface));
