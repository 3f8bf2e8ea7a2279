import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildFilter, mayContain } from '../../src/store/gram-filter.ts';
import { gramsOf, requiredLiterals } from '../../src/store/search-literals.ts';
import { commit, openStore, temporaryFolder } from './fixtures.ts';

test.each([
  [/ip helper-address/, [['ip helper-address']]],
  [/^interface .*description x/, [['interface ', 'description x']]],
  [/abcdef?gh/, [['abcde']]],
  [/abcdef+ghijk/, [['abcdef', 'ghijk']]],
  [/abcdef{2}x/, [['abcde']]],
  [/interface {/, [['interface {']]],
  [/10\.0\.0\.1/, [['10.0.0.1']]],
  [/(?:foo|bar) bazaar/, [[' bazaar']]],
  [/first|second/, [['first'], ['second']]],
  [/description [^\]|]+ uplink/, [['description ', ' uplink']]],
])('%s needs %j', (pattern, literals) => {
  expect(requiredLiterals(pattern)).toEqual(literals);
});

test.each([/a.*b/, /first|x/, /\x61bcdefg/, /(abcdefg)/, /مرحبا/i, /kelvin/iu])('%s promises nothing', (pattern) => {
  expect(requiredLiterals(pattern)).toBeUndefined();
});

const letters = fc
  .array(fc.constantFrom('a', 'B', 'c', '1', '.', ' ', 'é', 'ع'), { minLength: 0, maxLength: 200 })
  .map((all) => all.join(''));

test('a filter never denies what a configuration holds', () => {
  fc.assert(
    fc.property(letters, letters, fc.nat(), fc.nat(8), (before, after, from, length) => {
      const line = before + after;
      const part = line.slice(from % (line.length + 1)).slice(0, 5 + length);
      const filter = buildFilter(Buffer.from(`x\n${line}\ny`)).filter;
      expect(mayContain(filter, gramsOf(part))).toBe(true);
      expect(mayContain(filter, gramsOf(part.replace(/[a-zA-Z]/g, (letter) => letter.toUpperCase())))).toBe(true);
    }),
  );
});

test('a filter denies most of what is not there', () => {
  const text = Array.from({ length: 500 }, (_, at) => `interface Ethernet${at}\n ip address 10.0.${at}.1\n`).join('');
  const filter = buildFilter(Buffer.from(text)).filter;
  const wrong = Array.from({ length: 1000 }, (_, at) => `router-bgp-${at}-zz`).filter((word) =>
    mayContain(filter, gramsOf(word)),
  );
  expect(wrong.length).toBeLessThan(30);
});

/** Patterns over a small alphabet, with everything that the literal finder has to understand. */
const pattern = fc
  .array(
    fc.constantFrom(
      'abcde',
      'bcdef',
      'a',
      'b',
      '.',
      '.*',
      'c?',
      'd+',
      '[ab]',
      '(?:cd|ef)',
      '|',
      '\\.',
      '\\w',
      '^',
      '$',
      'e{1,2}',
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((parts) => parts.join(''));

test('a pattern matches no line that lacks its literals', () => {
  const line = fc
    .array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', '.', 'abcde', 'bcdef'), { maxLength: 12 })
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(pattern, line, (source, words) => {
      const regexp = new RegExp(source);
      const required = requiredLiterals(regexp);
      if (required === undefined || !regexp.test(words)) return;
      expect(required.some((literals) => literals.every((literal) => words.includes(literal)))).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});

test('searching finds what looking at every line finds', async () => {
  await using folder = await temporaryFolder();
  const texts = Object.fromEntries(
    Array.from({ length: 40 }, (_, at) => [
      `r${at}`,
      `hostname r${at}\n${'filler line\n'.repeat(at)}vlan ${at * 7}\n name VLAN-${at}`,
    ]),
  );
  {
    await using open = await openStore(folder.path);
    await commit(open.store, 'one', texts);
  }
  for (const wanted of ['vlan 7', /^vlan 1\d+$/, /NAME vlan-3/i, 'hostname', /(hostname) r[12]$/, /r5|VLAN-6/, 'r39']) {
    const expected: string[] = [];
    for (const [device, text] of Object.entries(texts)) {
      for (const [at, line] of text.split('\n').entries()) {
        if (typeof wanted === 'string' ? line.includes(wanted) : wanted.test(line))
          expected.push(`${device}:${at + 1}:${line}`);
      }
    }
    // Once without filters, once with.
    for (const end of ['', '-wal', '-shm']) await rm(join(folder.path, `search.sqlite${end}`), { force: true });
    await using open = await openStore(folder.path);
    for (let round = 0; round < 2; round += 1) {
      const found: string[] = [];
      for await (const { device, line, text } of open.store.search(wanted)) found.push(`${device}:${line}:${text}`);
      expect(found.sort(), String(wanted)).toEqual(expected.sort());
    }
  }
});

test('searches at the same time, and while a run commits, do not disturb one another', async () => {
  await using folder = await temporaryFolder();
  await using open = await openStore(folder.path);
  const texts = (word: string) =>
    Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`r${at}`, `${word} ${at}\ncommon\n`]));
  await commit(open.store, 'one', texts('first'));
  const count = async (wanted: string): Promise<number> => {
    let hits = 0;
    for await (const _ of open.store.search(wanted)) hits += 1;
    return hits;
  };
  expect(await Promise.all([count('common'), count('first'), count('common')])).toEqual([30, 30, 30]);
  const during = count('common');
  await commit(open.store, 'two', texts('second'));
  expect([await during, await count('second'), await count('first')]).toEqual([30, 30, 0]);
});

test('a search ends when its reader leaves, is cancelled, or the pattern blows up', async () => {
  await using folder = await temporaryFolder();
  await using open = await openStore(folder.path);
  const many = Object.fromEntries(
    Array.from({ length: 30 }, (_, at) => [`r${at}`, `${'a'.repeat(40)}!\n`.repeat(300)]),
  );
  await commit(open.store, 'one', many);
  for await (const hit of open.store.search('aaaaa')) {
    expect(hit.line).toBe(1);
    break;
  }
  const early = AbortSignal.abort();
  await expect(open.store.search('aaaaa', { signal: early })[Symbol.asyncIterator]().next()).rejects.toMatchObject({
    code: 'NW_CANCELLED',
  });
  // The pattern would take years.
  const stuck = async (): Promise<void> => {
    for await (const _ of open.store.search(/^(a+)+$/, { signal: AbortSignal.timeout(200) })) expect.unreachable();
  };
  await expect(stuck()).rejects.toMatchObject({ code: 'NW_CANCELLED' });
  // The thread that was stuck is replaced, and who came meanwhile is served by the next.
  const hits = async (): Promise<number> => {
    let count = 0;
    for await (const _ of open.store.search('aaaaa', { devices: new Set(['r3']) })) count += 1;
    return count;
  };
  expect(await Promise.all([hits(), hits()])).toEqual([300, 300]);
  expect(await hits()).toBe(300);
});
