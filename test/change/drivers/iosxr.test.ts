import { describe } from 'vitest';
import { iosxr } from '../../../src/change/drivers/iosxr.ts';
import { behavesAsDriver } from './behaviour.ts';
import { benchOf } from './bench.ts';

describe('IOS XR', () => {
  behavesAsDriver({
    driver: iosxr,
    bench: benchOf('cisco_xr', { devices: 20 }),
    merge: {
      kind: 'merge',
      text: 'interface Loopback77\n description netwright-was-here\n!\nsnmp-server location cairo\n',
    },
    holds: 'netwright-was-here',
    bad: { kind: 'merge', text: 'interface Loopback77\n description x\n!\nfrobnicate everything\n' },
    timer: 'netwright',
    replace: (running) => running.replace(/^( +description) .+$/m, '$1 all of it is new'),
    other: ['snmp-server contact noc'],
    otherHolds: 'contact noc',
  });
});
