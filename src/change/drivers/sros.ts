import type { Driver, Undertaking } from '../driver.ts';
import { lineByLine } from './line-by-line.ts';
import { pace } from './pace.ts';
import { readRunning } from './running.ts';
import { srosMd } from './sros-md.ts';

const classic = lineByLine('sros', ['nokia_sros']);

const driverOf = ({ candidate }: Undertaking): Omit<Driver, 'name' | 'platforms'> =>
  candidate.capability.method === 'native candidate' ? srosMd : classic;

/** Nokia SR OS: a candidate on the model-driven command line, lines one by one on the classic one. */
export const sros: Driver = {
  ...classic,

  async prepare(session, intent, options) {
    // The model-driven command line prints its configuration in braces, the classic one by indentation.
    const isModelDriven = /^\s*configure \{/m.test(await readRunning(session, pace(options)));
    return (isModelDriven ? srosMd : classic).prepare(session, intent, options);
  },

  receipt: (session, candidate, options) =>
    (candidate.capability.method === 'native candidate' ? srosMd : classic).receipt(session, candidate, options),
  commit: (session, change, options) => driverOf(change).commit(session, change, options),
  confirm: (session, change, options) => driverOf(change).confirm(session, change, options),
  rollback: (session, change, options) => driverOf(change).rollback(session, change, options),
  state: (session, change, options) => driverOf(change).state(session, change, options),
};
