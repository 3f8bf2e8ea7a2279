import { expect, test } from 'vitest';
import { createPlatformRegistry } from '#platforms';

const registry = createPlatformRegistry();

/** What `get system status` begins with; the two others of the vendor put the colons or the values below each other. */
test.each([
  [
    'FortiManager',
    'Platform Type                   : FMG-VM64\nPlatform Full Name              : FortiManager-VM64\nVersion                         : v7.4.3-build2487 240214 (GA)\nSerial Number                   : FMG-VM0000000000\nCurrent Time                    : Mon Mar 04 10:04:11 CET 2024\n',
    ['Platform Full Name', 'Version', 'Serial Number'],
  ],
  [
    'FortiADC',
    'Version:                  FortiADC-VM v7.4.1,build0312,231130 (GA.F)\nSerial-Number:            FADV010000000000\nSystem time:              Mon Mar 04 10:04:11 2024\n',
    ['Version', 'Serial-Number'],
  ],
])('%s is known and what stays the same of its status is kept', async (_, status, kept) => {
  const { detect, backup } = await registry.get('fortinet');
  expect(detect?.probes?.[0]?.match.test(status)).toBe(true);
  const keep = backup.commands[0]?.keep ?? [];
  const lines = status.split('\n').filter((line) => keep.some((pattern) => pattern.test(line)));
  expect(lines.map((line) => line.split(/ *:/, 1)[0])).toEqual(kept);
});
