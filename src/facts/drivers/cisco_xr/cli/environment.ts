import type { ReadFacts } from '../../../define-facts.ts';
import type { Environment } from '../../../model/device.ts';
import { printed, printedIfKnown } from './text.ts';

const processors = 'show processes cpu | include CPU utilization';
const memory = 'show memory summary';
/** The second is that of 32-bit systems, the third of those with an administration plane. */
const monitors = ['show environment', 'show environment all', 'admin show environment all'];

export const readEnvironment: ReadFacts<'get_environment'> = async (ask) => {
  const [load, ram] = await Promise.all([printed(ask, processors), printed(ask, memory)]);
  let sensors: string | undefined;
  for (const command of monitors) {
    sensors = await printedIfKnown(ask, command);
    ask.understood(command);
    if (sensors !== undefined && /TEMPERATURE/.test(sensors)) break;
  }
  if (sensors === undefined) ask.note('the router tells nothing of fans, temperatures and supplies, as a virtual one');
  const [, total, unit, free, freeUnit] =
    /^ *Physical Memory: (\d+)([KMG])? ?total(?: \((\d+)([KMG])? available\))?/m.exec(ram) ?? [];
  const usage = /five minutes: (\d{1,3})%/.exec(load)?.[1];
  for (const command of [processors, memory]) ask.understood(command);
  if (total === undefined)
    ask.warn({ command: memory, line: ram.split('\n', 1)[0] ?? '', reason: 'no physical memory' });
  if (usage === undefined)
    ask.warn({ command: processors, line: load.split('\n', 1)[0] ?? '', reason: 'no utilization' });
  const size = bytes(total, unit);
  const available = bytes(free, freeUnit);
  return {
    ...sensorsIn(sensors ?? ''),
    cpu: usage === undefined ? {} : { '0': { '%usage': Number(usage) } },
    memory: { available_ram: size, used_ram: size < 0 || available < 0 ? -1 : size - available },
  };
};

const factors: Readonly<Record<string, number>> = { K: 1024, M: 1_048_576, G: 1_073_741_824 };
const bytes = (amount: string | undefined, unit: string | undefined): number =>
  amount === undefined ? -1 : Number(amount) * (factors[unit ?? ''] ?? 1);

/** The parts of the table begin with a heading in capitals, their rows with a place. */
function sensorsIn(output: string): Pick<Environment, 'fans' | 'temperature' | 'power'> {
  const found: Pick<Environment, 'fans' | 'temperature' | 'power'> = { fans: {}, temperature: {}, power: {} };
  let [part, place] = ['', ''];
  let capacity = -1;
  for (const raw of output.split('\n')) {
    const line = raw.trimEnd();
    part = /\b(TEMPERATURE|FAN Type|POWER INFO|VOLTAGE|CURRENT|ALTITUDE)\b/.exec(line)?.[1] ?? part;
    place = /^(\d{1,3}\/\w{1,8}(?:\/\w{1,8})?) *$/.exec(line)?.[1] ?? place;
    capacity = Number(/output power capacity.{0,60}?: *(\d{1,7})W/.exec(line)?.[1] ?? capacity);
    if (part === 'TEMPERATURE') readTemperature(found.temperature, place, line);
    if (part === 'FAN Type') readFans(found.fans, line);
    if (part === 'POWER INFO') readSupply(found.power, capacity, line);
  }
  return found;
}

/** `Inlet_Temp  27  -10 -5 0 45 50 55`: value, then low critical, major, minor and high minor, major, critical. */
function readTemperature(temperature: Environment['temperature'], place: string, line: string): void {
  const [, name, ...figures] =
    /^\s+(\S.{0,40}?)\s{2,}(-?\d{1,4})\s+(-?\d{1,4})\s+(-?\d{1,4})\s+-?\d{1,4}\s+-?\d{1,4}\s+(-?\d{1,4})\s+(-?\d{1,4})$/.exec(
      line,
    ) ?? [];
  const [degrees, lowest, low, high, highest] = figures.map(Number);
  if (name === undefined || degrees === undefined || place === '') return;
  // Of each place the air that comes in, or else its first sensor.
  if (temperature[place] !== undefined && !/inlet/i.test(name)) return;
  temperature[place] = {
    temperature: degrees,
    is_alert: degrees <= low! || degrees >= high!,
    is_critical: degrees <= lowest! || degrees >= highest!,
  };
}

/** `0/FT0  ASR-9922-FAN  5200 5300`: a tray works as long as one of its fans turns. */
function readFans(fans: Environment['fans'], line: string): void {
  const [, tray, speeds] = /^\s{0,8}0\/((?:FT|PT|PM)\S{0,20})\s+\S{1,40}((?:\s+(?:\d{1,6}|-)){1,24})$/.exec(line) ?? [];
  if (tray === undefined || speeds === undefined) return;
  fans[tray] = { status: (speeds.match(/\d+/g) ?? []).some((speed) => Number(speed) > 0) };
}

/** `0/PT0-PM0  2kW-AC  0.0/206.2  0.0/10.4  53.6  37.6  OK`: volts and amperes out stand before the status. */
function readSupply(power: Environment['power'], capacity: number, line: string): void {
  const [, supply, volts, amperes, status] =
    /^\s{0,8}(0\/P[TM]\S{1,20})\s+.{1,80}?\s([\d.]{1,8})\s+([\d.]{1,8})\s+([A-Za-z][\w -]{0,20})$/.exec(line) ?? [];
  if (supply === undefined) return;
  const watts = Number(volts) * Number(amperes);
  power[supply] = { status: status === 'OK', capacity, output: Math.round(watts * 100) / 100 };
}
