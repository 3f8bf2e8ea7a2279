import { describe } from 'vitest';
import { nxos } from '../../../src/change/drivers/nxos.ts';
import { behavesAsDriver } from './behaviour.ts';
import { benchOf } from './bench.ts';

describe('NX-OS', () => {
  behavesAsDriver({
    driver: nxos,
    bench: benchOf('cisco_nxos', { devices: 20 }),
    merge: {
      kind: 'merge',
      text: 'interface loopback77\n  description netwright-was-here\nntp server 192.0.2.44\n',
    },
    holds: 'netwright-was-here',
    bad: { kind: 'merge', text: 'interface loopback77\n  description x\nfrobnicate everything\n' },
    timer: 'netwright',
    replace: (running) => running.replace(/^( +description) .+$/m, '$1 all of it is new'),
    other: ['ntp server 192.0.2.77'],
    otherHolds: '192.0.2.77',
  });
});
