import { describe, expect, it } from 'vitest';
import { NetwrightError } from '#core';
import { detectPlatform } from '#device';
import { definePlatform } from '#platforms';
import { FakeDevice } from './fake-device.ts';
import { endpoint, iosDevice, iosLike, junosLike, vrpLike } from './fixtures.ts';

const ios = definePlatform({
  ...iosLike,
  detect: {
    greeting: /^SSH-[\d.]+-Cisco-/,
    probes: [{ run: 'show version', match: /Cisco IOS Software/, priority: 80 }],
  },
});
const nxos = definePlatform({
  ...iosLike,
  id: 'nxos_like',
  detect: { probes: [{ run: 'show version', match: /NX-OS/, priority: 90 }] },
});
const junos = definePlatform({
  ...junosLike,
  detect: {
    prompt: /JUNOS|^\w+@\S+> $/m,
    probes: [{ run: 'show version', match: /^Junos:/m, priority: 85 }],
  },
});
const vrp = definePlatform({
  ...vrpLike,
  detect: {
    greeting: /^SSH-2\.0-HUAWEI/,
    prompt: /^<\S+>$/,
    probes: [{ run: 'display version', match: /VRP/, priority: 90 }],
  },
});
const candidates = [ios, nxos, junos, vrp];

describe('finding out the platform', () => {
  it('runs a probe once for all platforms that have it', async () => {
    const device = iosDevice({ 'show version': 'Cisco Nexus Operating System (NX-OS) Software' });
    const found = await detectPlatform(endpoint(), candidates, { dialer: device });
    expect(found.platform.id).toBe('nxos_like');
    expect(found.evidence).toEqual(['"show version" printed "NX-OS"']);
    expect(found.session).toBeUndefined();
    expect(device.typed.filter((line) => line === 'show version')).toHaveLength(1);
    expect(device.isClosed).toBe(true);
  });

  it('hands a usable session over', async () => {
    const device = iosDevice(
      { 'show version': 'Cisco IOS Software, 15.2', 'show clock': 'noon' },
      { greeting: 'SSH-2.0-Cisco-1.25' },
    );
    const { platform, evidence, session } = await detectPlatform(endpoint(), candidates, {
      dialer: device,
      keepSession: true,
    });
    expect(platform.id).toBe('ios_like');
    expect(evidence[0]).toBe('the greeting has "SSH-2.0-Cisco-"');
    expect(await session?.send('show clock')).toBe('noon');
    expect(session?.mode).toBe('privileged');
    expect(device.typed).not.toContain('display version');
    await session?.close();
  });

  it('types nothing when greeting and prompt leave one alone', async () => {
    const device = new FakeDevice({
      greeting: 'SSH-2.0-HUAWEI-1.5',
      start: (hand) => hand.print('<SW1>'),
      line: () => undefined,
    });
    const { platform } = await detectPlatform(endpoint(), candidates, { dialer: device });
    expect(platform.id).toBe('vrp_like');
    expect(device.typed).toEqual([]);
  });

  it('is not held up by pagers and other names', async () => {
    const device = new FakeDevice({
      start: (hand) => hand.print('--- JUNOS 22.4R3 built\r\nadmin@mx1> '),
      line: (_, hand) => {
        hand.print('Hostname: mx1\r\nJunos: 22.4R3\r\n---(more)---');
        hand.nextKey(() => hand.print('\r             \radmin@mx1> '));
      },
    });
    const { platform } = await detectPlatform(endpoint(), [ios, nxos, junos], { dialer: device });
    expect(platform.id).toBe('junos_like');
  });

  it('says what was seen when nothing fits', async () => {
    const device = iosDevice({}, { greeting: 'SSH-2.0-dropbear', host: 'box' });
    const error = await detectPlatform(endpoint(), candidates, { dialer: device }).catch((reason: unknown) => reason);
    if (!(error instanceof NetwrightError)) throw new Error('no NetwrightError');
    expect(error.code).toBe('NW_PLATFORM_NOT_DETECTED');
    expect(error.message).toContain('greeting "SSH-2.0-dropbear"');
    expect(error.message).toContain('prompt "box#"');
    expect(error.message).toContain('"show version" printed "^ % Invalid input');
    expect(device.isDestroyed).toBe(true);
  });

  it.each([
    'r1#',
    'r1>',
    'user@host:~$ ',
    'root@host:~# ',
    '<sw1>',
    '[sw1]',
    '[admin@MikroTik] > ',
    'A:pe1# ',
    '*A:pe1# ',
    'A:admin@pe1# ',
    'RP/0/RSP0/CPU0:xr1#',
    'admin@pa-220(active)> ',
    'FW1 # ',
    'FW1 (global) # ',
    '(Cisco Controller) >',
    '(host) *#',
    'x450.1 # ',
    '* x450.2 # ',
    'Slot-1 stack.3 # ',
    'C3(su)->',
    'cumulus@sw:mgmt:~$',
    'SSH@fast>',
    'user@box(tmos)# ',
    'asa/ctx/act# ',
    'sw1(config)# ',
  ])('takes "%s" for a prompt', async (prompt) => {
    const device = new FakeDevice({
      start: (hand) => hand.print(`hello\r\n${prompt}`),
      line: (_, hand) => hand.print(`Cisco IOS Software\r\n${prompt}`),
    });
    const { platform } = await detectPlatform(endpoint(), [ios], { dialer: device });
    expect(platform.id).toBe('ios_like');
  });
});
