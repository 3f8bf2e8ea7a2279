import { describe, expect, it } from 'vitest';
import { parseCommitList } from '../../../src/change/drivers/vrpv8.ts';
import { behavesAsDriver } from './behaviour.ts';
import { benchOf } from './bench.ts';
import { trialOf } from './trials.ts';

describe('VRP 8', () => {
  behavesAsDriver({ ...trialOf('huawei_vrpv8'), bench: benchOf('huawei_vrpv8') });

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
