import type { Ask } from '../../ask.ts';
import type { ReadFacts } from '../../define-facts.ts';
import type { LldpNeighborDetail, LldpNeighborsDetail } from '../../model/neighbors.ts';
import { lldpSummary, ofInterface } from '../../values/lldp-summary.ts';
import { macOr } from '../../values/mac.ts';
import { blocksIn } from '../reading/blocks.ts';
import { addTo } from '../reading/group.ts';
import { capabilityOfName } from '../reading/lldp-capabilities.ts';

const verbose = 'display lldp neighbor-information verbose';
/** Comware 5 tells everything without being asked to. */
const older = 'display lldp neighbor-information';
const isOff = /\bLLDP is (?:not enabled|disabled)\b|\bLLDP is not running\b/i;
const port = /^ ?LLDP neighbor-information of port \d{1,9} ?\[([^\]\n]{1,80})\]/;

export const getLldpNeighbors: ReadFacts<'get_lldp_neighbors'> = async (ask) => lldpSummary(await neighborsOf(ask));

export const getLldpNeighborsDetail: ReadFacts<'get_lldp_neighbors_detail'> = async (ask, args) =>
  ofInterface(await neighborsOf(ask), args.interface);

async function neighborsOf(ask: Ask): Promise<LldpNeighborsDetail> {
  const options = { isAnswer: isOff, timeoutMs: 120_000 };
  const newer = await ask.text(verbose, { ...options, optional: true });
  const command = newer === undefined ? older : verbose;
  const output = newer ?? (await ask.text(older, options));
  const neighbors: LldpNeighborsDetail = {};
  if (isOff.test(output.slice(0, 500))) ask.note('LLDP is not enabled');
  const ports = blocksIn(ask, command, output, port, isOff);
  for (const { name, raw } of ports) {
    // Every agent of the port, and every neighbour of an agent, begins with its index.
    const begins = raw.flatMap((line, at) => (/^ *(?:LLDP )?neighbor index *:/i.test(line) ? [at] : []));
    for (const [index, from] of begins.entries()) {
      addTo(neighbors, name, neighborOf(fieldsIn(raw.slice(from, begins[index + 1]))));
    }
  }
  if (ports.length === 0) ask.note('no port has an LLDP neighbour');
  return neighbors;
}

/** A line of this length goes on in the next, in the middle of a word as well. */
const wrapAt = 80;

/** `Port ID : …` by name. A field goes on in the lines that are indented as far as its text. */
function fieldsIn(lines: readonly string[]): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  let last = '';
  let isFull = false;
  for (const line of lines) {
    const [, name, value = ''] = /^ {0,4}([A-Za-z][\w ()/-]{1,60}?) {0,40}: ?(.*)$/.exec(line) ?? [];
    if (name !== undefined) {
      last = name.toLowerCase();
      fields.set(last, value);
    } else if (/^ {8}/.test(line) && last !== '') {
      fields.set(last, `${fields.get(last) ?? ''}${isFull ? '' : '\n'}${line.trim()}`);
    }
    isFull = line.length >= wrapAt;
  }
  return fields;
}

function neighborOf(fields: ReadonlyMap<string, string>): LldpNeighborDetail {
  const field = (name: string): string => fields.get(name)?.trim() ?? '';
  const capabilities = (name: string): string[] =>
    field(name)
      .split(',')
      .map((one) => one.trim())
      .filter((one) => one !== '' && !/^(?:Not Advertised|N\/A)$/i.test(one))
      .map(capabilityOfName);
  return {
    parent_interface: '',
    remote_port: field('port id'),
    remote_chassis_id: macOr(field('chassis id')),
    remote_port_description: field('port description'),
    remote_system_name: field('system name'),
    remote_system_description: field('system description'),
    remote_system_capab: capabilities('system capabilities supported'),
    remote_system_enable_capab: capabilities('system capabilities enabled'),
  };
}
