import type { XmlElement } from '#core';
import type { Ask } from '../../../ask.ts';
import type { ReadFacts } from '../../../define-facts.ts';
import type { Environment } from '../../../model/device.ts';
import { numberIn, textIn, wholeIn } from '../../reading/xml.ts';
import type { IfKnown } from '../either.ts';
import { dataOf, model, operational, subtree } from './models.ts';

/** Each line of routers has a model of its own; a virtual router has none. */
const monitors = ['sysadmin-asr9k-envmon-ui', 'sysadmin-envmon-ui', 'sysadmin-fretta-envmon-ui'];

export const readEnvironment: IfKnown<ReadFacts<'get_environment'>> = async (ask) => {
  const [processors, memory] = await Promise.all([
    operational(ask, 'show processes cpu', subtree('system-monitoring', model('wdsysmon-fd-oper'), 'cpu-utilization')),
    operational(ask, 'show memory summary', subtree('memory-summary', model('nto-misc-oper'))),
  ]);
  if (processors === undefined && memory === undefined) return undefined;
  const cpu: Environment['cpu'] = {};
  for (const one of processors?.allAt('system-monitoring/cpu-utilization') ?? []) {
    cpu[textIn(one, 'node-name')] = { '%usage': numberIn(one, 'total-cpu-five-minute', 0) };
  }
  return { ...(await sensorsOf(ask)), cpu, memory: memoryOf(memory) };
};

/** Of the route processor in the first slot, in bytes. */
function memoryOf(memory: XmlElement | undefined): Environment['memory'] {
  const nodes = memory?.allAt('memory-summary/nodes/node') ?? [];
  const node = nodes.find((one) => /\/R(?:S)?P0\//.test(textIn(one, 'node-name')));
  const total = node === undefined ? -1 : wholeIn(node, 'summary/system-ram-memory', -1);
  const free = node === undefined ? -1 : wholeIn(node, 'summary/free-physical-memory', -1);
  return { available_ram: total, used_ram: total < 0 || free < 0 ? -1 : total - free };
}

async function sensorsOf(ask: Ask): Promise<Pick<Environment, 'fans' | 'temperature' | 'power'>> {
  for (const monitor of monitors) {
    const filter = `<environment xmlns="http://www.cisco.com/ns/yang/Cisco-IOS-XR-${monitor}"><oper><temperatures/><fan/><power/></oper></environment>`;
    const data = await dataOf(
      ask,
      `show environment (${monitor})`,
      `<get><filter type="subtree">${filter}</filter></get>`,
    );
    const sensors = data?.at('environment/oper');
    if (sensors !== undefined) {
      return { fans: fansOf(sensors), temperature: temperaturesOf(sensors), power: suppliesOf(sensors) };
    }
  }
  return { fans: {}, temperature: {}, power: {} };
}

/** A tray works as long as one of its fans turns. */
function fansOf(sensors: XmlElement): Environment['fans'] {
  const fans: Environment['fans'] = {};
  for (const tray of sensors.allAt('fan/location')) {
    const name = textIn(tray, 'location').replace(/^[0/]+/, '');
    const speeds = tray.allAt('fan_attributes/fans_speed').flatMap(({ value }) => value.match(/\d+/g) ?? []);
    if (name.includes('FT')) fans[name] = { status: speeds.length === 0 || speeds.some((speed) => Number(speed) > 0) };
  }
  return fans;
}

function suppliesOf(sensors: XmlElement): Environment['power'] {
  const power: Environment['power'] = {};
  let capacity = 0;
  for (const place of sensors.allAt('power/location')) {
    const where = textIn(place, 'location');
    // The chassis comes first, with what all supplies together give.
    if (/^\d+$/.test(where)) capacity = numberIn(place, 'pem_attributes/usable_power_capacity', 0);
    if (!/\d\/P[TM]\d/.test(where)) continue;
    for (const supply of place.all('pem_attributes')) {
      const watts = numberIn(supply, 'output_voltage', 0) * numberIn(supply, 'output_current', 0);
      power[textIn(supply, 'pem')] = {
        status: textIn(supply, 'status') === 'OK',
        capacity,
        output: Math.round(watts * 100) / 100,
      };
    }
  }
  return power;
}

/** Of each place the air that comes in, or what controls the fans. */
function temperaturesOf(sensors: XmlElement): Environment['temperature'] {
  const temperature: Environment['temperature'] = {};
  for (const place of sensors.allAt('temperatures/location')) {
    const sensor = place
      .all('sensor_attributes')
      .find((one) => ['Inlet', 'Control Sensor'].includes(textIn(one, 'sensor_id')));
    if (sensor === undefined) continue;
    const degrees = numberIn(sensor, 'value', 0);
    const isOutside = (level: string): boolean =>
      degrees <= numberIn(sensor, `${level}_lo`, -Infinity) || degrees >= numberIn(sensor, `${level}_hi`, Infinity);
    temperature[textIn(place, 'location')] = {
      temperature: degrees,
      is_alert: isOutside('major'),
      is_critical: isOutside('critical'),
    };
  }
  return temperature;
}
