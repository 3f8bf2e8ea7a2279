import { existsSync, globSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, delimiter, join, resolve } from 'node:path';
import { NetwrightError } from '#core';
import type { PythonPackage } from '../options.ts';

/** Where code is and what it is called. */
export interface CodePlace {
  readonly root: string;
  readonly name: string;
  /** When the package is one file, only that one. */
  readonly only?: readonly string[];
}

/** @throws NetwrightError `NW_CODE_NOT_FOUND` */
export function findCode(from: string | PythonPackage): CodePlace {
  return typeof from === 'string' ? folder(from) : pythonPackage(from);
}

function folder(path: string): CodePlace {
  const root = resolve(path);
  const stats = statSync(root, { throwIfNoEntry: false });
  if (stats === undefined) throw new NetwrightError('NW_CODE_NOT_FOUND', `${root}: there is no such folder`);
  if (stats.isDirectory()) return { root, name: packageName(root) };
  return { root: resolve(root, '..'), name: basename(root), only: [basename(root)] };
}

/** A folder inside a package is called by its whole dotted name, as its absolute imports do. */
function packageName(root: string): string {
  const names = [basename(root)];
  if (!existsSync(join(root, '__init__.py'))) return names[0]!;
  for (let parent = resolve(root, '..'); existsSync(join(parent, '__init__.py')); parent = resolve(parent, '..')) {
    names.unshift(basename(parent));
    if (parent === resolve(parent, '..')) break;
  }
  return names.join('.');
}

function pythonPackage({ package: name, searchFolders = [] }: PythonPackage): CodePlace {
  if (!/^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/.test(name)) {
    throw new NetwrightError('NW_CODE_NOT_FOUND', `"${name}" is no name of a Python package`);
  }
  const folders = [...searchFolders, ...usualFolders()];
  const inside = name.split('.').join('/');
  for (const one of folders) {
    const root = resolve(one, inside);
    if (statSync(root, { throwIfNoEntry: false })?.isDirectory()) return { root, name };
    if (existsSync(`${root}.py`)) return { root: resolve(root, '..'), name, only: [`${basename(root)}.py`] };
  }
  throw new NetwrightError(
    'NW_CODE_NOT_FOUND',
    `Python package "${name}" is in none of the ${folders.length} folders searched: ${folders.join(', ')}`,
    { hint: 'give the folder of the package itself, or one to search' },
  );
}

/** Where Python keeps packages on this machine: the environment in use first. */
function usualFolders(): string[] {
  const virtual = [process.env['VIRTUAL_ENV'], '.venv', 'venv'].filter((one) => one !== undefined && one !== '');
  const patterns = [
    ...virtual.map((one) => join(resolve(one!), 'lib/python3*/site-packages')),
    join(homedir(), '.local/lib/python3*/site-packages'),
    '/usr/local/lib/python3*/{dist,site}-packages',
    '/usr/lib/python3*/{dist,site}-packages',
    '/opt/homebrew/lib/python3*/site-packages',
  ];
  const path = (process.env['PYTHONPATH'] ?? '').split(delimiter).filter((one) => one !== '');
  return [...new Set([...path, ...patterns.flatMap((pattern) => globSync(pattern).sort().reverse())])];
}
