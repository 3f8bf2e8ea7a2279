import { enableStep, urlCredentials } from '../families/ios-like.ts';
import { morePager } from '../families/pagers.ts';
import { definePlatform, line, secret } from '../platform.ts';

export const platform = definePlatform({
  id: 'dell_os10',
  vendor: 'Dell',
  name: 'OS10',
  verified: 'lab',
  notes: [
    'Written for OS10 Enterprise 10.4 to 10.5.',
    'Its commands say `configuration` where others say `config`.',
    'Lines take effect as they are typed; the transaction mode (`start transaction`, `commit`) is not used.',
  ],

  modes: {
    exec: { prompt: /^(?<host>[\w.-]{1,64})>[ ]?$/, to: { privileged: [enableStep] } },
    privileged: {
      prompt: /^(?<host>[\w.-]{1,64})#[ ]?$/,
      to: { exec: ['disable'], config: ['configure terminal'] },
    },
    config: { prompt: /^(?<host>[\w.-]{1,64})\(conf[\w:. /,-]{0,60}\)#[ ]?$/, to: { privileged: ['end'] } },
  },
  home: 'privileged',
  configure: 'config',

  open: ['terminal length 0'],
  close: ['exit'],
  pagers: [morePager],
  failures: [
    /^% ?(?:Error: \S|Warning: (?:Invalid|Illegal|Incomplete|Unrecognized|Unknown|Ambiguous|Permission|Unable))/,
    /^% ?(?:Invalid input|Incomplete command|Ambiguous command)/,
  ],
  pipelining: 'open',

  backup: {
    commands: [
      {
        run: 'show version',
        as: 'comment',
        drop: [line('Up Time:', /^Up Time: /), line('Memory', /^Memory usage/)],
      },
      { run: 'show inventory', as: 'comment', optional: true },
      { run: 'show running-configuration', as: 'configuration', timeoutMs: 180_000 },
    ],
    comment: '! ',
    // There is no `end`; the last section depends on what is configured.
    complete: { contains: [/^(?:! Version |interface )/m], prompt: true },
    volatile: [line('! Last configuration change at', /^! Last configuration change at /)],
    secrets: [
      secret('password', /^(?![ \t]*description ).*\bpassword (?:[0-9] )?(?!attributes\b|\d )(?<secret>\S+)/),
      secret('secret', /^(?![ \t]*description ).*\bsecret (?:[0-9] )?(?<secret>\S+)/),
      secret('snmp-server community', /^snmp-server community (?<secret>\S+)/),
      secret(
        'snmp-server host',
        /^snmp-server host \S+ (?:vrf \S+ )?(?:(?:traps|informs) )?version (?:1|2c) (?<secret>\S+)/,
      ),
      secret(
        'snmp-server user',
        /^snmp-server user .*? auth (?:md5|sha) (?<secret>\S+)(?: priv (?:des|aes) (?<secret2>\S+))?/,
      ),
      secret('key', /^[ \t]*(?:radius-server|tacacs-server)\b.* key (?:[0-9] )?(?<secret>"[^"]*"|\S+)/),
      secret('authentication-key', /\bntp authentication-key \d{1,10} \S+ (?:[0-9] )?(?<secret>\S+)/),
      secret('authentication-key', /\bospf authentication-key (?:[0-9] )?(?<secret>\S+)/),
      secret('message-digest-key', /\bmessage-digest-key \d{1,3} md5 (?:[0-9] )?(?<secret>\S+)/),
      secret('ipsec', /\bauthentication ipsec spi \d{1,10} (?:md5|sha1) (?:[0-9] )?(?<secret>\S+)/),
      secret(
        'ipsec',
        /\bencryption ipsec spi \d{1,10} esp (?:null|\S{3,10} (?:\d{3} )?(?:[0-9] )?(?<secret>\S+)) (?:md5|sha1) (?:[0-9] )?(?<secret2>\S+)/,
      ),
      secret('authentication-text', /\bauthentication-text (?:[0-9] |simple )?(?!simple )(?<secret>\S+)/),
      secret('key', /^[ \t]*(?:(?:server|client)-key|client \S+ .*\bkey) (?:[0-9] )?(?<secret>\S+)/),
      secret('simple-text', /\bauthentication simple-text (?:[0-9] )?(?<secret>\S+)/),
      secret('pre-shared-key', /\bpre-shared-key (?:[0-9] )?(?<secret>\S+)/),
      urlCredentials,
    ],
  },
  save: ['copy running-configuration startup-configuration'],
  config: { dialect: 'ios' },
  transaction: { method: 'line by line', atomic: false, confirmed: false, rollback: 'computed', diff: 'offline' },
  detect: {
    greeting: /OS10[ -]Enterprise/,
    probes: [
      { run: 'show version', match: /OS10[ -]Enterprise|Dell (?:EMC )?(?:Networking|SmartFabric) OS10/, priority: 93 },
    ],
  },
});
