import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Netwright } from './netwright.ts';

vi.setConfig({ testTimeout: 60_000 });

const before = {
  'drivers/__init__.py': '',
  'drivers/base.py': 'class Base:\n    def send(self, command): pass\n    def close(self): pass\n',
  'drivers/ios.py':
    'from drivers.base import Base\nclass Ios(Base):\n    def __init__(self):\n        self.prompt = "#"\n    def send(self, command):\n        return self.prompt\nclass IosXe(Ios): pass\n',
  'factory.py':
    'from drivers.ios import Ios, IosXe\nCLASS_MAP = {"cisco_ios": Ios, "cisco_xe": IosXe}\ndef connect(kind):\n    return CLASS_MAP[kind]()\n',
};
const after = {
  ...before,
  'drivers/ios.py':
    'from drivers.base import Base\nclass Ios(Base):\n    def close(self): pass\nclass IosXe(Base): pass\nclass IosXr(Ios): pass\n',
  'factory.py':
    'from drivers.ios import Ios, IosXe, IosXr\nCLASS_MAP = {"cisco_ios": Ios, "cisco_xe": Ios, "cisco_xr": IosXr}\ndef connect(kind):\n    return CLASS_MAP[kind]()\n',
};

describe('netwright codemap', () => {
  let home: string;
  let netwright: Netwright;

  async function folder(name: string, files: Readonly<Record<string, string | Buffer>>): Promise<string> {
    for (const [path, text] of Object.entries(files)) {
      const file = join(home, name, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
    }
    return join(home, name);
  }

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'netwright-codemap-'));
    netwright = new Netwright(home);
    await folder('old', before);
    await folder('new', after);
  });
  afterAll(async () => {
    await rm(home, { recursive: true });
  });

  it('draws into a file of the format that its ending says, and tells how much', async () => {
    const { code, stdout, stderr } = await netwright.call(['codemap', 'draw', 'old', '-o', 'map.svg', '--dark']);
    expect([code, stdout]).toEqual([0, '']);
    expect(stderr).toMatch(/^3 classes drawn in map\.svg \(\d+\.\d kB\)\n$/);
    expect(await readFile(join(home, 'map.svg'), 'utf8')).toMatch(/^<svg [\s\S]*>IosXe<[\s\S]*<\/svg>\n$/);
    const answer = await netwright.call(['codemap', 'draw', 'old', '-o', 'map.html', '--focus', 'IosXe', '--json']);
    expect(answer.json()).toMatchObject({ file: join(home, 'map.html'), format: 'html', classes: 3 });
  });

  it('prints what is text where no file is named', async () => {
    const mermaid = await netwright.call(['codemap', 'draw', 'old', '--format', 'mermaid', '--only', 'Ios']);
    expect(mermaid.stdout).toMatch(/classDiagram[\s\S]*class n\d\["Ios"\]/);
    expect(mermaid.stdout).not.toContain('IosXe');
    const json = await netwright.call(['codemap', 'draw', 'old', '--json']);
    expect(json.json().classes.map(({ name }: { name: string }) => name)).toEqual(['Base', 'Ios', 'IosXe']);
    const page = await netwright.call(['codemap', 'draw', 'old']);
    expect(page.stderr).toContain('drawn in old.html');
    expect(await readFile(join(home, 'old.html'), 'utf8')).toContain('<!doctype html>');
  });

  it('explains the way from the call to the class', async () => {
    const { code, stdout } = await netwright.call(['codemap', 'explain', 'old', 'connect', 'cisco_xe']);
    expect(code).toBe(0);
    expect(stdout).toContain('connect("cisco_xe") makes IosXe drivers/ios.py:7');
    expect(stdout).toMatch(/looks the class up in CLASS_MAP.* factory\.py:4/);
    expect(stdout).toMatch(/1\. IosXe .*\n {2}2\. Ios .*\n {2}3\. Base /);
    expect(stdout).toMatch(/ {2}send +method +Ios drivers\/ios\.py:5 +Base/);
    expect(stdout).toMatch(/ {2}prompt +Ios\.__init__ :4 +Ios\.send :6/);
    const answer = await netwright.call(['codemap', 'explain', 'old', 'connect', 'cisco_xe', '--json']);
    expect(answer.json()).toMatchObject({ name: 'IosXe', key: 'cisco_xe', table: { name: 'CLASS_MAP', keys: 2 } });
    const tables = await netwright.call(['codemap', 'explain', 'old']);
    expect(tables.stdout).toMatch(/CLASS_MAP +connect +2 +2 +factory\.py:2/);
  });

  it('compares two trees', async () => {
    const { stdout, stderr } = await netwright.call(['codemap', 'compare', 'old', 'new']);
    expect(stdout).toContain('+ IosXr drivers/ios.py:5');
    expect(stdout).toContain('~ IosXe derives from Base instead of Ios');
    expect(stdout).toContain('+ CLASS_MAP[cisco_xr] IosXr');
    expect(stdout).toContain('~ CLASS_MAP[cisco_xe] Ios instead of IosXe');
    expect(stdout).toContain('+ Ios.close overrides Base');
    expect(stderr).toContain('classes +1 -0');
    const same = await netwright.call(['codemap', 'compare', 'old', 'old']);
    expect(same.stdout).toContain('no difference');
  });

  it('shows floors and circles of imports', async () => {
    await folder('circle', { 'a.ts': "import './b.ts';", 'b.ts': "import './a.ts';", 'c.ts': "import './b.ts';" });
    const { stdout } = await netwright.call(['codemap', 'modules', 'circle']);
    expect(stdout).toContain('3 modules, 3 imports, 1 circle');
    expect(stdout).toContain('circle a.ts → b.ts → a.ts');
    expect(stdout).toContain('a.ts imports b.ts at a.ts:1');
    const drawn = await netwright.call(['codemap', 'modules', 'circle', '-o', 'circle.svg']);
    expect(drawn.stderr).toContain('3 modules drawn in circle.svg');
    expect(await readFile(join(home, 'circle.svg'), 'utf8')).toContain('closes a circle');
    const answer = await netwright.call(['codemap', 'modules', 'circle', '--json']);
    expect(answer.json().layers).toEqual([['a.ts', 'b.ts'], ['c.ts']]);
  });

  it('has in its JSON the warnings that it counts for people', async () => {
    await folder('loud', { 'half.py': 'class Half(:\nclass Whole(Base): pass\n' });
    const warning = { kind: 'syntax', at: { file: 'half.py', line: 1 } };
    const drawn = await netwright.call(['codemap', 'draw', 'loud', '-o', 'loud.svg', '--json']);
    expect(drawn.json()).toMatchObject({ warnings: [warning] });
    const modules = await netwright.call(['codemap', 'modules', 'loud', '--json']);
    expect(modules.json()).toMatchObject({ warnings: [warning] });
    const compared = await netwright.call(['codemap', 'compare', 'old', 'loud', '--json']);
    expect(compared.json()).toMatchObject({ warnings: { before: [], after: [warning] } });
  });

  it('counts no class that is outside of the code, and says a condition once', async () => {
    await folder('switch', {
      'm.py':
        'from elsewhere import Far\nclass Other: pass\nclass One(Far):\n    def __new__(cls, port):\n        if port == 23: return Other()\n        return super().__new__(cls)\n',
    });
    const drawn = await netwright.call(['codemap', 'draw', 'switch', '-o', 'switch.svg']);
    expect(drawn.stderr).toMatch(/^2 classes drawn/);
    const { stdout } = await netwright.call(['codemap', 'explain', 'switch', 'One']);
    expect(stdout).toContain('One becomes Other when port == 23 m.py:5');
    expect(stdout.match(/port == 23/g)).toHaveLength(1);
  });

  it('goes on after a file that it cannot read, and says which', async () => {
    await folder('broken', {
      'good.py': 'class Good: pass\n',
      'bad.ts': 'class {{{',
      'big.py': `x = "${'a'.repeat(5_000_000)}"\n`,
    });
    const { code, stdout, stderr } = await netwright.call(['codemap', 'draw', 'broken', '--format', 'dot']);
    expect(code).toBe(0);
    expect(stdout).toContain('label="Good"');
    expect(stderr).toMatch(/bad\.ts:1 /);
    expect(stderr).toContain('big.py:1 4.8 MiB, more than 2.0 MiB: skipped');
  });

  it.each([
    [['draw', 'nowhere-at-all/x'], 'NW_CODE_NOT_FOUND', 'there is no such folder'],
    [['draw', 'netmikoo_'], 'NW_CODE_NOT_FOUND', 'netmikoo_'],
    [['draw', 'empty'], 'NW_CODE_NOT_FOUND', 'empty'],
    [['draw', 'old', '-o', 'map.png'], 'NW_USAGE', 'map.png: expected a file that ends in one of .svg, .html'],
    [['draw', 'old', '-o', 'no/such/folder/map.svg'], 'NW_USAGE', 'cannot be written'],
    [['draw', 'old', '--format', 'pdf'], 'NW_USAGE', 'svg, html, mermaid'],
    [
      ['draw', 'old', '--focus', 'IosXee'],
      'NW_CODE_ENTRY_UNKNOWN',
      'no class is named "IosXee". Did you mean "IosXe"?',
    ],
    [['draw', 'old', '--only', 'nothing*'], 'NW_CODE_NOTHING_LEFT', 'none of its'],
    [['draw', 'old', '--link', 'javascript:alert(1)'], 'NW_USAGE', 'expected an address'],
    [['explain', 'old', 'connect', 'cisco_iso'], 'NW_CODE_ENTRY_UNKNOWN', 'Did you mean "cisco_ios"?'],
    [['explain', 'old', 'conect'], 'NW_CODE_ENTRY_UNKNOWN', 'Did you mean "connect"?'],
    [['compare', 'old'], 'NW_USAGE', "missing required argument 'after'"],
  ])('%j is refused: %s', async (args, expected, sentence) => {
    await folder('empty', { 'readme.txt': 'nothing here' });
    const { code, stdout, stderr } = await netwright.call(['codemap', ...args]);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(expected);
    expect(stderr).toContain(sentence);
    expect(stderr).toContain('what to do:');
  });
});
