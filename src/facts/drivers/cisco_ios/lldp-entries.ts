import type { Ask } from '../../ask.ts';
import type { LldpNeighborDetail, LldpNeighborsDetail } from '../../model/neighbors.ts';
import { entryOf } from '../../values/entry.ts';
import { longInterfaceName } from '../../values/interface-name.ts';
import { lldpLetters } from '../../values/lldp.ts';
import { macOr } from '../../values/mac.ts';
import { isSwitchedOff, readIosLines } from './ios-lines.ts';

const table = 'show lldp neighbors';
const details = 'show lldp neighbors detail';

/**
 * LLDP of IOS. The detail tells the local interface since 15.1 or so; before, the table does, whose rows are found by
 * the port and the first twenty characters of the name, which is all the table has of it.
 */
export async function lldpEntries(ask: Ask): Promise<LldpNeighborsDetail> {
  const [summary, detail] = await Promise.all([ask.text(table), ask.text(details)]);
  if (isSwitchedOff(ask, summary) || isSwitchedOff(ask, detail)) {
    ask.understood(table);
    ask.understood(details);
    return {};
  }
  const rows = readTable(ask, summary);
  const neighbors: Record<string, LldpNeighborDetail[]> = {};
  for (const { local, ...neighbor } of readDetails(ask, detail)) {
    const { remote_system_name: name, remote_port: port, remote_chassis_id: chassis } = neighbor;
    const at = rows.findIndex(
      (row) =>
        (row.port === port || row.port === neighbor.remote_port_description) &&
        (name.startsWith(row.device) || macOr(row.device) === chassis || name === ''),
    );
    const [row] = at === -1 ? [] : rows.splice(at, 1);
    const interfaceName = local === '' ? row?.local : local;
    if (interfaceName === undefined) {
      ask.warn({ command: details, line: `Port id: ${port}`, reason: 'no local interface for this neighbour' });
      continue;
    }
    entryOf(neighbors, longInterfaceName(interfaceName), () => []).push(neighbor);
  }
  return neighbors;
}

interface Row {
  readonly device: string;
  readonly local: string;
  readonly port: string;
}

/** The columns stand where the heading has them: a name of twenty characters leaves no blank before the next. */
function readTable(ask: Ask, output: string): Row[] {
  const rows: Row[] = [];
  let columns: readonly number[] | undefined;
  readIosLines(ask, table, output, (line) => {
    if (/^Device ID +Local Intf/.test(line)) {
      columns = ['Local Intf', 'Hold-time', 'Capability', 'Port ID'].map((title) => line.indexOf(title));
      return true;
    }
    if (columns === undefined || /^Total entries displayed/.test(line)) {
      return /^(?:Capability codes|Total entries displayed| +\([RBTCWPSO]\) )/.test(line);
    }
    const [local = 0, hold = 0, capability = 0, port = 0] = columns;
    const row = { device: line.slice(0, local), local: line.slice(local, hold), port: line.slice(port) };
    if (!/^\s*\d{1,6}\s*$/.test(line.slice(hold, capability)) || row.local.trim() === '') return false;
    rows.push({ device: row.device.trim(), local: row.local.trim(), port: row.port.trim() });
    return true;
  });
  return rows;
}

type Entry = LldpNeighborDetail & { readonly local: string };

const labels: Readonly<Record<string, keyof Entry>> = {
  'Local Intf': 'local',
  'Chassis id': 'remote_chassis_id',
  'Port id': 'remote_port',
  'Port Description': 'remote_port_description',
  'System Name': 'remote_system_name',
  'System Capabilities': 'remote_system_capab',
  'Enabled Capabilities': 'remote_system_enable_capab',
};

function readDetails(ask: Ask, output: string): readonly Entry[] {
  const entries: Entry[] = [];
  let fields: Record<string, string> = {};
  let isDescription = false;
  const close = (): void => {
    if (fields['remote_port'] !== undefined || fields['remote_chassis_id'] !== undefined)
      entries.push(neighborOf(fields));
    fields = {};
    isDescription = false;
  };
  for (const raw of output.split('\n')) {
    const line = raw.slice(0, 2000).trimEnd();
    if (/^-{20,}/.test(line)) {
      close();
      continue;
    }
    if (isDescription && !/^Time remaining: /.test(line)) {
      if (line.trim() !== '') fields['description'] ??= line.trim();
      continue;
    }
    isDescription = false;
    const [, label = '', value = ''] = /^([A-Z][A-Za-z ]{2,24})(?::|(?= - not advertised)) ?(.*)$/.exec(line) ?? [];
    if (label === 'System Description') {
      isDescription = !value.includes('- not advertised');
      if (isDescription && value !== '') fields['description'] = value;
      continue;
    }
    const field = labels[label];
    if (field === undefined) continue;
    // Without rules between the neighbours, a chassis id begins the next one.
    if (fields[field] !== undefined && (field === 'remote_chassis_id' || field === 'local')) close();
    fields[field] = value.startsWith('- not advertised') ? '' : value.trim();
  }
  close();
  if (entries.length > 0 || /^Total entries displayed: 0/m.test(output)) ask.understood(details);
  return entries;
}

const neighborOf = (fields: Readonly<Record<string, string | undefined>>): Entry => ({
  local: fields['local'] ?? '',
  parent_interface: '',
  remote_chassis_id: macOr(fields['remote_chassis_id'] ?? ''),
  remote_port: fields['remote_port'] ?? '',
  remote_port_description: fields['remote_port_description'] ?? '',
  remote_system_name: fields['remote_system_name'] ?? '',
  remote_system_description: fields['description'] ?? '',
  remote_system_capab: lldpLetters(fields['remote_system_capab'] ?? ''),
  remote_system_enable_capab: lldpLetters(fields['remote_system_enable_capab'] ?? ''),
});
