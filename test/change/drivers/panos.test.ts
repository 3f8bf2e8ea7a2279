import { describe } from 'vitest';
import { panos } from '../../../src/change/drivers/panos.ts';
import { behavesAsDriver } from './behaviour.ts';
import { benchOf } from './bench.ts';

describe('PAN-OS', () => {
  behavesAsDriver({
    driver: panos,
    bench: benchOf('paloalto_panos', { devices: 20 }),
    merge: {
      kind: 'merge',
      text: 'set deviceconfig system login-banner netwright-was-here\nset deviceconfig system domain lab.example\n',
    },
    holds: 'netwright-was-here',
    bad: { kind: 'merge', text: 'frobnicate everything\n' },
    timer: 'netwright',
    spoiled: [{ kind: 'commit-fails' }],
    other: ['set deviceconfig setting noc77 yes'],
    otherHolds: 'noc77',
  });
});
