import type { ReadFacts } from '../../define-facts.ts';
import type { Environment } from '../../model/device.ts';
import { asNumber, asObject, asText } from '../../values/json.ts';
import { rowsOf } from './nx-json.ts';
import { textEnvironment } from './text-environment.ts';

/**
 * Fans, temperatures and supplies of `show environment`, the CPU as 100 less what is idle, and the memory that
 * processes share (bytes), as NAPALM reads it. Fans inside power supplies are left out.
 */
export const getEnvironment: ReadFacts<'get_environment'> = async (ask) => {
  const answer = await ask.json('show environment', { optional: true });
  if (answer === undefined) return await textEnvironment(ask);
  const [cpu, memory] = await Promise.all([
    ask.json('show processes cpu', { optional: true }),
    ask.json('show processes memory shared', { optional: true }),
  ]);
  const idle = asNumber(asObject(cpu)['idle_percent'], Number.NaN);
  return {
    fans: fansOf(answer),
    temperature: temperaturesOf(answer),
    power: suppliesOf(answer),
    cpu: Number.isNaN(idle) ? {} : { 0: { '%usage': Number((100 - idle).toFixed(2)) } },
    memory: memoryOf(memory),
  };
};

/** `fandetails` on Nexus 9000, `fandetails_3k` on 3000. */
function fansOf(answer: unknown): Environment['fans'] {
  const details = Object.entries(asObject(answer)).find(([name]) => name.startsWith('fandetails'))?.[1];
  return Object.fromEntries(
    rowsOf(details, 'faninfo')
      .filter((row) => !/^Fan_in_PS|^(?:Fan|PS) ?\d? in PS/i.test(asText(row['fanname'])))
      .map((row) => [asText(row['fanname']), { status: asText(row['fanstatus']).toLowerCase() === 'ok' }]),
  );
}

/** Sensors have numbers within their module: `1-2 INTAKE`. */
function temperaturesOf(answer: unknown): Environment['temperature'] {
  const counts = new Map<string, number>();
  return Object.fromEntries(
    rowsOf(answer, 'tempinfo').map((row) => {
      const module = asText(row['tempmod']);
      const count = (counts.get(module) ?? 0) + 1;
      counts.set(module, count);
      const temperature = asNumber(row['curtemp']);
      return [
        `${module}-${count} ${asText(row['sensor'])}`,
        {
          temperature,
          is_alert: temperature >= asNumber(row['minthres'], Number.POSITIVE_INFINITY),
          is_critical: temperature >= asNumber(row['majthres'], Number.POSITIVE_INFINITY),
        },
      ];
    }),
  );
}

const watts = (value: unknown): number => asNumber(asText(value).replace(/ ?W$/, ''));

/** A supply that does not tell its capacity has it in the name of its model: `N2200-PAC-400W`. */
function suppliesOf(answer: unknown): Environment['power'] {
  const rows = rowsOf(asObject(answer)['powersup'], 'psinfo');
  return Object.fromEntries(
    rows.map((row, index) => {
      const state = Object.entries(row).find(([name]) => name.startsWith('ps_status'))?.[1];
      const named = /-(\d{2,5})W/.exec(asText(row['psmodel']))?.[1];
      return [
        asText(row['psnum']) || String(index + 1),
        {
          status: asText(state).toLowerCase() === 'ok',
          capacity: row['tot_capa'] === undefined ? Number(named ?? -1) : watts(row['tot_capa']),
          output: watts(row['actual_out'] ?? row['watts']),
        },
      ];
    }),
  );
}

function memoryOf(answer: unknown): Environment['memory'] {
  const table = rowsOf(answer, 'process_tag')[0] ?? asObject(answer);
  const kilobytes = (name: string): number => asNumber(table[`process-memory-share-total-shm-${name}`]);
  const bytes = (amount: number): number => (amount < 0 ? -1 : amount * 1000);
  return { available_ram: bytes(kilobytes('avail')), used_ram: bytes(kilobytes('used')) };
}
