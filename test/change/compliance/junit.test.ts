import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DeviceCheck, openJunitReport } from '#change';
import { parseXml } from '#core';

const check: DeviceCheck = {
  device: 'r1 "<&>"',
  platform: 'cisco_ios',
  state: 'fail',
  findings: [
    { rule: 'ok', severity: 'low', state: 'pass', violations: [], count: 0 },
    {
      rule: 'banner',
      severity: 'high',
      state: 'fail',
      violations: [
        { kind: 'forbidden', line: 7, found: 'banner motd \x03 ]]> <b> \ud800 s3cret\nnext', section: ['a', 'b'] },
      ],
      count: 3,
    },
    {
      rule: 'gone',
      severity: 'low',
      state: 'unknown',
      reason: 'none',
      code: 'NW_VERSION_NOT_FOUND',
      violations: [],
      count: 0,
    },
    { rule: 'facts', severity: 'low', state: 'skipped', reason: 'not asked', violations: [], count: 0 },
  ],
};

describe('the report for CI systems', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'netwright-junit-'));
  });
  afterEach(async () => await rm(folder, { recursive: true }));

  it('is well formed whatever the texts, with a suite a device', async () => {
    const file = join(folder, 'r.xml');
    await using report = await openJunitReport(file, 'a & b', (text) => text.replaceAll('s3cret', '***'));
    await report.add(check);
    await report.add({ ...check, device: 'r2', findings: [] });
    await report.finish();
    const text = await readFile(file, 'utf8');
    expect(text).not.toContain('s3cret');
    const root = parseXml(text);
    const elements = (element: typeof root) => element.children.filter((one) => typeof one !== 'string');
    expect(root.attribute('name')).toBe('a & b');
    const [suite, empty] = elements(root);
    expect(['name', 'tests', 'failures', 'errors', 'skipped'].map((name) => suite!.attribute(name))).toEqual([
      'r1 "<&>"',
      ...['4', '1', '1', '1'],
    ]);
    expect(empty!.attribute('tests')).toBe('0');
    const [, passed, failed, unknown, skipped] = elements(suite!);
    expect(elements(passed!)).toEqual([]);
    const [failure] = elements(failed!);
    expect(failure!.name).toBe('failure');
    expect(failure!.text).toMatch(
      /^line 7: a \/ b: banner motd \ufffd \]\]> <b> \ufffd \*\*\* \/ next is forbidden\nand 2 more$/,
    );
    expect(elements(unknown!)[0]!.attribute('type')).toBe('NW_VERSION_NOT_FOUND');
    expect(elements(skipped!)[0]!.name).toBe('skipped');
  });

  it('is not there before it is whole, and leaves nothing when it never is', async () => {
    const file = join(folder, 'r.xml');
    {
      await using report = await openJunitReport(file, 'x', (text) => text);
      await report.add(check);
    }
    expect(await readdir(folder)).toEqual([]);
    await expect(openJunitReport(join(folder, 'no', 'r.xml'), 'x', (text) => text)).rejects.toThrow(
      /cannot be written/,
    );
  });
});
