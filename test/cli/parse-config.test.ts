import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectError, Netwright } from './netwright.ts';

let folder: string;
let netwright: Netwright;
const running = 'hostname r1\nenable secret 9 $9$hidden1\ninterface Loopback0\n description a\nend\n';
const intended = 'hostname r1\nenable secret 9 $9$hidden2\ninterface Loopback0\n description b\nend\n';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netwright-parse-config-'));
  netwright = new Netwright(folder);
  await writeFile(join(folder, 'running.txt'), running);
  await writeFile(join(folder, 'intended.txt'), intended);
  await writeFile(join(folder, 'cut.txt'), 'hostname r1\nbanner motd ^C\nnever ends\n');
  await writeFile(join(folder, 'r2.conf'), 'system {\n    host-name r2;\n}\n');
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('netwright parse config', () => {
  test('prints what it read, without secrets', async () => {
    const { code, stdout } = await netwright.call(['parse', 'config', 'running.txt', '-p', 'cisco_ios']);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^hostname r1\nenable secret 9 <secret:[0-9a-f]+>\ninterface Loopback0\n description a\n!\nend\n$/,
    );
  });

  test('shows a changed secret as a changed mark', async () => {
    const { stdout } = await netwright.call([
      'parse',
      'config',
      'running.txt',
      '-p',
      'cisco_ios',
      '--against',
      'intended.txt',
    ]);
    const marks = [...stdout.matchAll(/<secret:([0-9a-f]+)>/g)].map(([, mark]) => mark);
    expect(new Set(marks).size).toBe(2);
    expect(stdout).toContain('-  description a\n+  description b\n');
    expect(stdout).not.toContain('hidden');
  });

  test('says the lines between two, and with secrets when that was asked for', async () => {
    const args = ['parse', 'config', '-', '-p', 'cisco_ios', '-a', 'intended.txt', '--remediate', '--with-secrets'];
    const { stdout, stderr } = await netwright.call(args, { stdin: running });
    expect(stdout).toBe('enable secret 9 $9$hidden2\ninterface Loopback0\n description b\nexit\n');
    // What to mind is said where a line calls for it, and only there.
    expect(stderr).not.toContain('note: ');
    const user = await netwright.call(args, { stdin: `username leaver privilege 1\n${running}` });
    expect(user.stdout).toContain('no username leaver');
    expect(user.stderr).toMatch(/note: .*user name/);
  });

  test('answers in JSON', async () => {
    const ended = await netwright.call([
      'parse',
      'config',
      'running.txt',
      '-p',
      'cisco_xe',
      '-a',
      'intended.txt',
      '-r',
      '--json',
    ]);
    expect(ended.json()).toMatchObject({
      platform: 'cisco_xe',
      dialect: 'ios',
      changes: [{ kind: 'removed' }, { kind: 'added' }, { kind: 'within' }],
      lines: [expect.stringContaining('enable secret'), 'interface Loopback0', ' description b', 'exit'],
    });
    expect(ended.stdout).not.toContain('hidden');
  });

  test('prints set lines', async () => {
    const { stdout } = await netwright.call(['parse', 'config', 'r2.conf', '-p', 'juniper_junos', '--set-lines']);
    expect(stdout).toBe('set system host-name r2\n');
  });

  test('says that two files say the same', async () => {
    const { stdout, stderr } = await netwright.call([
      'parse',
      'config',
      'running.txt',
      '-p',
      'cisco_ios',
      '-a',
      'running.txt',
    ]);
    expect([stdout, stderr]).toEqual(['', 'running.txt and running.txt say the same\n']);
  });

  test.each([
    [['cut.txt', '-p', 'cisco_ios'], 'NW_CONFIG_SYNTAX', 65],
    [['running.txt', '-p', 'cisco_wlc'], 'NW_NOT_SUPPORTED', 69],
    [['running.txt', '-p', 'cisco_ios', '--set-lines'], 'NW_NOT_SUPPORTED', 69],
    [['running.txt', '-p', 'cisco_ios', '--remediate'], 'NW_USAGE', 2],
    [['nowhere.txt', '-p', 'cisco_ios'], 'NW_USAGE', 2],
    [['running.txt', '-p', 'cisco_iso'], 'NW_PLATFORM_UNKNOWN', 2],
  ] as const)('%j fails with %s', async (args, code, exit) => {
    expectError(await netwright.call(['parse', 'config', ...args, '--json']), code, exit);
  });
});
