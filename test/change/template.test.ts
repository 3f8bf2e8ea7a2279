import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Secret } from '#core';
import type { Device } from '#inventory';
import type { IntentSource } from '../../src/change/intent/intent-source.ts';
import { openIntents } from '../../src/change/intent/open-intents.ts';

const device: Device = {
  ...{ name: 'r1', address: '192.0.2.1', port: 22, platform: 'cisco_ios', transport: 'ssh', jump: [], site: 'cairo' },
  ...{ tags: ['bgp'], groups: ['edge'], connection: {} },
  variables: { asn: 64512, community: 'S3cr3t-Word', neighbors: [{ ip: '10.0.0.1', asn: 65001 }], plain: {} },
};

describe('what is wanted of a device', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'netwright-intent-'));
  });
  afterEach(async () => await rm(folder, { recursive: true, force: true }));
  const write = async (name: string, text: string | Uint8Array): Promise<string> => {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
    return path;
  };
  const asked: string[] = [];
  const read = async (source: IntentSource, of = device) => {
    const secret = async (name: string, part: string) => {
      asked.push(`${name} ${part}`);
      return name === 'lab' ? new Secret(`value-of-${part}`) : undefined;
    };
    return await (await openIntents(source, { secret })).of(of);
  };

  describe('from a template', () => {
    const render = async (text: string, variables = {}) =>
      (await read({ template: await write('acl.j2', text), variables }))?.text;

    it('fills in the variables of the device, statements leaving no lines', async () => {
      const text = `router bgp {{ asn }}
  {% for n in neighbors %}
 neighbor {{ n.ip }} remote-as {{ n.asn }}
  {% endfor %}
! {{ device.name }} at {{ device.site }}{% if 'bgp' in device.tags %}, bgp{% endif %}

`;
      expect(await render(text)).toBe('router bgp 64512\n neighbor 10.0.0.1 remote-as 65001\n! r1 at cairo, bgp\n');
    });

    it('lets variables of the call go before those of the inventory', async () => {
      expect(await render('as {{ asn }} {{ vlan }}', { asn: 1, vlan: [10, 20] })).toBe('as 1 [10, 20]\n');
    });

    it('takes in other files of its folder', async () => {
      await write('parts/ntp.j2', 'ntp server {{ asn }}\n');
      expect(await render('a\n{% include "parts/ntp.j2" %}\nb\n')).toBe('a\nntp server 64512\nb\n');
    });

    it('tells where the inventory keeps what was named', async () => {
      await expect(render('{{ site }}')).rejects.toMatchObject({
        hint: expect.stringContaining('{{ device.site }}') as string,
      });
    });

    it.each([
      ['a variable that is not there', 'x\n{{ nowhere }}\n', 'r1: F/acl.j2:2: undefined value: nowhere'],
      ['a part of one', 'x\n\n{{ plain.a.b }}\n', 'r1: F/acl.j2:3: undefined value: plain.a'],
      ['a condition on one', '{% if nowhere %}a{% endif %}', 'F/acl.j2:1: undefined value: nowhere'],
      [
        'one in a loop',
        'a\n{% for n in neighbors %}\n{{ n.name }}\n{% endfor %}',
        'F/acl.j2:3: undefined value: n.name',
      ],
      ['a filter that is not there', '{{ asn|nosuch }}', 'F/acl.j2:1: unknown filter: filter nosuch is unknown'],
      ['bad syntax', 'a\nb\n{% if %}\n', 'F/acl.j2:3: syntax error'],
      ['an open block', 'a\n{% for n in neighbors %}\n', 'syntax error'],
      ['a file that is not there', 'a\n{% include "no.j2" %}', 'F/acl.j2:2: template not found'],
      ['a file outside of the folder', '{% include "../../etc/passwd" %}', 'template not found'],
      [
        'a loop without end',
        '{% for a in range(9999) %}{% for b in range(9999) %}{{ a }}{% endfor %}{% endfor %}',
        'fuel',
      ],
      ['what stands below device', 'a\n{{ site }}\n', 'F/acl.j2:2: undefined value: site'],
    ])('names %s by file and line', async (_, text, message) => {
      await expect(render(text)).rejects.toMatchObject({
        code: 'NW_TEMPLATE_INVALID',
        message: expect.stringContaining(message.replace('F/', `${folder}/`)) as string,
      });
    });

    it('names the line of the file that was taken in', async () => {
      await write('parts/deep.j2', 'ok\n\n{{ missing.part }}\n');
      await write('parts/mid.j2', '\n{% include "parts/deep.j2" %}\n');
      await expect(render('a\n{% include "parts/mid.j2" %}')).rejects.toThrow(
        `r1: ${folder}/parts/deep.j2:3: undefined value: missing`,
      );
    });

    it('says no value of a variable in an error', async () => {
      const error = await render('{{ community }} {{ neighbors }} {{ missing }}').catch((thrown: unknown) => thrown);
      expect(JSON.stringify(error) + String(error)).not.toContain('S3cr3t');
    });

    it('looks secrets up by reference, each once', async () => {
      asked.length = 0;
      const text = "a {{ secret('lab') }}\nb {{ secret('lab', 'enable') }} {{ secret('lab') }}\n";
      expect(await render(text)).toBe('a value-of-password\nb value-of-enable value-of-password\n');
      expect(asked).toEqual(['lab password', 'lab enable']);
      await expect(render("{{ secret('other') }}")).rejects.toMatchObject({ code: 'NW_CREDENTIAL_MISSING' });
      await expect(render("{{ secret('lab', 'shoe size') }}")).rejects.toMatchObject({ code: 'NW_TEMPLATE_INVALID' });
      await expect(render('{{ secret(5) }}')).rejects.toMatchObject({ code: 'NW_TEMPLATE_INVALID' });
    });

    it('gives no way to the program it runs in', async () => {
      for (const text of ['{{ device.constructor }}', '{{ secret.constructor }}', '{{ plain.__proto__ }}']) {
        await expect(render(text)).rejects.toMatchObject({ code: 'NW_TEMPLATE_INVALID' });
      }
    });

    it('refuses what is no text', async () => {
      await expect(read({ template: await write('a.j2', new Uint8Array([0xff, 0xfe])) })).rejects.toThrow('UTF-8');
      await expect(read({ template: join(folder, 'none.j2') })).rejects.toMatchObject({ code: 'NW_USAGE' });
      await expect(render('{% if false %}a{% endif %}\n\n')).rejects.toThrow('there are none');
    });
  });

  it('takes lines, and files byte for byte', async () => {
    expect(await read({ lines: ['ntp server 1.2.3.4'] })).toEqual({ kind: 'merge', text: 'ntp server 1.2.3.4\n' });
    const file = await write('all.cfg', new Uint8Array([0x61, 0xe9, 0x0d, 0x0a, 0x0a]));
    expect(await read({ file, kind: 'replace' })).toEqual({ kind: 'replace', text: 'a\udce9\n' });
    const target = { path: '/etc/motd', reload: 'true' };
    expect(await read({ file, target })).toMatchObject({ file: target });
    await expect(read({ lines: [] })).rejects.toMatchObject({ code: 'NW_USAGE' });
    await expect(read({ file: join(folder, 'none') })).rejects.toMatchObject({ code: 'NW_USAGE' });
  });

  it('takes texts that a program made', async () => {
    const source = { texts: { r1: 'ntp server 192.0.2.1' }, title: 'remediation of policy.yaml' };
    expect(await read(source)).toEqual({ kind: 'merge', text: 'ntp server 192.0.2.1\n' });
    expect(await read(source, { ...device, name: 'constructor' })).toBeUndefined();
  });

  it('takes one file a device from a folder', async () => {
    await write('r1.cfg', 'one\n');
    await write('r2', 'two\n');
    await write('core.r3.txt', 'three\n');
    await write('.hidden', 'no\n');
    const of = (name: string) => read({ folder }, { ...device, name });
    expect((await of('r1'))?.text).toBe('one\n');
    expect((await of('r2'))?.text).toBe('two\n');
    expect((await of('core.r3'))?.text).toBe('three\n');
    expect(await of('r4')).toBeUndefined();
    await write('r1.txt', 'other\n');
    await expect(of('r1')).rejects.toThrow('both');
    await expect(read({ folder: join(folder, 'none') })).rejects.toMatchObject({ code: 'NW_USAGE' });
  });
});
