import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NetwrightError } from '#core';
import {
  type ConfigTree,
  type Dialect,
  dialectNames,
  dialectOf,
  diffConfig,
  mergeConfig,
  parseConfig,
  remediate,
  renderConfig,
  renderDiff,
} from '#parse';
import { labSources, type Source, sampleSources } from './sources.ts';

const sources = [...(await labSources(1500)), ...(await sampleSources())];

/** The result, or undefined where it was refused as it should be: with an error of ours. */
function orRefused<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    expect(error).toBeInstanceOf(NetwrightError);
    return undefined;
  }
}

function tryAll(text: string, other: string, dialect: Dialect): void {
  const tree = orRefused(() => parseConfig(text, dialect));
  const second = orRefused(() => parseConfig(other, dialect));
  if (tree === undefined || second === undefined) return;
  renderConfig(tree);
  renderDiff(diffConfig(tree, second));
  if (dialect.type === undefined) return;
  orRefused(() => mergeConfig(second, text));
  orRefused(() => remediate(tree, second));
}

const noise = fc.array(
  fc.constantFrom(
    ...['{', '}', '[', ']', ';', '"', "'", '\\', '\n', '\r', '\t', ' ', '  ', '!', '#', '/*', '*/', '^C', '\x03', '\0'],
    ...[
      'no ',
      'undo ',
      'set ',
      'unset ',
      'delete ',
      'config ',
      'edit ',
      'next\n',
      'end\n',
      'exit\n',
      'quit\n',
      'interface x',
      '/ip address\n',
    ],
    ...[
      'add ',
      '[ find ',
      'banner motd ',
      'certificate 1\n',
      'if a then\n',
      'endif\n',
      'end-policy\n',
      'inactive: ',
      'default ',
      '10 permit',
      'é',
    ],
    ...[
      'switchport trunk allowed vlan add 1-',
      'vlan batch 2 to 1',
      'insert a before a',
      'move 1 after 1',
      'rename a to ',
      '__proto__ x',
    ],
  ),
  { maxLength: 60 },
);

describe.each(dialectNames)('%s', (name) => {
  const dialect = dialectOf(name);
  const own = sources.filter((source: Source) => source.dialect === name);
  const sample = own[0]?.text ?? sources[0]!.text;

  test('reads a text that was cut anywhere, or says why not', () => {
    for (const { text } of own.length > 0 ? own : [sources[0]!]) {
      for (let nth = 0; nth < 40; nth += 1) tryAll(text.slice(0, Math.floor((text.length * nth) / 40)), text, dialect);
    }
  });

  test('reads noise within a text, or says why not', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), noise, (place, parts) => {
        const at = Math.floor(place * sample.length);
        tryAll(sample.slice(0, at) + parts.join('') + sample.slice(at), sample, dialect);
      }),
      { numRuns: 1500 },
    );
  });

  test('reads noise alone, or says why not', () => {
    fc.assert(
      fc.property(noise, noise, (parts, others) => {
        tryAll(parts.join(''), others.join(''), dialect);
      }),
      { numRuns: 150 },
    );
  });

  test.each([
    [
      'indentation',
      (depth: number) => Array.from({ length: depth }, (_, nth) => `${' '.repeat(nth)}a${nth}`).join('\n'),
    ],
    ['braces', (depth: number) => `${'a {\n'.repeat(depth)}${'}\n'.repeat(depth)}`],
    ['config and edit', (depth: number) => `${'config a\nedit 1\n'.repeat(depth)}${'next\nend\n'.repeat(depth)}`],
    ['interfaces without an end', (depth: number) => 'address-family ipv4\n'.repeat(depth)],
    ['words', (depth: number) => `set ${'a '.repeat(depth)}b`],
    ['brackets', (depth: number) => `/ip address\nadd a=${'['.repeat(depth)}${']'.repeat(depth)}`],
    ['conditions', (depth: number) => `route-policy A\n${'if a then\n'.repeat(depth)}end-policy`],
  ])('does not fall over 10,000 levels of %s', (form, textOf) => {
    // By indentation alone, 10,000 levels are 50 MB: once is enough.
    const text = textOf(form === 'indentation' && name !== 'ios' ? 1000 : 10_000);
    const started = performance.now();
    tryAll(text, sample, dialect);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

test('takes twice as long for twice the lines, and no longer', () => {
  const dialect = dialectOf('ios');
  const textOf = (count: number): string =>
    Array.from({ length: count }, (_, nth) => `ip route 10.${nth >> 8}.${nth & 255}.0 255.255.255.0 192.0.2.1`).join(
      '\n',
    );
  const tree = (count: number): ConfigTree => parseConfig(textOf(count), dialect);
  const took = (count: number): number => {
    const [none, all] = [tree(0), tree(count)];
    const started = performance.now();
    mergeConfig(none, remediate(none, all).join('\n'));
    mergeConfig(all, remediate(all, none).join('\n'));
    return performance.now() - started;
  };
  took(2000);
  const small = Math.min(took(4000), took(4000));
  const large = Math.min(took(16_000), took(16_000));
  expect(large).toBeLessThan(small * 10 + 100);
});
