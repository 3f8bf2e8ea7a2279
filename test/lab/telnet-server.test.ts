import { connect } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { startLab } from '../../src/lab/index.ts';
import { TelnetInput } from '../../src/lab/telnet-server.ts';

describe('TelnetInput', () => {
  const run = (chunks: Buffer[]) => {
    const commands: string[] = [];
    const input = new TelnetInput((verb, option, data) => commands.push(`${verb} ${option} ${data.toString('hex')}`));
    const data = Buffer.concat(chunks.map((chunk) => Buffer.from(input.feed(chunk))));
    return { commands, data };
  };

  it('takes commands out, doubled 255 in, wherever the bytes are split', () => {
    const bytes = Buffer.from([97, 255, 253, 1, 98, 255, 255, 255, 250, 31, 0, 200, 0, 50, 255, 240, 99, 255, 241]);
    const whole = run([bytes]);
    expect(whole.data).toEqual(Buffer.from([97, 98, 255, 99]));
    expect(whole.commands).toEqual(['253 1 ', '250 31 00c80032']);
    fc.assert(
      fc.property(fc.array(fc.nat(bytes.length), { maxLength: 8 }), (cuts) => {
        const at = [0, ...cuts.sort((one, other) => one - other), bytes.length];
        const parts = at.slice(1).map((to, nth) => bytes.subarray(at[nth], to));
        expect(run(parts)).toEqual(whole);
      }),
    );
  });

  it('survives noise', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 12 }), (chunks) => {
        const { data } = run(chunks.map((chunk) => Buffer.from(chunk)));
        expect(data.length).toBeLessThanOrEqual(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
      }),
    );
  });

  it('keeps no more than 4 KB of a sub-negotiation that never ends', () => {
    const input = new TelnetInput(() => {});
    input.feed(Buffer.from([255, 250, 31]));
    for (let nth = 0; nth < 100; nth += 1) input.feed(Buffer.alloc(1_000, 65));
    expect(input.feed(Buffer.from('ok')).toString()).toBe('ok');
  });
});

describe('Telnet of the lab', () => {
  it('offers to echo, asks for the size of the window, and pages by it', async () => {
    await using lab = await startLab({ devices: 1, processes: 0, telnetShare: 1, platforms: ['cisco_xe'] });
    const { host, port, user, password } = lab.devices[0]!;
    const socket = connect({ host, port, noDelay: true });
    let text = '';
    socket.on('data', (bytes: Buffer) => (text += bytes.toString('latin1')));
    const seen = async (pattern: RegExp) => {
      for (let tried = 0; tried < 750 && !pattern.test(text); tried += 1)
        await new Promise((resolve) => setTimeout(resolve, 20));
      expect(text).toMatch(pattern);
    };
    await seen(/^\xff\xfb\x01\xff\xfb\x03\xff\xfd\x1f/);
    socket.write(Buffer.from([255, 253, 1, 255, 251, 31, 255, 250, 31, 0, 80, 0, 10, 255, 240]));
    socket.write(Buffer.from([255, 251, 24])); // WILL TERMINAL-TYPE: not wanted
    await seen(/\xff\xfe\x18/);
    socket.write(`${user}\r\0${password}\r\0`);
    await seen(/#$/);
    text = '';
    socket.write('show version\r\0');
    await seen(/ --More-- $/);
    expect(text.split('\r\n')).toHaveLength(11);
    socket.destroy();
  });

  it('echoes on FastIron only when it is asked to', async () => {
    await using lab = await startLab({ devices: 1, processes: 0, telnetShare: 1, platforms: ['brocade_fastiron'] });
    const { host, port, user } = lab.devices[0]!;
    const talk = async (first: Buffer) => {
      const socket = connect({ host, port, noDelay: true });
      let text = '';
      socket.on('data', (bytes: Buffer) => (text += bytes.toString('latin1')));
      socket.write(first);
      const seen = (pattern: RegExp) => vi.waitFor(() => expect(text).toMatch(pattern), { timeout: 15_000 });
      await seen(/Name:/);
      if (first.length > 0) await seen(/\xff\xfb\x01/);
      socket.write(`${user}\r\n`);
      await seen(/Password:$/);
      socket.destroy();
      return text;
    };
    expect(await talk(Buffer.alloc(0))).not.toContain(user);
    const asked = await talk(Buffer.from([255, 253, 1]));
    expect(asked).toContain(user);
    expect(asked).toContain('\xff\xfb\x01');
  });
});
