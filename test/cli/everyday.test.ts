import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startLab } from '#lab';
import { formatTime } from '../../src/cli/table.ts';
import { type LabWorkspace, labWorkspace } from './lab-workspace.ts';
import { entry, expectError, filesWith } from './netwright.ts';

vi.setConfig({ testTimeout: 60_000 });

let lab: LabWorkspace;
let names: string[];
beforeAll(async () => {
  lab = await labWorkspace({ devices: 4, platforms: ['cisco_ios'], seed: 7 });
  names = lab.lab.devices.map(({ name }) => name);
});
afterAll(async () => {
  // Whatever was done here: no credential was passed, printed or written.
  const said = lab.netwright.said.join('\n');
  for (const credential of lab.credentials) expect(said).not.toContain(credential);
  expect(await filesWith(lab.netwright.home, lab.credentials)).toEqual([]);
  await lab[Symbol.asyncDispose]();
});

describe('run', () => {
  it('prints what each device answered', async () => {
    const { code, stdout, stderr } = await lab.spawn(['run', 'show version']);
    expect(code).toBe(0);
    for (const name of names) expect(stdout).toContain(`── ${name}`);
    expect(stdout).toContain('Cisco IOS Software');
    expect(stderr).toMatch(/4 devices done in/);
  });

  it('shows devices that answered the same once', async () => {
    const { stdout } = await lab.call(['run', 'show running-config | include ^service timestamps log']);
    expect(stdout).toContain('(4 devices)');
    expect(stdout.match(/^── /gm)).toHaveLength(1);
  });

  it('prints JSON lines and nothing else', async () => {
    const ended = await lab.call(['run', 'show clock', 'show version', '--json']);
    const lines = ended.lines();
    expect(lines.map(({ device }): string => device).toSorted()).toEqual(names.toSorted());
    for (const line of lines) {
      expect(line).toMatchObject({
        ok: true,
        attempts: 1,
        outputs: [{ command: 'show clock' }, { command: 'show version' }],
      });
    }
  });

  it('takes one device, canary batches and limits', async () => {
    const one = await lab.call(['run', 'show clock', '-s', names[0]!, '--json']);
    expect(one.lines()).toHaveLength(1);
    const all = await lab.call([
      'run',
      'show clock',
      '--serial',
      '1,100%',
      '--concurrency',
      '2',
      '--per-site',
      '1',
      '--json',
    ]);
    expect(all.lines()).toHaveLength(4);
    expect(all.lines()[0].device).toBe(names[0]);
  });

  it('exits with 1 when a device refuses, and says where to read on', async () => {
    const { code, stderr } = await lab.call(['run', 'show frobnication']);
    expect(code).toBe(1);
    expect(stderr).toContain('NW_COMMAND_REJECTED');
    const id = /netwright transcript show ([0-9a-f]+)/.exec(stderr)?.[1];
    const transcript = await lab.call(['transcript', 'show', id!]);
    expect(transcript.code).toBe(0);
    expect(transcript.stdout).toContain('show frobnication');
    expect(transcript.stdout).toContain('<redacted>');
    const fixture = await lab.call(['lab', 'record', id!]);
    expect(fixture.stdout).toContain('show frobnication');
    const nowhere = await lab.call(['lab', 'record', id!, '-o', 'no-such-folder/r1.yaml', '--json']);
    expect(expectError(nowhere, 'NW_USAGE', 2).message).toMatch(/there is no folder .*no-such-folder$/);
    const file = join(lab.netwright.home, 'recorded.yaml');
    expect((await lab.call(['lab', 'record', id!, '-o', file])).code).toBe(0);
    await using recorded = await startLab({ dialogues: file, processes: 0 });
    expect(recorded.devices).toMatchObject([{ name: 'recorded', platform: 'cisco_ios' }]);
    const list = await lab.call(['transcript', 'list', '--json']);
    expect(list.json().map((one: { id: string }) => one.id)).toContain(id);
  });

  it('shows what a device answered before and behind a command that it refused', async () => {
    const words = ['run', 'show clock', 'show frobnication', 'show version', '-s', names[0]!];
    const { code, stdout } = await lab.call(words);
    expect(code).toBe(1);
    expect(stdout).toContain(`── ${names[0]}`);
    expect(stdout).toMatch(/UTC[\s\S]*% Invalid input[\s\S]*Cisco IOS Software/);
    const [line] = (await lab.call([...words, '--json'])).lines();
    expect(line).toMatchObject({ ok: false, error: { code: 'NW_COMMAND_REJECTED' } });
    expect(
      line.outputs.map(({ command, failure }: { command: string; failure?: string }) => [command, failure]),
    ).toEqual([
      ['show clock', undefined],
      ['show frobnication', expect.stringContaining('% Invalid input')],
      ['show version', undefined],
    ]);
  });

  it('takes no command of several lines, and none that is empty', async () => {
    for (const command of ['show clock\nshow version', '', ' ']) {
      const ended = await lab.call(['run', command, '--json']);
      expect(expectError(ended, 'NW_USAGE', 2).message).toContain('one line a command');
    }
  });

  it.each([
    [['show', 'version'], /2 commands: "show", "version"/, 'netwright run "show version"'],
    [['reload', 'in', '5', '-s', 'r1'], /3 commands/, 'netwright run "reload in 5"'],
    [['reload', '-s', 'site:cairo', 'and', 'role:lab'], /"and" is no command/, "-s 'site:cairo and role:pe'"],
  ])('types nothing of %j, which a shell made of something else', async (words, message, hint) => {
    const error = expectError(await lab.call(['run', ...words, '--json']), 'NW_USAGE', 2);
    expect(error.message).toMatch(message);
    expect(error.hint).toContain(hint);
  });

  it('takes no device for a command, nor all for the one that was meant', async () => {
    const [name] = names;
    const error = expectError(await lab.call(['run', 'show clock', name!, '--json']), 'NW_USAGE', 2);
    expect(error).toMatchObject({
      message: `"${name}" is a device and no command`,
      hint: `choose it: netwright run … -s ${name}`,
    });
    expect((await lab.call(['run', 'show version', 'show clock', '-s', name!, '--json'])).code).toBe(0);
  });

  it('lets --fail-fast skip what is left', async () => {
    const ended = await lab.call(['run', 'show frobnication', '--serial', '1', '--fail-fast', '--json']);
    expect(ended.code).toBe(1);
    expect(ended.lines().map(({ error }) => error.code)).toEqual([
      'NW_COMMAND_REJECTED',
      'NW_SKIPPED',
      'NW_SKIPPED',
      'NW_SKIPPED',
    ]);
  });
});

describe('backup, and what it keeps', () => {
  it('stores everything, finds nothing new, then finds what changed', async () => {
    const first = await lab.spawn(['backup', '--json', '-m', 'the first']);
    expect(first.code).toBe(0);
    const report = first.lines().at(-1).report;
    expect(report).toMatchObject({ total: 4, failed: 0, changed: 4 });
    const second = await lab.call(['backup', '--json']);
    expect(second.lines().at(-1).report).toMatchObject({ changed: 0, unchanged: 4 });

    // Nobody sits at a terminal: cron, or a unit of systemd. Somebody does: it is by hand.
    await lab.call(['backup', '-s', names[0]!], { columns: 80 });
    const reasons = (await lab.call(['history', '--json'])).json().map(({ reason }: { reason: string }) => reason);
    expect(reasons).toEqual(['by hand', 'scheduled', 'the first']);

    await lab.lab.change(names[1]!);
    const third = await lab.call(['backup', '-m', 'after the change']);
    expect(third.code).toBe(0);
    expect(third.stdout).toMatch(new RegExp(`changed +${names[1]} `));
    expect(third.stdout).not.toContain(names[0]);
  });

  it('answers history, show, diff, blame and search', async () => {
    const device = names[1]!;
    const history = await lab.call(['history', device, '--json']);
    const versions = history.json();
    expect(versions).toHaveLength(2);
    expect(versions[0]).toMatchObject({ device, reason: 'after the change', retired: false });
    const runs = await lab.call(['history', '--json']);
    expect(runs.json()).toHaveLength(4);

    const now = await lab.call(['show', device]);
    const before = await lab.call(['show', `${device}@${versions[1].commit.slice(0, 8)}`]);
    expect(now.stdout).not.toBe(before.stdout);
    expect(now.stdout).toContain('hostname');
    expect(now.stdout).toMatch(/<secret:[0-9a-f]+>/);
    expect((await lab.call(['show', `${device}@now`])).stdout).toBe(now.stdout);
    expect((await lab.call(['show', device, '--json'])).json()).toMatchObject({ device, text: now.stdout });

    const diff = await lab.call(['diff', device]);
    expect(diff.stdout).toMatch(/^@@ /m);
    expect(diff.stdout).toMatch(/^\+/m);
    const bare = (await lab.call(['diff', device, '-U', '0'])).stdout.split('\n');
    expect(bare.filter((line) => line.startsWith('@@'))).not.toEqual([]);
    expect(bare.filter((line) => line.startsWith(' '))).toEqual([]);
    const same = await lab.call(['diff', `${device}@${versions[1].commit}`, device]);
    expect(same.stdout).toBe(diff.stdout);
    expect((await lab.call(['diff', device, device, '--json'])).json().diff).toBe('');

    const blame = (await lab.call(['blame', device, '--json'])).json();
    expect(new Set(blame.lines.map(({ commit }: { commit: string }) => commit)).size).toBe(2);
    const search = await lab.call(['search', 'hostname', '--json']);
    expect(new Set(search.lines().map((hit) => hit.device))).toEqual(new Set(names));
    const regex = await lab.call(['search', '-E', '^hostname \\S+$', '-s', device]);
    expect(regex.stdout).toMatch(new RegExp(`^${device}:\\d+: hostname`));
  });

  it('gives the sealed text to who has the identity, and to nobody else', async () => {
    const device = names[0]!;
    const running = await lab.lab.runningConfig(device);
    const secret = /^ *(?:snmp-server community|enable secret \d) (\S+)/m.exec(running)?.[1];
    expect(secret).toBeDefined();
    const sealed = await lab.call(['show', device, '--sealed']);
    lab.netwright.said.length -= 1;
    expect(sealed.stdout).toContain(secret);
    const stranger = await lab.call(['show', device, '--sealed', '--json'], { env: { XDG_CONFIG_HOME: '/nowhere' } });
    expect(stranger.json().error.code).toBe('NW_SECRETS_LOCKED');
    expect(stranger.code).toBe(77);
  });

  it('lists devices that were not seen for long', async () => {
    const none = await lab.call(['backup', '--stale', '24h', '--json']);
    expect([none.code, none.json()]).toEqual([0, []]);
    const all = await lab.call(['backup', '--stale', '1ms']);
    expect(all.code).toBe(1);
    for (const name of names) expect(all.stdout).toContain(name);
  });

  it('says where a time stands', async () => {
    const ended = await lab.call(['diff', names[0]!, 'yesterday', '--json']);
    expect(expectError(ended, 'NW_DEVICE_UNKNOWN', 2).hint).toBe(
      'a time stands behind the name of a device: r1@yesterday',
    );
  });

  it('says no to versions that never were', async () => {
    const oldest = (await lab.call(['history', names[0]!, '--json'])).json().at(-1).at;
    const tooEarly = await lab.call(['show', `${names[0]}@2001-01-01`, '--json']);
    expect(tooEarly.json().error.message).toContain(`the oldest version is of ${formatTime(Date.parse(oldest))}`);
    expect((await lab.call(['show', `${names[0]}@2001-01-01`, '--json'])).json().error.code).toBe(
      'NW_VERSION_NOT_FOUND',
    );
    expect((await lab.call(['show', `${names[0]}@sometime`, '--json'])).json().error.code).toBe('NW_USAGE');
    const typo = await lab.call(['history', `${names[0]}x`, '--json']);
    expect(typo.json().error).toMatchObject({
      code: 'NW_DEVICE_UNKNOWN',
      message: expect.stringContaining(`Did you mean "${names[0]}"`),
    });
    expect(typo.code).toBe(2);
  });
});

describe('inventory', () => {
  it('is listed, shown and found right', async () => {
    expect((await lab.call(['inventory', 'list', '--json'])).json()).toHaveLength(4);
    expect((await lab.call(['inventory', 'show', names[0]!])).stdout).toContain('cisco_ios');
    const check = await lab.call(['inventory', 'check', '--connect', '--json']);
    expect(check.code).toBe(0);
    expect(check.lines().every(({ ok, platform }) => ok && platform === 'cisco_ios')).toBe(true);
    // Which platform is found is not known beforehand: there is room for the longest.
    const rows = (await lab.call(['inventory', 'check', '--connect'])).stdout;
    expect(rows.match(/^ok \S+ +cisco_ios {8,}\S+, mode/gm)).toHaveLength(4);
  });
});

// Other systems have no /dev/full, a file on which every write finds the disk full.
it.skipIf(process.platform !== 'linux')(
  'output onto a full disk is a failure that is told, /dev/full is Linux',
  async () => {
    const full = openSync('/dev/full', 'w');
    const child = spawn(process.execPath, ['--conditions=source', entry, 'platforms', 'list'], {
      env: lab.netwright.env,
      stdio: ['ignore', full, 'pipe'],
    });
    closeSync(full);
    let told = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      told += text;
    });
    expect(await new Promise((done) => child.on('close', done))).toBe(74);
    expect(told).toMatch(/^NW_STORE_FULL the output cannot be written: ENOSPC.*\n.*what to do/);
  },
);

it('a pipe that is closed early is no failure', async () => {
  const script = `"$0" --conditions=source "$1" run 'show running-config' --no-collapse -w "$2" | head -n 1; echo "\${PIPESTATUS[0]}"`;
  const child = spawn('bash', ['-c', script, process.execPath, entry, lab.folder], { env: lab.netwright.env });
  let text = '';
  child.stdout.on('data', (chunk) => {
    text += chunk;
  });
  let errors = '';
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  await new Promise((done) => child.on('close', done));
  expect(text.trim().split('\n').at(-1)).toBe('0');
  expect(errors).not.toContain('EPIPE');
});
