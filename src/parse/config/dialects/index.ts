import type { DialectName } from '../config-tree.ts';
import type { Dialect } from '../dialect.ts';
import { linesDialect } from '../lines/lines-dialect.ts';
import { setDialect } from '../set/set-dialect.ts';
import { aoscx } from './aoscx.ts';
import { asa } from './asa.ts';
import { comware } from './comware.ts';
import { eos } from './eos.ts';
import { exos } from './exos.ts';
import { fastiron } from './fastiron.ts';
import { fortios } from './fortios.ts';
import { frr } from './frr.ts';
import { ios } from './ios.ts';
import { iosxr } from './iosxr.ts';
import { junos } from './junos.ts';
import { nxos } from './nxos.ts';
import { panos } from './panos.ts';
import { plain } from './plain.ts';
import { procurve } from './procurve.ts';
import { routeros } from './routeros.ts';
import { sros } from './sros.ts';
import { vrp } from './vrp.ts';
import { vyos } from './vyos.ts';

const makers: Readonly<Record<DialectName, () => Dialect>> = {
  ios: () => linesDialect(ios),
  nxos: () => linesDialect(nxos),
  eos: () => linesDialect(eos),
  iosxr: () => linesDialect(iosxr),
  asa,
  frr: () => linesDialect(frr),
  fastiron: () => linesDialect(fastiron),
  procurve: () => linesDialect(procurve),
  aoscx: () => linesDialect(aoscx),
  vrp: () => linesDialect(vrp),
  comware: () => linesDialect(comware),
  sros: () => linesDialect(sros),
  junos: () => setDialect(junos),
  vyos: () => setDialect(vyos),
  panos: () => setDialect(panos),
  fortios,
  routeros,
  exos,
  plain,
};
const made = new Map<DialectName, Dialect>();

/** The dialect of that name: how a system writes, compares and changes its configuration. */
export function dialectOf(name: DialectName): Dialect {
  let dialect = made.get(name);
  if (dialect === undefined) {
    dialect = makers[name]();
    made.set(name, dialect);
  }
  return dialect;
}
