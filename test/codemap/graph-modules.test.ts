import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { moduleGraph } from '#codemap';
import { strongComponents } from '../../src/codemap/strong-components.ts';
import { modelOf } from './code-folder.ts';

describe('the import graph', () => {
  it('has floors, circles with the lines that close them, and folders', async () => {
    const graph = moduleGraph(
      await modelOf({
        'core.py': '',
        'low/a.py': 'import core\nfrom low import b\n',
        'low/b.py': 'from low import a\nimport core\n',
        'high/main.py': 'import low.a\nimport core\nimport high.late\n',
        'high/late.py': 'def f():\n    import high.main\n',
      }),
    );
    expect(graph.layers).toEqual([['core.py'], ['low/a.py', 'low/b.py'], ['high/late.py', 'high/main.py']]);
    expect(graph.cycles).toEqual([
      {
        modules: ['high/late.py', 'high/main.py'],
        way: [
          { from: 'high/late.py', to: 'high/main.py', at: { file: 'high/late.py', line: 2 } },
          { from: 'high/main.py', to: 'high/late.py', at: { file: 'high/main.py', line: 3 } },
        ],
        isDeferred: true,
      },
      {
        modules: ['low/a.py', 'low/b.py'],
        way: [
          { from: 'low/a.py', to: 'low/b.py', at: { file: 'low/a.py', line: 2 } },
          { from: 'low/b.py', to: 'low/a.py', at: { file: 'low/b.py', line: 1 } },
        ],
        isDeferred: false,
      },
    ]);
    expect(graph.folders).toEqual([
      { path: '', modules: ['core.py'], imports: [], layer: 0 },
      {
        path: 'high',
        modules: ['high/late.py', 'high/main.py'],
        imports: [
          { to: '', count: 1, isCyclic: false },
          { to: 'low', count: 1, isCyclic: false },
        ],
        layer: 2,
      },
      { path: 'low', modules: ['low/a.py', 'low/b.py'], imports: [{ to: '', count: 2, isCyclic: false }], layer: 1 },
    ]);
    expect(graph.modules.find((one) => one.id === 'core.py')).toMatchObject({ importedBy: 3, imports: 0, layer: 0 });
    expect(graph.imports.filter((one) => one.isCyclic)).toHaveLength(4);
  });
});

describe('strongly connected components', () => {
  it('are those of a slow search, each after what it points to', () => {
    const graphs = fc.array(fc.tuple(fc.nat(11), fc.nat(11)), { maxLength: 30 });
    fc.assert(
      fc.property(graphs, (edges) => {
        const nodes = Array.from({ length: 12 }, (_, at) => String(at));
        const next = (node: string) => edges.filter(([from]) => String(from) === node).map(([, to]) => String(to));
        const reaches = (from: string, to: string): boolean => {
          const seen = new Set([from]);
          for (const one of seen) for (const target of next(one)) seen.add(target);
          return seen.has(to);
        };
        const { componentOf } = strongComponents(nodes, next);
        for (const a of nodes) {
          for (const b of nodes) {
            const isTogether = reaches(a, b) && reaches(b, a);
            expect(componentOf.get(a) === componentOf.get(b)).toBe(isTogether);
            if (!isTogether && reaches(a, b)) expect(componentOf.get(a)!).toBeGreaterThan(componentOf.get(b)!);
          }
        }
      }),
    );
  });

  it('are found along a chain longer than the stack', () => {
    const nodes = Array.from({ length: 50_000 }, (_, at) => String(at));
    const { components } = strongComponents(nodes, (node) => [String((Number(node) + 1) % nodes.length)]);
    expect(components).toHaveLength(1);
  });
});
