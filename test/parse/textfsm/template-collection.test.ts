import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CheckedTemplate, openTemplates } from '#parse';
import { collection } from './collection.ts';

let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'netwright-templates-'));
  const folder = join(home, 'clone', 'ntc_templates', 'templates');
  await mkdir(folder, { recursive: true });
  for (const [name, text] of Object.entries(collection)) await writeFile(join(folder, name), text);
});
afterAll(async () => await rm(home, { recursive: true, force: true }));

const open = () => openTemplates(join(home, 'clone'));
const ports = 'Gi0/1 is up\nGi0/2 is down\nGi0/1 mtu 9000 in 192.0.2.1\nGi0/3 mtu 1500\n';

describe('a collection', () => {
  it('is found in a clone, and chooses by platform and command', async () => {
    const templates = await open();
    expect(templates.folder.endsWith(join('ntc_templates', 'templates'))).toBe(true);
    const row = templates.find({ Platform: 'cisco_ios', Hostname: 'r1', Command: 'sh po' });
    expect(row?.templates).toEqual(['ports.textfsm', 'ports_mtu.textfsm']);
    expect(templates.find({ Platform: 'cisco_nxos', Command: 'show ports' })).toBeUndefined();
  });

  it('joins several templates by key, and writes None where an entry took no part', async () => {
    const templates = await open();
    const row = templates.find({ Platform: 'cisco_ios', Command: 'show ports' })!;
    const { table, templates: used } = await templates.parse(row, ports);
    expect(used).toEqual(['ports.textfsm', 'ports_mtu.textfsm']);
    expect(table.keys).toEqual(['PORT']);
    expect(table.records()).toEqual([
      { PORT: 'Gi0/1', STATE: 'up', MTU: '9000', ADDRESS: ['192.0.2.1'] },
      { PORT: 'Gi0/2', STATE: 'down', MTU: '', ADDRESS: '' },
    ]);
    const only = await templates.parse(templates.find({ Platform: 'cisco_ios', Command: 'show mtu' })!, ports);
    expect(only.table.rows).toEqual([
      ['Gi0/1', '9000', ['192.0.2.1']],
      ['Gi0/3', '1500', ['None']],
    ]);
  });

  it('compiles all of its templates, and names those that do not', async () => {
    const checked: CheckedTemplate[] = [];
    for await (const one of (await open()).check()) checked.push(one);
    expect(checked.filter(({ error }) => error === undefined).map(({ file }) => file)).toEqual([
      'clock.textfsm',
      'ports.textfsm',
      'ports_mtu.textfsm',
    ]);
    expect(checked.filter(({ error }) => error !== undefined).map(({ file, error }) => [file, error?.code])).toEqual([
      ['../outside.textfsm', 'NW_TEXTFSM_INVALID'],
      ['broken.textfsm', 'NW_TEXTFSM_INVALID'],
      ['missing.textfsm', 'NW_TEXTFSM_NOT_FOUND'],
    ]);
  });

  it('refuses a folder without an index', async () => {
    await expect(openTemplates(home)).rejects.toMatchObject({ code: 'NW_TEXTFSM_NOT_FOUND' });
  });
});
