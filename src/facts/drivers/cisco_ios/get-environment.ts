import type { Ask } from '../../ask.ts';
import type { ReadFacts } from '../../define-facts.ts';
import type { Environment } from '../../model/device.ts';

type Writable<T> = { -readonly [K in keyof T]: T[K] };
type Parts = Writable<Environment>;

/** NAPALM's word for a sensor that the device does not tell of; the note beside it says so. */
const unknown = 'invalid';

/**
 * CPU (the last minute), memory of all pools in bytes (`available_ram` is their size, as NAPALM has it), temperatures,
 * and fans and supplies where `show env all` tells them.
 */
export const getEnvironment: ReadFacts<'get_environment'> = async (ask) => {
  const [temperature, all, cpu, memory] = await Promise.all([
    ask.text('show env temperature status', { optional: true }),
    ask.text('show env all', { optional: true }),
    ask.text('show proc cpu'),
    ask.text('show memory statistics'),
  ]);
  const value: Parts = {
    fans: fansIn(all ?? ''),
    temperature: temperaturesIn(temperature ?? all ?? ''),
    power: suppliesIn(all ?? ''),
    cpu: { 0: { '%usage': minuteOf(ask, cpu) } },
    memory: memoryIn(ask, memory),
  };
  if (Object.keys(value.fans).length === 0) {
    value.fans = { [unknown]: { status: true } };
    ask.note('fans: the device does not tell; the entry "invalid" stands for that');
  }
  if (Object.keys(value.power).length === 0) {
    value.power = { [unknown]: { status: true, output: -1, capacity: -1 } };
    ask.note('power supplies: the device does not tell; the entry "invalid" stands for that');
  }
  if (Object.keys(value.temperature).length === 0) {
    value.temperature = { [unknown]: { temperature: -1, is_alert: false, is_critical: false } };
    ask.note('temperature: the device does not tell; the entry "invalid" stands for that');
  }
  return value;
};

function minuteOf(ask: Ask, output: string): number {
  const usage = /^CPU utilization for five seconds: .{1,20}; one minute: (\d{1,3})%/m.exec(output)?.[1];
  if (usage === undefined) ask.warn({ command: 'show proc cpu', reason: 'no line tells the utilization' });
  return Number(usage ?? -1);
}

/** Every pool: `Processor  277B88C  21505428  18498044 …`. Drivers' pools are carved out of the others. */
function memoryIn(ask: Ask, output: string): Environment['memory'] {
  const memory = { available_ram: 0, used_ram: 0 };
  let pools = 0;
  for (const line of output.slice(0, 20_000).split('\n')) {
    const [, total, used] = /^ *(?:Processor|I\/O) +[0-9A-Fa-f]{5,16} +(\d{1,18}) +(\d{1,18}) /.exec(line) ?? [];
    if (total === undefined) continue;
    pools += 1;
    memory.available_ram += Number(total);
    memory.used_ram += Number(used);
  }
  if (pools > 0) return memory;
  ask.warn({ command: 'show memory statistics', reason: 'no pool of memory found' });
  return { available_ram: -1, used_ram: -1 };
}

/** `System Temperature Value: 42 Degree Celsius` with its thresholds, one such group for each switch of a stack. */
function temperaturesIn(output: string): Environment['temperature'] {
  const sensors: Record<string, { temperature: number; is_alert: boolean; is_critical: boolean }> = {};
  let value: number | undefined;
  let state = '';
  let name = 'system';
  for (const line of output.slice(0, 40_000).split('\n')) {
    const [, title, degrees] = /^(.{0,40}?)(?:Temperature|TEMPERATURE) Value: (-?\d{1,4})/.exec(line) ?? [];
    if (degrees !== undefined) {
      value = Number(degrees);
      name = nextName(sensors, (title ?? '').trim().toLowerCase() || 'system');
      sensors[name] = { temperature: value, is_alert: false, is_critical: false };
    }
    state = /\bTemperature State: ([A-Z]+)/.exec(line)?.[1] ?? state;
    // ` Intake Left temperature: 23 Celsius, Normal` (ISR G2): the router itself says what it thinks of it.
    const [, place, celsius, opinion] = /^ +(\S.{0,40}?) temperature: (-?\d{1,4}) Celsius, (\w{1,20})/.exec(line) ?? [];
    if (place !== undefined) {
      const isCritical = /critical|shutdown/i.test(opinion ?? '');
      sensors[nextName(sensors, place.toLowerCase())] = {
        temperature: Number(celsius),
        is_alert: isCritical || !/^normal$/i.test(opinion ?? ''),
        is_critical: isCritical,
      };
    }
    const sensor = sensors[name];
    if (sensor === undefined || value === undefined) continue;
    const yellow = Number(/^Yellow Threshold *: (-?\d{1,4})/.exec(line)?.[1] ?? Number.NaN);
    const red = Number(/^Red Threshold *: (-?\d{1,4})/.exec(line)?.[1] ?? Number.NaN);
    sensors[name] = {
      temperature: value,
      is_alert: sensor.is_alert || value >= yellow || state === 'YELLOW' || state === 'RED',
      is_critical: sensor.is_critical || value >= red || state === 'RED',
    };
  }
  return sensors;
}

function nextName(known: object, name: string): string {
  if (!Object.hasOwn(known, name)) return name;
  let number = 2;
  while (Object.hasOwn(known, `${name} ${number}`)) number += 1;
  return `${name} ${number}`;
}

/**
 * `FAN 1 is OK`, `Switch 1 FAN 2 is NOT PRESENT`, `SYSTEM FAN is OK`; ` Fan 1 OK, Low speed setting` (ISR G2); a row of
 * a table under `Switch   FAN     Speed   State` (Catalyst 9000).
 */
function fansIn(output: string): Environment['fans'] {
  const fans: Record<string, { status: boolean }> = {};
  let isTable = false;
  for (const line of output.slice(0, 40_000).split('\n')) {
    const [, name, state] =
      /^((?:Switch \d{1,2} |SYSTEM )?FAN(?: ?[\w-]{1,12})?) is (OK|[A-Z][A-Z ]{2,20})/i.exec(line.trim()) ?? [];
    if (name !== undefined && !/NOT PRESENT/i.test(state ?? '')) fans[name] = { status: /^OK/i.test(state ?? '') };
    const [, fan, health] = /^ *(Fan \d{1,2}) (OK|[A-Za-z ]{2,20}), /.exec(line) ?? [];
    if (fan !== undefined) fans[fan] = { status: health === 'OK' };
    if (/^Switch +FAN +Speed +State/.test(line)) isTable = true;
    const [, unit, number, condition] = /^ +(\d{1,2}) +(\d{1,2}) +\d{1,6} +([A-Z]{2,12})\b/.exec(line) ?? [];
    if (isTable && unit !== undefined) fans[`Switch ${unit} FAN ${number}`] = { status: condition === 'OK' };
  }
  return fans;
}

/** `1A  PWR-C1-715WAC  LIT1234  OK  Good  Good  715`, or `POWER is OK`. */
function suppliesIn(output: string): Environment['power'] {
  const supplies: Record<string, { status: boolean; capacity: number; output: number }> = {};
  for (const line of output.slice(0, 40_000).split('\n')) {
    const [, slot, state, watts] =
      /^ ?(\d{1,2}[AB]) +\S+ +\S+ +(OK|[A-Z][A-Za-z ]{1,20}?) +\S+ +\S+ +(\d{1,5}|n\/a)/i.exec(line) ?? [];
    if (slot !== undefined) {
      supplies[slot] = { status: state === 'OK', capacity: Number(/^\d+$/.exec(watts ?? '')?.[0] ?? -1), output: -1 };
    }
    const plain = /^(?:SYSTEM )?POWER(?: SUPPLY)?(?: \d)? is (OK|[A-Z][A-Z ]{2,20})/i.exec(line.trim())?.[1];
    const rail = /^ *Internal Power Supply (\S{1,8}) Output Status: (\w{1,20})/.exec(line);
    if (rail !== null) supplies[`internal ${rail[1]}`] = { status: rail[2] === 'Normal', capacity: -1, output: -1 };
    if (plain !== undefined) supplies['system'] = { status: /^OK/i.test(plain), capacity: -1, output: -1 };
  }
  return supplies;
}
