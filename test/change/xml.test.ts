import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { all, type ChangeLab, changeLab } from './change-lab.ts';

describe.each(['juniper_junos', 'cisco_xr'])('XML over NETCONF on %s', (platform) => {
  let net: ChangeLab;
  beforeAll(async () => {
    net = await changeLab({ platforms: [platform], devices: 1, apis: true });
  });
  afterAll(async () => await net[Symbol.asyncDispose]());

  const xml = {
    juniper_junos:
      '<configuration><system><location><building>cairo-7</building></location><radius-server><name>192.0.2.9</name><secret>Sup3rS3cret</secret></radius-server></system></configuration>',
    cisco_xr:
      '<host-names xmlns="http://cisco.com/ns/yang/Cisco-IOS-XR-shellutil-cfg"><host-name>cairo-7</host-name></host-names>',
  }[platform]!;

  it('is planned, applied, proven and taken back, and shows no secret', async () => {
    const [name = ''] = net.names;
    const device = net.lab.device(name);
    const before = await device.running();
    const { outcomes, report } = await all(net.workspace.change.plan({ intent: { lines: [xml] } }));
    expect(outcomes.get(name)?.error).toBeUndefined();
    const planned = outcomes.get(name)?.value;
    const isJunos = platform === 'juniper_junos';
    // What the lab's IOS XR prints of its configuration it does not read again: nothing is promised then.
    expect(planned?.promise).toMatchObject({
      driver: isJunos ? 'junos over NETCONF' : 'RFC 6241 over NETCONF',
      ...{ atomic: true, confirmed: true, rollback: isJunos ? 'exact' : 'none' },
    });
    expect(planned?.text.diff).toContain('cairo-7');
    expect(JSON.stringify(await net.workspace.change.show(report.id))).not.toContain('Sup3rS3cret');
    expect(await device.running()).toBe(before);

    const pending = await all(net.workspace.change.apply(report.id, { guard: false, confirmMs: 120_000 }));
    expect(pending.outcomes.get(name)?.error).toBeUndefined();
    expect(await device.running()).toContain('cairo-7');
    const { outcomes: back } = await all(net.workspace.change.rollback(report.id));
    expect(back.get(name)?.error).toBeUndefined();
    expect(await device.running()).toBe(before);
    const [{ state, isRollbackExact } = {}] = (await net.workspace.change.status(report.id)).devices;
    expect({ state, isRollbackExact }).toEqual({ state: 'rolled back', isRollbackExact: true });
  });
});
