import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { NetwrightError } from '#core';
import { writeOutput } from '../../src/cli/write-output.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netwright-output-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('a file takes the place of the one before, and nothing is left beside it', async () => {
  const file = join(folder, 'map.svg');
  await writeFile(file, 'before');
  await writeOutput(file, 'after');
  expect(await readFile(file, 'utf8')).toBe('after');
  expect(await readdir(folder)).toEqual(['map.svg']);
});

test('where it cannot be written the error says so, and no part of it stays', async () => {
  await expect(writeOutput(join(folder, 'missing', 'map.svg'), 'x')).rejects.toMatchObject({
    code: 'NW_USAGE',
    message: expect.stringContaining('cannot be written'),
  });
  await expect(writeOutput(folder, 'x')).rejects.toMatchObject({ code: 'NW_USAGE' });
  expect(await readdir(folder)).toEqual([]);
});

test('a device is written to and stays one; a full one is told as such', async () => {
  await writeOutput('/dev/null', 'x');
  expect(await readFile('/dev/null', 'utf8')).toBe('');
  await expect(writeOutput('/dev/full', 'x')).rejects.toMatchObject({ code: 'NW_STORE_FULL' });
});

test('content that comes in pieces is written whole or not at all, also when it fails or is called off half-way', async () => {
  const file = join(folder, 'rib.mrt');
  await writeOutput(file, ['one ', Buffer.from('two')]);
  expect(await readFile(file, 'utf8')).toBe('one two');
  const stop = new AbortController();
  const halves = async function* (end: () => void) {
    yield 'half';
    await Promise.resolve();
    end();
    yield 'rest';
  };
  await expect(
    writeOutput(
      file,
      halves(() => stop.abort()),
      stop.signal,
    ),
  ).rejects.toMatchObject({ code: 'NW_CANCELLED' });
  const broken = halves(() => {
    throw new NetwrightError('NW_INTERNET_FORMAT', 'broken');
  });
  await expect(writeOutput(file, broken)).rejects.toMatchObject({ code: 'NW_INTERNET_FORMAT' });
  expect(await readFile(file, 'utf8')).toBe('one two');
  expect(await readdir(folder)).toEqual(['rib.mrt']);
});
