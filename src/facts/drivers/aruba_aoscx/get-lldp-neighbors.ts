import type { Ask } from '../../ask.ts';
import type { ReadFacts } from '../../define-facts.ts';
import type { LldpNeighborDetail, LldpNeighborsDetail } from '../../model/neighbors.ts';
import { lldpSummary, ofInterface } from '../../values/lldp-summary.ts';
import { macOr } from '../../values/mac.ts';
import { type Block, blocksIn, lineIn } from '../reading/blocks.ts';
import { addTo } from '../reading/group.ts';
import { capabilityOfName } from '../reading/lldp-capabilities.ts';

const command = 'show lldp neighbor-info detail';
const preface = /^(?:LLDP Neighbor Information|=+$|-+$|Total Neighbor Entries|No LLDP|LLDP is )/i;
const isOff = /\bLLDP is (?:not enabled|disabled)\b/i;

export const getLldpNeighbors: ReadFacts<'get_lldp_neighbors'> = async (ask) => lldpSummary(await neighborsOf(ask));

export const getLldpNeighborsDetail: ReadFacts<'get_lldp_neighbors_detail'> = async (ask, args) =>
  ofInterface(await neighborsOf(ask), args.interface);

async function neighborsOf(ask: Ask): Promise<LldpNeighborsDetail> {
  const output = await ask.text(command, { isAnswer: isOff, timeoutMs: 120_000 });
  const neighbors: LldpNeighborsDetail = {};
  const ports = blocksIn(ask, command, output, /^Port +: *(\S{1,40})/, preface);
  for (const { name, lines } of ports) {
    const names = lines.flatMap((line, at) => (/^Neighbor (?:Chassis|System)-Name\b/.test(line) ? [at] : []));
    for (const [index, from] of names.entries()) {
      addTo(neighbors, name, neighborOf({ lines: lines.slice(from, names[index + 1]) }));
    }
  }
  if (isOff.test(output.slice(0, 500))) ask.note('LLDP is not enabled');
  else if (/^Total Neighbor Entries +: *0$/m.test(output)) ask.note('no port has an LLDP neighbour');
  return neighbors;
}

function neighborOf(block: Pick<Block, 'lines'>): LldpNeighborDetail {
  const field = (pattern: RegExp): string => lineIn(block, pattern)?.trim() ?? '';
  return {
    parent_interface: '',
    remote_port: field(/^Neighbor Port-ID +:(.*)/),
    remote_chassis_id: macOr(field(/^Neighbor Chassis-ID +:(.*)/)),
    remote_port_description: field(/^Neighbor Port-Desc +:(.*)/),
    remote_system_name: field(/^Neighbor (?:Chassis|System)-Name +:(.*)/),
    remote_system_description: descriptionIn(block),
    remote_system_capab: capabilitiesIn(field(/^Chassis Capabilities Available +:(.*)/)),
    remote_system_enable_capab: capabilitiesIn(field(/^Chassis Capabilities Enabled +:(.*)/)),
  };
}

const description = /^Neighbor (?:Chassis|System)-Description +: ?/;

/** A description of several lines goes on until the chassis, whatever its lines look like. */
function descriptionIn({ lines }: Pick<Block, 'lines'>): string {
  const from = lines.findIndex((line) => description.test(line));
  if (from === -1) return '';
  const length = lines.slice(from).findIndex((line) => /^Neighbor Chassis-ID\b/.test(line));
  const text = lines.slice(from, length === -1 ? from + 1 : from + length).join('\n');
  return text.replace(description, '');
}

const capabilitiesIn = (text: string): string[] =>
  text
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean)
    .map(capabilityOfName);
