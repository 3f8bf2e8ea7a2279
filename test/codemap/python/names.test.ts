import { describe, expect, it } from 'vitest';
import { inheritance, modelOf } from '../code-folder.ts';

const base = 'class Base:\n    pass\n';

describe('names of base classes', () => {
  it.each([
    ['from .base import Base\nclass A(Base): pass\n', 'relative'],
    ['from .base import Base as B\nclass A(B): pass\n', 'aliased'],
    ['from .base import *\nclass A(Base): pass\n', 'star'],
    ['from . import base\nclass A(base.Base): pass\n', 'module'],
    ['from . import base as b\nclass A(b.Base): pass\n', 'aliased module'],
    ['from pkg.base import Base\nclass A(Base): pass\n', 'absolute'],
    ['import pkg.base\nclass A(pkg.base.Base): pass\n', 'dotted'],
    ['import pkg.base as pb\nclass A(pb.Base): pass\n', 'dotted, aliased'],
    ['from pkg import Base\nclass A(Base): pass\n', 're-exported by the package'],
    ['from .sub import Base\nclass A(Base): pass\n', 're-exported twice'],
    ['from .base import Base\nOther = Base\nclass A(Other): pass\n', 'assigned'],
    [
      'try:\n    from .base import Base\nexcept ImportError:\n    Base = object\nclass A(Base): pass\n',
      'with a way out',
    ],
    [
      'try:\n    from elsewhere import Base\nexcept ImportError:\n    from .base import Base\nclass A(Base): pass\n',
      'as the way out',
    ],
    ['from typing import Generic\nfrom .base import Base\nclass A(Base[int]): pass\n', 'subscripted'],
    ['if True:\n    from .base import Base\nclass A(Base): pass\n', 'under a condition'],
    [
      'from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from .base import Base\nclass A(Base): pass\n',
      'for types',
    ],
  ])('%s', async (text) => {
    const model = await modelOf({
      'pkg/__init__.py': 'from .base import Base\n',
      'pkg/base.py': base,
      'pkg/sub/__init__.py': 'from pkg import *\n',
      'pkg/a.py': text,
    });
    expect(inheritance(model)).toContain('pkg/a.py#A > pkg/base.py#Base');
    expect(model.outside.map((one) => one.name)).not.toContain('Base');
  });

  it('a star import brings what __all__ lists, and nothing private otherwise', async () => {
    const model = await modelOf({
      'a.py': "__all__ = ['_Kept']\nclass _Kept: pass\nclass Open: pass\n",
      'b.py': 'class _Private: pass\nclass Open: pass\n',
      'c.py': 'from a import *\nfrom b import *\nclass C(_Kept): pass\nclass D(_Private): pass\nclass E(Open): pass\n',
    });
    expect(inheritance(model)).toEqual(['c.py#C > a.py#_Kept', 'c.py#D > outside:_Private', 'c.py#E > b.py#Open']);
  });

  it('a base that is nowhere is outside, by the name that leads there', async () => {
    const model = await modelOf({
      'a.py': 'import paramiko\nfrom x.y import Z as Q\nclass A(paramiko.SSHClient): pass\nclass B(Q, Unknown): pass\n',
    });
    expect(model.outside).toEqual([
      { id: 'outside:Unknown', name: 'Unknown', at: { file: 'a.py', line: 4 } },
      { id: 'outside:paramiko.SSHClient', name: 'paramiko.SSHClient', at: { file: 'a.py', line: 3 } },
      { id: 'outside:x.y.Z', name: 'x.y.Z', at: { file: 'a.py', line: 4 } },
    ]);
  });

  it('modules that import each other find their classes', async () => {
    const model = await modelOf({
      'p/__init__.py': '',
      'p/a.py': 'from .b import B\nclass A: pass\nclass A2(B): pass\n',
      'p/b.py': 'from .a import A\nclass B(A): pass\n',
    });
    expect(inheritance(model)).toEqual(['p/a.py#A2 > p/b.py#B', 'p/b.py#B > p/a.py#A']);
  });

  it('a chain of 3,000 imports is no deeper than the stack', async () => {
    const files: Record<string, string> = { 'm0.py': 'class C0: pass\n' };
    for (let at = 1; at < 3000; at += 1) {
      files[`m${at}.py`] = `from m${at - 1} import C${at - 1}\nclass C${at}(C${at - 1}): pass\n`;
    }
    const model = await modelOf(files, { threads: 0 });
    expect(inheritance(model)).toHaveLength(2999);
    expect(inheritance(model).every((one) => !one.includes('outside'))).toBe(true);
  });

  it('a package inside a namespace is named as its own imports name it', async () => {
    const model = await modelOf({
      '__init__.py': '',
      'base.py': base,
      'a.py': 'from far.NAME.base import Base\nclass A(Base): pass\n',
    });
    // The temporary folder has a name of its own, which the import does not use.
    expect(inheritance(model)).toEqual(['a.py#A > outside:far.NAME.base.Base']);
  });

  it('says which import of the tree itself leads nowhere', async () => {
    const model = await modelOf({ 'p/__init__.py': '', 'p/a.py': '\nfrom .gone import Thing\nclass A(Thing): pass\n' });
    expect(model.warnings).toEqual([
      {
        kind: 'unresolved',
        at: { file: 'p/a.py', line: 2 },
        message: 'imports ".gone", which the tree does not have; its names count as outside',
      },
    ]);
  });

  it('nested, local and redefined classes are apart', async () => {
    const model = await modelOf({
      'a.py': [
        'class Outer:',
        '    class Inner: pass',
        '    class Second(Inner): pass',
        'def make():',
        '    class Local(Outer.Inner): pass',
        '    class More(Local): pass',
        '    return Local',
        'class Twice: pass',
        'class Twice(Outer): pass',
        '',
      ].join('\n'),
    });
    expect(model.classes.map((one) => one.id)).toEqual([
      'a.py#Outer',
      'a.py#Outer.Inner',
      'a.py#Outer.Second',
      'a.py#Twice',
      'a.py#Twice~2',
      'a.py#make.Local',
      'a.py#make.More',
    ]);
    expect(inheritance(model)).toEqual([
      'a.py#Outer.Second > a.py#Outer.Inner',
      'a.py#Twice~2 > a.py#Outer',
      'a.py#make.Local > a.py#Outer.Inner',
      'a.py#make.More > a.py#make.Local',
    ]);
    expect(model.classes.find((one) => one.name === 'make.Local')?.definedIn).toBe('make');
  });
});

describe('imports', () => {
  it('lead to the module that is meant, and say when they wait for a call', async () => {
    const model = await modelOf({
      'p/__init__.py': 'from .a import A\n',
      'p/a.py': 'class A: pass\n',
      'p/b.py': 'from . import a\nfrom p import A\nimport p.a\ndef late():\n    from . import c\n',
      'p/c.py': 'import os\n',
    });
    const imports = model.edges.filter((one) => one.kind === 'imports');
    expect(imports.map((one) => [one.from, one.to, one.at.line, one.isDeferred ?? false])).toEqual([
      ['p/__init__.py', 'p/a.py', 1, false],
      ['p/b.py', 'p/a.py', 1, false],
      ['p/b.py', 'p/__init__.py', 2, false],
      ['p/b.py', 'p/a.py', 3, false],
      ['p/b.py', 'p/c.py', 5, true],
    ]);
  });
});

describe('a package in a folder of another name', () => {
  const files = {
    '__init__.py': 'from drivers.base import Base\n',
    'base.py': 'class Base: pass\n',
    'cisco/__init__.py': 'from drivers.cisco.ios import Ios\n',
    'cisco/ios.py': 'from drivers.base import Base\nimport os.path\nclass Ios(Base): pass\n',
    'path.py': 'from .cisco import Ios\nclass Xe(Ios): pass\n',
  };

  it('is known by the name that its own imports say', async () => {
    const model = await modelOf(files);
    expect(inheritance(model)).toEqual(['cisco/ios.py#Ios > base.py#Base', 'path.py#Xe > cisco/ios.py#Ios']);
    expect(model.modules.map((one) => one.name)).toEqual([
      'drivers',
      'drivers.base',
      'drivers.cisco',
      'drivers.cisco.ios',
      'drivers.path',
    ]);
  });

  it('keeps its own name when a module of another package is called like one of its own', async () => {
    const model = await modelOf({
      '__init__.py': '',
      'path.py': 'class PurePath: pass\n',
      'a.py': 'import os.path\nclass A(os.path.PurePath): pass\n',
    });
    expect(inheritance(model)).toEqual(['a.py#A > outside:os.path.PurePath']);
    expect(model.modules.map((one) => one.name)).not.toContain('os.path');
  });
});
