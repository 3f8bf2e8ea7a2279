import { beforeAll, describe, expect, it } from 'vitest';
import { type CodeModel, readCode } from '#codemap';
import { peer } from '../peers.ts';
import { dottedNames } from './names.ts';
import { distPackages, type PyreverseView, runPyreverse } from './pyreverse.ts';

const pyreverse = peer('pyreverse');
const packages = [
  {
    name: 'netmiko',
    source: peer('netmiko'),
    figures: { modules: 119, classes: 136, inside: 121, outside: 15, fields: 6, imports: 208 },
  },
  {
    name: 'jnpr.junos',
    source: peer('pyez'),
    figures: { modules: 95, classes: 56, inside: 28, outside: 26, fields: 8, imports: 128 },
  },
];

describe.each(packages)('$name', ({ name, source, figures }) => {
  describe.skipIf(pyreverse.isMissing || source.isMissing)('beside pyreverse', () => {
    let model: CodeModel;
    let peerView: PyreverseView;
    let dotted: (id: string) => string;

    beforeAll(async () => {
      model = await readCode({ package: name, searchFolders: [distPackages] });
      dotted = dottedNames(model);
      peerView = runPyreverse(pyreverse.path!, name);
    }, 60_000);

    it('has the same modules', () => {
      expect(model.modules).toHaveLength(figures.modules);
      expect(new Set(model.modules.map((one) => one.name))).toEqual(peerView.modules);
    });

    it('has the same classes', () => {
      expect(model.classes).toHaveLength(figures.classes);
      expect(new Set(model.classes.map((one) => dotted(one.id)))).toEqual(peerView.classes);
    });

    it('has the same inheritance', () => {
      const edges = model.edges.filter((one) => one.kind === 'inherits');
      const inside = edges.filter((one) => !one.to.startsWith('outside:'));
      expect(new Set(inside.map((one) => `${dotted(one.from)} > ${dotted(one.to)}`))).toEqual(peerView.inheritance);
      expect([inside.length, edges.length - inside.length]).toEqual([figures.inside, figures.outside]);
    });

    it('has every import that pyreverse finds, to the submodule where one is meant', () => {
      const ours = new Set(
        model.edges.filter((one) => one.kind === 'imports').map((one) => `${dotted(one.from)} > ${dotted(one.to)}`),
      );
      const missing = [...peerView.imports.difference(ours)].filter((one) => {
        const [from, to] = one.split(' > ');
        // pyreverse takes `from package import module` for an import of the package in some modules.
        return from !== to && ![...ours].some((each) => each.startsWith(`${from} > ${to}.`));
      });
      expect(missing).toEqual([]);
      expect(ours.size).toBeGreaterThanOrEqual(figures.imports);
    });

    it('has every composition that pyreverse infers, each with the line that tells so', async () => {
      const edges = model.edges.filter((one) => one.kind === 'composes' || one.kind === 'aggregates');
      const ours = new Set(edges.map((one) => `${dotted(one.from)}.${one.via}: ${dotted(one.to)}`));
      expect(peerView.fields.size).toBe(figures.fields);
      expect([...peerView.fields.difference(ours)]).toEqual([]);
      const { readFileSync } = await import('node:fs');
      for (const { at, via } of edges) {
        const line = readFileSync(`${model.root}/${at.file}`, 'utf8').split('\n')[at.line - 1];
        expect(line, `${at.file}:${at.line}`).toContain(via);
      }
    });
  });
});
