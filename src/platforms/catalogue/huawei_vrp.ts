import {
  vrpFailures,
  vrpLogin,
  vrpOpen,
  vrpPager,
  vrpSave,
  vrpSecrets,
  vrpUptime,
  vrpVolatile,
} from '../families/vrp.ts';
import { definePlatform } from '../platform.ts';

export const platform = definePlatform({
  id: 'huawei_vrp',
  vendor: 'Huawei',
  name: 'VRP 5',
  aliases: ['huawei'],
  verified: 'lab',
  notes: [
    'Written for V200R005 to V200R022 of S switches, AR routers and USG firewalls.',
    'Changes work at once; `save` makes them those of the next start.',
    'An AR prints its version as `[V200R009C00SPC500]` in the configuration, which is no prompt.',
    'Firewalls in a pair put `HRP_M` or `HRP_S` before the prompt.',
  ],

  modes: {
    user: {
      prompt: /^[^ -~]{0,8}(?:HRP_[A-Z])?<(?<host>[^<>\n]{1,246})>[ ]?$/,
      to: { system: ['system-view'] },
    },
    system: {
      prompt: /^[^ -~]{0,8}(?:HRP_[A-Z])?\[(?<host>[^\][~*\n][^\][\n]{0,250})\][ ]?$/,
      not: [/\[V\d{3}R\d{3}/],
      to: { user: ['return'] },
    },
  },
  home: 'user',
  configure: 'system',

  login: vrpLogin,
  open: vrpOpen,
  close: ['quit'],
  pagers: [vrpPager],
  failures: vrpFailures,
  pipelining: 'open',

  backup: {
    commands: [
      { run: 'display version', as: 'comment', drop: vrpUptime },
      { run: 'display device', as: 'comment', optional: true },
      { run: 'display current-configuration', as: 'configuration', timeoutMs: 180_000 },
    ],
    comment: '# ',
    complete: { end: [/^return[ ]*$/] },
    volatile: vrpVolatile,
    secrets: vrpSecrets,
  },
  save: [vrpSave],
  config: { dialect: 'vrp' },
  transaction: { method: 'line by line', atomic: false, confirmed: false, rollback: 'computed', diff: 'offline' },
  detect: {
    greeting: /^SSH-[\d.]+-HUAWEI/im,
    probes: [
      { run: 'display version', match: /VRP \(R\) software, Version [5-7]\./, priority: 95 },
      { run: 'display version', match: /Huawei Versatile Routing Platform|HUAWEI TECH/i, priority: 80 },
    ],
  },
});
