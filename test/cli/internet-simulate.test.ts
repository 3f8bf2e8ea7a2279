import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Netwright } from './netwright.ts';

vi.setConfig({ testTimeout: 60_000 });

describe('netwright internet simulate and relationships', () => {
  let home: string;
  let netwright: Netwright;

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'netwright-internet-'));
    netwright = new Netwright(home);
  });
  afterAll(async () => {
    await rm(home, { recursive: true });
  });

  const simulate = ['internet', 'simulate', '--ases', '300', '--seed', '3', '--vantage-points', '15'];

  it('writes routes and truth, from which the relationships are found again', async () => {
    const made = await netwright.call([...simulate, '-o', 'rib.mrt.gz', '--truth', 'truth.txt', '--json']);
    expect(made.code).toBe(0);
    const facts = JSON.parse(made.stdout) as { ases: number; clique: number[]; vantagePoints: unknown[] };
    expect([facts.ases, facts.vantagePoints.length]).toEqual([300, 15]);
    const clique = facts.clique.join(',');
    const found = await netwright.call([
      'internet',
      'relationships',
      'rib.mrt.gz',
      '--clique',
      clique,
      '-o',
      'found.txt',
    ]);
    expect([found.code, found.stdout]).toEqual([0, '']);
    const sold = async (file: string): Promise<string[]> =>
      (await readFile(join(home, file), 'utf8')).split('\n').filter((line) => line.endsWith('|-1'));
    const truth = new Set(await sold('truth.txt'));
    const inferred = await sold('found.txt');
    expect(inferred.length).toBeGreaterThan(250);
    expect(inferred.filter((line) => !truth.has(line)).length).toBeLessThan(inferred.length / 50);
  });

  it('prints relationships as text, and as JSON lines with evidence', async () => {
    await netwright.call([...simulate, '-o', 'rib.mrt']);
    const text = await netwright.call(['internet', 'relationships', 'rib.mrt', '--second-pass']);
    expect(text.stdout).toMatch(/^# input clique: \d+[\s\S]*^\d+\|\d+\|-1$/m);
    expect(text.stderr).toMatch(/vantage points/);
    const json = await netwright.call(['internet', 'relationships', 'rib.mrt', '--json']);
    const [first, ...links] = json.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(first).toMatchObject({ summary: { ases: 300, links: links.length } });
    expect(links[0]).toMatchObject({
      evidence: [expect.any(Array), expect.any(Array), expect.any(Array)],
      confidence: expect.any(Number) as number,
    });
  });

  it('knows the day of the tables, and goes by the rules of that day unless told another', async () => {
    const line = (path: string): string =>
      `TABLE_DUMP2|1104537600|B|192.0.2.1|3356|8.0.0.0/8|${path}|IGP|192.0.2.1|0|0||NAG||\n`;
    await writeFile(join(home, 'of-2005.txt'), line('3356 1299 701') + line('3356 1299 200000'));
    const reserved = async (...flags: string[]): Promise<unknown> => {
      const { stdout } = await netwright.call(['internet', 'relationships', 'of-2005.txt', '--json', ...flags]);
      return (JSON.parse(stdout.split('\n')[0]!) as { summary: { paths: { reserved: number } } }).summary.paths
        .reserved;
    };
    // Numbers of four octets are handed out since 2007.
    expect(await reserved()).toBe(1);
    expect(await reserved('--date', '2026-01-01')).toBe(0);
    const built = await netwright.call(['internet', 'build', 'of-2005.txt', '-o', 'of-2005.nwgraph']);
    expect(built.stdout).toMatch(/^routes +of-2005\.txt +2 +2005-01-01$/m);
    expect(built.stdout).toContain('of-2005.nwgraph: 3 ASes, 2 links');
  });

  it('scores what it infers, over a planet and over a file', async () => {
    const own = await netwright.call([...simulate, '--score', '--noise']);
    expect(own.stdout).toMatch(/^customer +\d+\.\d\d % /m);
    await writeFile(join(home, 'small.txt'), '1|2|0\n1|3|-1\n2|4|-1\n3|5|-1\n4|6|-1\n');
    const file = await netwright.call([
      'internet',
      'simulate',
      '--graph',
      'small.txt',
      '--vantage-points',
      '4',
      '--json',
      '--score',
    ]);
    expect(JSON.parse(file.stdout)).toMatchObject({ ases: 6, links: 5 });
  });

  it.each([
    [['internet', 'simulate', '--ases', '3'], /expected 50 to 120,000/],
    [['internet', 'simulate', '--partial', '2'], /a share from 0 to 1/],
    [['internet', 'relationships', 'nowhere.mrt'], /nowhere\.mrt/],
    [['internet', 'relationships', 'x', '--clique', 'many'], /expected AS numbers/],
    [['internet', 'relationships', 'x', '--date', 'today'], /expected a day/],
    [[...['internet', 'simulate', '--ases', '60'], '-o', 'no/such/folder.mrt'], /cannot be written/],
  ])('says what is wrong with %j', async (args, message) => {
    const { code, stderr } = await netwright.call([...args]);
    expect(code).not.toBe(0);
    expect(stderr).toMatch(message);
  });
});
