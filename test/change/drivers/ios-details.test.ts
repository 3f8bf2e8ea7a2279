import { beforeEach, describe, expect, it } from 'vitest';
import type { Intent } from '../../../src/change/driver.ts';
import { ios } from '../../../src/change/drivers/ios.ts';
import { benchOf, codeOf, plan } from './bench.ts';

const merge = (text: string): Intent => ({ kind: 'merge', text });
const kept = { id: 'c1' };

describe('what bites on IOS', () => {
  const bench = benchOf('cisco_ios', { devices: 20 });
  let before: string;

  beforeEach(async () => {
    await bench.fresh();
    before = await bench.control.running();
  });

  const commitAndBack = async (text: string): Promise<string> => {
    const change = await plan(bench, ios, merge(text), kept);
    await bench.over((session) => ios.commit(session, change, kept));
    const after = await bench.control.running();
    expect(await bench.over((session) => ios.state(session, change))).toBe('after');
    await bench.over((session) => ios.rollback(session, change));
    expect(await bench.control.running()).toBe(before);
    return after;
  };

  it('says which settings are missing, with the commands that bring them', async () => {
    const { candidate } = await plan(bench, ios, merge('ntp server 192.0.2.44\n'));
    expect(candidate.capability).toMatchObject({ method: 'configure replace', confirmed: false, rollback: 'exact' });
    expect(candidate.capability.missing).toEqual([
      'archive is not configured, so the box cannot take a change back by itself: `archive` and `path flash:archive` bring it',
    ]);
    await bench.control.configure(['archive', 'path flash:bk']);
    const better = await plan(bench, ios, merge('ntp server 192.0.2.44\n'));
    expect(better.candidate.capability).toMatchObject({ confirmed: true, missing: [] });
  });

  it('goes line by line where there is no room to keep the configuration, and says how much is missing', async () => {
    await bench.control.fault({ kind: 'disk-full' });
    const change = await plan(bench, ios, merge('ntp server 192.0.2.44\n'), kept);
    expect(change.candidate.capability).toMatchObject({
      method: 'line by line',
      rollback: 'computed',
      confirmed: false,
    });
    expect(change.candidate.capability.missing.join()).toMatch(/flash: has 0 bytes free and \d+ are needed/);
    await bench.over((session) => ios.commit(session, change, kept));
    expect(await bench.control.running()).toContain('192.0.2.44');
    await bench.over((session) => ios.rollback(session, change));
    expect(await bench.control.running()).toBe(before);
  });

  it('refuses before anything is typed when the room is gone by then', async () => {
    const change = await plan(bench, ios, merge('ntp server 192.0.2.44\n'), kept);
    await bench.control.fault({ kind: 'disk-full' });
    expect(await codeOf(bench.over((session) => ios.commit(session, change, kept)))).toBe('NW_CHANGE_REFUSED');
    expect(await bench.control.running()).toBe(before);
  });

  it('types a banner, whatever its delimiter looks like when it is printed', async () => {
    const after = await commitAndBack('banner motd ^C\nkeep out #, ~ and %\nor ask noc\n^C\n');
    expect(after).toContain('banner motd ^C\nkeep out #, ~ and %\nor ask noc\n^C\n');
  });

  it('goes on under another name', async () => {
    expect(await commitAndBack('hostname core-of-cairo-with-a-long-name\nntp server 192.0.2.44\n')).toContain(
      'hostname core-of-cairo-with-a-long-name\n',
    );
  });

  it('removes a user, who comes back with the same secret', async () => {
    expect(await commitAndBack('no username noc\n')).not.toContain('username noc');
  });

  it('writes a whole configuration with a banner through Tcl, and proves that it arrived', async () => {
    const text = before.replace(/authorised access only!/, 'authorised $access [only] {with "care"} \\ ;');
    expect(text).not.toBe(before);
    const change = await plan(bench, ios, { kind: 'replace', text }, kept);
    await bench.over((session) => ios.commit(session, change, kept));
    expect(await bench.control.running()).toBe(text);
    expect(await bench.control.files()).toEqual(['netwright-c1.cfg']);
    await bench.over((session) => ios.rollback(session, change));
    expect(await bench.control.running()).toBe(before);
  });

  it('takes no part of a configuration for a whole one', async () => {
    const part: Intent = { kind: 'replace', text: 'interface Loopback0\n description x\n' };
    expect(await codeOf(plan(bench, ios, part))).toBe('NW_CHANGE_REFUSED');
  });

  it('leaves alone a change of somebody else that waits for its confirmation', async () => {
    await bench.control.configure(['archive', 'path flash:bk']);
    await bench.over((session) => session.dialogue('configure terminal revert timer 5', []));
    expect(await codeOf(plan(bench, ios, merge('ntp server 192.0.2.44\n')))).toBe('NW_CHANGE_LOCKED');
  });

  it('counts a timer that is longer than the box can itself', async () => {
    await bench.control.configure(['archive', 'path flash:bk']);
    const long = await plan(bench, ios, merge('ntp server 192.0.2.44\n'), { id: 'c1', confirmMs: 3 * 3_600_000 });
    expect(long.receipt.timer).toBe('netwright');
    const short = await plan(bench, ios, merge('ntp server 192.0.2.44\n'), { id: 'c1', confirmMs: 61_000 });
    expect(short.receipt).toMatchObject({ timer: 'device', confirmMs: 120_000 });
  });

  it('answers `file prompt` in each of its manners, and leaves it as it is', async () => {
    await bench.control.configure(['file prompt quiet']);
    before = await bench.control.running();
    expect(await commitAndBack('ntp server 192.0.2.44\n')).toContain('file prompt quiet');
  });

  it('says no secret in an error', async () => {
    const change = await plan(bench, ios, merge('username eve secret 0 hunter2-is-secret\n'), kept);
    await bench.control.fault({ kind: 'refuse', line: 'username eve' });
    const error = await bench.over((session) => ios.commit(session, change, kept)).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'NW_CHANGE_REFUSED', details: { line: 'username eve secret 0 <secret>' } });
    expect(JSON.stringify(error)).not.toContain('hunter2');
    expect(String(error)).not.toContain('hunter2');
  });
});

describe('a whole configuration for IOS', () => {
  const bench = benchOf('cisco_ios', { devices: 3 });
  const wanted = (running: string): Intent => ({
    kind: 'replace',
    text: running.replace(/^( +description) .+$/m, '$1 all of it is new $" [x]'),
  });

  it.each([
    ['over SCP where the box serves it', ['ip scp server enable'], false],
    ['with Tcl where it does not', [], true],
  ] as const)('is sent %s', async (_, lines, isTcl) => {
    await bench.fresh();
    if (lines.length > 0) await bench.control.configure(lines);
    const before = await bench.control.running();
    const change = await plan(bench, ios, wanted(before), kept);
    await bench.over((session) => ios.commit(session, change, kept));
    expect(await bench.control.running()).toBe(wanted(before).text);
    expect((await bench.control.typed()).some((line) => line.startsWith('puts '))).toBe(isTcl);
    await bench.over((session) => ios.rollback(session, change));
    expect(await bench.control.running()).toBe(before);
  });
});
