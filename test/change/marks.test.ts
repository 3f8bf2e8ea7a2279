import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { all, type ChangeLab, changeLab } from './change-lab.ts';

describe('a stored configuration, edited and planned', () => {
  let net: ChangeLab;
  beforeAll(async () => {
    net = await changeLab({ platforms: ['cisco_ios'], devices: 2 });
    for await (const { ok, error } of net.workspace.backup({})) if (!ok) throw error;
  });
  afterAll(async () => await net[Symbol.asyncDispose]());

  const stored = async (name: string): Promise<string> => {
    const store = await net.workspace.configurations();
    return (await store.read((await store.latest(name))!)).toString();
  };
  const plan = async (name: string, text: string) => {
    const file = join(net.folder, 'wanted.cfg');
    await writeFile(file, text);
    return await all(net.workspace.change.plan({ intent: { file, kind: 'replace' }, select: name }));
  };

  it('keeps the secrets that its marks stand for, and changes the rest', async () => {
    const [name = ''] = net.names;
    const device = net.lab.device(name);
    const before = await device.running();
    const text = await stored(name);
    expect(text).toMatch(/^enable secret 9 <secret:[0-9a-f]{8}>$/m);
    const { outcomes, report } = await plan(
      name,
      text.replace(/^hostname .*$/m, (line) => `${line}\nntp server 192.0.2.99`),
    );
    expect(outcomes.get(name)?.error).toBeUndefined();
    expect(outcomes.get(name)?.value?.text.diff.trim()).toBe('+ ntp server 192.0.2.99');
    const { outcomes: applied } = await all(net.workspace.change.apply(report.id, { guard: false }));
    expect(applied.get(name)?.error).toBeUndefined();
    const after = await device.running();
    expect(after).toContain('ntp server 192.0.2.99');
    expect(after).not.toContain('<secret');
    expect(/^enable secret .*$/m.exec(after)?.[0]).toBe(/^enable secret .*$/m.exec(before)?.[0]);
  });

  it('is refused where the device has no such secret, with the line, and is told what to write', async () => {
    const [, name = ''] = net.names;
    const before = await net.lab.device(name).running();
    const text = `${(await stored(name)).replace(/\nend\n*$/, '')}\nsnmp-server community <secret:00000000> RO\nend\n`;
    const { outcomes } = await plan(name, text);
    const line = text.split('\n').findIndex((one) => one.includes('00000000')) + 1;
    expect(outcomes.get(name)?.error).toMatchObject({ code: 'NW_CHANGE_REFUSED' });
    expect(outcomes.get(name)?.error?.message).toContain(`line ${line} of what is wanted has <secret:00000000>`);
    expect(outcomes.get(name)?.error?.hint).toContain('--sealed');
    expect(await net.lab.device(name).running()).toBe(before);
  });
});

describe('a stored configuration with what the device said of itself around it', () => {
  it.each(['cisco_xr', 'paloalto_panos', 'arista_eos', 'vyos'])(
    'of %s is what the device has already',
    async (platform) => {
      await using net = await changeLab({ platforms: [platform], devices: 1 });
      for await (const { ok, error } of net.workspace.backup({})) if (!ok) throw error;
      const [name = ''] = net.names;
      const store = await net.workspace.configurations();
      const text = (await store.read((await store.latest(name))!)).toString();
      const file = join(net.folder, 'wanted.cfg');
      await writeFile(file, text);
      const { outcomes } = await all(net.workspace.change.plan({ intent: { file, kind: 'replace' } }));
      expect(outcomes.get(name)?.error?.message).toBeUndefined();
      expect(outcomes.get(name)?.value).toMatchObject({ state: 'same' });
    },
  );

  it('loses only that: no line within, no line of a file of a host, and nothing of lines that are merged', async () => {
    const { withoutRemarks } = await import('../../src/change/intent/remarks.ts');
    const { createPlatformRegistry } = await import('#platforms');
    const ios = await createPlatformRegistry().get('cisco_ios');
    const text = '! serial: 1\n!\nhostname a\n! within\nend\n!\n! after\n';
    expect(withoutRemarks({ kind: 'replace', text }, ios)).toEqual({
      intent: { kind: 'replace', text: 'hostname a\n! within\nend\n' },
      skippedLines: 2,
    });
    for (const intent of [
      { kind: 'merge', text },
      { kind: 'replace', text, file: { path: '/etc/x' } },
      { kind: 'replace', text: '! nothing else\n' },
    ] as const)
      expect(withoutRemarks(intent, ios)).toEqual({ intent, skippedLines: 0 });
  });
});
