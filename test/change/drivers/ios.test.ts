import { describe } from 'vitest';
import { ios } from '../../../src/change/drivers/ios.ts';
import { behavesAsDriver } from './behaviour.ts';
import { benchOf } from './bench.ts';

const trial = {
  driver: ios,
  merge: {
    kind: 'merge',
    text: 'interface Loopback77\n description netwright-was-here\nntp server 192.0.2.44\n',
  },
  holds: 'netwright-was-here',
  bad: { kind: 'merge', text: 'interface Loopback77\n description x\nfrobnicate everything\n' },
  replace: (running: string) => running.replace(/^( +description) .+$/m, '$1 all of it is new'),
  other: ['ntp server 192.0.2.77'],
  otherHolds: '192.0.2.77',
  spoiled: [{ kind: 'refuse', line: '.' }],
} as const;

describe('IOS with an archive', () => {
  const bench = benchOf('cisco_ios', { devices: 20 });
  behavesAsDriver({
    ...trial,
    bench,
    timer: 'device',
    setUp: ['archive', 'path flash:bk'],
    spoil: () => bench.control.store('netwright-c1.cfg', 'no configuration any more\n'),
  });
});

describe('IOS XE without an archive', () => {
  const bench = benchOf('cisco_xe', { devices: 20 });
  behavesAsDriver({
    ...trial,
    bench,
    timer: 'netwright',
    spoil: () => bench.control.store('netwright-c1.cfg', 'no configuration any more\n'),
  });
});
