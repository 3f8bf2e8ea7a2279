import type { Ask } from '../../ask.ts';
import type { ReadFacts } from '../../define-facts.ts';
import type { LldpNeighborDetail, LldpNeighborsDetail } from '../../model/neighbors.ts';
import { lldpSummary, ofInterface } from '../../values/lldp-summary.ts';
import { macOr } from '../../values/mac.ts';
import { type Block, blocksIn, lineIn } from '../reading/blocks.ts';
import { addTo } from '../reading/group.ts';
import { capabilityOfName } from '../reading/lldp-capabilities.ts';
import { preface } from './display-interface.ts';
import { portName } from './port-names.ts';

const command = 'display lldp neighbor';
const isOff = /\b(?:LLDP (?:function )?is (?:not enabled|disabled)|enable LLDP)\b/i;

export const getLldpNeighbors: ReadFacts<'get_lldp_neighbors'> = async (ask) => lldpSummary(await neighborsOf(ask));

export const getLldpNeighborsDetail: ReadFacts<'get_lldp_neighbors_detail'> = async (ask, args) =>
  ofInterface(await neighborsOf(ask), args.interface);

async function neighborsOf(ask: Ask): Promise<LldpNeighborsDetail> {
  const output = await ask.text(command, { isAnswer: isOff, timeoutMs: 120_000 });
  const neighbors: LldpNeighborsDetail = {};
  if (isOff.test(output.slice(0, 500))) {
    ask.note('LLDP is not enabled');
    ask.understood(command);
    return neighbors;
  }
  const ports = blocksIn(ask, command, output, /^ ?(\S{2,80}) has \d{1,4} neighbor(?:s|\(s\))?:?/, preface);
  for (const { name, lines } of ports) {
    const begins = lines.flatMap((line, at) => (/^Neighbor index *:/.test(line) ? [at] : []));
    for (const [index, from] of begins.entries()) {
      addTo(neighbors, portName(ask, name), neighborOf({ lines: lines.slice(from, begins[index + 1]) }));
    }
  }
  if (ports.length > 0 && Object.keys(neighbors).length === 0) ask.note('no port has an LLDP neighbour');
  return neighbors;
}

function neighborOf(block: Pick<Block, 'lines'>): LldpNeighborDetail {
  const field = (pattern: RegExp): string => {
    const text = lineIn(block, pattern)?.trim() ?? '';
    return /^-{1,2}$/.test(text) ? '' : text;
  };
  return {
    parent_interface: '',
    remote_port: field(/^Port ID *:(.*)/),
    remote_chassis_id: macOr(field(/^Chassis ID *:(.*)/)),
    remote_port_description: field(/^Port description *:(.*)/),
    remote_system_name: field(/^System name *:(.*)/),
    remote_system_description: descriptionIn(block),
    remote_system_capab: capabilitiesIn(field(/^System capabilities supported *:(.*)/)),
    remote_system_enable_capab: capabilitiesIn(field(/^System capabilities enabled *:(.*)/)),
  };
}

/** A description of several lines goes on until the capabilities, whatever its lines look like. */
function descriptionIn({ lines }: Pick<Block, 'lines'>): string {
  const from = lines.findIndex((line) => /^System description *:/.test(line));
  if (from === -1) return '';
  const length = lines.slice(from).findIndex((line) => /^System capabilities /.test(line));
  const text = lines.slice(from, length === -1 ? from + 1 : from + length).join('\n');
  return text.replace(/^System description *: ?/, '').replace(/^-{1,2}$/, '');
}

const capabilitiesIn = (text: string): string[] =>
  text
    .split(/[\s,]+/)
    .filter(Boolean)
    .map(capabilityOfName);
