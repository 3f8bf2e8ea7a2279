import type { ReadFacts } from '../../define-facts.ts';
import type { OpticChannel, Optics } from '../../model/interfaces.ts';
import { longInterfaceName } from '../../values/interface-name.ts';
import { readIosLines } from './ios-lines.ts';

const command = 'show interfaces transceiver';

/** NAPALM's number for a power that is not known. */
const noPower = -100;

/** Transmitted and received power in dBm, bias in mA where the platform has the column. */
export const getOptics: ReadFacts<'get_optics'> = async (ask) => {
  const optics: Record<string, Optics[string]> = {};
  let hasCurrent = false;
  readIosLines(ask, command, await ask.text(command), (line) => {
    if (/^(?:Port|Interface) .*\(/.test(line)) {
      hasCurrent = /\(mA\)/.test(line);
      return true;
    }
    const words = line
      .trim()
      .split(/\s+/)
      .filter((word) => !/^(?:\+\+?|--?)$/.test(word));
    const [name = '', ...readings] = words;
    if (!/^[A-Z][A-Za-z-]{1,20}\d/.test(name) || readings.length < 4) return isFurniture(line);
    if (!readings.every((reading) => /^(?:-?\d{1,4}(?:\.\d{1,4})?(?:\+\+?|--?)?|N\/A|NA)$/.test(reading))) return false;
    const [bias, sent, received] = hasCurrent ? readings.slice(2, 5) : [undefined, ...readings.slice(2, 4)];
    optics[longInterfaceName(name)] = { physical_channels: { channel: [channel(0, { bias, sent, received })] } };
    return true;
  });
  return optics;
};

const isFurniture = (line: string): boolean =>
  /^(?:If device|\+\+ ?:|NA or N\/A|mA:|-{5,}| +(?:Optical|Temperature|Voltage|\()|ITU Channel|[Tt]ransceiver|No transceiver)/.test(
    line,
  );

interface Readings {
  readonly bias: string | undefined;
  readonly sent: string | undefined;
  readonly received: string | undefined;
}

const channel = (index: number, { bias, sent, received }: Readings): OpticChannel => ({
  index,
  state: {
    input_power: reading(received, noPower),
    output_power: reading(sent, noPower),
    laser_bias_current: reading(bias, 0),
  },
});

/** IOS tells the value of the moment; the rest has the number for "not known". */
function reading(text: string | undefined, unknown: number) {
  const value = /^-?\d+(?:\.\d+)?/.exec(text ?? '')?.[0];
  return { instant: value === undefined ? unknown : Number(value), avg: unknown, min: unknown, max: unknown };
}
