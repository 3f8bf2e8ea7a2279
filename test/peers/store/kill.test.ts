import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { commit, openStore, run, temporaryFolder } from '../../store/fixtures.ts';
import { peer } from '../peers.ts';

const script = fileURLToPath(new URL('./writing-child.ts', import.meta.url));

/** Starts the writer and resolves when it has written so much. */
async function writing(folder: string, until: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--conditions=source', script, folder, '60'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (text: Buffer) => {
    errors += text.toString();
  });
  await new Promise<void>((resolve, reject) => {
    let printed = '';
    child.stdout.on('data', (text: Buffer) => {
      printed += text.toString();
      if (printed.includes(until)) resolve();
    });
    child.on('close', (code) => reject(new Error(`the writer ended with ${code}: ${errors}`)));
  });
  return child;
}

async function killed(child: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => child.once('close', resolve));
  process.kill(child.pid!, 'SIGKILL');
  await gone;
}

const fsck = (repository: string): { readonly status: number | null; readonly words: string } => {
  const { status, stdout, stderr } = spawnSync('git', ['--git-dir', repository, 'fsck', '--strict'], {
    encoding: 'utf8',
  });
  // Objects that nothing refers to are no damage.
  return { status, words: (stdout + stderr).replace(/^(dangling|notice).*\n/gm, '') };
};

test.each(['10\n', '50\n', 'waiting'])(
  'kill -9 of a run at "%s" loses nothing, and the next run works',
  async (until) => {
    await using folder = await temporaryFolder();
    const repository = join(folder.path, 'configs');
    {
      await using open = await openStore(folder.path);
      await commit(open.store, 'before', { r1: 'a\n', r2: 'b\n' });
    }
    await killed(await writing(folder.path, until));
    expect(fsck(repository)).toEqual({ status: 0, words: '' });

    await using open = await openStore(folder.path);
    expect(await open.store.devices()).toEqual(['r1', 'r2']);
    await commit(open.store, 'after', { r1: 'a\nc\n', d1: 'new\n' });
    expect((await open.store.history('r1')).map(({ runId }) => runId)).toEqual(['after', 'before']);
    expect(fsck(repository)).toEqual({ status: 0, words: '' });
    await open.store.maintain();
    expect(execFileSync('git', ['--git-dir', repository, 'count-objects', '-v'], { encoding: 'utf8' })).toMatch(
      /^in-pack: 10$/m,
    );
    expect(fsck(repository)).toEqual({ status: 0, words: '' });
    const leftovers = readdirSync(repository, { recursive: true, encoding: 'utf8' });
    expect(leftovers.filter((name) => /tmp_|fast_import_crash|main\.lock/.test(name))).toEqual([]);
  },
);

test('a lock of the branch that a killed git left does not stop the next run', async () => {
  await using folder = await temporaryFolder();
  await using open = await openStore(folder.path);
  await commit(open.store, 'before', { r1: 'a\n' });
  writeFileSync(join(open.repository, 'refs/heads/main.lock'), '');
  writeFileSync(join(open.repository, 'objects/pack/tmp_pack_abc123'), 'half a pack');
  expect(await commit(open.store, 'after', { r1: 'b\n' })).toBeDefined();
  expect(fsck(open.repository)).toEqual({ status: 0, words: '' });
});

test('a git that is killed in the middle of a run fails that run alone', async () => {
  await using folder = await temporaryFolder();
  await using open = await openStore(folder.path);
  await commit(open.store, 'before', { r1: 'a\n' });
  const writer = await open.store.startRun(run('broken'));
  await writer.write('r1', 'cairo/r1', Buffer.from('b\n'), { device: 'r1', durationMs: 1 });
  // Only ours: a child of this process that works on this repository.
  const children = execFileSync('ps', ['-o', 'pid=,ppid=,args=', '--ppid', String(process.pid)], { encoding: 'utf8' });
  const line = children.split('\n').find((one) => one.includes('fast-import') && one.includes(open.repository));
  process.kill(Number(line?.trim().split(/\s+/)[0]), 'SIGKILL');
  await expect(writer.commit()).rejects.toMatchObject({ code: 'NW_STORE_FAILED' });
  expect((await open.store.latest('r1'))?.runId).toBe('before');
  await commit(open.store, 'after', { r1: 'c\n' });
  expect((await open.store.latest('r1'))?.runId).toBe('after');
});

test.skipIf([peer('age'), peer('age-keygen')].some(({ isMissing }) => isMissing))(
  'what we seal, the age of Debian opens',
  async () => {
    await using folder = await temporaryFolder();
    const key = join(folder.path, 'key.txt');
    execFileSync('age-keygen', ['-o', key], { stdio: 'ignore' });
    const identity = /AGE-SECRET-KEY-\S+/.exec(readFileSync(key, 'utf8'))![0];
    const recipient = execFileSync('age-keygen', ['-y', key], { encoding: 'utf8' }).trim();
    const { openSealedStore } = await import('#store');
    const sealed = openSealedStore({
      folder: join(folder.path, 'sealed'),
      recipients: async () => [recipient],
      identities: async () => [identity],
      keep: 2,
    });
    const content = Buffer.from(`enable secret hidden\nوصف\n${'x'.repeat(300_000)}\n`);
    await sealed.seal({ device: 'r1', blob: 'ab'.repeat(20), atMs: Date.UTC(2026, 0, 1), content });
    const [file] = readdirSync(join(folder.path, 'sealed'), { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.age'),
    );
    const opened = spawnSync(
      'sh',
      ['-c', 'age -d -i "$1" "$2" | gunzip', 'sh', key, join(folder.path, 'sealed', file!)],
      {
        maxBuffer: 1 << 24,
      },
    );
    expect(opened.stdout.equals(content)).toBe(true);
    expect(readFileSync(join(folder.path, 'sealed', file!), 'latin1')).not.toContain('hidden');
  },
);
