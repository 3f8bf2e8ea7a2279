import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawClasses, drawingFormats, drawModules, formatOf, moduleGraph, readCode } from '#codemap';
import { codemapPage } from '../../../scripts/gen-codemap-page.ts';
import { peer } from '../../peers/peers.ts';
import { modelOf } from '../code-folder.ts';
import { anyModel } from '../layout/made-models.ts';
import { hostileModel, hostileNames } from './hostile.ts';
import { readXml } from './xml.ts';

const root = resolve(import.meta.dirname, '../../..');
const netmiko = '/usr/lib/python3/dist-packages/netmiko';

const small = {
  'base.py':
    'class Base:\n    """What all have."""\n    def send(self, command, timeout=10): pass\n    def _open(self): pass\n',
  'ios.py':
    'from base import Base\nimport paramiko\nclass Log: pass\nclass Ios(Base):\n    def __init__(self):\n        self.log = Log()\nclass Client(paramiko.SSHClient): pass\n',
};

describe('drawings', () => {
  it('are the same bytes for the same code', async () => {
    const model = await modelOf(small);
    for (const format of Object.keys(drawingFormats) as (keyof typeof drawingFormats)[]) {
      const options = { format, link: 'https://example.org/{file}#L{line}' };
      expect((await drawClasses(model, options)).text).toBe((await drawClasses(model, options)).text);
    }
  });

  it('are well-formed SVG that fetches nothing and runs nothing, whatever the names', async () => {
    const check = async (model: Parameters<typeof drawClasses>[0], theme: 'light' | 'dark'): Promise<void> => {
      const { text } = await drawClasses(model, { format: 'svg', theme, fold: 'none' });
      const elements = readXml(text);
      expect(
        new Set(elements.map(({ name }) => name)).isSubsetOf(
          new Set(['svg', 'title', 'style', 'defs', 'marker', 'path', 'rect', 'text', 'g', 'circle']),
        ),
      ).toBe(true);
      for (const { attributes } of elements) {
        expect(Object.keys(attributes).filter((name) => /^on|href|^src$/.test(name))).toEqual([]);
      }
      expect(text).not.toMatch(/url\((?!#m-)|@import|https?:(?!\/\/www\.w3\.org\/2000\/svg")/);
    };
    await check(hostileModel(), 'light');
    await fc.assert(fc.asyncProperty(anyModel, fc.constantFrom('light', 'dark'), check), { numRuns: 15 });
  });

  it('are one page of less than a megabyte, with a policy that lets only its own script run', async () => {
    const model = hostileModel();
    const { text } = await drawClasses(model, { format: 'html' });
    const scripts = [...text.matchAll(/<script([^>]*)>([\s\S]*?)<\/script>/g)];
    expect(scripts.map(([, attributes]) => attributes)).toEqual([' type="application/json" id="data"', '']);
    const hash = createHash('sha256').update(scripts[1]![2]!).digest('base64');
    expect(text).toContain(`script-src 'sha256-${hash}'`);
    expect(text).toContain("default-src 'none'");
    const data = JSON.parse(scripts[0]![2]!);
    expect(data.classes.map(({ name }: { name: string }) => name).sort()).toEqual(
      [...hostileNames, '<b>Outside</b>']
        .filter((name) => data.classes.some((one: { name: string }) => one.name === name))
        .sort(),
    );
    const outside = text
      .replace(/<script[\s\S]*?<\/script>/g, '')
      .replace(/<style[\s\S]*?<\/style>/g, '')
      .replace(/"[^"]*"/g, '""');
    expect(outside).not.toMatch(/<script|<img|<b>|<[^>]*\son\w+=/);
    expect(outside).not.toMatch(/<[^>]*\s(?:src|href)=/);
  });

  it.skipIf(!existsSync(netmiko))('hold netmiko and a TypeScript library in less than a megabyte each', async () => {
    for (const folder of [netmiko, join(root, 'node_modules/kysely/dist'), join(root, 'src')]) {
      const { text } = await drawClasses(await readCode(folder), { format: 'html' });
      expect(Buffer.byteLength(text)).toBeLessThan(1_000_000);
    }
  });

  it('link source lines where they are told to, and to no script', async () => {
    const model = await modelOf(small);
    const { text } = await drawClasses(model, { format: 'html', link: 'https://git.example.org/{file}#L{line}' });
    expect(text).toContain('https://git.example.org/{file}#L{line}');
    for (const link of ['javascript:alert(1)//{file}', 'data:text/html,{file}', ' javascript:x']) {
      await expect(drawClasses(model, { format: 'html', link })).rejects.toMatchObject({ code: 'NW_USAGE' });
    }
  });

  it('are Mermaid', async () => {
    const { text } = await drawClasses(await modelOf(small), { format: 'mermaid' });
    expect(text).toContain('class n0["Base"] {\n    + send(…)\n    # _open()\n  }');
    expect(text).toMatch(/n\d --\|> n0\n/);
    expect(text).toMatch(/n\d \*-- n\d : log\n/);
    expect(text).toMatch(/class n\d\["SSHClient"\] \{\n {4}<<outside>>/);
    const hostile = (await drawClasses(hostileModel(), { format: 'mermaid' })).text;
    for (const line of hostile.split('\n').slice(5)) {
      expect(line).toMatch(
        /^(?: {2}class n\d+\["[^"<>`{}]*"\](?: \{)?| {4}(?:<<\w+>>|[^"<>{}`;%~\\]*)| {2}\}| {2}n\d+ \S+ n\d+(?: : [^"<>{}]*)?|)$/,
      );
    }
  });

  it('are PlantUML', async () => {
    const { text } = await drawClasses(await modelOf(small), { format: 'plantuml' });
    expect(text.startsWith('@startuml\n')).toBe(true);
    expect(text).toContain('class "Base" as n0 {\n  + send(…)\n  # _open()\n}');
    expect(text).toMatch(/class "SSHClient" as n\d <<outside>> #line\.dashed/);
    expect(text).toMatch(/n\d --\|> n0\n/);
    const hostile = (await drawClasses(hostileModel(), { format: 'plantuml' })).text;
    for (const line of hostile.trim().split('\n').slice(2, -1)) {
      expect(line).toMatch(
        /^(?: *(?:abstract )?class "[^"]*" as n\d+[^"]*| *package "[^"]*" \{| *\}|n\d+ \S+ n\d+(?: : [^{}]*)?| *(?:\{\w+\} )?[+#−-][^{}]*|left to right direction|hide empty members|set separator none)$/,
      );
    }
  });

  it('are DOT with every name quoted', async () => {
    const { text } = await drawClasses(hostileModel(), { format: 'dot' });
    expect(text).toContain('label="a\\\\\\"; shape=star; b=\\""');
    expect(text.split('\n').filter((line) => / -> /.test(line)).length).toBeGreaterThan(hostileNames.length - 2);
  });

  it.skipIf(peer('dot').isMissing)('are DOT for Graphviz itself', async () => {
    const { text } = await drawClasses(hostileModel(), { format: 'dot' });
    const { status, stderr } = spawnSync(peer('dot').path!, ['-Tplain'], { input: text, encoding: 'utf8' });
    expect(status, stderr).toBe(0);
  });

  it('are JSON with every fact and its line', async () => {
    const model = await modelOf(small);
    const { text } = await drawClasses(model, { format: 'json', focus: ['Ios'], depth: 0 });
    const part = JSON.parse(text);
    expect(part.classes.map(({ name }: { name: string }) => name)).toEqual(['Base', 'Ios']);
    expect(part.edges.filter(({ kind }: { kind: string }) => kind === 'inherits')).toEqual([
      { kind: 'inherits', from: 'ios.py#Ios', to: 'base.py#Base', at: { file: 'ios.py', line: 4 } },
    ]);
  });

  it('know the format by the ending of a file', () => {
    expect(['a.svg', 'b.HTML', 'c.mmd', 'd.puml', 'e.gv', 'f.json', 'g.png', 'h'].map(formatOf)).toEqual([
      'svg',
      'html',
      'mermaid',
      'plantuml',
      'dot',
      'json',
      undefined,
      undefined,
    ]);
  });
});

describe('drawings of modules', () => {
  it('exist in every format', async () => {
    const model = await modelOf({ 'a/x.py': 'import b.y\n', 'b/y.py': 'import a.x\n', 'c/z.py': 'import b.y\n' });
    const graph = moduleGraph(model);
    const draw = async (format: keyof typeof drawingFormats): Promise<string> =>
      await drawModules(model, graph, { format, depth: 1 });
    readXml(await draw('svg'));
    expect(await draw('svg')).toContain('l-cyclic');
    expect(await draw('mermaid')).toMatch(/n0 -->\|1\| n1\n {2}linkStyle \d stroke:#c92a2a/);
    expect(await draw('plantuml')).toContain('component "a" as n0');
    expect(await draw('dot')).toContain('n0 -> n1 [arrowhead=normal, label="1", color="#c92a2a", penwidth=2]');
    expect(JSON.parse(await draw('json')).cycles).toHaveLength(1);
    expect(await draw('html')).toContain('"folders":[{"path":"a"');
  });
});

it('the script of the page is made of the modules as they are', () => {
  for (const [path, content] of codemapPage(root))
    expect(readFileSync(join(root, path), 'utf8') === content, `${path} is stale: npm run gen`).toBe(true);
});
