import { describe, expect, it } from 'vitest';
import { parseCommitList, vrpv8 } from '../../../src/change/drivers/vrpv8.ts';
import { behavesAsDriver } from './behaviour.ts';
import { benchOf } from './bench.ts';

describe('VRP 8', () => {
  behavesAsDriver({
    driver: vrpv8,
    bench: benchOf('huawei_vrpv8', { devices: 20 }),
    merge: {
      kind: 'merge',
      text: 'interface LoopBack77\n description netwright-was-here\n#\nsnmp-agent sys-info location cairo\n',
    },
    holds: 'netwright-was-here',
    bad: { kind: 'merge', text: 'interface LoopBack77\n description x\n#\nfrobnicate everything\n' },
    timer: 'netwright',
    replace: (running) => running.replace(/^( +description) .+$/m, '$1 all-of-it-is-new'),
    other: ['snmp-agent sys-info contact noc'],
    otherHolds: 'contact noc',
    otherTypes: async (session) => {
      await session.enter('system');
      await session.sendAll(['snmp-agent sys-info contact noc', 'commit']);
      await session.enter('user');
    },
  });

  it('reads the list of commits in both of its forms', () => {
    const paragraphs =
      '1) CommitId: 1000000114\n   Label: netwright-c1\n   User: noc\n2) CommitId: 1000000113\n   Label: -\n';
    const table =
      'No.  CommitId    Label      User\n------\n1    1000000114  netwright-c1  noc 2026-11-20\n2    1000000113  -  noc\n';
    const wanted = [
      { id: '1000000114', label: 'netwright-c1' },
      { id: '1000000113', label: '-' },
    ];
    expect(parseCommitList(paragraphs)).toEqual(wanted);
    expect(parseCommitList(table)).toEqual(wanted);
  });
});
