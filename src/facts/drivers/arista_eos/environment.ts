import type { ReadFacts } from '../../define-facts.ts';
import type { Environment } from '../../model/device.ts';
import { entriesAt, flagAt, listAt, numberAt, textAt } from '../reading/json.ts';
import { readTop } from '../reading/top.ts';
import { unreadable } from '../reading/unreadable.ts';

const top = 'show processes top once';

export const readEnvironment: ReadFacts<'get_environment'> = async (ask) => {
  // A virtual switch has neither fans nor sensors and refuses the first three.
  const [cooling, heat, supplies, processes] = await Promise.all([
    ask.json('show system environment cooling', { optional: true }),
    ask.json('show system environment temperature', { optional: true }),
    ask.json('show system environment power', { optional: true }),
    ask.text(top),
  ]);
  const fans: Environment['fans'] = {};
  for (const tray of listAt(cooling, 'fanTraySlots')) {
    fans[textAt(tray, 'label')] = { status: textAt(tray, 'status') === 'ok' };
  }
  const temperature: Environment['temperature'] = {};
  for (const sensor of sensorsOf(heat)) {
    const degrees = numberAt(sensor, 'currentTemperature', 0);
    temperature[textAt(sensor, 'name')] = {
      temperature: degrees,
      is_alert: flagAt(sensor, 'inAlertState') || degrees > numberAt(sensor, 'overheatThreshold', Infinity),
      is_critical: degrees > numberAt(sensor, 'criticalThreshold', Infinity),
    };
  }
  const power: Environment['power'] = {};
  for (const [name, supply] of entriesAt(supplies, 'powerSupplies')) {
    power[name] = {
      status: textAt(supply, 'state') === 'ok',
      capacity: numberAt(supply, 'capacity', -1),
      output: numberAt(supply, 'outputPower', -1),
    };
  }
  const { usedCpu, totalRam, usedRam } = readTop(processes);
  if (usedCpu === undefined || totalRam === undefined) {
    throw unreadable(top, 'the head of `top` with CPU and memory', processes);
  }
  ask.understood(top);
  return {
    fans,
    temperature,
    power,
    cpu: { '0': { '%usage': usedCpu } },
    memory: { available_ram: totalRam, used_ram: usedRam ?? -1 },
  };
};

const sensorsOf = (heat: unknown) => [
  ...listAt(heat, 'tempSensors'),
  ...[...listAt(heat, 'cardSlots'), ...listAt(heat, 'powerSupplySlots')].flatMap((slot) => listAt(slot, 'tempSensors')),
];
