import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Encrypter } from 'age-encryption';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { all, type ChangeLab, changeLab } from './change-lab.ts';

const secret = 'Sup3r-S3cret-Word';

describe('a plan', () => {
  let net: ChangeLab;
  beforeAll(async () => {
    net = await changeLab({ platforms: ['juniper_junos'], devices: 3 });
  });
  afterAll(async () => await net[Symbol.asyncDispose]());
  const plan = async (lines: readonly string[], select?: string) =>
    await all(net.workspace.change.plan({ intent: { lines }, ...(select !== undefined && { select }) }));
  const edit = (sql: string, ...values: unknown[]): void => {
    const sqlite = new Sqlite(join(net.folder, '.netwright', 'state.sqlite'));
    sqlite.prepare(sql).run(...values);
    sqlite.close();
  };

  it('shows diff, lines, method and promises, and changes nothing', async () => {
    const [name = ''] = net.names;
    const device = net.lab.device(name);
    const before = await device.running();
    const { outcomes, report } = await plan(['set system ntp server 192.0.2.99'], name);
    expect(outcomes.get(name)?.value).toMatchObject({
      state: 'planned',
      promise: { method: 'native candidate', atomic: true, confirmed: true, rollback: 'exact', missing: [] },
      text: { diff: expect.stringContaining('server 192.0.2.99;') as string },
    });
    expect(outcomes.get(name)?.value?.text.commands).toContain('commit');
    expect(report).toMatchObject({ total: 1, planned: 1, same: 0, failed: 0, intent: 'merge a line' });
    expect(await device.running()).toBe(before);
    expect((await device.typed()).some((line) => /^commit(?! check)/.test(line))).toBe(false);
    const shown = await net.workspace.change.show(report.id);
    expect(shown.devices[0]?.text?.diff).toContain('server 192.0.2.99;');
    // Nobody holds the configuration: the next one may plan or commit at once.
    await device.configure(['set system ntp server 192.0.2.77']);
    await device.configure(['delete system ntp']);
  });

  it('leaves devices out that are as wanted, and goes on past those that cannot be planned', async () => {
    const [one = '', two = '', three = ''] = net.names;
    await net.lab.device(one).configure(['set system ntp server 192.0.2.50']);
    const folder = join(net.folder, 'intended');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, `${one}.txt`), 'set system ntp server 192.0.2.50\n');
    await writeFile(join(folder, `${two}.txt`), 'set system ntp server 192.0.2.50\n');
    await writeFile(join(folder, `${three}.txt`), 'set sistem ntp nonsense\n');
    await writeFile(join(folder, 'nobody.txt'), 'set system ntp server 192.0.2.50\n');
    const { outcomes, report } = await all(net.workspace.change.plan({ intent: { folder } }));
    expect(report.strangers).toEqual(['nobody.txt']);
    expect(outcomes.get(one)?.value?.state).toBe('same');
    expect(outcomes.get(two)?.value?.state).toBe('planned');
    expect(outcomes.get(three)).toMatchObject({ ok: false, error: { code: 'NW_CHANGE_REFUSED' } });
    expect(report).toMatchObject({ total: 3, planned: 1, same: 1, failed: 1 });
    expect((await net.workspace.change.list({ limit: 1 }))[0]).toMatchObject({
      states: { planned: 1, same: 1, unplanned: 1 },
    });
    await net.lab.device(one).configure(['delete system ntp']);
  });

  it('holds no secret in clear: neither in the database, nor in what is shown', async () => {
    const [name = ''] = net.names;
    const template = join(net.folder, 'secret.j2');
    await writeFile(
      template,
      `set snmp community {{ word }} authorization read-only
set system root-authentication plain-text-password-value "{{ word }}x"
set system radius-server 192.0.2.1 secret "{{ secret('lab') }}"
`,
    );
    const { password } = await net.workspace.credentials.login('lab');
    const plan = net.workspace.change.plan({ intent: { template, variables: { word: secret } }, select: name });
    const { outcomes, report } = await all(plan);
    const shown = JSON.stringify([[...outcomes], report, await net.workspace.change.show(report.id)]);
    expect(shown).toContain('<secret>');
    const stored = Buffer.concat(
      await Promise.all(
        ['state.sqlite', 'state.sqlite-wal'].map((file) =>
          readFile(join(net.folder, '.netwright', file)).catch(() => Buffer.alloc(0)),
        ),
      ),
    );
    for (const word of [secret, password!.reveal()]) {
      expect(shown).not.toContain(word);
      expect(stored.includes(word)).toBe(false);
    }
  });

  it('refuses a plan that was tampered with', async () => {
    const [one = '', two = ''] = net.names;
    const { report } = await plan(['set system ntp server 192.0.2.99']);
    const { report: other } = await plan(['delete system root-authentication']);
    const apply = () => net.workspace.change.apply(report.id, { backup: false, select: one });
    // Another plan's candidate, sealed by us: the reader of secrets cannot tell, the MAC can.
    edit(
      'update change_devices set candidate = (select candidate from change_devices where change_id = ? and device = ?) where change_id = ? and device = ?',
      ...[other.id, one, report.id, one],
    );
    expect((await all(apply())).outcomes.get(one)).toMatchObject({ ok: false, error: { code: 'NW_CHANGE_STATE' } });
    // A forged one: anybody can seal to the recipients.
    const encrypter = new Encrypter();
    for (const recipient of await net.workspace.credentials.recipients()) encrypter.addRecipient(recipient);
    edit(
      'update change_devices set candidate = ? where change_id = ?',
      await encrypter.encrypt('{"forged":1}'),
      report.id,
    );
    expect((await all(apply())).outcomes.get(one)).toMatchObject({ ok: false });
    edit('delete from change_devices where change_id = ? and device = ?', report.id, two);
    await expect(all(apply())).rejects.toThrow('is not what was planned');
    expect((await net.lab.device(one).typed()).some((line) => /^commit(?! check)/.test(line))).toBe(false);
  });

  it('says what it does not find', async () => {
    await expect(all(net.workspace.change.apply('nothing'))).rejects.toMatchObject({ code: 'NW_CHANGE_NOT_FOUND' });
    await expect(plan(['set x'], 'nowhere*')).rejects.toMatchObject({ code: 'NW_SELECT_EMPTY' });
    const intent = { template: join(net.folder, 'none.j2') };
    await expect(all(net.workspace.change.plan({ intent }))).rejects.toMatchObject({ code: 'NW_USAGE' });
  });
});
