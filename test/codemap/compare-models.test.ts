import { describe, expect, it } from 'vitest';
import { compareModels } from '#codemap';
import { modelOf } from './code-folder.ts';

const before = {
  'base.py': 'class Base:\n    def go(self): pass\n    def stop(self): pass\n',
  'a.py': 'from base import Base\nclass A(Base):\n    def go(self): pass\nclass Old(Base): pass\n',
  'b.py': 'from base import Base\nclass B(Base):\n    def stop(self): pass\n',
  'table.py': 'from a import A, Old\nfrom b import B\nT = {"a": A, "b": B, "old": Old}\n',
};
const after = {
  'base.py': before['base.py'],
  'a.py':
    'from base import Base\nfrom new.b import B\nclass A(B):\n    def stop(self): pass\nclass New(Base):\n    def go(self): pass\n',
  'new/__init__.py': '',
  'new/b.py': before['b.py'],
  'table.py': 'from a import A, New\nfrom new.b import B\nT = {"a": A, "b": A, "new": New}\n',
};

describe('comparing two versions', () => {
  it('lists what is added, removed, moved and changed', async () => {
    const comparison = compareModels(await modelOf(before), await modelOf(after));
    expect(comparison).toMatchObject({
      isSame: false,
      modules: { added: ['new/__init__.py', 'new/b.py'], removed: ['b.py'] },
      classes: {
        added: [{ name: 'New', at: { file: 'a.py', line: 5 } }],
        removed: [{ name: 'Old', at: { file: 'a.py', line: 4 } }],
        moved: [{ name: 'B', from: { file: 'b.py', line: 2 }, to: { file: 'new/b.py', line: 2 } }],
        rebased: [{ name: 'A', at: { file: 'a.py', line: 3 }, before: ['Base'], after: ['B'] }],
      },
      keys: {
        added: [{ table: 'T', key: 'new', class: 'New' }],
        removed: [{ table: 'T', key: 'old', class: 'Old' }],
        changed: [{ table: 'T', key: 'b', before: 'B', class: 'A' }],
      },
      overrides: {
        added: [{ class: 'A', member: 'stop', of: 'B', at: { file: 'a.py', line: 4 } }],
        removed: [{ class: 'A', member: 'go', of: 'Base', at: { file: 'a.py', line: 3 } }],
      },
    });
  });

  it('finds nothing between a tree and itself, wherever it lies', async () => {
    const comparison = compareModels(await modelOf(before), await modelOf(before));
    expect(comparison.isSame).toBe(true);
    expect(comparison.before.root).not.toBe(comparison.after.root);
  });
});
