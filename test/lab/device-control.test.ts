import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DeviceControl, type Lab, type LabDevice, startLab } from '../../src/lab/index.ts';
import { operator } from './transactions/terminal.ts';

let lab: Lab;
let next = 0;
beforeAll(async () => {
  lab = await startLab({ devices: 14, processes: 0, platforms: ['cisco_xe'], telnetShare: 0 });
});
afterAll(async () => {
  await lab?.stop();
});

function fresh(): { device: LabDevice; control: DeviceControl } {
  const device = lab.devices[next]!;
  next += 1;
  return { device, control: lab.device(device.name) };
}

const edit = ['configure terminal', 'vlan 3000', 'name one', 'vlan 3001', 'name two', 'end'];

describe('the connection is lost', () => {
  it.each([
    ['before', false],
    ['during', true],
    ['after', true],
  ] as const)('%s the third line, which is carried out: %s', async (when, isDone) => {
    const { device, control } = fresh();
    const { talk } = await operator(device);
    await control.fault({ kind: 'cut', atCommand: 3, when });
    talk.send(`${edit.join('\n')}\n`);
    await talk.closed();
    const text = await control.running();
    expect(text).toContain('vlan 3000');
    expect(text.includes('name one')).toBe(isDone);
    expect(text).not.toContain('vlan 3001');
    expect((await control.status()).sessions).toBe(0);
    // The fault is gone with the connection.
    const again = await operator(device);
    await again.all(...edit);
    expect(await control.running()).toContain('name two');
    again.talk.end();
  });

  it('at a byte, whatever stands there', async () => {
    const { device, control } = fresh();
    const { talk } = await operator(device);
    const before = talk.text.length;
    await control.fault({ kind: 'cut', atByte: 40 });
    talk.send(`${edit.join('\n')}\n`);
    await talk.closed();
    expect(talk.text.length - before).toBe(40);
  });
});

it('restarts in the middle: what was not saved is gone, and the port answers again', async () => {
  const { device, control } = fresh();
  const { talk, all } = await operator(device);
  const before = await control.running();
  await control.fault({ kind: 'reboot', on: '^end$', downMs: 150 });
  await all('configure terminal', 'vlan 3000');
  talk.send('end\n');
  await talk.closed();
  expect(await control.running()).toBe(before);
  expect(await control.status()).toMatchObject({ isReachable: false, reboots: 1, isUnsaved: false });
  await expect(operator(device)).rejects.toThrow(/ECONNREFUSED/);
  for (let tried = 0; tried < 200 && !(await control.status()).isReachable; tried += 1)
    await new Promise((resolve) => setTimeout(resolve, 10));
  await new Promise((resolve) => setTimeout(resolve, 50));
  (await operator(device)).talk.end();
});

it('refuses the nth line of configuration, or one that matches, once', async () => {
  const { device, control } = fresh();
  const { ask, all, talk } = await operator(device);
  await control.fault({ kind: 'refuse', line: 2 });
  await all('configure terminal', 'vlan 3000');
  expect(await ask('name one')).toContain('% Invalid input');
  expect(await ask('name one')).not.toContain('%');
  await control.fault({ kind: 'refuse', line: 'name t' });
  await ask('vlan 3001');
  expect(await ask('name two')).toContain('% Invalid input');
  expect(await ask('name two')).not.toContain('%');
  talk.end();
});

it('hangs at a command, and does or does not do it', async () => {
  const { device, control } = fresh();
  const { talk, all } = await operator(device);
  await all('configure terminal', 'vlan 3000', 'name one', 'end');
  await control.fault({ kind: 'hang', on: '^write', when: 'after' });
  talk.send('write memory\n');
  for (let tried = 0; tried < 200 && (await control.status()).isUnsaved; tried += 1)
    await new Promise((resolve) => setTimeout(resolve, 5));
  expect((await control.status()).isUnsaved).toBe(false);
  expect(talk.text.endsWith('write memory\r\n')).toBe(true);
  talk.end();
});

it('cannot be reached any more once its own port is shut: the session holds still until that is undone', async () => {
  const { device, control } = fresh();
  const { talk } = await operator(device);
  const before = await control.running();
  talk.send('configure terminal\ninterface Vlan1\nshutdown\nend\n');
  for (let tried = 0; tried < 200 && (await control.status()).isReachable; tried += 1)
    await new Promise((resolve) => setTimeout(resolve, 5));
  await expect(operator(device)).rejects.toThrow(/ECONNREFUSED/);
  await control.reboot();
  expect(await control.running()).toBe(before);
  await talk.closed();
});

it('is cut off by an access list that lets nobody in, and not by one that does', async () => {
  const { control } = fresh();
  await control.configure([
    'ip access-list extended NOBODY',
    'deny ip any any',
    'interface Vlan1',
    'ip access-group NOBODY in',
  ]);
  expect(await control.status()).toMatchObject({ isReachable: false });
  await control.configure(['ip access-list extended NOBODY', 'permit tcp any any eq 22']);
  expect(await control.status()).toMatchObject({ isReachable: true });
});

it('is seen and worked on from outside', async () => {
  const { device, control } = fresh();
  const { all, talk } = await operator(device);
  await all('show clock', 'configure terminal', 'vlan 7', 'end');
  expect(await control.typed()).toEqual(['show clock', 'configure terminal', 'vlan 7', 'end']);
  expect(await control.status()).toMatchObject({ isUnsaved: true, sessions: 1, isReachable: true });
  await control.save();
  expect(await control.startup()).toBe(await control.running());
  await control.store('a.txt', 'text');
  expect(await control.file('flash:a.txt')).toBe('text');
  expect(await control.file('b.txt')).toBeUndefined();
  await expect(control.configure(['frobnicate'])).rejects.toMatchObject({ code: 'NW_LAB_FAILED' });
  expect(() => lab.device('nobody')).toThrow(/no device "nobody"/);
  talk.end();
});

it('works the same when its devices are in processes of their own', async () => {
  await using far = await startLab({ devices: 2, processes: 1, platforms: ['cisco_xe'], telnetShare: 0 });
  const control = far.device(far.devices[1]!.name);
  const before = await control.running();
  await control.configure(['vlan 3000', 'name far']);
  expect(await control.running()).toContain('name far');
  await control.reboot({ downMs: 1 });
  expect(await control.running()).toBe(before);
  await expect(control.configure(['frobnicate'])).rejects.toThrow(/does not take: frobnicate/);
});

it('lets two sessions edit one configuration without overwriting each other', async () => {
  const { device, control } = fresh();
  const one = await operator(device);
  const two = await operator(device);
  await one.all('configure terminal', 'vlan 3000');
  await two.all('configure terminal', 'vlan 3001', 'name two', 'end');
  await one.all('name one', 'end');
  expect(await control.running()).toMatch(/vlan 3000\n name one\n!\n/);
  expect(await control.running()).toMatch(/vlan 3001\n name two\n!\n/);
  one.talk.end();
  two.talk.end();
});
