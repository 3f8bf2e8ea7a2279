import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CodeIndex, type ReadProgress, readCode } from '#codemap';
import { threadCpuMs } from '../cpu-time.ts';
import { StallProbe } from '../stall-probe.ts';
import { CodeFolder, inheritance } from './code-folder.ts';

const tree = { 'base.py': 'class Base: pass\n', 'a.py': 'from base import Base\nclass A(Base): pass\n' };

describe('a tree that stays in memory', () => {
  it('reads again only what changed, and links anew', async () => {
    using folder = new CodeFolder(tree);
    const seen: ReadProgress[] = [];
    const index = await CodeIndex.open(folder.path, { onProgress: (one) => seen.push(one) });
    folder.write('base.py', 'class Other: pass\nclass Base(Other): pass\n');
    folder.write('b.py', 'from a import A\nclass B(A): pass\n');
    const model = await index.refresh(['base.py', 'b.py']);
    expect(inheritance(model)).toEqual(['a.py#A > base.py#Base', 'b.py#B > a.py#A', 'base.py#Base > base.py#Other']);
    expect(model).toEqual(await readCode(folder.path));
    folder.remove('b.py');
    expect((await index.refresh()).modules.map((one) => one.id)).toEqual(['a.py', 'base.py']);
    expect(seen.at(-1)).toEqual({ stage: 'done', filesDone: 2, filesTotal: 2, filesCached: 2 });
  });

  it('keeps facts by content, and reads a damaged cache as an empty one', async () => {
    using folder = new CodeFolder(tree);
    using cache = new CodeFolder({});
    const read = async () => {
      const seen: ReadProgress[] = [];
      const model = await readCode(folder.path, { cacheFolder: cache.path, onProgress: (one) => seen.push(one) });
      return { model, cached: seen.at(-1)!.filesCached };
    };
    const first = await read();
    expect(first.cached).toBe(0);
    expect(await read()).toEqual({ model: first.model, cached: 2 });
    folder.write('a.py', `# changed\n${tree['a.py']}`);
    const changed = await read();
    expect(changed.cached).toBe(1);
    expect(changed.model.classes[0]?.at.line).toBe(3);
    const [name = ''] = readdirSync(cache.path);
    const text = readFileSync(join(cache.path, name), 'utf8');
    for (const damage of [text.slice(0, -20), text.replaceAll('"s"', '"'), '\0\0\0', text.replaceAll('\n', '')]) {
      writeFileSync(join(cache.path, name), damage);
      expect((await read()).model).toEqual(changed.model);
    }
    expect(readdirSync(cache.path)).toHaveLength(1);
  });

  it('finds the same in threads', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 400 }, (_, at) => [
        `p/m${at}.py`,
        `class C${at}:\n${'    def go(self):\n        self.x = 1\n        return self.x\n'.repeat(100)}`,
      ]),
    );
    using folder = new CodeFolder(files);
    const own = await readCode(folder.path, { threads: 0 });
    const theirs = await readCode(folder.path, { threads: 2 });
    expect(own.classes).toHaveLength(400);
    expect(theirs).toEqual(own);
  });

  it('can be cancelled, at once or on the way', async () => {
    using folder = new CodeFolder(
      Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`m${at}.py`, 'class A: pass\n'.repeat(200)])),
    );
    await expect(readCode(folder.path, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'NW_CANCELLED',
    });
    const controller = new AbortController();
    const onProgress = (one: ReadProgress) => {
      if (one.stage === 'reading') controller.abort();
    };
    await expect(readCode(folder.path, { signal: controller.signal, onProgress })).rejects.toMatchObject({
      code: 'NW_CANCELLED',
    });
  });

  it('lets timers run while it reads', async () => {
    using folder = new CodeFolder(
      Object.fromEntries(
        Array.from({ length: 150 }, (_, at) => [`m${at}.py`, 'class A:\n    def f(self): self.x = [1]\n'.repeat(150)]),
      ),
    );
    using probe = new StallProbe();
    const before = threadCpuMs();
    await readCode(folder.path, { threads: 0 });
    // Many stretches of about 25 ms; without a pause it would be one.
    expect(probe.worstMs).toBeLessThan((threadCpuMs() - before) / 3);
  });

  it('takes only what is asked for', async () => {
    using folder = new CodeFolder({
      ...tree,
      'sub/b.py': 'class B: pass\n',
      'sub/test_b.py': 'class T: pass\n',
      'x.ts': 'export class X {}\n',
    });
    const ids = async (options: Parameters<typeof readCode>[1]) =>
      (await readCode(folder.path, options)).modules.map((one) => one.id);
    expect(await ids({ only: ['sub'] })).toEqual(['sub/b.py', 'sub/test_b.py']);
    expect(await ids({ exclude: ['**/test_*.py'], languages: ['python'] })).toEqual(['a.py', 'base.py', 'sub/b.py']);
    expect(await ids({ languages: ['typescript'] })).toEqual(['x.ts']);
    expect((await readCode(folder.path)).languages).toEqual(['python', 'typescript']);
  });
});
