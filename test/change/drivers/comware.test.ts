import { describe } from 'vitest';
import { comware } from '../../../src/change/drivers/comware.ts';
import { behavesAsDriver } from './behaviour.ts';
import { benchOf } from './bench.ts';

describe('Comware', () => {
  behavesAsDriver({
    driver: comware,
    bench: benchOf('hp_comware', { devices: 20 }),
    merge: {
      kind: 'merge',
      text: 'interface LoopBack77\n description netwright-was-here\n#\nsnmp-agent sys-info location cairo\n',
    },
    holds: 'netwright-was-here',
    bad: { kind: 'merge', text: 'frobnicate everything\n' },
    timer: 'netwright',
    spoiled: [{ kind: 'rollback-fails' }, { kind: 'refuse', line: '.' }],
    other: ['snmp-agent sys-info contact noc77'],
    otherHolds: 'noc77',
  });
});
