import { describe } from 'vitest';
import { sros } from '../../../src/change/drivers/sros.ts';
import { behavesAsDriver } from './behaviour.ts';
import { benchOf } from './bench.ts';

describe('SR OS, model-driven', () => {
  behavesAsDriver({
    driver: sros,
    bench: benchOf('nokia_sros_md', { devices: 20 }),
    merge: {
      kind: 'merge',
      text: '/configure port 1/1/1 description "netwright-was-here"\n/configure system location "cairo"\n',
    },
    holds: 'netwright-was-here',
    bad: { kind: 'merge', text: '/configure system location "cairo"\n/configure frobnicate everything\n' },
    timer: 'netwright',
    refuse: 'location',
    otherTypes: async (session) => {
      for (const line of ['edit-config exclusive', '/configure system contact "noc77"', 'commit', 'quit-config'])
        await session.dialogue(line, []);
    },
    other: ['system contact "noc77"'],
    otherHolds: 'noc77',
  });
});

describe('SR OS, classic', () => {
  behavesAsDriver({
    driver: sros,
    bench: benchOf('nokia_sros', { devices: 20 }),
    merge: {
      kind: 'merge',
      text: '    port 1/1/1\n        description "netwright-was-here"\n    exit\n    port 1/1/2\n        description "cairo"\n    exit\n',
    },
    holds: 'netwright-was-here',
    bad: { kind: 'merge', text: '    frobnicate everything\n' },
    timer: 'netwright',
    spoiled: [{ kind: 'refuse', line: '.' }],
    other: ['port 1/1/3', 'description "noc77"'],
    otherHolds: 'noc77',
  });
});
