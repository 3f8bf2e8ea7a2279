import type { Ask } from '../../ask.ts';
import { readLines } from '../../lines.ts';
import type { Environment } from '../../model/device.ts';

const temperatureCommand = 'show environment temperature';
const resourcesCommand = 'show system resources';

/** The environment of releases without JSON: temperatures, CPUs and memory (kilobytes). */
export async function textEnvironment(ask: Ask): Promise<Environment> {
  const [temperature, resources] = await Promise.all([ask.text(temperatureCommand), ask.text(resourcesCommand)]);
  ask.note('fans and power supplies: not told without JSON; the entry "invalid" stands for that');
  return {
    fans: { invalid: { status: true } },
    power: { invalid: { status: true, output: -1, capacity: -1 } },
    temperature: temperaturesIn(ask, temperature),
    ...resourcesIn(ask, resources),
  };
}

/** `1  Intake  70  42  28  Ok`: module, sensor, major and minor threshold, now. */
function temperaturesIn(ask: Ask, output: string): Environment['temperature'] {
  const sensors: Record<string, Environment['temperature'][string]> = {};
  readLines(ask, temperatureCommand, output, (line) => {
    const [, module, sensor = '', major, minor, now] =
      /^(\d{1,2}) +(\S(?:.{0,30}?\S)?) +(-?\d{1,4}|-) +(-?\d{1,4}|-) +(-?\d{1,4}) +\S+/.exec(line) ?? [];
    if (module === undefined) return /^(?:Temperature|-{5,}|Module +Sensor| +\(Celsius\))/.test(line);
    const temperature = Number(now);
    sensors[`${sensor}-${module}`] = {
      temperature,
      is_alert: minor !== '-' && temperature >= Number(minor),
      is_critical: major !== '-' && temperature >= Number(major),
    };
    return true;
  });
  return sensors;
}

function resourcesIn(ask: Ask, output: string): Pick<Environment, 'cpu' | 'memory'> {
  const cpu: Record<string, { '%usage': number }> = {};
  const memory = { available_ram: -1, used_ram: -1 };
  readLines(ask, resourcesCommand, output, (line) => {
    const [, number, idle] = /^ +CPU(\d{1,3}) states +:.{0,60} ([\d.]{1,6})% idle/.exec(line) ?? [];
    if (number !== undefined) cpu[number] = { '%usage': Number((100 - Number(idle)).toFixed(2)) };
    const [, total, used] = /^Memory usage: +(\d{1,12})K total, +(\d{1,12})K used/.exec(line) ?? [];
    if (total !== undefined) Object.assign(memory, { available_ram: Number(total), used_ram: Number(used) });
    return (
      number !== undefined ||
      total !== undefined ||
      /^(?:Load average|Processes|CPU states|Current memory|Kernel )/.test(line)
    );
  });
  return { cpu, memory };
}
