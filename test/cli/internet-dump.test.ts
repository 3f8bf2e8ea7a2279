import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeTableDumpV2 } from '#internet';
import { generatedTable } from '../internet/routes/generated.ts';
import { Netwright } from './netwright.ts';

describe('netwright internet dump', () => {
  const table = generatedTable(200);
  const bytes = Buffer.concat([...writeTableDumpV2(table, { timestampS: 7 })]);
  let home: string;
  let netwright: Netwright;

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'netwright-dump-'));
    netwright = new Netwright(home);
    await writeFile(join(home, 'table'), gzipSync(bytes));
    await writeFile(join(home, 'cut'), bytes.subarray(0, bytes.length - 10));
  });
  afterAll(async () => await rm(home, { recursive: true }));

  it('prints a line a route', async () => {
    const { code, stdout, stderr } = await netwright.call(['internet', 'dump', 'table']);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.split('\n')).toHaveLength(table.routeCount + 1);
    expect(stdout).toMatch(/^TABLE_DUMP2\|7\|B\|/);
  });

  it('prints JSON lines', async () => {
    const lines = (await netwright.call(['internet', 'dump', 'table', '--json'])).lines();
    expect(lines).toHaveLength(table.routeCount);
    expect(lines[0]).toMatchObject({ kind: 'route', timestampS: 7 });
  });

  it('says what was damaged: what could be read is printed, and the exit code is 1', async () => {
    const { code, stdout, stderr } = await netwright.call(['internet', 'dump', 'cut']);
    expect(code).toBe(1);
    expect(stdout.split('\n').length).toBeGreaterThan(table.routeCount - 6);
    expect(stderr).toMatch(/^cut, byte \d+: the data ends inside a record \(\d+ bytes lost\)\n$/);
  });

  it('counts instead of printing, for people and for programs', async () => {
    const text = await netwright.call(['internet', 'dump', 'cut', '--stats']);
    expect(text.stdout).toMatch(/ {2}routes and announcements\n/);
    const counted = await netwright.call(['internet', 'dump', 'table', '--stats', '--json']);
    expect(counted.json()).toMatchObject({ routes: table.routeCount, damageCount: 0, damage: [] });
  });

  it('refuses what is no MRT, and what is not there', async () => {
    await writeFile(join(home, 'note'), 'hello\n');
    const note = await netwright.call(['internet', 'dump', 'note']);
    expect([note.code, note.stderr]).toEqual([65, expect.stringContaining('NW_INTERNET_FORMAT')]);
    const nothing = await netwright.call(['internet', 'dump', 'nothing']);
    expect([nothing.code, nothing.stderr]).toEqual([66, expect.stringContaining('NW_INTERNET_FILE')]);
  });
});
