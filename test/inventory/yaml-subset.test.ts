import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import type { Problem } from '../../src/inventory/device.ts';
import { locate, readEntries } from '../../src/inventory/yaml-file.ts';
import { type Offsets, parseSubset } from '../../src/inventory/yaml-subset.ts';

const fast = (text: string): object | undefined => parseSubset(text, 0, text.length);
const full = (text: string): unknown => {
  try {
    return parse(text, { logLevel: 'error', merge: true });
  } catch {
    return 'not YAML';
  }
};

/** Texts near to what the subset knows, so that its borders are hit often. */
const scalar = fc.oneof(
  fc.constantFrom(
    'a',
    'cairo',
    '192.0.2.1',
    '10',
    '-7',
    '1.5',
    '0x1F',
    '0o17',
    '+3',
    '1e3',
    '.5',
    '5.',
    'true',
    'False',
    'null',
    '~',
    'yes',
    '08',
    '1_000',
    '2024-01-01',
    '::1',
    'a:b',
    'a#b',
    "it's",
    '"x"',
    "'it''s'",
    "''",
    '""',
    '-',
    '-a',
    '?a',
    ':a',
    '@x',
    '%x',
    '`',
    '&a',
    '*a',
    '!t',
    '|',
    '>',
    '.inf',
    '-.inf',
    '.nan',
    '0x',
    '+0x1',
    'a b',
    'a  b ',
    'é',
    '=',
    '<<',
    '__proto__',
  ),
  fc.string({ maxLength: 6 }),
);
const flow: fc.Arbitrary<string> = fc.letrec<{ node: string }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 2 },
    scalar,
    fc.array(tie('node'), { maxLength: 3 }).map((all) => `[${all.join(', ')}]`),
    fc
      .array(fc.tuple(scalar, tie('node')), { maxLength: 3 })
      .map((all) => `{ ${all.map(([k, v]) => `${k}: ${v}`).join(', ')} }`),
  ),
})).node;
const block = fc
  .array(
    fc.tuple(
      fc.nat(3),
      fc.constantFrom('', '- ', '  '),
      scalar,
      fc.constantFrom(': ', ':', ' : ', ' '),
      flow,
      fc.constantFrom('', ' # note', '#x', ' ', '\r'),
    ),
    { minLength: 1, maxLength: 7 },
  )
  .map((lines) =>
    lines
      .map(([indent, dash, key, colon, value, tail]) => `${' '.repeat(indent * 2)}${dash}${key}${colon}${value}${tail}`)
      .join('\n'),
  );

describe('the everyday subset of YAML', () => {
  it('is read as the full parser reads it', () => {
    const text = `
address: 192.0.2.1
port: 2222      # comment
list: [a, 'b c', "d", 1, true]
nested:
  a: { x: 1, y: [] }
  b:
    - one
    - two
  c:
  - same indent
empty:
text: it's a "test" of #things a:b
`;
    expect(fast(text)).toEqual(parse(text));
    expect(fast(text)).toMatchObject({ port: 2222, nested: { c: ['same indent'] }, empty: null });
  });

  it('agrees with the full parser on all that it reads', () => {
    let read = 0;
    fc.assert(
      fc.property(block, (text) => {
        const value = fast(text);
        if (value === undefined) return;
        read += 1;
        expect(value).toEqual(full(text));
      }),
      { numRuns: 20_000 },
    );
    expect(read).toBeGreaterThan(200);
  });

  it('reads what a YAML writer writes, in both styles', () => {
    const data = fc.dictionary(
      fc.stringMatching(/^[a-z][a-z0-9_-]{0,8}$/),
      fc.oneof(
        fc.stringMatching(/^[a-z0-9. -]{1,12}$/),
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        fc.array(fc.stringMatching(/^[a-z]{1,5}$/), { maxLength: 3 }),
      ),
      { minKeys: 1, maxKeys: 5 },
    );
    fc.assert(
      fc.property(data, (value) => {
        const written = stringify(value, { lineWidth: 0 });
        const read = fast(written);
        // Strings with line ends or escapes are for the full parser; there are none here.
        expect(read ?? full(written)).toEqual({ ...value });
      }),
      { numRuns: 2000 },
    );
  });

  it('never fails in another way than by giving up, whatever comes', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ maxLength: 40 }), block), fc.nat(60), (text, cut) => {
        const value = fast(text.slice(0, cut));
        expect(value === undefined || typeof value === 'object').toBe(true);
      }),
      { numRuns: 5000 },
    );
  });

  it('shares what has an anchor, as programs write it that share a list', () => {
    const text =
      'a:\n  tags: &id001\n  - bgp\n  - core\nb:\n  tags: *id001\nc: { x: &x-1 { y: 1 }, z: [*x-1, *id001] }\nd: &d\n';
    expect(fast(text)).toEqual(parse(text));
    // An alias in an anchored value could multiply; the full parser counts.
    for (const other of [
      'a: &a [1]\nb: &b [*a]\n',
      'a: *a\n',
      'a: &a *b\n',
      'a: &a 1\nb: &a 2\n',
      'a: &a\u00e9 1\n',
      '&a b: 1\n',
    ])
      expect(fast(other), other).toBeUndefined();
  });

  it('knows where keys and values stand', () => {
    const text = 'a: 1\nb:\n  c: { d: [x, y] }\n';
    const offsets: Offsets = new Map();
    const value = parseSubset(text, 0, text.length, offsets) as { b: { c: { d: unknown[] } } };
    expect(offsets.get(value)?.get('b')).toEqual([5, 10]);
    expect(offsets.get(value.b.c)?.get('d')).toEqual([15, 18]);
    expect(offsets.get(value.b.c.d)?.get(1)).toEqual([22, 22]);
  });
});

describe('reading a file entry by entry', () => {
  const read = async (text: string) => {
    const problems: Problem[] = [];
    const entries = await readEntries('i.yaml', text, problems, () => undefined);
    return { entries, problems };
  };

  it('finds the same entries as the full parser', async () => {
    const entry = fc.tuple(fc.stringMatching(/^[a-z][a-z0-9]{0,4}$/), flow);
    const file = fc.uniqueArray(entry, { selector: ([name]) => name, minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(file, async (devices) => {
        const text = `devices:\n${devices.map(([name, value]) => `  ${name}: ${value}\n`).join('')}`;
        const expected = full(text);
        const { entries, problems } = await read(text);
        if (problems.length > 0 || expected === 'not YAML') return;
        const found = Object.fromEntries(entries.map(({ name, value }) => [name, value]));
        expect(found).toEqual((expected as { devices: object }).devices);
      }),
      { numRuns: 3000 },
    );
  });

  it('finds the same values behind aliases as the full parser, whichever entries that one reads', async () => {
    const name = fc.constantFrom('a', 'b');
    const value = fc.oneof(
      name.map((one) => `*${one}`),
      fc.tuple(name, fc.constantFrom('[1]', 'x', '{ y: 2 }')).map(([one, what]) => `&${one} ${what}`),
      fc.tuple(name, fc.constantFrom('1', 'x')).map(([one, what]) => `!!str &${one} ${what}`),
      fc.tuple(name, name).map(([one, other]) => `&${one} [*${other}]`),
      name.map((one) => `&${one}\n    - 1\n    - two`),
      fc.constantFrom('plain', '[1, 2]', '!!str 7'),
    );
    const file = fc.array(value, { minLength: 1, maxLength: 7 });
    let agreed = 0;
    await fc.assert(
      fc.asyncProperty(file, async (values) => {
        const text = `devices:\n${values.map((one, at) => `  r${at}:\n    tags: ${one}\n`).join('')}`;
        const expected = full(text);
        const { entries, problems } = await read(text);
        if (expected === 'not YAML') {
          expect(problems).not.toEqual([]);
          return;
        }
        agreed += 1;
        const found = Object.fromEntries(entries.map((entry) => [entry.name, entry.value]));
        expect(found).toEqual((expected as { devices: object }).devices);
      }),
      { numRuns: 3000 },
    );
    expect(agreed).toBeGreaterThan(500);
  });

  it('reads tens of thousands of aliases, one entry at a time', async () => {
    const devices = Array.from({ length: 20_000 }, (_, at) => `  r${at}: { tags: ${at === 0 ? '&t [bgp]' : '*t'} }\n`);
    const { entries, problems } = await read(`devices:\n${devices.join('')}`);
    expect(problems).toEqual([]);
    expect(entries).toHaveLength(20_000);
    expect(entries.at(-1)?.value).toEqual({ tags: ['bgp'] });
    expect(locate(entries.at(-1)!, ['tags', 0]).line).toBe(20_001);
  });

  it('survives truncation at every byte and noise', async () => {
    const text =
      'defaults: { credential: lab }\ngroups:\n  g: &x { site: a }\ndevices:\n  r1: { jump: [b] }\n  r2:\n    <<: *x\n    variables:\n      t: |\n        x\n';
    for (let length = 0; length <= text.length; length += 1) await read(text.slice(0, length));
    await fc.assert(
      fc.asyncProperty(fc.nat(text.length - 1), fc.string({ minLength: 1, maxLength: 3 }), async (at, noise) => {
        const { entries, problems } = await read(text.slice(0, at) + noise + text.slice(at + noise.length));
        for (const one of entries) expect(locate(one, ['variables', 't']).line).toBeGreaterThan(0);
        for (const { line, column } of problems) expect(line > 0 && column > 0).toBe(true);
      }),
      { numRuns: 1500 },
    );
  });

  it('keeps a mistake to its entry', async () => {
    const { entries, problems } = await read('devices:\n  a: {}\n  b: { x: [ }\n  c: "unclosed\n  d: {}\n');
    expect(entries.map(({ name }) => name)).toEqual(['a', 'd']);
    expect(new Set(problems.map(({ line }) => line))).toEqual(new Set([3, 4]));
  });
});
