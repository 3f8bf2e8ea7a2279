import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FaultKind, faultKinds, type Lab, startLab } from '../../src/lab/index.ts';
import { ssh, telnet } from './conversation.ts';
import { enter } from './dialogues.ts';

let lab: Lab;
let wired: Lab;
beforeAll(async () => {
  const faults = Object.fromEntries(faultKinds.map((kind) => [kind, 1 / 22]));
  const options = { devices: 22, platforms: ['cisco_xe'], processes: 0, faults, configBytes: 20_000 };
  lab = await startLab({ ...options, telnetShare: 0 });
  wired = await startLab({ ...options, telnetShare: 1 });
});
afterAll(async () => {
  await lab?.stop();
  await wired?.stop();
});

const faulty = (kind: FaultKind, among = lab) => among.devices.find(({ fault }) => fault === kind)!;
const show = 'terminal length 0\nshow running-config\n';

describe('faults over SSH', () => {
  it('each falls on as many devices as asked, and no device has two', () => {
    for (const kind of faultKinds) expect(lab.devices.filter(({ fault }) => fault === kind)).toHaveLength(1);
    expect(lab.devices.filter(({ fault }) => fault === undefined)).toHaveLength(11);
  });

  it('that would fall twice on some are refused', async () => {
    await expect(startLab({ devices: 4, processes: 0, faults: { cut: 0.9, mute: 0.9 } })).rejects.toMatchObject({
      code: 'NW_LAB_FAILED',
      message: expect.stringContaining('180 %') as string,
    });
  });

  it('slow: a line every 100 ms', async () => {
    const talk = await enter(faulty('slow'));
    const began = Date.now();
    talk.send('show inventory\n');
    await talk.until(/#$/);
    expect(Date.now() - began).toBeGreaterThanOrEqual(280);
    talk.end();
  });

  it('cut: the line goes in the middle of the configuration', async () => {
    const talk = await enter(faulty('cut'));
    talk.send(show);
    await talk.closed();
    expect(talk.text).toContain('hostname');
    expect(talk.text).not.toMatch(/\r\nend\r\n/);
    expect(talk.text.length).toBeGreaterThan(5_000);
  });

  it('truncated: the end is missing, the prompt is not', async () => {
    const talk = await enter(faulty('truncated'));
    talk.send(show);
    const text = await talk.until(/show running-config[\s\S]*#$/);
    expect(text.length).toBeGreaterThan(12_000);
    expect(text).not.toMatch(/\r\nend\r\n/);
    talk.send('show inventory\n');
    await talk.until(/PID: [\s\S]*#$/);
    talk.end();
  });

  it.each([
    ['password', false],
    ['keyboard-interactive', true],
  ])('wrong-password: refuses every login by %s', async (_, keyboard) => {
    await expect(ssh(faulty('wrong-password'), { keyboard })).rejects.toThrow(/authentication methods failed/);
  });

  it('changed-key: another host key from the second connection on', async () => {
    const keys: string[] = [];
    for (let nth = 0; nth < 3; nth += 1) {
      (await ssh(faulty('changed-key'), { onHostKey: (key) => keys.push(key.toString('base64')) })).end();
    }
    expect(keys[1]).not.toBe(keys[0]);
    expect(keys[2]).toBe(keys[1]);
    const sound: string[] = [];
    const device = lab.devices.find(({ fault }) => fault === undefined)!;
    for (let nth = 0; nth < 2; nth += 1)
      (await ssh(device, { onHostKey: (key) => sound.push(key.toString('base64')) })).end();
    expect(sound).toEqual([keys[0], keys[0]]);
  });

  it('endless: more and more, and never a prompt', async () => {
    const talk = await enter(faulty('endless'));
    talk.send(show);
    await talk.until(/^[\s\S]{2000000}/, 15_000);
    expect(talk.text.slice(-2_000)).not.toMatch(/\r\nend\r\n/);
    talk.end();
    await talk.closed();
  });

  it('garbage: no text and no prompt', async () => {
    const talk = await enter(faulty('garbage'));
    talk.send('show version\n');
    await talk.until(/show version\r\n[\s\S]{200}/);
    expect(talk.text).not.toContain('IOS');
    expect(/[\x80-\xff]/.test(talk.text)).toBe(true);
    talk.end();
  });

  it('no-prompt: lets one in, then says nothing', async () => {
    const talk = await ssh(faulty('no-prompt'));
    talk.send('\n\n');
    await expect(talk.until(/./, 400)).rejects.toThrow(/did not come; last: ""/);
    talk.end();
  });

  it('reset: TCP reset after the login', async () => {
    const talk = await ssh(faulty('reset')).catch((error: Error) => error);
    if (talk instanceof Error) expect(talk.message).toMatch(/ECONNRESET|lost/);
    else await talk.closed();
  });

  it('mute: accepts TCP and never speaks', async () => {
    await expect(ssh(faulty('mute'), { timeoutMs: 400 })).rejects.toThrow(/Timed out/);
  });

  it('refused: nothing listens', async () => {
    await expect(ssh(faulty('refused'))).rejects.toThrow(/ECONNREFUSED/);
  });
});

describe('faults over Telnet', () => {
  it('wrong-password: asks three times and hangs up', async () => {
    const device = faulty('wrong-password', wired);
    const talk = await telnet(device);
    for (let nth = 0; nth < 3; nth += 1) {
      await talk.until(/Username: $/);
      talk.send(`${device.user}\r\n`);
      await talk.until(/Password: $/);
      talk.send(`${device.password}\r\n`);
    }
    await talk.closed();
    expect(talk.text.match(/% Login invalid/g)).toHaveLength(3);
  });

  it('reset: an ECONNRESET, no orderly end', async () => {
    const device = faulty('reset', wired);
    const socket = connect({ host: device.host, port: device.port });
    socket.write(`${device.user}\r\n${device.password}\r\n`);
    const error = await new Promise<NodeJS.ErrnoException | undefined>((resolve) => {
      socket.on('error', resolve);
      socket.on('end', () => resolve(undefined));
      socket.resume();
    });
    expect(error?.code).toBe('ECONNRESET');
  });

  it('cut, truncated, garbage, endless and no-prompt behave as over SSH', async () => {
    const cut = await enter(faulty('cut', wired));
    cut.send(show.replaceAll('\n', '\r\n'));
    await cut.closed();
    expect(cut.text).not.toMatch(/\r\nend\r\n/);
    const truncated = await enter(faulty('truncated', wired));
    truncated.send(show.replaceAll('\n', '\r\n'));
    expect(await truncated.until(/show running-config[\s\S]*#$/)).not.toMatch(/\r\nend\r\n/);
    truncated.end();
    const endless = await enter(faulty('endless', wired));
    endless.send(show.replaceAll('\n', '\r\n'));
    await endless.until(/^[\s\S]{500000}/, 15_000);
    endless.end();
    const silent = await telnet(faulty('no-prompt', wired));
    silent.send(`${lab.devices[0]!.user}\r\n${lab.devices[0]!.password}\r\n`);
    await silent.until(/Password: \r\n$/);
    await expect(silent.until(/./, 300)).rejects.toThrow(/did not come/);
    silent.end();
  });

  it('has no changed-key: only SSH has host keys', () => {
    expect(faulty('changed-key', wired).transport).toBe('ssh');
  });
});
