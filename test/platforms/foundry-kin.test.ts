import { expect, test } from 'vitest';
import { createPlatformRegistry } from '#platforms';

test('a chassis of Foundry is known by its hardware: its software has no name, and its modules have theirs', async () => {
  const shown = [
    '  SW: Version 07.6.04aT53 Copyright (c) 1996-2003 Foundry Networks, Inc.',
    '      Compiled on Mar 10 2003 at 11:02:51 labeled as B2R07604a',
    '  HW: BigIron 8000 Router, SYSIF version 21',
    'SL 1: B8GMR Fiber Management Module, SYSIF 2, M3, ACTIVE',
    'The system uptime is 12 days 3 hours 4 minutes 5 seconds',
  ];
  const registry = createPlatformRegistry();
  const { detect, backup } = await registry.get('brocade_fastiron');
  expect(detect?.probes?.[0]?.match.test(shown.join('\n'))).toBe(true);
  expect((await registry.get('brocade_netiron')).detect?.probes?.[0]?.match.test(shown.join('\n'))).toBe(false);
  const keep = backup.commands.find(({ run }) => run === 'show version')?.keep ?? [];
  expect(shown.filter((line) => keep.some((pattern) => pattern.test(line)))).toEqual([shown[0], shown[2], shown[3]]);
});
