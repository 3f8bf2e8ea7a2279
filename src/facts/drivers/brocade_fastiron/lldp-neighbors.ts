import type { Ask } from '../../ask.ts';
import type { ReadFacts } from '../../define-facts.ts';
import type { LldpNeighborDetail, LldpNeighborsDetail } from '../../model/neighbors.ts';
import { lldpSummary, ofInterface } from '../../values/lldp-summary.ts';
import { macOr } from '../../values/mac.ts';
import { type Block, blocksIn, lineIn } from '../reading/blocks.ts';
import { addTo } from '../reading/group.ts';
import { capabilityOfName } from '../reading/lldp-capabilities.ts';
import { portNames } from './interfaces.ts';

const command = 'show lldp neighbors detail';
const isOff = /\bLLDP is not (?:running|enabled)\b|\bNo neighbors\b/i;

export const getLldpNeighbors: ReadFacts<'get_lldp_neighbors'> = async (ask) => lldpSummary(await neighborsOf(ask));

export const getLldpNeighborsDetail: ReadFacts<'get_lldp_neighbors_detail'> = async (ask, args) =>
  ofInterface(await neighborsOf(ask), args.interface);

async function neighborsOf(ask: Ask): Promise<LldpNeighborsDetail> {
  const [output, nameOf] = await Promise.all([
    ask.text(command, { isAnswer: isOff, timeoutMs: 120_000 }),
    portNames(ask),
  ]);
  const neighbors: LldpNeighborsDetail = {};
  for (const { name, lines } of blocksIn(ask, command, output, /^ ?Local port: (\S{1,40})/, isOff)) {
    const begins = lines.flatMap((line, at) => (/^Neighbor: /.test(line) ? [at] : []));
    for (const [index, from] of begins.entries()) {
      addTo(neighbors, nameOf(name), neighborOf({ lines: lines.slice(from, begins[index + 1]) }));
    }
  }
  if (isOff.test(output.slice(0, 500))) ask.note(output.trim().slice(0, 100));
  return neighbors;
}

function neighborOf(block: Pick<Block, 'lines'>): LldpNeighborDetail {
  const field = (pattern: RegExp): string => unquoted(lineIn(block, pattern) ?? '');
  return {
    parent_interface: '',
    remote_port: field(/^\+ Port ID \([^)]{1,40}\) *: ?(.*)/),
    remote_chassis_id: macOr(field(/^\+ Chassis ID \([^)]{1,40}\) *: ?(.*)/)),
    remote_port_description: field(/^\+ Port description *: ?(.*)/),
    remote_system_name: field(/^\+ System name *: ?(.*)/),
    remote_system_description: descriptionIn(block),
    remote_system_capab: capabilitiesIn(field(/^\+ System capabilities *: ?(.*)/)),
    remote_system_enable_capab: capabilitiesIn(field(/^Enabled capabilities *: ?(.*)/)),
  };
}

/** A long description is cut at the width of its column, with a backslash behind every piece but the last. */
function descriptionIn({ lines }: Pick<Block, 'lines'>): string {
  const from = lines.findIndex((line) => /^\+ System description *:/.test(line));
  if (from === -1) return '';
  const length = lines.slice(from).findIndex((line) => !line.endsWith('\\'));
  const pieces = lines.slice(from, length === -1 ? undefined : from + length + 1);
  const text = pieces.map((line) => line.replace(/\\$/, '')).join('');
  return unquoted(text.replace(/^\+ System description *: ?/, ''));
}

const unquoted = (text: string): string => text.trim().replace(/^"([^"]*)"$/, '$1');

const capabilitiesIn = (text: string): string[] =>
  text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '' && one !== 'none')
    .map(capabilityOfName);
