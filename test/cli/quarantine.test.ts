import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type LabWorkspace, labWorkspace } from './lab-workspace.ts';
import { filesWith } from './netwright.ts';

vi.setConfig({ testTimeout: 60_000 });

let lab: LabWorkspace;
let truncated: string;
let healthy: string;

beforeAll(async () => {
  lab = await labWorkspace({ devices: 2, platforms: ['cisco_ios'], telnetShare: 0, faults: { truncated: 0.5 } });
  truncated = lab.lab.devices.find(({ fault }) => fault === 'truncated')!.name;
  healthy = lab.lab.devices.find(({ fault }) => fault === undefined)!.name;
});
afterAll(async () => await lab[Symbol.asyncDispose]());

it.each([
  [['quarantine', 'list'], 'nothing is in quarantine'],
  [['transcript', 'list', 'r1'], 'no conversation with r1 failed'],
  [['history'], 'no backup was made yet: netwright backup'],
])('%j says that there is nothing yet', async (args, note) => {
  const { code, stdout, stderr } = await lab.call(args);
  expect([code, stdout, stderr.trim()]).toEqual([0, '', note]);
});

it('a refused configuration is listed with its reason, and printed as it came', async () => {
  const backup = await lab.call(['backup', '--json', '--retries', '0']);
  expect(backup.code).toBe(1);
  const refused = backup.lines().find(({ device }) => device === truncated);
  expect(refused.error.code).toBe('NW_OUTPUT_INCOMPLETE');
  expect(refused.error.hint).toContain('netwright quarantine show');

  const [first, ...more] = (await lab.call(['quarantine', 'list', '--json'])).json();
  expect(first).toMatchObject({ device: truncated, code: 'NW_OUTPUT_INCOMPLETE' });
  expect(more).toEqual([]);
  expect((await lab.call(['quarantine', 'list', healthy, '--json'])).json()).toEqual([]);

  const shown = await lab.call(['quarantine', 'show', truncated]);
  expect(shown.stdout).toContain(`hostname ${truncated}`);
  expect((await lab.call(['quarantine', 'show', first.id.slice(0, -2), '--json'])).json().text).toBe(shown.stdout);
  const secret = /^snmp-server community (\S+)/m.exec(shown.stdout)![1]!;
  expect(await filesWith(lab.folder, [secret])).toEqual([]);

  const none = await lab.call(['quarantine', 'show', 'nothing', '--json']);
  expect([none.code, none.json().error.code]).toEqual([2, 'NW_VERSION_NOT_FOUND']);
});

it('a device that is not there is not taken for one that was never stored', async () => {
  const misspelt = await lab.call(['show', `${healthy}x`, '--json']);
  expect(misspelt.json().error.code).toBe('NW_DEVICE_UNKNOWN');
  expect(misspelt.json().error.message).toContain(`Did you mean "${healthy}"?`);
  expect((await lab.call(['history', 'zzz', '--json'])).json().error.code).toBe('NW_DEVICE_UNKNOWN');
  const never = await lab.call(['diff', truncated, '--json']);
  expect(never.json().error).toMatchObject({ code: 'NW_VERSION_NOT_FOUND', hint: `netwright backup -s ${truncated}` });
});

it.each([
  ['cut', 'expected a share'],
  ['cut=2', 'expected a share'],
  ['mutt=0.1', 'Did you mean "mute"?'],
])('lab up --faults %s is wrong usage', async (faults, text) => {
  const ended = await lab.call(['lab', 'up', '--faults', faults, '--json']);
  expect([ended.code, ended.json().error.code]).toEqual([2, 'NW_USAGE']);
  expect(ended.json().error.message).toContain(text);
});
