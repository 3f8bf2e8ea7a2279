import { describe } from 'vitest';
import { aoscx } from '../../../src/change/drivers/aoscx.ts';
import { behavesAsDriver } from './behaviour.ts';
import { benchOf } from './bench.ts';

describe('AOS-CX', () => {
  behavesAsDriver({
    driver: aoscx,
    bench: benchOf('aruba_aoscx', { devices: 20 }),
    merge: {
      kind: 'merge',
      text: 'interface loopback 7\n    description netwright-was-here\nsnmp-server system-location cairo\n',
    },
    holds: 'netwright-was-here',
    bad: { kind: 'merge', text: 'frobnicate everything\n' },
    timer: 'device',
    other: ['snmp-server system-contact noc77'],
    otherHolds: 'noc77',
  });
});
