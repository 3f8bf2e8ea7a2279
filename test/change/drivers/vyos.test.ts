import { describe } from 'vitest';
import { vyos } from '../../../src/change/drivers/vyos.ts';
import { behavesAsDriver } from './behaviour.ts';
import { benchOf } from './bench.ts';

describe('VyOS', () => {
  behavesAsDriver({
    driver: vyos,
    bench: benchOf('vyos', { devices: 20 }),
    merge: {
      kind: 'merge',
      text: "set interfaces loopback lo description 'netwright-was-here'\nset system domain-name lab.example\n",
    },
    holds: 'netwright-was-here',
    bad: { kind: 'merge', text: 'set system domain-name lab.example\nset frobnicate everything\n' },
    timer: 'device',
    spoiled: [{ kind: 'commit-fails' }],
    refuse: 'domain-name',
    other: ["set system time-zone 'Africa/Cairo'"],
    otherHolds: 'Africa/Cairo',
  });
});
