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

  it('goes through enable with the secret', async () => {
    const device = iosDevice({ 'show version': 'v' }, { enable: 'en4ble' });
    const login = { enable: new Secret('en4ble') };
    await using session = await openSession(endpoint(login), iosLike, { dialer: device });
    expect(session.mode).toBe('privileged');
    expect(await session.send('show version')).toBe('v');
  });
});
