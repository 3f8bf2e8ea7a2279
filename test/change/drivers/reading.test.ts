import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { depthOf, parseCommitList } from '../../../src/change/drivers/iosxr-commits.ts';
import { parseCommits, placeOf } from '../../../src/change/drivers/junos-commits.ts';
import { loadCommands } from '../../../src/change/drivers/junos-load.ts';
import { tellingLines, withLiteralTexts } from '../../../src/change/drivers/literal-text.ts';
import { ownRun } from '../../../src/change/drivers/own-run.ts';
import { jobIn } from '../../../src/change/drivers/panos-job.ts';
import { withExits } from '../../../src/change/drivers/section-exits.ts';
import { parseHistory } from '../../../src/change/drivers/sros-md-candidate.ts';
import { parseCommitList as parseVrpCommits } from '../../../src/change/drivers/vrpv8.ts';

const junosLog = `0   2026-11-20 09:30:00 UTC by noc via cli commit confirmed, rollback in 5mins
    netwright-c2: uplink
1   2026-11-20 09:26:45 UTC by eve via netconf
2   2026-11-20 09:20:00 UTC by noc via cli
    netwright-c1 confirmed
3   2026-11-20 09:19:00 UTC by noc via cli commit confirmed, rollback in 5mins
    netwright-c1
4   2026-11-19 00:00:00 UTC by root via other
`;

const xrLog = `Fri Nov 20 09:26:45.123 UTC
   1) CommitId: 1000000009                 Label: NONE
      UserId:   eve                        Line:  vty1:node0_RSP0_CPU0
      Client:   CLI                        Time:  Fri Nov 20 09:26:45 2026
      Comment:  NONE

   2) CommitId: 1000000008                 Label: NONE
      UserId:   noc                        Line:  vty0:node0_RSP0_CPU0
      Client:   CLI                        Time:  Fri Nov 20 09:20:45 2026
      Comment:  netwright-c1: uplink
`;

describe('commit logs', () => {
  it('of Junos say where a change stands and whether it waits', () => {
    const commits = parseCommits(junosLog);
    expect(commits).toHaveLength(5);
    expect(placeOf(commits, 'netwright-c2')).toEqual({ oldest: 0, later: [], isPending: true });
    const first = placeOf(commits, 'netwright-c1');
    expect(first).toMatchObject({ oldest: 3, isPending: false });
    expect(first.later.map(({ number }) => number)).toEqual([0, 1]);
    // A name is not the beginning of another one.
    expect(placeOf(commits, 'netwright-c')).toMatchObject({ oldest: undefined, later: [] });
  });

  it('of IOS XR say how many commits to take back, and whose', () => {
    const commits = parseCommitList(xrLog);
    expect(commits.map(({ id }) => id)).toEqual(['1000000009', '1000000008']);
    expect(depthOf(commits, 'netwright-c1')).toEqual({ depth: 2, others: [expect.objectContaining({ user: 'eve' })] });
    expect(depthOf(commits, 'netwright-c2')).toEqual({ depth: 0, others: [] });
  });

  it('of SR OS tell a commit on trial', () => {
    const text =
      'Total Commits : 2\n\n1\n  Committed   2026-11-20T09:00:00Z by noc (MD-CLI)\n  Status      unconfirmed\n  Comment     "netwright-c1"\n\n2\n  Committed   2026-11-19T09:00:00Z by eve (NETCONF)\n  Status      ok\n';
    expect(parseHistory(text)).toEqual([
      { text: '2026-11-20T09:00:00Z by noc (MD-CLI)', comment: 'netwright-c1', isOnTrial: true },
      { text: '2026-11-19T09:00:00Z by eve (NETCONF)', comment: '', isOnTrial: false },
    ]);
  });

  it('count only the newest commits of a change that stand together', () => {
    const isOwn = (commit: string): boolean => commit === 'own';
    expect(ownRun(['own', 'own', 'other', 'own'], isOwn)).toEqual({ later: 0, depth: 2 });
    expect(ownRun(['other', 'own', 'rollback', 'own'], isOwn)).toEqual({ later: 1, depth: 2 });
    expect(ownRun(['other'], isOwn)).toBeUndefined();
  });

  it('are read without trust', () => {
    const noise = fc.oneof(
      fc.string({ maxLength: 300 }),
      fc.nat(junosLog.length).map((end) => junosLog.slice(0, end)),
      fc.nat(xrLog.length).map((end) => xrLog.slice(end)),
      fc
        .array(fc.constantFrom('1', '1) CommitId: ', '0   2026-', 'Comment: ', '  ', '\n', 'Label'), { maxLength: 60 })
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(noise, (text) => {
        for (const parse of [parseCommits, parseCommitList, parseHistory, parseVrpCommits]) {
          expect(Array.isArray(parse(text))).toBe(true);
        }
        expect(withExits(text).join('\n').length).toBeGreaterThanOrEqual(0);
        expect(withLiteralTexts(tellingLines(text)).length).toBeLessThanOrEqual(text.split('\n').length);
      }),
      { numRuns: 300 },
    );
  });
});

describe('what is typed', () => {
  it('into Junos is loaded as what it looks like', () => {
    const load = (kind: 'merge' | 'replace', text: string): string => loadCommands({ kind, text })[0]!;
    expect(load('merge', 'set system host-name x\ndelete snmp\n')).toBe('load set terminal');
    expect(load('merge', 'system {\n    host-name x;\n}\n')).toBe('load merge terminal');
    expect(load('merge', 'system {\n    replace: ntp {\n    }\n}\n')).toBe('load replace terminal');
    expect(load('merge', '[edit system]\n-  host-name y;\n+  host-name x;\n')).toBe('load patch terminal');
    expect(load('replace', 'system {\n}\n')).toBe('load override terminal');
    expect(load('replace', 'set system host-name x\n')).toBe('delete');
  });

  it('into IOS XR leaves nested sections, and none that is not one', () => {
    const text =
      'router bgp 1\n address-family ipv4 unicast\n !\n neighbor 192.0.2.1\n  remote-as 2\n  address-family ipv4 unicast\n   route-policy P in\n  !\n !\n!\nhostname x\nroute-policy P\n  if a then\n    pass\n  endif\nend-policy\n!\nend\n';
    expect(withExits(text)).toEqual([
      'router bgp 1',
      ' address-family ipv4 unicast',
      'exit',
      ' neighbor 192.0.2.1',
      '  remote-as 2',
      '  address-family ipv4 unicast',
      '   route-policy P in',
      'exit',
      'exit',
      'root',
      'hostname x',
      'route-policy P',
      '  if a then',
      '    pass',
      '  endif',
      'end-policy',
    ]);
  });

  it('holds banners and certificates in one piece, without what cannot be typed', () => {
    expect(withLiteralTexts(['banner motd ^C', 'a # b', '^C', 'hostname x'])).toEqual([
      'banner motd ~\na # b\n~',
      'hostname x',
    ]);
    expect(withLiteralTexts(['banner motd #one line#', 'x'])).toEqual(['banner motd #one line#', 'x']);
    expect(withLiteralTexts(['banner login', 'hello', 'EOF', 'x'])).toEqual(['banner login\nhello\nEOF', 'x']);
    expect(withLiteralTexts([' certificate self-signed 01', '  3082 0241', '  \tquit', 'x'])).toEqual([
      ' certificate self-signed 01\n  3082 0241\n quit',
      'x',
    ]);
  });

  it('to PAN-OS begins a job whose number is found', () => {
    expect(jobIn('Commit job 12 is in progress. Use Ctrl+C to return')).toBe('12');
    expect(jobIn('commit job enqueued with jobid 345')).toBe('345');
    expect(jobIn('There are no changes to commit.')).toBeUndefined();
  });
});
