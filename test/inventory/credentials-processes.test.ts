import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Redactor } from '#core';
import { openCredentials } from '#inventory';
import { folderWith } from './workbench.ts';

const root = new URL('../../', import.meta.url).pathname;
const program = `
import { openCredentials } from '#inventory';
import { Redactor, Secret } from '#core';
const [file, name, count] = process.argv.slice(-3);
const store = openCredentials({ file, redactor: new Redactor() });
for (let at = 0; at < Number(count); at += 1) {
  await store.set(name + '-' + at, { user: name, password: new Secret('secret-' + at) });
  process.stdout.write('.');
}
`;

it('writers in several processes lose nothing, also when one of them is killed', async () => {
  const folder = await folderWith();
  const file = join(folder, 'secrets.age');
  const env = { ...process.env, XDG_CONFIG_HOME: join(folder, 'config') };
  const write = (name: string, count: number) =>
    spawn(
      process.execPath,
      ['--conditions=source', '--input-type=module-typescript', '--eval', program, file, name, String(count)],
      { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] },
    );
  const writers = ['a', 'b', 'c'].map((name) => write(name, 6));
  const victim = write('victim', 10_000);
  const ended = writers.map((one) => once(one, 'exit'));
  const victimEnded = once(victim, 'exit');
  let written = 0;
  for await (const chunk of victim.stdout) {
    written += (chunk as Buffer).length;
    if (written >= 3) break;
  }
  victim.kill('SIGKILL');
  await victimEnded;
  for (const [code] of await Promise.all(ended)) expect(code).toBe(0);
  const store = openCredentials({ file, env, redactor: new Redactor() });
  const names = (await store.list()).map(({ name }) => name);
  expect(names.filter((name) => !name.startsWith('victim'))).toHaveLength(18);
  expect(names.filter((name) => name.startsWith('victim')).length).toBeGreaterThanOrEqual(written);
  expect((await store.login('b-5')).password?.reveal()).toBe('secret-5');
  // The lock of the dead one does not hold anybody up.
  await store.set('after', { user: 'after' });
  expect((await readdir(folder)).filter((name) => !name.endsWith('.tmp'))).toEqual(['config', 'secrets.age']);
}, 60_000);
