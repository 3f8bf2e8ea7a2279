import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CommitOptions, Intent, Undertaking } from '../../../src/change/driver.ts';
import { linux } from '../../../src/change/drivers/linux.ts';
import { codeOf } from './bench.ts';
import { hasLocalShell, overShell } from './local-shell.ts';

const before = 'auto lo\niface lo inet loopback\n# $HOME "quoted" `and` \\back ünïcode\tTab';
const wanted = `${before}\nauto eth7\niface eth7 inet dhcp\n${'# a long line '.repeat(300)}\n`;

describe.skipIf(!hasLocalShell)('files of a Linux host (needs script and bash)', () => {
  let folder: string;
  let path: string;
  let intent: Intent;
  const kept: CommitOptions = { id: 'c1' };
  const timed: CommitOptions = { id: 'c1', confirmMs: 3_000 };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "nw o'"));
    path = join(folder, 'interfaces');
    await writeFile(path, before);
    await chmod(path, 0o640);
    intent = {
      kind: 'replace',
      text: wanted,
      file: {
        path,
        check: 'grep -q loopback {file}',
        reload: `cp '${path.replaceAll("'", `'\\''`)}' '${path.replaceAll("'", `'\\''`)}.loaded'`,
      },
    };
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const plan = (wish: Intent, options: CommitOptions): Promise<Undertaking> =>
    overShell(folder, async (session) => {
      const candidate = await linux.prepare(session, wish);
      const receipt = await linux.receipt(session, candidate, options);
      return JSON.parse(JSON.stringify({ candidate, receipt })) as Undertaking;
    });
  const now = (): Promise<string> => readFile(path, 'utf8');
  const state = (change: Undertaking) => overShell(folder, (session) => linux.state(session, change));

  it('shows the difference and touches nothing', async () => {
    const { candidate } = await plan(intent, kept);
    expect(candidate.diff).toContain('+auto eth7\n');
    expect(candidate.diff).toContain('--- ');
    expect(candidate.baseText).toBe(before);
    expect(await now()).toBe(before);
    expect(await readdir(folder)).toEqual(['interfaces']);
  });

  it('puts a file in place with its mode, brings it into effect, and gives the old one back byte for byte', async () => {
    const change = await plan(intent, kept);
    await overShell(folder, (session) => linux.commit(session, change, kept));
    expect(await now()).toBe(wanted);
    expect((await stat(path)).mode & 0o777).toBe(0o640);
    expect(await readFile(`${path}.loaded`, 'utf8')).toBe(wanted);
    expect(await state(change)).toBe('after');
    await overShell(folder, (session) => linux.rollback(session, change));
    expect(await now()).toBe(before);
    expect((await stat(path)).mode & 0o777).toBe(0o640);
    expect(await readFile(`${path}.loaded`, 'utf8')).toBe(before);
    expect(await state(change)).toBe('before');
    await overShell(folder, async (session) => linux.forget?.(session, change));
    expect(await readdir(folder)).toEqual(['interfaces', 'interfaces.loaded']);
  });

  it('refuses a file that does not pass its check, with the words of the check', async () => {
    const wish: Intent = { ...intent, file: { path, check: 'echo "line 3: no such thing"; test ! -e {file}' } };
    const change = await plan(wish, kept);
    const failed = overShell(folder, (session) => linux.commit(session, change, kept));
    await expect(failed).rejects.toMatchObject({
      code: 'NW_CHANGE_REFUSED',
      message: expect.stringContaining('line 3: no such thing'),
    });
    expect(await now()).toBe(before);
    expect(await readdir(folder)).toEqual(['interfaces']);
  });

  it('puts the old file back when the new one does not come into effect', async () => {
    const reload = `! grep eth7 '${path.replaceAll("'", `'\\''`)}'`;
    const change = await plan({ ...intent, file: { path, reload } }, kept);
    const failed = overShell(folder, (session) => linux.commit(session, change, kept));
    await expect(failed).rejects.toMatchObject({ code: 'NW_CHANGE_REFUSED' });
    expect(await now()).toBe(before);
    expect(await state(change)).toBe('before');
  });

  it('says aloud when the old file does not come into effect either', async () => {
    const change = await plan({ ...intent, file: { path, reload: 'echo "reload: dead"; false' } }, kept);
    const failed = overShell(folder, (session) => linux.commit(session, change, kept));
    await expect(failed).rejects.toMatchObject({
      code: 'NW_ROLLBACK_FAILED',
      details: { commands: [expect.stringMatching(/^mv -f /), 'echo "reload: dead"; false'] },
    });
    expect(await state(change)).toBe('between');
  });

  it('makes a new file, and removes it again', async () => {
    const fresh = join(folder, 'new.conf');
    const change = await plan({ kind: 'replace', text: 'x\n', file: { path: fresh } }, kept);
    expect(change.candidate.baseText).toBe('');
    await overShell(folder, (session) => linux.commit(session, change, kept));
    expect(await readFile(fresh, 'utf8')).toBe('x\n');
    await overShell(folder, (session) => linux.rollback(session, change));
    expect(existsSync(fresh)).toBe(false);
  });

  it('restores by itself, with nobody there, when the change is not confirmed', async () => {
    const change = await plan(intent, timed);
    expect(change.receipt).toMatchObject({ timer: 'device', confirmMs: 3_000 });
    await overShell(folder, (session) => linux.commit(session, change, timed));
    expect(await state(change)).toBe('pending');
    expect(await now()).toBe(wanted);
    for (let tries = 0; tries < 100 && (await now()) !== before; tries += 1) await sleep(100);
    expect(await now()).toBe(before);
    await sleep(300);
    expect(await readFile(`${path}.loaded`, 'utf8')).toBe(before);
    expect(await state(change)).toBe('before');
    expect(await codeOf(overShell(folder, (session) => linux.confirm(session, change)))).toBe('NW_CHANGE_STATE');
  });

  it('stays once it is confirmed', async () => {
    const change = await plan(intent, { ...timed, confirmMs: 2_000 });
    await overShell(folder, async (session) => {
      await linux.commit(session, change, { ...timed, confirmMs: 2_000 });
      await linux.confirm(session, change);
    });
    await sleep(2_500);
    expect(await now()).toBe(wanted);
    expect(await state(change)).toBe('after');
  });

  it.each([false, true])(
    'is in a known state wherever the connection is cut (line still sent: %s), and comes back',
    async (sent) => {
      const long = { ...kept, confirmMs: 60_000 };
      let states = '';
      for (let lines = 0; ; lines += 1) {
        const change = await plan({ ...intent, text: `${before}\nauto eth7\n` }, long);
        const code = await codeOf(
          overShell(folder, async (session, cut) => {
            await linux.read(session, intent);
            cut(lines, sent);
            await linux.commit(session, change, long);
          }),
        );
        // What was sent last is still being carried out.
        if (sent) await sleep(150);
        const found = await state(change);
        states += found[0];
        if ((await now()) === before) expect(found, `cut before line ${lines}`).toBe('before');
        else expect(found, `cut before line ${lines}`).not.toBe('before');
        await overShell(folder, async (session) => {
          await linux.rollback(session, change);
          await linux.forget?.(session, change);
        });
        expect(await now()).toBe(before);
        expect((await readdir(folder)).filter((name) => name.includes('netwright'))).toEqual([]);
        if (code === undefined) break;
      }
      expect(states).toMatch(/^b+p+$/);
    },
  );

  it('asks for a file, and takes no lines', async () => {
    expect(await codeOf(plan({ kind: 'merge', text: 'x\n' }, kept))).toBe('NW_NOT_SUPPORTED');
    expect(await codeOf(plan({ ...intent, kind: 'merge' }, kept))).toBe('NW_NOT_SUPPORTED');
  });
});
