import { enableStep, iosFailures, routingKeys, urlCredentials } from '../families/ios-like.ts';
import { morePager } from '../families/pagers.ts';
import { definePlatform, line, secret } from '../platform.ts';

export const platform = definePlatform({
  id: 'frr',
  vendor: 'FRRouting',
  name: 'FRR (vtysh)',
  aliases: ['frrouting'],
  verified: 'peer',
  notes: [
    'For accounts whose shell is `vtysh`; where it is a Unix shell, `linux` backs up the files of FRR as well.',
    'Written against 7.5, 8.4 and 9.1.',
    'The configuration is that of all daemons together, as far as they run.',
  ],

  modes: {
    exec: { prompt: /^(?<host>[\w.@-]{1,63})>[ ]?$/, to: { privileged: [enableStep] } },
    privileged: {
      prompt: /^(?<host>[\w.@-]{1,63})#[ ]?$/,
      to: { exec: ['disable'], config: ['configure terminal'] },
    },
    config: { prompt: /^(?<host>[\w.@-]{1,63})\(config[\w:. /+-]{0,60}\)#[ ]?$/, to: { privileged: ['end'] } },
  },
  home: 'privileged',
  configure: 'config',

  open: ['terminal length 0', { send: 'no terminal paginate', optional: true }],
  close: ['exit'],
  pagers: [morePager, { ...morePager, see: /\(END\)[ ]*$/, answer: 'q' }],
  failures: [
    ...iosFailures,
    /^% (?:Unknown command|Command incomplete|There is no matched command|Configuration failed)/,
  ],
  pipelining: 'full',
  terminal: { columns: 512, type: 'dumb' },

  backup: {
    commands: [
      { run: 'show version', as: 'comment', keep: [/^FRRouting [\w.+~-]+ /] },
      {
        run: 'show running-config',
        as: 'configuration',
        drop: [
          line('Building configuration', /^Building configuration/),
          line('Current configuration:', /^Current configuration:/),
        ],
        timeoutMs: 120_000,
      },
    ],
    comment: '! ',
    complete: { end: [/^end[ ]*$/] },
    volatile: [line('! Last', /^! Last (?:configuration change|modified)/)],
    secrets: [
      secret('password', /^(?![ \t]*(?:description|service)\b).*\bpassword (?:8 |md5 |clear )?(?<secret>\S+)/),
      secret('password', /\bneighbor \S+ password (?<secret>\S.*)/),
      ...routingKeys.filter(({ word }) => word === 'key'),
      secret('hash-algo', /\bhash-algo \S+ key (?<secret>\S+)/),
      secret('community', /^snmp-server community (?<secret>\S+)/),
      secret('authentication', /^[ ]*ip rip authentication string (?<secret>\S.*)/),
      secret('authentication', /^[ ]*ip nhrp authentication (?<secret>\S+)/),
      urlCredentials,
    ],
  },
  save: ['write memory'],
  config: { dialect: 'frr' },
  transaction: { method: 'line by line', atomic: false, confirmed: false, rollback: 'computed', diff: 'offline' },
  detect: {
    prompt: /Hello, this is FRRouting/,
    probes: [{ run: 'show version', match: /^FRRouting [\d.]+/m, priority: 88 }],
  },
});
