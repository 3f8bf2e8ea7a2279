import type { ReadFacts } from '../../define-facts.ts';
import type { Optics } from '../../model/interfaces.ts';
import { entriesAt, numberAt, sectionOf } from '../reading/json.ts';

const command = 'show interfaces transceiver';

export const readOptics: ReadFacts<'get_optics'> = async (ask) => {
  const optics: Optics = {};
  for (const [name, one] of entriesAt(sectionOf(await ask.json(command), command, 'interfaces'))) {
    // A port without a transceiver is an empty object.
    if (Object.keys(one).length === 0) continue;
    const reading = (key: string) => ({ instant: numberAt(one, key, 0), avg: 0, min: 0, max: 0 });
    optics[name] = {
      physical_channels: {
        channel: [
          {
            index: 0,
            state: {
              input_power: reading('rxPower'),
              output_power: reading('txPower'),
              laser_bias_current: reading('txBias'),
            },
          },
        ],
      },
    };
  }
  return optics;
};
