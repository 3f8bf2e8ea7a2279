import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { NetwrightError } from '#core';
import { labInventory, startLab } from '../../src/lab/index.ts';
import { childrenOf } from './children.ts';
import { ssh, telnet } from './conversation.ts';
import { enter } from './dialogues.ts';

const listens = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.on('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });

/** Whether it is a process of a lab; one that has ended is none. */
const worker = (pid: number): boolean => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('lab/worker');
  } catch {
    return false;
  }
};
const soon = async (check: () => boolean | Promise<boolean>): Promise<boolean> => {
  for (let tried = 0; tried < 300; tried += 1) {
    if (await check()) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
};

describe('startLab', () => {
  it('is the same for the same seed, and another for another', async () => {
    const options = { devices: 12, processes: 0, seed: 7 };
    await using one = await startLab(options);
    await using two = await startLab(options);
    await using other = await startLab({ ...options, seed: 8 });
    const plain = (lab: typeof one) => lab.devices.map((device) => ({ ...device, port: 0 }));
    expect(plain(one)).toEqual(plain(two));
    expect(plain(one)).not.toEqual(plain(other));
    const still = (text: string) =>
      text.replaceAll(/\d\d:\d\d:\d\d|ENC \S+|clock-period \d+|[0-9a-f]{32}|[A-Za-z0-9/+]{40,}|ver=\d+/g, '*');
    for (const { name } of one.devices) {
      expect(still(await one.runningConfig(name))).toBe(still(await two.runningConfig(name)));
      expect(await one.change(name)).toBe(await two.change(name));
    }
  });

  it('gives every device a readable name of its own, a site and a role', async () => {
    await using lab = await startLab({ devices: 300, processes: 0 });
    expect(new Set(lab.devices.map(({ name }) => name)).size).toBe(300);
    expect(new Set(lab.devices.map(({ port }) => port)).size).toBe(300);
    for (const { name, host } of lab.devices) {
      expect(name).toMatch(/^[a-z-]+-(?:(?:edge|core|pe)-r\d+|(?:sw|fw|srv)-\d\d+)$/);
      expect(host).toBe('127.0.0.1');
    }
    expect(lab.devices.some(({ name }) => /^cairo-/.test(name))).toBe(true);
    const share = lab.devices.filter(({ transport }) => transport === 'telnet').length / 300;
    expect(share).toBeGreaterThan(0.1);
    expect(share).toBeLessThan(0.3);
  });

  it('serves 300 devices out of processes of its own, and leaves nothing behind', async () => {
    const before = childrenOf(process.pid).filter(worker);
    const lab = await startLab({ devices: 300, processes: 2, platforms: ['cisco_ios', 'juniper_junos', 'arista_eos'] });
    const started = childrenOf(process.pid).filter((pid) => worker(pid) && !before.includes(pid));
    expect(started).toHaveLength(2);
    for (const device of lab.devices.slice(0, 6)) {
      const talk = await enter(device);
      talk.send('exit\r\n');
      await talk.closed();
    }
    const changed = lab.devices[1]!.name;
    const was = await lab.runningConfig(changed);
    expect(await lab.change(changed)).toContain(changed);
    expect(await lab.runningConfig(changed)).not.toBe(was);
    const { port } = lab.devices[0]!;
    expect(await listens(port)).toBe(true);
    await lab.stop();
    await lab.stop();
    expect(await listens(port)).toBe(false);
    expect(await soon(() => started.every((pid) => !childrenOf(process.pid).includes(pid)))).toBe(true);
    await expect(lab.change(changed)).rejects.toMatchObject({ code: 'NW_LAB_FAILED' });
  });

  it('ends with the process that started it, however that ends', async () => {
    const script = fileURLToPath(new URL('./abandon-lab.ts', import.meta.url));
    const child = execFile(process.execPath, ['--conditions=source', script]);
    const said = await new Promise<string>((resolve, reject) => {
      let errors = '';
      child.stderr!.on('data', (text) => (errors += String(text)));
      child.once('close', () => reject(new Error(`it ended before it said anything: ${errors}`)));
      child.stdout!.once('data', (text) => resolve(String(text)));
    });
    const { port, pids } = JSON.parse(said) as { port: number; pids: number[] };
    expect(pids.length).toBe(1);
    expect(await listens(port)).toBe(true);
    child.kill('SIGKILL');
    expect(await soon(async () => !(await listens(port)))).toBe(true);
    expect(await soon(() => !pids.some(worker))).toBe(true);
  });

  it('stops with its signal, and does not start with one that fired', async () => {
    const stopper = new AbortController();
    const lab = await startLab({ devices: 2, processes: 0, signal: stopper.signal });
    const { port } = lab.devices[0]!;
    stopper.abort();
    expect(await soon(async () => !(await listens(port)))).toBe(true);
    await expect(startLab({ devices: 2, signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'NW_CANCELLED' });
  });

  it('closes the sessions that are open when it stops', async () => {
    const lab = await startLab({ devices: 2, processes: 0, telnetShare: 0.5, platforms: ['cisco_xe'] });
    const talks = [];
    for (const device of lab.devices) talks.push(device.transport === 'ssh' ? await ssh(device) : await telnet(device));
    await lab.stop();
    for (const talk of talks) await talk.closed();
  });

  it.each([
    [{ platforms: ['cisco_oss'] }, /cannot play "cisco_oss"\. Did you mean "cisco_ios"\?/],
    [{ devices: -1 }, /devices: expected a whole number, got -1/],
    [{ faults: { cut: 2 } }, /faults\.cut: expected a share from 0 to 1, got 2/],
    [{ faults: { cuts: 0.1 } as never }, /no fault is called "cuts"/],
    [{ dialogues: '/tmp', faults: { cut: 1 }, telnetShare: 0 }, /as it was recorded: telnetShare, faults cannot/],
    [{ dialogues: '/nonexistent' }, /\/nonexistent: cannot be read/],
  ])('says what is wrong with %j', async (options, message) => {
    const error = await startLab({ processes: 0, ...options }).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(NetwrightError);
    expect((error as NetwrightError).code).toBe('NW_LAB_FAILED');
    expect((error as NetwrightError).message).toMatch(message);
  });

  it('knows only its own devices', async () => {
    await using lab = await startLab({ devices: 1, processes: 0 });
    await expect(lab.runningConfig('nobody')).rejects.toMatchObject({ code: 'NW_DEVICE_UNKNOWN' });
  });

  it('is as far away as asked: each round trip takes the latency', async () => {
    const latencyMs = 300;
    await using far = await startLab({
      devices: 1,
      processes: 0,
      telnetShare: 1,
      platforms: ['cisco_ios'],
      latencyMs,
    });
    const talk = await enter(far.devices[0]!);
    const timeOf = async (...sent: readonly string[]): Promise<number> => {
      const began = performance.now();
      for (const text of sent) {
        talk.send(text);
        await talk.until(/15\r\n.*#$/);
      }
      return performance.now() - began;
    };
    const together = await timeOf('show clock\r\nshow clock\r\nshow privilege\r\n');
    const apart = await timeOf(...Array(4).fill('show privilege\r\n'));
    // Timers may fire a millisecond early.
    expect(together).toBeGreaterThan(latencyMs - 2);
    expect(apart).toBeGreaterThan(4 * (latencyMs - 2));
    // What is typed together travels together.
    expect(together).toBeLessThan(apart);
    talk.send('exit\r\n');
    await talk.closed();
  });

  it.each([1_000, 25_000, 1_000_000])('makes configurations of roughly %i bytes', async (configBytes) => {
    await using lab = await startLab({ devices: 21, processes: 0, configBytes });
    for (const { name, platform } of lab.devices) {
      const { length } = await lab.runningConfig(name);
      expect(length, platform).toBeGreaterThan(configBytes * 0.6);
      expect(length, platform).toBeLessThan(configBytes * 1.4 + 1_500);
    }
  });
});

describe('labInventory', () => {
  it('is what a workspace needs to reach the lab', async () => {
    await using lab = await startLab({ devices: 21, processes: 0 });
    const { inventory, credential, yaml } = labInventory(lab);
    expect(Object.keys(inventory.devices)).toEqual(lab.devices.map(({ name }) => name));
    const [first] = lab.devices;
    expect(inventory.devices[first!.name]).toMatchObject({
      address: '127.0.0.1',
      port: first!.port,
      platform: first!.platform,
      site: first!.site,
    });
    expect(inventory.defaults).toEqual({ credential: 'lab' });
    expect(credential).toEqual({ name: 'lab', user: first!.user, password: first!.password, enable: first!.enable });
    expect(yaml).toContain(`  ${first!.name}:`);
    expect(yaml).not.toContain(first!.password);
  });
});
