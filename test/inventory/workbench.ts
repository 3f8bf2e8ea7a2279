import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach } from 'vitest';

const known: Readonly<Record<string, string>> = {
  cisco_ios: 'cisco_ios',
  ios: 'cisco_ios',
  cisco_xr: 'cisco_xr',
  hp_comware: 'hp_comware',
  juniper_junos: 'juniper_junos',
  arista_eos: 'arista_eos',
  linux: 'linux',
};

/** A few platforms, so that these tests do not depend on the catalogue. */
export const platforms = {
  resolve: (id: string): string | undefined => (Object.hasOwn(known, id) ? known[id] : undefined),
  ids: (): string[] => [...new Set(Object.values(known))],
};

const folders: string[] = [];

afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

/** A folder with these files, gone after the test. */
export async function folderWith(files: Readonly<Record<string, string>> = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'netwright-inventory-'));
  folders.push(folder);
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  return folder;
}

/** The error that a promise rejects with. */
export async function failure(promise: Promise<unknown>): Promise<Error & { code?: string; hint?: string }> {
  try {
    await promise;
  } catch (error) {
    return error as Error;
  }
  throw new Error('expected it to fail');
}
