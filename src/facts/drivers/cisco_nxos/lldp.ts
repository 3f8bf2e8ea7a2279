import type { Ask } from '../../ask.ts';
import type { ReadFacts } from '../../define-facts.ts';
import { readLines } from '../../lines.ts';
import type { LldpNeighborDetail, LldpNeighborsDetail } from '../../model/neighbors.ts';
import { entryOf } from '../../values/entry.ts';
import { longInterfaceName } from '../../values/interface-name.ts';
import { lldpLetters } from '../../values/lldp.ts';
import { lldpSummary, ofInterface } from '../../values/lldp-summary.ts';
import { textOfFeature } from './nx-json.ts';

const command = 'show lldp neighbors detail';

export const getLldpNeighbors: ReadFacts<'get_lldp_neighbors'> = async (ask) => lldpSummary(await lldpEntries(ask));

export const getLldpNeighborsDetail: ReadFacts<'get_lldp_neighbors_detail'> = async (ask, args) =>
  ofInterface(await lldpEntries(ask), longInterfaceName(args.interface));

const labels = {
  'Chassis id': 'remote_chassis_id',
  'Port id': 'remote_port',
  'Local Port id': 'local',
  'Port Description': 'remote_port_description',
  'System Name': 'remote_system_name',
  'System Description': 'remote_system_description',
  'System Capabilities': 'remote_system_capab',
  'Enabled Capabilities': 'remote_system_enable_capab',
} as const;

type Fields = Partial<Record<(typeof labels)[keyof typeof labels], string>>;

/**
 * LLDP as text, on NX-API too: the JSON of it has other names in every second release. A description of several lines
 * is cut after the first, and a chassis id stays as it stands.
 */
async function lldpEntries(ask: Ask): Promise<LldpNeighborsDetail> {
  const output = await textOfFeature(ask, 'lldp', command);
  const found: Fields[] = [];
  let isDescription = false;
  readLines(ask, command, output ?? '', (line) => {
    const [, label = '', value = ''] = /^([A-Z][A-Za-z ]{2,24}): ?(.*)$/.exec(line) ?? [];
    const field = Object.hasOwn(labels, label) ? labels[label as keyof typeof labels] : undefined;
    if (field === 'remote_chassis_id') found.push({});
    if (field !== undefined) {
      isDescription = field === 'remote_system_description' || field === 'remote_port_description';
      const last = found.at(-1);
      if (last === undefined) return false;
      last[field] = value === 'not advertised' || value === 'null' ? '' : value.trim();
      return true;
    }
    if (
      /^(?:Time remaining|Management Address|Vlan ID|Capability codes|Total entries|Management Address IPV6)/.test(line)
    ) {
      isDescription = false;
      return true;
    }
    return isDescription || /^(?: +\([RBTCWPSO]\) |Device ID +Local Intf|No neighbors)/.test(line);
  });
  const neighbors: Record<string, LldpNeighborDetail[]> = {};
  for (const fields of found) {
    if (fields.local === undefined) {
      ask.warn({
        command,
        line: `Chassis id: ${fields.remote_chassis_id}`,
        reason: 'no local interface for this neighbour',
      });
      continue;
    }
    entryOf<LldpNeighborDetail[]>(neighbors, longInterfaceName(fields.local), () => []).push(neighborOf(fields));
  }
  return neighbors;
}

const neighborOf = (fields: Fields): LldpNeighborDetail => ({
  parent_interface: '',
  remote_chassis_id: fields.remote_chassis_id ?? '',
  remote_port: fields.remote_port ?? '',
  remote_port_description: fields.remote_port_description ?? '',
  remote_system_name: fields.remote_system_name ?? '',
  remote_system_description: fields.remote_system_description ?? '',
  remote_system_capab: lldpLetters(fields.remote_system_capab ?? ''),
  remote_system_enable_capab: lldpLetters(fields.remote_system_enable_capab ?? ''),
});
