import ssh2, { type SFTPWrapper } from 'ssh2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Lab, type LabDevice, startLab } from '../../src/lab/index.ts';

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({
    devices: 6,
    processes: 0,
    telnetShare: 0,
    platforms: ['arista_eos', 'cisco_ios', 'cisco_nxos', 'juniper_junos', 'linux', 'vyos'],
  });
});
afterAll(async () => {
  await lab?.stop();
});

const deviceOf = (platform: string): LabDevice => lab.devices.find((device) => device.platform === platform)!;

function connect(device: LabDevice): Promise<ssh2.Client> {
  return new Promise((resolve, reject) => {
    const client = new ssh2.Client();
    client.on('ready', () => resolve(client));
    client.on('error', reject);
    client.on('keyboard-interactive', (_n, _i, _l, _p, answer) => answer([device.password]));
    client.connect({
      host: device.host,
      port: device.port,
      username: device.user,
      password: device.password,
      tryKeyboard: true,
    });
  });
}

async function withSftp<T>(device: LabDevice, work: (sftp: SFTPWrapper) => Promise<T>): Promise<T> {
  const client = await connect(device);
  try {
    const sftp = await new Promise<SFTPWrapper>((resolve, reject) =>
      client.sftp((error, opened) => (error ? reject(error) : resolve(opened))),
    );
    return await work(sftp);
  } finally {
    client.end();
  }
}

const put = (sftp: SFTPWrapper, name: string, bytes: Buffer): Promise<void> =>
  new Promise((resolve, reject) => sftp.writeFile(name, bytes, (error) => (error ? reject(error) : resolve())));
const get = (sftp: SFTPWrapper, name: string): Promise<Buffer> =>
  new Promise((resolve, reject) => sftp.readFile(name, (error, bytes) => (error ? reject(error) : resolve(bytes))));

/** Runs a command and sends it bytes. */
async function exec(
  device: LabDevice,
  command: string,
  input: readonly Buffer[] = [],
): Promise<{ out: Buffer; code: number }> {
  const client = await connect(device);
  return await new Promise((resolve, reject) => {
    client.exec(command, (error, channel) => {
      if (error) {
        reject(error);
        return;
      }
      const parts: Buffer[] = [];
      let code = -1;
      channel.on('data', (bytes: Buffer) => parts.push(bytes));
      channel.on('exit', (status: number) => {
        code = status;
      });
      channel.on('close', () => {
        client.end();
        resolve({ out: Buffer.concat(parts), code });
      });
      for (const bytes of input) channel.write(bytes);
      channel.end();
    });
  });
}

describe('SFTP', () => {
  it.each(['arista_eos', 'juniper_junos', 'linux', 'vyos'])(
    'puts, gets, lists and removes files on %s',
    async (platform) => {
      const bytes = Buffer.from(Array.from({ length: 100_000 }, (_, nth) => nth % 251));
      const name = platform === 'arista_eos' ? '/big.bin' : '/var/tmp/big.bin';
      await withSftp(deviceOf(platform), async (sftp) => {
        await put(sftp, name, bytes);
        expect(await get(sftp, name)).toEqual(bytes);
        const listed = await new Promise<string[]>((resolve, reject) =>
          sftp.readdir(name.replace(/big\.bin$/, ''), (error, list) =>
            error ? reject(error) : resolve(list.map(({ filename }) => filename)),
          ),
        );
        expect(listed).toContain('big.bin');
        const size = await new Promise<number>((resolve, reject) =>
          sftp.stat(name, (error, stats) => (error ? reject(error) : resolve(stats.size))),
        );
        expect(size).toBe(100_000);
        await new Promise<void>((resolve, reject) => sftp.unlink(name, (error) => (error ? reject(error) : resolve())));
        await expect(get(sftp, name)).rejects.toThrow(/No such file/);
      });
    },
  );

  it('reads and writes the very files that a host is configured by', async () => {
    const device = deviceOf('linux');
    await withSftp(device, async (sftp) => {
      const before = (await get(sftp, '/etc/network/interfaces')).toString();
      await put(sftp, '/etc/network/interfaces', Buffer.from(`${before}auto eth9\n`));
    });
    expect(await lab.runningConfig(device.name)).toContain('auto eth9\n');
  });

  it('is refused where the system has none, or it is not switched on', async () => {
    await expect(withSftp(deviceOf('cisco_ios'), async () => {})).rejects.toThrow();
    await expect(withSftp(deviceOf('cisco_nxos'), async () => {})).rejects.toThrow();
    await lab.device(deviceOf('cisco_nxos').name).configure(['feature sftp-server']);
    await withSftp(deviceOf('cisco_nxos'), async (sftp) => await put(sftp, '/x.cfg', Buffer.from('x')));
    expect(await lab.device(deviceOf('cisco_nxos').name).file('x.cfg')).toBe('x');
  });

  it('says when the disk is full', async () => {
    const device = deviceOf('arista_eos');
    await lab.device(device.name).fault({ kind: 'disk-full' });
    await withSftp(device, async (sftp) => {
      await expect(put(sftp, '/full', Buffer.from('x'))).rejects.toThrow();
    });
    await lab.device(device.name).heal();
  });
});

describe('SCP', () => {
  it('takes and gives files once IOS is told to', async () => {
    const device = deviceOf('cisco_ios');
    const control = lab.device(device.name);
    expect((await exec(device, 'scp -t flash:c.cfg')).out.toString()).toContain('Administratively disabled.');
    await control.configure(['ip scp server enable']);
    const body = Buffer.from('version 15.9\nend\n');
    const sent = await exec(device, 'scp -t flash:c.cfg', [
      Buffer.from(`C0644 ${body.length} c.cfg\n`),
      Buffer.concat([body, Buffer.from([0])]),
    ]);
    expect(sent).toEqual({ out: Buffer.from([0, 0, 0]), code: 0 });
    expect(await control.file('c.cfg')).toBe(body.toString());
    const fetched = await exec(device, 'scp -f flash:/c.cfg', [Buffer.from([0, 0, 0])]);
    expect(fetched.out.toString()).toBe(`C0644 ${body.length} c.cfg\n${body.toString()}\0`);
    expect((await exec(device, 'scp -f flash:none', [Buffer.from([0])])).out.toString()).toBe(
      '\x01scp: flash:none: No such file or directory\n',
    );
  });

  it('does not fall for noise', async () => {
    const device = deviceOf('juniper_junos');
    expect((await exec(device, 'scp -t /var/tmp/x', [Buffer.from('D0755 0 evil\n')])).code).toBe(1);
    expect((await exec(device, 'scp -t /var/tmp/x', [Buffer.from('C0644 99999999999 evil\n')])).code).toBe(1);
    expect((await exec(device, 'scp -t /var/tmp/x', [Buffer.alloc(10_000, 0x41)])).code).toBe(1);
    expect(await lab.device(device.name).files()).toEqual([]);
  });
});
