import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { type ConfigNode, type ConfigTree, dialectOf, mergeConfig, renderConfig } from '#parse';
import { compileCheck } from '../../../src/change/compliance/compile-check.ts';
import type { ReadyRule } from '../../../src/change/compliance/device-rules.ts';
import { judgeLines } from '../../../src/change/compliance/judge-lines.ts';
import { readPolicy } from '../../../src/change/compliance/read-policy.ts';
import { remedyOf } from '../../../src/change/compliance/remedy.ts';
import { labSources, read, sampleSources } from '../../parse/config/sources.ts';

/** A line or section with the headers above it. */
interface Place {
  readonly headers: readonly string[];
  readonly node: ConfigNode;
}

/** A rule for each place, as a person would copy it from the configuration. */
function rulesFrom(tree: ConfigTree, places: readonly Place[]): readonly ReadyRule[] {
  const dialect = dialectOf(tree.dialect);
  const same = (text: string): string => text;
  const rules = places.map(({ headers, node }, at) => {
    const whole = headers.reduceRight((inner, text) => ({ text, line: 0, children: [inner] }), node);
    return { id: `r${at}`, required: renderConfig({ dialect: tree.dialect, nodes: [whole] }) };
  });
  const policy = readPolicy(stringify({ rules }), 'policy.yaml');
  return policy.rules.map((rule) => ({
    rule,
    check: compileCheck(rule.lines!, { file: 'policy.yaml', dialect, render: same, scrub: same }),
  }));
}

/** What can be left out and said alone; in sections that are always there, what they hold. */
function removable(tree: ConfigTree, nodes = tree.nodes, headers: readonly string[] = []): readonly Place[] {
  const dialect = dialectOf(tree.dialect);
  const counts = Map.groupBy(nodes, ({ text }) => dialect.identity(text, headers));
  return nodes.flatMap((node) => {
    if (counts.get(dialect.identity(node.text, headers))!.length > 1) return [];
    if (!dialect.isPermanent(node.text, headers)) return [{ headers, node }];
    return removable(tree, node.children, [...headers, node.text]);
  });
}

const without = (nodes: readonly ConfigNode[], gone: ReadonlySet<ConfigNode>): readonly ConfigNode[] =>
  nodes.filter((node) => !gone.has(node)).map((node) => ({ ...node, children: without(node.children, gone) }));

const failing = (tree: ConfigTree, rules: readonly ReadyRule[]): readonly ReadyRule[] =>
  rules.filter(({ check }) => judgeLines(tree, check as never, dialectOf(tree.dialect)).length > 0);
const idsOf = (rules: readonly ReadyRule[]): readonly string[] => rules.map(({ rule }) => rule.id);

describe('a policy made of a configuration', async () => {
  const sources = [...(await labSources(2000)), ...(await sampleSources())];

  it.each(sources)('passes on it, fails where something is gone, and mends it: $name', (source) => {
    const tree = read(source);
    const nodes = removable(tree);
    expect(nodes.length).toBeGreaterThan(0);
    const rules = rulesFrom(tree, nodes);
    expect(idsOf(failing(tree, rules))).toEqual([]);
    const dialect = dialectOf(tree.dialect);
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(nodes.length - 1), { minLength: 1, maxLength: 3 }), (gone) => {
        const left = { ...tree, nodes: without(tree.nodes, new Set(gone.map((at) => nodes[at]!.node))) };
        const failed = failing(left, rules);
        expect(idsOf(failed)).toEqual([...gone].sort((a, b) => a - b).map((at) => `r${at}`));
        const { lines, left: unmended } = remedyOf(left, failed, dialect);
        const mended = lines.length === 0 ? left : mergeConfig(left, lines.join('\n'));
        const still = idsOf(failing(mended, rules)).filter((id) => !unmended.some(({ rule }) => rule === id));
        expect(still).toEqual([]);
        for (const { reason } of unmended) expect(reason).not.toBe('');
        mendable += failed.length - unmended.length;
        asked += failed.length;
      }),
      { numRuns: 8 },
    );
  });
  let mendable = 0;
  let asked = 0;

  it('is mended nearly always', () => {
    expect(mendable / asked).toBeGreaterThan(0.9);
  });
});
