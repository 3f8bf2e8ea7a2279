// biome-ignore-all lint/suspicious/noTemplateCurlyInString: values of TextFSM are written so
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { collection } from '../parse/textfsm/collection.ts';
import { type LabWorkspace, labWorkspace } from './lab-workspace.ts';
import { expectError } from './netwright.ts';

vi.setConfig({ testTimeout: 60_000 });

let lab: LabWorkspace;
let home: string;
let names: string[];
beforeAll(async () => {
  lab = await labWorkspace({ devices: 2, platforms: ['cisco_ios'], seed: 3 });
  home = lab.netwright.home;
  names = lab.lab.devices.map(({ name }) => name).toSorted((a, b) => a.localeCompare(b));
  await mkdir(join(home, 'templates'));
  for (const [name, text] of Object.entries(collection)) await writeFile(join(home, 'templates', name), text);
  await writeFile(join(home, 'ports.txt'), 'Gi0/1 is up\nGi0/2 is down\n');
});
afterAll(async () => await lab[Symbol.asyncDispose]());

const templates = () => join(home, 'templates');
const ports = () => join(home, 'templates', 'ports.textfsm');

describe('parse textfsm', () => {
  it('prints a table, CSV or JSON', async () => {
    const file = join(home, 'ports.txt');
    const table = await lab.netwright.call(['parse', 'textfsm', ports(), file]);
    expect(table.stdout).toBe('PORT   STATE\nGi0/1  up\nGi0/2  down\n');
    const csv = await lab.netwright.call(['parse', 'textfsm', ports(), '--csv'], { stdin: 'Gi0/1 is up\n' });
    expect(csv.stdout).toBe('PORT,STATE\nGi0/1,up\n');
    const json = await lab.netwright.call(['parse', 'textfsm', ports(), file, '--json']);
    expect(json.json()).toEqual({
      template: ports(),
      records: [
        { PORT: 'Gi0/1', STATE: 'up' },
        { PORT: 'Gi0/2', STATE: 'down' },
      ],
    });
  });

  it('prints records that are too wide as blocks', async () => {
    const wide = join(home, 'wide.textfsm');
    await writeFile(wide, 'Value A (.*)\nValue B (x*)\nValue C (y)\n\nStart\n  ^${A}:${B} -> Record\n');
    const { stdout } = await lab.netwright.call(['parse', 'textfsm', wide], { stdin: `${'a'.repeat(200)}:x\nb:\n` });
    expect(stdout).toBe(`A  ${'a'.repeat(200)}\nB  x\n\nA  b\n\n2 records\n`);
  });

  it('traces which rule fired', async () => {
    const { stdout } = await lab.netwright.call(['parse', 'textfsm', ports(), '--trace'], {
      stdin: 'Gi0/1 is up\nx\n',
    });
    expect(stdout).toContain(
      '    1 Gi0/1 is up\n      Start:5 ^${PORT} is ${STATE} -> Record\n      PORT="Gi0/1"  STATE="up"\n',
    );
    expect(stdout).toContain(
      '      recorded PORT="Gi0/1"  STATE="up"\n    2 x\n      no rule of Start fits\nend of the text\n',
    );
    const json = await lab.netwright.call(['parse', 'textfsm', ports(), '--trace', '--json'], { stdin: 'Gi0/1 is up' });
    expect(json.json().trace[0]).toMatchObject({
      lineNumber: 1,
      state: 'Start',
      rule: { line: 5 },
      recorded: ['Gi0/1', 'up'],
    });
  });

  it('says which line hit Error, and which template has a mistake', async () => {
    const clock = join(home, 'templates', 'clock.textfsm');
    const refused = await lab.netwright.call(['parse', 'textfsm', clock], { stdin: '\nnoon\n' });
    expect(refused.code).toBe(65);
    expect(refused.stderr).toContain('clock.textfsm:8: the template refuses line 2 of the text (not a clock): "noon"');
    const broken = await lab.netwright.call(['parse', 'textfsm', join(home, 'templates', 'broken.textfsm'), '--json'], {
      stdin: '',
    });
    expect(broken.json()).toMatchObject({ error: { code: 'NW_TEXTFSM_INVALID', details: { line: 4 } } });
    expectError(
      await lab.netwright.call(['parse', 'textfsm', 'nowhere.textfsm', '--json'], { stdin: '' }),
      'NW_TEXTFSM_NOT_FOUND',
      2,
    );
    expectError(
      await lab.netwright.call(['parse', 'textfsm', ports(), '--csv', '--json'], { stdin: '' }),
      'NW_USAGE',
      2,
    );
  });
});

describe('templates of the workspace', () => {
  it('are asked for before there are any', async () => {
    expectError(await lab.call(['parse', 'templates', 'list', '--json']), 'NW_TEXTFSM_NOT_FOUND', 2);
    expectError(await lab.call(['run', 'show clock', '--parse', '--json']), 'NW_TEXTFSM_NOT_FOUND', 2);
    expect((await lab.call(['run', 'show clock', '--csv'])).stderr).toContain('--csv goes with --parse');
  });

  it('are compiled and added, the settings file else left as it is', async () => {
    const file = join(lab.folder, 'netwright.yaml');
    const before = await readFile(file, 'utf8');
    const added = await lab.call(['parse', 'templates', 'add', templates()]);
    expect(added.code).toBe(65);
    expect(added.stdout).toContain('templates for 6 commands');
    expect(added.stderr).toContain('broken.textfsm:4: a single $');
    const after = await readFile(file, 'utf8');
    expect(after.split('\n').filter((line) => line.startsWith('#'))).toEqual(
      before.split('\n').filter((line) => line.startsWith('#')),
    );
    expect(after).toContain(`templates:\n  - ${templates()}`);
    const again = await lab.call(['parse', 'templates', 'add', templates(), '--json']);
    expect(again.json()).toMatchObject({ added: false, commands: 6, broken: [{}, {}, {}] });
    expect(await readFile(file, 'utf8')).toBe(after);
  });

  it('are listed', async () => {
    const listed = await lab.call(['parse', 'templates', 'list']);
    expect(listed.stdout).toContain('cisco_ios  sh[[ow]] po[[rts]]  ports.textfsm + ports_mtu.textfsm');
    const none = await lab.call(['parse', 'templates', 'list', '--platform', 'arista_eos']);
    expect(none.stdout.trim().split('\n')).toHaveLength(1);
    const checked = await lab.call(['parse', 'templates', 'list', '--check', '--json']);
    expect(checked.json().collections[0].broken).toHaveLength(3);
  });

  it('can be named instead of a file', async () => {
    const { stdout } = await lab.call(['parse', 'textfsm', 'ports'], { stdin: 'Gi0/7 is up\n' });
    expect(stdout).toContain('Gi0/7  up');
  });
});

describe('run --parse', () => {
  it('prints records, and the text of commands without a template', async () => {
    const { stdout, code } = await lab.call(['run', 'show clock', 'show version', '--parse', '--no-collapse']);
    expect(code).toBe(0);
    for (const name of names) expect(stdout).toContain(`── ${name}`);
    expect(stdout).toMatch(/\$ show clock\ntime +timezone +year\n[\d:]+ +UTC +\d{4}/);
    expect(stdout).toMatch(/\$ show version\nno template for this command of cisco_ios; the text:\nCisco IOS Software/);
  });

  it('prints records as JSON beside the text', async () => {
    const ended = await lab.call(['run', 'show clock', 'show version', '--parse', '--json']);
    for (const { outputs } of ended.lines()) {
      expect(outputs[0]).toMatchObject({ template: 'clock.textfsm', records: [{ timezone: 'UTC' }] });
      expect(outputs[1]).toMatchObject({ template: null });
      expect(outputs[1].text).toContain('Cisco IOS Software');
    }
  });

  it('prints CSV with the devices, and what it could not read on stderr', async () => {
    const { stdout, stderr } = await lab.call(['run', 'show clock', 'show version', '--parse', '--csv']);
    const [header, ...lines] = stdout.trim().split('\n');
    expect(header).toBe('device,time,timezone,year');
    expect(lines.map((line) => line.split(',')[0] ?? '').toSorted((a, b) => a.localeCompare(b))).toEqual(names);
    expect(stderr).toContain(`${names[0]}: show version: no template of cisco_ios`);
  });

  it('shows the text when a template does not take it', async () => {
    await writeFile(join(templates(), 'clock.textfsm'), 'Value A (a)\n\nStart\n  ^. -> Error "no clock"\n');
    const { stdout } = await lab.call(['run', 'show clock', '--parse', '--no-collapse']);
    expect(stdout).toMatch(/NW_TEXTFSM_MISMATCH .*\(no clock\).*; the text:\n\*?[\d:.]+ UTC/);
    await writeFile(join(templates(), 'clock.textfsm'), collection['clock.textfsm']!);
  });

  it('finds templates through the environment', async () => {
    const env = { NETWRIGHT_TEMPLATES: templates() };
    const explained = (await lab.call(['config', 'explain', 'templates', '--json'], { env })).json();
    expect(explained.settings[0]).toMatchObject({ origin: 'NETWRIGHT_TEMPLATES', value: [templates()] });
  });
});
