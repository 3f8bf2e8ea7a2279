import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LabWorkspace, labWorkspace } from '../cli/lab-workspace.ts';
import { filesWith } from '../cli/netwright.ts';

const word = 'Hidd3n-Community-Word';

describe('netwright change', () => {
  let net: LabWorkspace;
  let names: readonly string[];
  beforeAll(async () => {
    net = await labWorkspace({ platforms: ['juniper_junos', 'arista_eos'], devices: 4, telnetShare: 0 });
    names = net.lab.devices.map(({ name }) => name);
  });
  afterAll(async () => await net[Symbol.asyncDispose]());
  const change = async (...args: readonly string[]) => await net.call(['change', ...args]);
  const junos = () => net.lab.devices.filter(({ platform }) => platform === 'juniper_junos').map(({ name }) => name);
  const select = 'platform:juniper_junos';
  const planned = async (...lines: readonly string[]): Promise<string> => {
    const said = await change('plan', ...lines.flatMap((line) => ['--lines', line]), '-s', select, '--json');
    return said.lines().at(-1).report.id as string;
  };

  it('plans, applies, tells, confirms, takes back and keeps account of it', async () => {
    const [one = '', two = ''] = junos();
    const plan = await change(
      'plan',
      '--lines',
      'set system ntp server 192.0.2.99',
      '-s',
      select,
      '-m',
      'ticket 1',
      '--rollback',
    );
    expect(plan.code).toBe(0);
    expect(plan.stdout).toContain(`── ${[one, two].sort().join(', ')} (2 devices)`);
    expect(plan.stdout).toContain(
      'native candidate: all or nothing, taken back by the device unless confirmed, exact rollback',
    );
    expect(plan.stdout).toMatch(/\+\s+server 192\.0\.2\.99;/);
    expect(plan.stdout).toMatch(/sends:\n\s+configure exclusive\n/);
    expect(plan.stdout).toMatch(/taken back by:\n/);
    const id = /netwright change apply (\S+)/.exec(plan.stderr)![1]!;

    const applied = await change('apply', id, '--confirm', '5m', '--no-guard', '--serial', '1,100%');
    expect(applied.code).toBe(0);
    expect(applied.stdout).toMatch(new RegExp(`pending\\s+${one} until \\d{4}-`));
    expect(applied.stderr).toContain(`change ${id}: 2 pending in`);
    expect(applied.stderr).toContain(`netwright change confirm ${id}`);

    const status = await change('status');
    expect(status.stdout).toContain(`change ${id}`);
    expect(status.stdout).toContain('ticket 1');
    expect(status.stdout).toMatch(/pending\s+1\s+taken back at \d{4}-\d\d-\d\d [\d:]+ by the device/);

    const confirmed = await change('confirm', id, one, '--json');
    expect(confirmed.lines()).toEqual([
      expect.objectContaining({ device: one, ok: true, state: 'confirmed' }),
      { report: { id, total: 1, failed: 0, warnings: [] } },
    ]);
    expect((await change('rollback', id, '-m', 'not wanted', '--no-guard')).stdout).toMatch(
      new RegExp(`rolled back\\s+${two}`),
    );
    const after = (await change('status', id, '--json')).json()[0];
    expect(
      after.devices.map(({ state, isRollbackExact }: { state: string; isRollbackExact: boolean }) => [
        state,
        isRollbackExact,
      ]),
    ).toEqual([
      ['rolled back', true],
      ['rolled back', true],
    ]);
    expect((await change('list')).stdout).toMatch(new RegExp(`${id}\\s.*2 rolled back\\s+merge a line: ticket 1`));
    const audit = await change('audit', id, '--diff');
    expect(audit.stdout).toMatch(/committing[\s\S]*\+\s+server 192\.0\.2\.99;/);
    expect(audit.stdout).toMatch(/to be rolled back\s+not wanted/);
    expect((await change('audit', '--verify')).stdout).toMatch(
      /\d+ records as they were written, \d+ marks? in the history agree/,
    );
    expect((await change('show', id, one, '--by-hand')).stdout).toContain('rollback 1');
  });

  it('gives one JSON line a device, then the report', async () => {
    const [one = ''] = junos();
    const plan = (await change('plan', '--lines', 'set system domain-name a.example', '-s', one, '--json')).lines();
    expect(plan[0]).toMatchObject({ device: one, ok: true, state: 'planned', promise: { method: 'native candidate' } });
    const { id } = plan[1].report;
    const applied = (await change('apply', id, '--no-guard', '--no-backup', '--json')).lines();
    expect(applied[0]).toMatchObject({ device: one, ok: true, state: 'confirmed', timer: 'device', wave: 1 });
    expect(applied[1].report).toMatchObject({ id, total: 1, failed: 0, states: { confirmed: 1 } });
    await change('rollback', id, '--no-guard');

    // For people it stands in the same columns, whichever command tells of it.
    const second = await planned('set system ntp server 192.0.2.98');
    await change('apply', second, '-s', one, '--confirm', '5m', '--no-guard', '--no-backup');
    expect((await change('confirm', second)).stdout).toBe(`   confirmed ${one}\n`);
    await change('rollback', second, '--no-guard');
  });

  it('exits with 1 when a device fails, says why, and is loud about a rollback that failed', async () => {
    const [one = '', two = ''] = junos();
    const id = await planned('set system ntp server 192.0.2.99');
    await net.lab.device(two).fault({ kind: 'commit-fails' });
    const applied = await change('apply', id, '--no-guard', '--no-backup', '--max-failures', '1');
    expect(applied.code).toBe(1);
    expect(applied.stderr).toContain('NW_CHANGE_REFUSED');
    expect(applied.stderr).toMatch(/1 confirmed, 1 not applied/);
    await net.lab.device(one).fault({ kind: 'rollback-fails' });
    const back = await change('rollback', id, '--no-guard');
    expect(back.code).toBe(1);
    expect(back.stderr).toContain(`ROLLBACK FAILED on ${one}`);
    expect(back.stderr).toMatch(/type these lines on it by hand:\n {6}\S/);
    expect(back.stderr).toContain(`netwright change release ${id} ${one}`);
    expect((await change('status', id)).code).toBe(1);
    await net.lab.device(one).heal();
    expect((await change('rollback', id, one, '--no-guard')).code).toBe(0);
    expect((await change('release', id, one)).stderr).toContain('NW_CHANGE_STATE');
  });

  it('lets Ctrl-C end what is under way in a known state', async () => {
    const id = await planned('set system ntp server 192.0.2.99');
    let isTold = false;
    const ended = await net.spawn(['change', 'apply', id, '--no-guard', '--no-backup', '--serial', '1', '--json'], {
      onOutput: (text, kill) => {
        // The second would leave at once.
        if (text.includes('confirmed') && !isTold) kill('SIGINT');
        isTold ||= text.includes('confirmed');
      },
    });
    expect(ended.code, ended.stderr).toBe(130);
    const { devices } = (await change('status', id, '--json')).json()[0];
    expect(devices.map(({ state }: { state: string }) => state).sort()).toEqual(['confirmed', 'planned']);
    expect(ended.lines().at(-1).report.stopped).toContain('Ctrl-C');
    await change('rollback', id, '--no-guard');
  }, 30_000);

  it('says what is wrong with a call', async () => {
    for (const [args, message] of [
      [['plan'], 'expected one of --file, --lines, --template and --dir, got 0'],
      [['plan', '--lines', 'a', '--file', 'b'], 'got 2'],
      [['plan', '--lines', 'a', '--var', 'a=1'], '--var is for templates'],
      [['plan', '--lines', 'a', '--reload', 'x'], 'name it with --target'],
      [['plan', '--template', 'x.j2', '--var', 'novalue'], 'expected <name>=<value>'],
      [['plan', '--template', 'x.j2', '--var', 'a=[1'], '--var a:'],
      [['plan', '--file', 'nowhere.txt'], 'cannot be read'],
      [['apply', '261120-zzzzz'], 'there is no change "261120-zzzzz"'],
      [['apply', 'x', '--max-failures', 'many'], 'expected a count or a share'],
      [['apply', 'x', '--expect', 'nonsense'], 'There is no getter "nonsense"'],
      [['show', 'x', '--by-hand'], '--by-hand needs a device'],
    ] as const) {
      const { code, stderr } = await change(...args);
      expect([code, stderr], args.join(' ')).toEqual([2, expect.stringContaining(message)]);
    }
  });

  it('lets no secret through, from templates, folders and the credentials', async () => {
    const [one = ''] = junos();
    await writeFile(
      join(net.folder, 'snmp.j2'),
      "set snmp community {{ word }}\nset system radius-server 192.0.2.1 secret {{ secret('lab') }}\n",
    );
    const args = ['plan', '--template', join(net.folder, 'snmp.j2'), '-s', one];
    // The value itself is on the command line of this test alone.
    const plan = await net.netwright.call(['change', ...args, '--var', `word=${word}`, '--json', '-w', net.folder]);
    net.netwright.said.pop();
    expect(plan.stdout).not.toContain(word);
    net.netwright.said.push(plan.stdout, plan.stderr);
    const { id } = plan.lines().at(-1).report;
    expect((await change('apply', id, '--no-guard')).code).toBe(0);
    expect(await net.lab.device(one).running()).toContain(word);
    await change('show', id);
    await change('audit', id, '--diff');
    await change('rollback', id, '--no-guard');
    const folder = join(net.folder, 'per-device');
    await mkdir(folder);
    await writeFile(join(folder, `${one}.txt`), `set snmp community ${word}\nset nonsense\n`);
    expect((await change('plan', '--dir', folder)).code).toBe(1);
    await writeFile(join(folder, `${one}.txt`), '');
    await writeFile(join(net.folder, 'snmp.j2'), '');
    const secrets = [word, ...net.credentials];
    const said = net.netwright.said.join('\n').replaceAll(`word=${word}`, '');
    for (const secret of secrets) expect(said.includes(secret)).toBe(false);
    expect(await filesWith(net.folder, secrets)).toEqual([]);
    expect(names.length).toBe(4);
  }, 30_000);
});
