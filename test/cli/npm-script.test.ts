import { mkdtemp, realpath, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { npmScript } from '../../src/cli/npm-script.ts';
import { Netwright } from './netwright.ts';

const ours = { npm_package_name: 'netwright', npm_package_json: '/opt/nw/package.json', INIT_CWD: '/home/noc' };

it('a script of our package says where it is and where it was typed', () => {
  expect(npmScript(ours)).toEqual({ packageFolder: '/opt/nw', typedIn: '/home/noc' });
});

it('no npm, or a script of another package, changes nothing', () => {
  const nothing = { packageFolder: undefined, typedIn: undefined };
  expect(npmScript({})).toEqual(nothing);
  expect(npmScript({ ...ours, npm_package_name: 'noc-tools' })).toEqual(nothing);
});

it('paths count from where they were typed', async () => {
  const home = await realpath(await mkdtemp(join(tmpdir(), 'netwright-npm-')));
  try {
    const packageFolder = resolve(import.meta.dirname, '../..');
    const ended = await new Netwright(home).spawn(['init', 'network', '--json'], {
      cwd: packageFolder,
      env: { ...ours, npm_package_json: join(packageFolder, 'package.json'), INIT_CWD: home },
    });
    expect(ended.json().folder).toBe(join(home, 'network'));
    expect((await stat(join(home, 'network', 'netwright.yaml'))).isFile()).toBe(true);
  } finally {
    await rm(home, { recursive: true });
  }
});
