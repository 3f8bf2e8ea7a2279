import type { XmlElement } from '#core';
import type { ReadFacts } from '../../define-facts.ts';
import type { Environment } from '../../model/device.ts';
import { askXml, askXmlIfKnown, numberIn, textIn, wholeIn } from '../reading/xml.ts';

const environment = { command: 'show chassis environment', rpc: '<get-environment-information/>' };
const engines = { command: 'show chassis routing-engine', rpc: '<get-route-engine-information/>' };
const thresholds = {
  command: 'show chassis temperature-thresholds',
  rpc: '<get-temperature-threshold-information/>',
};
const supplies = { command: 'show chassis power detail', rpc: '<get-power-usage-information-detail/>' };

export const readEnvironment: ReadFacts<'get_environment'> = async (ask) => {
  // Small devices know neither thresholds nor figures of their supplies.
  const [items, routingEngines, limits, usage] = await Promise.all([
    askXml(ask, environment, 'environment-information'),
    askXml(ask, engines, 'route-engine-information'),
    askXmlIfKnown(ask, thresholds, 'temperature-threshold-information'),
    askXmlIfKnown(ask, supplies, 'power-usage-information'),
  ]);
  const alarms = new Map(
    (limits ?? [])
      .flatMap((one) => one.all('temperature-threshold'))
      .map((limit) => [textIn(limit, 'name'), limit] as const),
  );
  const fans: Environment['fans'] = {};
  const temperature: Environment['temperature'] = {};
  const power: Environment['power'] = {};
  let kind = '';
  for (const item of items.flatMap((one) => one.all('environment-item'))) {
    const name = textIn(item, 'name');
    const isOk = textIn(item, 'status') === 'OK';
    // Where a class has several items, only the first of them may name it.
    kind = textIn(item, 'class', kind);
    if (kind === 'Fans') fans[name] = { status: isOk };
    else if (kind === 'Power') power[name] = { status: isOk, capacity: -1, output: -1 };
    else if (kind === 'Temp') temperature[name] = temperatureOf(item, alarms.get(name));
  }
  for (const supply of (usage ?? []).flatMap((one) => one.all('power-usage-item'))) {
    const name = textIn(supply, 'name').replace('PEM', 'Power Supply');
    if (name === '') continue;
    power[name] = {
      status: textIn(supply, 'state') === 'Online',
      capacity: numberIn(supply, 'pem-capacity-detail/capacity-actual', -1),
      output: numberIn(supply, 'dc-output-detail/dc-power', -1),
    };
  }
  return { fans, temperature, power, ...engineLoad(routingEngines.flatMap((one) => one.all('route-engine'))) };
};

function temperatureOf(item: XmlElement, limit: XmlElement | undefined): Environment['temperature'][string] {
  const told = item.child('temperature')?.attribute('celsius');
  const degrees = told === undefined ? numberIn(item, 'temperature', Number.NaN) : Number(told);
  if (Number.isNaN(degrees)) return { temperature: 0, is_alert: false, is_critical: false };
  const reaches = (alarm: string): boolean => limit !== undefined && degrees >= numberIn(limit, alarm, Infinity);
  return {
    temperature: degrees,
    is_alert: reaches('yellow-alarm') || reaches('red-alarm'),
    is_critical: reaches('red-alarm'),
  };
}

/** Memory in megabytes, as Junos gives it: the size, and how many percent of it are used. */
function engineLoad(engines: readonly XmlElement[]): Pick<Environment, 'cpu' | 'memory'> {
  const cpu: Environment['cpu'] = {};
  let memory = { available_ram: -1, used_ram: -1 };
  for (const engine of engines) {
    const idle = numberIn(engine, 'cpu-idle', Number.NaN);
    // The other engine of a pair may be out of reach, and then tells nothing.
    if (Number.isNaN(idle)) continue;
    cpu[textIn(engine, 'slot', '0')] = { '%usage': 100 - idle };
    const size = wholeIn(engine, 'memory-dram-size', -1);
    const used = numberIn(engine, 'memory-buffer-utilization', -1);
    memory = { available_ram: size, used_ram: size < 0 || used < 0 ? -1 : Math.round((size / 100) * used) };
  }
  return { cpu, memory };
}
