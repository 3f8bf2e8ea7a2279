import { describe, expect, it } from 'vitest';
import { Secret } from '#core';
import { openSession } from '#device';
import { endpoint, iosDevice, iosLike, iosOneByOne, iosOpenAhead } from './fixtures.ts';

describe('a session', () => {
  it('opens, sends and closes', async () => {
    const device = iosDevice({ 'show version': 'Version 15.2\r\nuptime is 1 day' });
    await using session = await openSession(endpoint(), iosLike, { dialer: device });
    expect(session.mode).toBe('privileged');
    expect(session.hostname).toBe('r1');
    expect(await session.send('show version')).toBe('Version 15.2\nuptime is 1 day');
    await session.close();
    expect(device.isClosed).toBe(true);
    expect(device.writes.join('')).toBe('terminal length 0\nterminal width 511\nshow version\nexit\n');
  });

  it('types opening steps and the first commands in one burst where the platform takes them ahead', async () => {
    const device = iosDevice({ 'show version': 'v', 'show inventory': 'NAME: "1"', 'show running-config': 'a\r\nend' });
    await using session = await openSession(endpoint(), iosLike, { dialer: device });
    expect(device.writes).toEqual([]);
    const outputs = await session.sendAll(['show version', 'show inventory', 'show running-config']);
    expect(outputs.map(({ text }) => text)).toEqual(['v', 'NAME: "1"', 'a\nend']);
    expect(device.writes).toEqual([
      'terminal length 0\nterminal width 511\nshow version\nshow inventory\nshow running-config\n',
    ]);
  });

  it('types only the opening steps ahead where that is what the platform takes', async () => {
    const device = iosDevice({ 'show version': 'v', 'show inventory': 'i' });
    await using session = await openSession(endpoint(), iosOpenAhead, { dialer: device });
    expect(device.writes).toEqual(['terminal length 0\nterminal width 511\n']);
    const outputs = await session.sendAll(['show version', 'show inventory']);
    expect(outputs.map(({ text }) => text)).toEqual(['v', 'i']);
    expect(device.writes.slice(1)).toEqual(['show version\n', 'show inventory\n']);
  });

  it('types one by one where the platform takes nothing ahead', async () => {
    const device = iosDevice({ 'show version': 'v' });
    await using session = await openSession(endpoint(), iosOneByOne, { dialer: device });
    expect(await session.send('show version')).toBe('v');
    expect(device.writes).toEqual(['terminal length 0\n', 'terminal width 511\n', 'show version\n']);
  });

  it('sends and fetches files in turn with the commands, by the way that the transport has', async () => {
    const files = new Map<string, Buffer>();
    const device = iosDevice({ 'show version': 'v' }, { files });
    await using session = await openSession(endpoint(), iosOneByOne, { dialer: device });
    const content = Buffer.from([0, 255, 13, 10, 0x41]);
    const order: string[] = [];
    const noted = <T>(name: string, work: Promise<T>): Promise<T> => work.finally(() => order.push(name));
    const [, , fetched] = await Promise.all([
      noted('send', session.send('show version')),
      noted('put', session.put('flash:/image.bin', content)),
      noted('get', session.get('flash:/image.bin')),
    ]);
    expect(order).toEqual(['send', 'put', 'get']);
    expect(fetched).toEqual(content);
    expect(files.get('flash:/image.bin')).toEqual(content);
    await expect(session.get('flash:/none')).rejects.toMatchObject({ code: 'NW_FILE_TRANSFER' });
    // The shell is as it was.
    expect(await session.send('show version')).toBe('v');
    await session.close();
    await expect(session.put('x', content)).rejects.toMatchObject({ code: 'NW_CONNECTION_LOST' });
  });

  it('says that there is no file transfer where the transport has none', async () => {
    const device = iosDevice({ 'show version': 'v' });
    await using session = await openSession(endpoint(), iosOneByOne, { dialer: device });
    await expect(session.put('x', Buffer.alloc(1))).rejects.toMatchObject({ code: 'NW_NOT_SUPPORTED' });
    await expect(session.get('x')).rejects.toMatchObject({ code: 'NW_NOT_SUPPORTED' });
    expect(await session.send('show version')).toBe('v');
  });

  it.each([iosLike, iosOneByOne])('gives single commands a timeout of their own ($id)', async (platform) => {
    const slow = { 'show a': 'A', 'show tech': () => undefined, 'show b': 'B' };
    const asked: string[] = [];
    const timeoutMsOf = (command: string): number | undefined => {
      asked.push(command);
      return command === 'show tech' ? 50 : undefined;
    };
    const session = await openSession(endpoint(), platform, { dialer: iosDevice(slow) });
    await expect(session.sendAll(['show a', 'show tech', 'show b'], { timeoutMsOf })).rejects.toMatchObject({
      code: 'NW_COMMAND_TIMEOUT',
      message: expect.stringMatching(/"show tech" did not end within 50 ms/) as string,
    });
    expect(asked).toEqual(['show a', 'show tech']);
  });

  it('goes through enable with the secret', async () => {
    const device = iosDevice({ 'show version': 'v' }, { enable: 'en4ble' });
    const login = { enable: new Secret('en4ble') };
    await using session = await openSession(endpoint(login), iosLike, { dialer: device });
    expect(session.mode).toBe('privileged');
    expect(await session.send('show version')).toBe('v');
  });
});
