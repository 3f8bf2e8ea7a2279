import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { initWorkspace, openWorkspace } from '#workspace';
import { entry } from './netwright.ts';

vi.setConfig({ testTimeout: 60_000 });

/** Nobody: what the super-user may not do is nothing. */
const nobody = 65_534;
const isRoot = process.getuid?.() === 0;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netwright-auditor-'));
  await initWorkspace(folder);
  await using workspace = await openWorkspace({ folder, env: { HOME: folder } });
  const store = await workspace.configurations();
  for (const [id, text] of Object.entries({ first: 'hostname r1\n', second: 'hostname r1\nntp server 192.0.2.1\n' })) {
    const writer = await store.startRun({ id, startedAtMs: 0, author: 'Amr', reason: id, commitPer: 'run' });
    await writer.write('r1', 'cairo/r1', Buffer.from(text), { device: 'r1', durationMs: 1 });
    await writer.commit();
  }
});
afterEach(async () => {
  await setModes(folder, 0o755, 0o644);
  await rm(folder, { recursive: true });
});

async function setModes(path: string, folderMode: number, fileMode: number): Promise<void> {
  await chmod(path, 0o755);
  for (const entry of await readdir(path, { withFileTypes: true })) {
    const inner = join(path, entry.name);
    if (entry.isDirectory()) await setModes(inner, folderMode, fileMode);
    else await chmod(inner, fileMode);
  }
  await chmod(path, folderMode);
}

const asAuditor = (...args: readonly string[]): Promise<string> =>
  new Promise((resolve) => {
    const env = { PATH: process.env['PATH'], HOME: folder, TZ: 'UTC', NO_COLOR: '1' };
    const own = isRoot ? { uid: nobody, gid: nobody } : {};
    const command = ['--conditions=source', entry, ...args, '-w', folder];
    const ended = (_: unknown, stdout: string, stderr: string): void => resolve(stdout + stderr);
    execFile(process.execPath, command, { env, cwd: folder, ...own }, ended).stdin?.end('a-password\n');
  });

// Windows has no rights of the kind that are taken away here.
it.skipIf(process.platform === 'win32')('whoever may only read the workspace reads the history', async () => {
  await setModes(folder, 0o555, 0o444);
  const [versions, text, change, origin, found, backup, secret] = await Promise.all([
    asAuditor('history', 'r1'),
    asAuditor('show', 'r1'),
    asAuditor('diff', 'r1'),
    asAuditor('blame', 'r1'),
    asAuditor('search', 'ntp'),
    asAuditor('backup'),
    asAuditor('secret', 'set', 'lab', '--user', 'amr', '--password-stdin'),
  ]);
  expect(versions).toMatch(/second\n.* first\n/);
  expect(text).toBe('hostname r1\nntp server 192.0.2.1\n');
  expect(change).toContain('+ntp server 192.0.2.1');
  expect(origin).toMatch(/1\| hostname r1/);
  expect(found).toContain('r1:2: ntp server 192.0.2.1');
  expect(backup).toContain('NW_FILE_DENIED');
  expect(secret).toContain('NW_FILE_DENIED');
});
