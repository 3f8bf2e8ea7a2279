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
import { definePlatform, type Step } from '../platform.ts';

/** Leaves the configuration; what was not committed is given up. */
const leave: Step = {
  send: 'return',
  dialogue: [{ see: /\[Y(?:\(yes\))?\/N(?:\(no\))?(?:\/C\(cancel\))?\][ :]*$/, answer: 'n' }],
};

export const platform = definePlatform({
  id: 'huawei_vrpv8',
  vendor: 'Huawei',
  name: 'VRP 8',
  verified: 'lab',
  notes: [
    'Written for V200R002 to V200R022 of CloudEngine switches and NE routers.',
    'Changes are made in a candidate: `[~HOST]` says that it is the running configuration, `[*HOST]` that something is not committed yet.',
    'Commands may print when they ran before anything else; that line is dropped.',
    'A two-stage commit is what this platform expects; `system-view immediately` is not used.',
  ],

  modes: {
    user: {
      prompt: /^[^ -~]{0,8}(?:HRP_[A-Z])?<(?<host>[^<>\n]{1,246})>[ ]?$/,
      to: { system: ['system-view'] },
    },
    system: {
      prompt: /^[^ -~]{0,8}(?:HRP_[A-Z])?\[[~*]?(?<host>[^\][~*\n][^\][\n]{0,250})\][ ]?$/,
      not: [/\[V\d{3}R\d{3}/],
      to: { user: [leave] },
    },
  },
  home: 'user',
  configure: 'system',

  login: vrpLogin,
  open: [...vrpOpen, { send: 'timestamp disable', optional: true }],
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
  transaction: { method: 'native candidate', atomic: true, confirmed: false, rollback: 'exact', diff: 'native' },
  detect: {
    probes: [{ run: 'display version', match: /VRP \(R\) software, Version 8\./, priority: 96 }],
  },
});
