import { describe } from 'vitest';
import { eos } from '../../../src/change/drivers/eos.ts';
import { behavesAsDriver } from './behaviour.ts';
import { benchOf } from './bench.ts';

describe('EOS', () => {
  behavesAsDriver({
    driver: eos,
    bench: benchOf('arista_eos', { devices: 20 }),
    merge: {
      kind: 'merge',
      text: 'interface Loopback77\n   description netwright-was-here\nntp server 192.0.2.44\n',
    },
    holds: 'netwright-was-here',
    bad: { kind: 'merge', text: 'interface Loopback77\n   description x\nfrobnicate everything\n' },
    timer: 'device',
    replace: (running) => running.replace(/^( +description) .+$/m, '$1 all of it is new'),
    other: ['ntp server 192.0.2.77'],
    otherHolds: '192.0.2.77',
  });
});
