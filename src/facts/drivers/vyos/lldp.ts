import type { Ask } from '../../ask.ts';
import type { ReadFacts } from '../../define-facts.ts';
import type { LldpNeighborDetail, LldpNeighborsDetail } from '../../model/neighbors.ts';
import { lldpSummary, ofInterface } from '../../values/lldp-summary.ts';
import { macOr } from '../../values/mac.ts';
import { addTo } from '../reading/group.ts';
import { capabilityOfName } from '../reading/lldp-capabilities.ts';

const command = 'show lldp neighbors detail';
const isOff = /LLDP service is not configured|lldp.{0,40}not (?:running|configured)|unable to connect to socket/i;

/** What lldpd prints for people. */
async function neighborsOf(ask: Ask): Promise<LldpNeighborsDetail> {
  const output = await ask.text(command, { isAnswer: isOff });
  const neighbors: LldpNeighborsDetail = {};
  if (isOff.test(output)) ask.note('LLDP is not configured');
  else if (/^LLDP neighbors:/m.test(output)) ask.understood(command);
  if (isOff.test(output)) ask.understood(command);
  let number = 0;
  let block: { end: string; lines: string[] } | undefined;
  const finish = (): void => {
    if (block === undefined) return;
    const neighbor = neighborOf(block.lines);
    if (neighbor.remote_chassis_id !== '') addTo(neighbors, block.end, neighbor);
    else ask.warn({ command, line: `Interface: ${block.end}`, number, reason: 'a neighbour without a chassis id' });
    block = undefined;
  };
  for (const raw of output.split('\n')) {
    number += 1;
    const line = raw.trimEnd();
    const end = /^Interface: +([\w./:-]{1,60}),/.exec(line)?.[1];
    if (end !== undefined || /^-{5,}/.test(line)) finish();
    if (end !== undefined) block = { end, lines: [] };
    else block?.lines.push(line);
  }
  finish();
  return neighbors;
}

export const readLldpNeighbors: ReadFacts<'get_lldp_neighbors'> = async (ask) => lldpSummary(await neighborsOf(ask));

export const readLldpNeighborsDetail: ReadFacts<'get_lldp_neighbors_detail'> = async (ask, { interface: only }) =>
  ofInterface(await neighborsOf(ask), only);

function neighborOf(lines: readonly string[]): LldpNeighborDetail {
  const field = (label: string): string => {
    for (const line of lines) {
      const [, key, text] = /^ {4}(\w{3,20}): +(\S.*)$/.exec(line) ?? [];
      if (key === label) return text!;
    }
    return '';
  };
  // Ids are told with their kind: `mac 02:00:5e:00:00:01`, `ifname Ethernet1`.
  const id = (label: string): string =>
    field(label).replace(/^(?:mac|ifname|local|ifalias|ip|unhandled|subtype) +/, '');
  const capabilities = lines.flatMap((line) => {
    const [, name, state] = /^ {4}Capability: +(\S.{0,40}?), (on|off)$/.exec(line) ?? [];
    return name === undefined ? [] : [{ name: capabilityOfName(name), isOn: state === 'on' }];
  });
  return {
    parent_interface: '',
    remote_chassis_id: macOr(id('ChassisID')),
    remote_port: id('PortID'),
    remote_port_description: field('PortDescr'),
    remote_system_name: field('SysName'),
    remote_system_description: field('SysDescr'),
    remote_system_capab: capabilities.map(({ name }) => name),
    remote_system_enable_capab: capabilities.filter(({ isOn }) => isOn).map(({ name }) => name),
  };
}
