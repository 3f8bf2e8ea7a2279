import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { NetwrightError } from '#core';
import { type ImportedInventory, importAnsible, importCsv, importOxidized, importRancid } from '#inventory';
import { yamlEntry } from '../../src/inventory/import/yaml-text.ts';
import { folderWith, platforms } from './workbench.ts';

const secret = 'Hunter22-Secret';

interface Subject {
  readonly text: string;
  readonly more: Readonly<Record<string, string>>;
  readonly convert: (file: string, folder: string) => Promise<ImportedInventory>;
}

const subjects: Record<string, Subject> = {
  'router.db of Oxidized': {
    text: `r1:192.0.2.1:ios:g:admin:${secret}\nr2:192.0.2.2:junos:::\n# x\n`,
    more: {
      config:
        'source: { csv: { delimiter: !ruby/regexp /:/, map: { name: 0, ip: 1, model: 2, group: 3, username: 4, password: 5 } } }\n',
    },
    convert: (file, folder) => importOxidized({ source: file, config: join(folder, 'config') }),
  },
  'configuration of Oxidized': {
    text: `username: a\npassword: ${secret}\nvars: { enable: x }\ngroups:\n  g: { vars: { ssh_port: 22 } }\nsource: { csv: { delimiter: !ruby/regexp /:/, map: { name: 0, model: 1 } } }\n`,
    more: { 'router.db': 'r1:ios\nr2:eos\n' },
    convert: (file, folder) => importOxidized({ source: join(folder, 'router.db'), config: file }),
  },
  'router.db of RANCID': {
    text: 'r1;cisco;up;x\nr2;juniper;down\n#\nr3:hp:up\n',
    more: {},
    convert: (file) => importRancid({ routerDb: file }),
  },
  '.cloginrc': {
    text: `add user r* {ad"min}\nadd password * {${secret}} "en\\"able"\nadd method * {ssh:22} telnet\n# c\nadd timeout \\\n  * 5\n`,
    more: { 'router.db': 'r1;cisco;up\nx;cisco;up\n' },
    convert: (file, folder) => importRancid({ routerDb: join(folder, 'router.db'), cloginrc: file }),
  },
  'INI inventory of Ansible': {
    text: `h0 a=1\n[a]\nr[1:2]:22 ansible_host=192.0.2.1 ansible_password="${secret}" # c\n[a:vars]\nx=1\n[b:children]\na\n`,
    more: {},
    convert: (file) => importAnsible({ inventory: file }),
  },
  'YAML inventory of Ansible': {
    text: `---\nall:\n  vars: { ansible_password: ${secret} }\n  children:\n    a:\n      hosts:\n        r[1:2]: { x: &l [1], y: *l }\n        r3:\n`,
    more: {},
    convert: (file) => importAnsible({ inventory: file }),
  },
  CSV: {
    text: `name,ip,platform,user,password,note\nr1,192.0.2.1,ios,admin,"${secret}","a ""b"" c"\nr2,192.0.2.2,eos,,,x\n`,
    more: {},
    convert: (file) => importCsv({ file, resolvePlatform: platforms.resolve }),
  },
};

describe.each(Object.entries(subjects))('%s', (_, { text, more, convert }) => {
  /** Either an inventory that is YAML and has no secret, or a refusal with a place and no secret. */
  const hold = async (folder: string, content: string): Promise<void> => {
    const file = join(folder, 'subject');
    await writeFile(file, content);
    try {
      const { inventory, warnings } = await convert(file, folder);
      const data = parse(inventory) as { devices?: Record<string, { groups?: string[] }>; groups?: object };
      expect(data.devices).toBeTypeOf('object');
      for (const { groups = [] } of Object.values(data.devices ?? {})) {
        for (const group of groups) expect(data.groups).toHaveProperty([group]);
      }
      // Noise can put it where the name of a device stands; names are no secrets.
      if (!Object.keys(data.devices ?? {}).some((name) => name.includes(secret))) {
        expect(JSON.stringify(warnings)).not.toContain(secret);
      }
      if (content === text) expect(inventory).not.toContain(secret);
    } catch (error) {
      expect(error).toBeInstanceOf(NetwrightError);
      expect(error).toMatchObject({ code: 'NW_IMPORT_INVALID' });
      expect((error as Error).message).not.toContain(secret);
      expect((error as Error).message).toMatch(/:\d+: /);
    }
  };

  it('survives truncation at every character', async () => {
    const folder = await folderWith(more);
    for (let length = 0; length <= text.length; length += 1) await hold(folder, text.slice(0, length));
  });

  it('survives noise', async () => {
    const folder = await folderWith(more);
    const noise = fc.oneof(
      fc.string({ minLength: 1, maxLength: 4 }),
      fc.constantFrom('\n', '"', "'", '{', '}', '[', ']', ':', ';', ',', '\\', '\u0000', '\u2028', '  ', '*x', '&x'),
    );
    await fc.assert(
      fc.asyncProperty(fc.nat(text.length), fc.nat(3), noise, (at, cut, what) =>
        hold(folder, text.slice(0, at) + what + text.slice(at + cut)),
      ),
      { numRuns: 150 },
    );
  });
});

it('what is written as YAML is read back as the same', () => {
  const value = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.constantFrom(
      '1.10',
      '08',
      'yes',
      '~',
      '1e3',
      '0x1f',
      '.inf',
      '2024-01-01',
      '-',
      '---',
      '? a',
      'a: b',
      'a #b',
      ' a',
      '192.0.2.1',
      '1_000',
    ),
  );
  const data = fc.dictionary(
    fc.string({ minLength: 1, maxLength: 6 }).filter((key) => key !== '__proto__' && key !== '<<'),
    fc.oneof(value, fc.array(value, { maxLength: 3 })),
    { maxKeys: 4 },
  );
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 5 }), data, (name, layer) => {
      if (name === '__proto__') return;
      const written = yamlEntry(name, layer, '');
      expect(parse(written)).toEqual({ [name]: { ...layer } });
      // Also for programs that still read YAML 1.1.
      expect(parse(written, { version: '1.1', merge: false })).toEqual({ [name]: { ...layer } });
    }),
    { numRuns: 800 },
  );
});
