import type { XmlElement } from '#core';
import type { ReadFacts } from '../../define-facts.ts';
import type { OpticChannel, Optics } from '../../model/interfaces.ts';
import { askXml, numberIn, wholeIn } from '../reading/xml.ts';
import { nameOf } from './interface-information.ts';

const question = {
  command: 'show interfaces diagnostics optics',
  rpc: '<get-interface-optics-diagnostics-information/>',
};

/** A module of 40 or 100 Gbit/s has a channel for each lane, all others have one. */
export const readOptics: ReadFacts<'get_optics'> = async (ask) => {
  const optics: Optics = {};
  const answers = await askXml(ask, question, 'interface-information');
  for (const port of answers.flatMap((answer) => answer.all('physical-interface'))) {
    const diagnostics = port.child('optics-diagnostics');
    // Ports with copper modules and empty cages have none.
    if (diagnostics === undefined || diagnostics.child('optic-diagnostics-not-available')) continue;
    const lanes = diagnostics.all('optics-diagnostics-lane-values');
    const channel =
      lanes.length > 0
        ? lanes.map((lane) => channelOf(lane, wholeIn(lane, 'lane-index', 0), 'laser-rx-optical-power-dbm'))
        : [channelOf(diagnostics, 0, 'rx-signal-avg-optical-power-dbm')];
    optics[nameOf(port)] = { physical_channels: { channel } };
  }
  return optics;
};

/** "- Inf" is no light at all, which NAPALM writes as 0. */
function channelOf(of: XmlElement, index: number, received: string): OpticChannel {
  const reading = (path: string) => ({
    instant: /inf/i.test(of.valueAt(path) ?? '') ? 0 : numberIn(of, path, 0),
    avg: 0,
    min: 0,
    max: 0,
  });
  return {
    index,
    state: {
      input_power: reading(received),
      output_power: reading('laser-output-power-dbm'),
      laser_bias_current: reading('laser-bias-current'),
    },
  };
}
