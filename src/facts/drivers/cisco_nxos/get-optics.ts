import type { ReadFacts } from '../../define-facts.ts';
import type { OpticChannel, Optics } from '../../model/interfaces.ts';

const command = 'show interface transceiver details';

/** NAPALM's number for a power that is not known. */
const noPower = -100;

interface Reading {
  bias: number;
  sent: number;
  received: number;
}

interface Module {
  readonly name: string;
  readonly fields: Record<string, string>;
  /** By lane, from 0. */
  readonly channels: Map<number, Reading>;
}

/** What NX-OS says of the modules and of the light in them; a copper cable has no channel. */
export const getOptics: ReadFacts<'get_optics'> = async (ask) => {
  const modules: Module[] = [];
  let lane = 0;
  let number = 0;
  for (const raw of (await ask.text(command)).split('\n')) {
    number += 1;
    const line = raw.slice(0, 500).trimEnd();
    const name = /^(Ethernet\d[\d/]{0,20})$/.exec(line)?.[1];
    if (name !== undefined) {
      modules.push({ name, fields: {}, channels: new Map() });
      lane = 0;
      continue;
    }
    const last = modules.at(-1);
    if (last === undefined) {
      if (line !== '') ask.warn({ command, line, number, reason: 'belongs to no interface' });
      continue;
    }
    lane = Number(/^ *Lane Number: ?(\d{1,2})/.exec(line)?.[1] ?? lane + 1) - 1;
    const [, field, value = ''] = /^ {4}(name|part number|revision|serial number|type) is ?(.*)$/.exec(line) ?? [];
    if (field !== undefined) last.fields[field] = value.trim();
    const [, what, measured = ''] = /^ +(Current|Tx Power|Rx Power) +(-?[\d.]{1,10}|N\/A)/.exec(line) ?? [];
    if (what !== undefined) readMeasure(last.channels, lane, what, measured);
  }
  ask.understood(command);
  return Object.fromEntries(modules.filter(({ fields }) => fields['type'] !== undefined).map(opticsOf));
};

function readMeasure(channels: Module['channels'], lane: number, what: string, measured: string): void {
  const reading = channels.get(lane) ?? { bias: 0, sent: noPower, received: noPower };
  const value = measured === 'N/A' ? (what === 'Current' ? 0 : noPower) : Number(measured);
  if (what === 'Current') reading.bias = value;
  else if (what === 'Tx Power') reading.sent = value;
  else reading.received = value;
  channels.set(lane, reading);
}

function opticsOf({ name, fields, channels }: Module): [string, Optics[string]] {
  const module = {
    vendor: fields['name'] ?? '',
    vendor_part: fields['part number'] ?? '',
    vendor_rev: fields['revision'] ?? '',
    serial_no: fields['serial number'] ?? '',
    connector_type: connectorOf(fields['type'] ?? ''),
  };
  const channel = [...channels].map(([index, reading]) => channelOf(index, reading));
  return [name, { physical_channels: { channel }, state: module }];
}

/** OpenConfig's names for what is plugged in, as far as the type of the module tells. */
function connectorOf(type: string): string {
  if (/-CU|-CR|DAC/i.test(type)) return 'DAC_CONNECTOR';
  if (/-AO|AOC/i.test(type)) return 'AOC_CONNECTOR';
  if (/SR4|PSM4|PLR4|SR8|DR4/i.test(type)) return 'MPO_CONNECTOR';
  return /base-?[LSEZB][HXR]|-[LSEZ]R|-LRM|LX|CWDM|LR4/i.test(type) ? 'LC_CONNECTOR' : 'Unknown';
}

const reading = (instant: number, unknown: number) => ({ instant, avg: unknown, min: unknown, max: unknown });

const channelOf = (index: number, { bias, sent, received }: Reading): OpticChannel => ({
  index,
  state: {
    input_power: reading(received, noPower),
    output_power: reading(sent, noPower),
    laser_bias_current: reading(bias, 0),
  },
});
