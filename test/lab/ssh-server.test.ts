import ssh2 from 'ssh2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Lab, type LabDevice, startLab } from '../../src/lab/index.ts';
import { ssh } from './conversation.ts';
import { enter } from './dialogues.ts';

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({
    devices: 6,
    processes: 0,
    telnetShare: 0,
    platforms: ['cisco_ios', 'linux', 'juniper_junos', 'mikrotik_routeros', 'aruba_aoscx', 'hp_procurve'],
  });
});
afterAll(async () => {
  await lab?.stop();
});
const of = (platform: string): LabDevice => lab.devices.find((device) => device.platform === platform)!;

const connected = (device: LabDevice, settings: Partial<ssh2.ConnectConfig> = {}): Promise<ssh2.Client> =>
  new Promise((resolve, reject) => {
    const client = new ssh2.Client();
    client.on('ready', () => resolve(client));
    client.on('error', reject);
    client.connect({
      host: device.host,
      port: device.port,
      username: device.user,
      password: device.password,
      ...settings,
    });
  });

const execute = (client: ssh2.Client, command: string): Promise<{ text: string; code: number }> =>
  new Promise((resolve, reject) => {
    client.exec(command, (error, channel) => {
      if (error) {
        reject(error);
        return;
      }
      let text = '';
      let code = -1;
      channel.on('data', (bytes: Buffer) => (text += bytes.toString('utf8')));
      channel.on('exit', (status: number) => (code = status));
      channel.on('close', () => resolve({ text, code }));
    });
  });

describe('SSH of the lab', () => {
  it('takes keyboard-interactive as well as passwords', async () => {
    const talk = await ssh(of('cisco_ios'), { keyboard: true });
    await talk.until(/>$/);
    talk.end();
  });

  it('shows the banner before the login and the identification of the vendor', async () => {
    let banner = '';
    (await ssh(of('aruba_aoscx'), { onBanner: (text) => (banner += text) })).end();
    expect(banner).toContain('RESTRICTED RIGHTS');
    let ident = '';
    const client = new ssh2.Client();
    const { host, port, user, password } = of('cisco_ios');
    await new Promise<void>((resolve, reject) => {
      client
        .on('error', reject)
        .on('close', () => resolve())
        .on('ready', () => client.end());
      client.connect({
        host,
        port,
        username: user,
        password,
        debug: (line) => (ident += /Remote ident: .*/.exec(line)?.[0] ?? ''),
      });
    });
    expect(ident).toContain('SSH-2.0-Cisco-1.25');
  });

  it('hangs up after three wrong passwords on one connection', async () => {
    let tries = 0;
    const { host, port, user } = of('cisco_ios');
    const client = new ssh2.Client();
    await new Promise<void>((resolve) => {
      client.on('error', () => resolve()).on('close', () => resolve());
      client.connect({
        host,
        port,
        username: user,
        authHandler: (_left, _partial, next) => {
          tries += 1;
          (next as (method: object) => void)({ type: 'password', username: user, password: 'wrong' });
        },
      });
    });
    // The client may have begun a fourth when it is told.
    expect(tries).toBeGreaterThanOrEqual(3);
    expect(tries).toBeLessThanOrEqual(4);
  });

  it('runs single commands without a terminal: no echo, no prompt, no pages', async () => {
    const client = await connected(of('juniper_junos'));
    const { text, code } = await execute(client, 'show configuration | display set');
    expect(code).toBe(0);
    expect(text).toMatch(/^set version/);
    expect(text).not.toMatch(/netwright@|more/);
    client.end();
  });

  it('leads on through a bastion, to the lab and nowhere else', async () => {
    const bastion = await connected(of('linux'));
    const target = of('cisco_ios');
    const tunnel = await new Promise<ssh2.ClientChannel>((resolve, reject) => {
      bastion.forwardOut('127.0.0.1', 0, '127.0.0.1', target.port, (error, channel) =>
        error ? reject(error) : resolve(channel),
      );
    });
    const behind = await connected(target, { sock: tunnel });
    const { text } = await execute(behind, 'show clock');
    expect(text).toMatch(/UTC/);
    behind.end();
    const elsewhere = await new Promise<Error | undefined>((resolve) => {
      bastion.forwardOut('127.0.0.1', 0, '192.0.2.1', 22, (error) => resolve(error));
    });
    expect(elsewhere?.message).toMatch(/open failure/i);
    bastion.end();
    const device = await connected(target);
    const refused = await new Promise<Error | undefined>((resolve) => {
      device.forwardOut('127.0.0.1', 0, '127.0.0.1', target.port, (error) => resolve(error));
    });
    expect(refused).toBeInstanceOf(Error);
    device.end();
  });

  it('takes console options behind the user name on RouterOS', async () => {
    const device = of('mikrotik_routeros');
    const talk = await ssh({ ...device, user: `${device.user}+ct511w4098h` });
    await talk.until(/\] > $/);
    talk.end();
  });

  it('refuses a wrong enable secret as the vendor does, and stays where it was', async () => {
    const device = of('cisco_ios');
    const talk = await ssh(device);
    await talk.until(/>$/);
    talk.send('enable\nwrong\nwrong\nwrong\nshow privilege\n');
    const text = await talk.until(/15[\s\S]*>$/);
    expect(text.match(/Password: /g)).toHaveLength(3);
    expect(text).toContain('% Bad secrets');
    expect(text).not.toContain('wrong');
    talk.end();
  });

  it('echoes what is typed as it is typed, and lets one correct it', async () => {
    const talk = await ssh(of('cisco_ios'));
    await talk.until(/>$/);
    talk.send('sho');
    await talk.until(/sho$/);
    talk.send('x\x7fw clock');
    await talk.until(/x\x08 \x08w clock$/);
    talk.send('\r');
    await talk.until(/UTC[\s\S]*>$/);
    talk.send('\x03');
    await talk.until(/\^C\r\n.*>$/);
    talk.send('\x04');
    await talk.closed();
  });

  it('answers a thousand lines of one packet, each in its turn', async () => {
    const talk = await enter(of('cisco_ios'));
    const lines = Array.from({ length: 1_000 }, (_, nth) => (nth % 2 === 0 ? 'show privilege' : `! line ${nth}`));
    talk.send(`terminal length 0\n${lines.join('\n')}\nshow clock\n`);
    const text = await talk.until(/UTC[\s\S]*#$/);
    expect(text.match(/Current privilege level is 15/g)).toHaveLength(500);
    expect(text.indexOf('! line 999')).toBeGreaterThan(text.indexOf('! line 997'));
    talk.end();
  });

  it('sends Latin-1 where the system keeps it', async () => {
    const device = of('hp_procurve');
    const talk = await enter(device);
    talk.send('no page\nconfigure\ninterface 1\nname "caf\u00e9"\nend\n');
    await talk.until(/end[\s\S]*# /);
    talk.end();
    const config = await lab.runningConfig(device.name);
    expect(config).toContain('café');
    const raw = await enter(device);
    raw.send('no page\nshow running-config\n');
    const text = await raw.until(/password manager[\s\S]*# /);
    expect(text).toContain('caf\xe9');
    expect(text).not.toContain('caf\xc3\xa9');
    raw.end();
  });
});
