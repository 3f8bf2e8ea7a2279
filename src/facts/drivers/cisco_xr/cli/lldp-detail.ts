import type { ReadFacts } from '../../../define-facts.ts';
import type { LldpNeighborDetail, LldpNeighborsDetail } from '../../../model/neighbors.ts';
import { lldpLetters } from '../../../values/lldp.ts';
import { macOr } from '../../../values/mac.ts';
import { wordOf } from '../../reading/argument.ts';
import { addTo } from '../../reading/group.ts';
import { printed } from './text.ts';

const isOff = /^% ?LLDP is not enabled/;

export const readLldpNeighborsDetail: ReadFacts<'get_lldp_neighbors_detail'> = async (ask, { interface: only }) => {
  const command = `show lldp neighbors ${only === '' ? '' : `${wordOf('interface', only)} `}detail`;
  const output = await printed(ask, command, isOff);
  const detail: LldpNeighborsDetail = {};
  if (isOff.test(output)) ask.note('LLDP is not enabled');
  if (isOff.test(output) || /^Total entries displayed: 0\b/m.test(output)) ask.understood(command);
  let number = 0;
  let block: string[] = [];
  const finish = (): void => {
    const [first] = block;
    if (first === undefined) return;
    const [, end = ''] = /^Local Interface: (\S+)/.exec(first) ?? [];
    const neighbor = neighborOf(block);
    if (neighbor.remote_chassis_id !== '') addTo(detail, end, neighbor);
    else ask.warn({ command, line: first, number: number - block.length, reason: 'a neighbour without a chassis id' });
    block = [];
  };
  for (const raw of output.split('\n')) {
    number += 1;
    const line = raw.trimEnd();
    if (/^Local Interface: /.test(line) || /^Total entries displayed/.test(line)) finish();
    if (/^Local Interface: /.test(line)) ask.understood(command);
    if (block.length > 0 || /^Local Interface: /.test(line)) block.push(line);
  }
  finish();
  return detail;
};

function neighborOf(lines: readonly string[]): LldpNeighborDetail {
  const field = (name: string): string => {
    const start = `${name}: `;
    const found = lines.find((line) => line.startsWith(start))?.slice(start.length);
    return found === undefined || found === 'not advertised' ? '' : found.trim();
  };
  return {
    parent_interface: field('Parent Interface') || 'None',
    remote_chassis_id: macOr(field('Chassis id')),
    remote_port: field('Port id'),
    remote_port_description: field('Port Description'),
    remote_system_name: field('System Name'),
    remote_system_description: descriptionIn(lines),
    remote_system_capab: lldpLetters(field('System Capabilities')),
    remote_system_enable_capab: lldpLetters(field('Enabled Capabilities')),
  };
}

/** The description stands below its label, up to the next blank line or label. */
function descriptionIn(lines: readonly string[]): string {
  const from = lines.findIndex((line) => /^System Description:/.test(line));
  if (from < 0) return '';
  const rest = lines.slice(from + 1);
  const to = rest.findIndex((line) => line === '' || /^(?:Time remaining|Hold Time|Age): /.test(line));
  return (to < 0 ? rest : rest.slice(0, to)).join('\n').trim();
}
