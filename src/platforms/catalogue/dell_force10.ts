import { enableStep, urlCredentials } from '../families/ios-like.ts';
import { morePager } from '../families/pagers.ts';
import { definePlatform, line, secret } from '../platform.ts';

export const platform = definePlatform({
  id: 'dell_force10',
  vendor: 'Dell',
  name: 'OS9 (FTOS)',
  aliases: ['dell_dnos9', 'dell_os9'],
  verified: 'lab',
  notes: [
    'Written for FTOS 8.3 and OS9 9.4 to 9.14 of S, Z, C and E series.',
    'Configuration prompts say `conf`, not `config`.',
  ],

  modes: {
    exec: { prompt: /^(?<host>[\w.@/:+-]{1,63})>[ ]?$/, to: { privileged: [enableStep] } },
    privileged: {
      prompt: /^(?<host>[\w.@/:+-]{1,63})#[ ]?$/,
      to: { exec: ['disable'], config: ['configure terminal'] },
    },
    config: { prompt: /^(?<host>[\w.@/:+-]{1,63})\(conf[\w:. /,+-]{0,60}\)#[ ]?$/, to: { privileged: ['end'] } },
  },
  home: 'privileged',
  configure: 'config',

  open: ['terminal length 0', { send: 'terminal width 0', optional: true }],
  close: ['exit'],
  pagers: [morePager],
  failures: [
    /^% ?(?:Error: \S|Warning: (?:Invalid|Incomplete|Ambiguous|Access|Authorization|Unable|Value))/,
    /^% ?(?:Invalid input|Incomplete command|Ambiguous command|Unknown command)/,
  ],
  pipelining: 'open',

  backup: {
    commands: [
      {
        run: 'show version',
        as: 'comment',
        drop: [line('ptime is', /[Uu]ptime is /)],
      },
      { run: 'show inventory', as: 'comment', optional: true },
      {
        run: 'show running-config',
        as: 'configuration',
        drop: [line('Current Configuration', /^Current Configuration \.\.\./)],
        timeoutMs: 180_000,
      },
    ],
    comment: '! ',
    complete: { end: [/^end[ ]*$/] },
    volatile: [
      line('! Last configuration change at', /^! Last configuration change at /),
      line('! Startup-config last updated', /^! Startup-config last updated /),
    ],
    secrets: [
      secret(
        'password',
        /^(?![ \t]*description ).*\bpassword (?:level \d{1,2} |hmac-md5 )?(?:(?:0|5|7|8|9) (?<secret>\S+)|(?!(?:0|5|7|8|9) |encryption\b|attributes\b|hmac-md5 )(?<secret2>\S+))/,
      ),
      secret('secret', /^(?![ \t]*description ).*\bsecret (?:level \d{1,2} )?(?:[05789] )?(?<secret>\S+)/),
      secret('sha256-password', /\bsha256-password (?:[08] )?(?<secret>\S+)/),
      secret('snmp-server community', /^snmp-server community (?:[07] (?=\S+ r[ow]\b))?(?<secret>\S+)/),
      secret(
        'snmp-server host',
        /^snmp-server host \S+ (?:vrf \S+ )?(?:(?:traps|informs) )?(?:version (?:1|2c) )?(?!version |vrf |traps |informs )(?<secret>\S+)/,
      ),
      secret('snmp-server user', /^snmp-server user .*? auth \S+ (?<secret>\S+)(?: priv \S+ (?<secret2>\S+))?/),
      secret('key', /^[ \t]+client(?:-key| .*\bkey) (?:[07] )?(?<secret>\S+)/),
      secret(
        'encryption ipsec',
        /\bencryption ipsec spi \d{1,10} esp (?:null|\S{3,10} (?:\d{3} )?(?:[07] )?(?<secret>\S+)) (?:md5|sha1) (?:[07] )?(?<secret2>\S+)/,
      ),
      secret('key', /^[ \t]*(?:radius-server|tacacs-server)\b.* key (?:[07] )?(?<secret>\S.*)/),
      secret('authentication-key', /\bntp authentication-key \d{1,10} \S+ (?:[07] )?(?<secret>\S+)/),
      secret(
        'authentication-key',
        /^[ \t]+(?:ip ospf|area \S+ virtual-link \S+) authentication-key (?:[07] )?(?<secret>\S+)/,
      ),
      secret('message-digest-key', /\bmessage-digest-key \d{1,3} md5 (?:[07] )?(?<secret>\S+)/),
      secret('authentication-type', /\bauthentication-type simple (?:[07] )?(?<secret>\S+)/),
      secret(
        'ospf authentication ipsec',
        /\bospf authentication ipsec spi \d{1,10} (?:md5|sha1) (?:[07] )?(?<secret>\S+)/,
      ),
      secret(
        'session-key',
        /\bsession-key (?:in|out)bound (?:esp|ah) \d{1,10} (?:auth |encrypt )?(?:[07] )?(?<secret>\S+)(?: (?:auth|encrypt) (?:[07] )?(?<secret2>\S+))?/,
      ),
      secret('key-string', /\bkey-string (?:[07] )?(?<secret>\S+)/),
      urlCredentials,
    ],
  },
  save: ['write memory'],
  config: { dialect: 'ios' },
  transaction: { method: 'line by line', atomic: false, confirmed: false, rollback: 'computed', diff: 'offline' },
  detect: {
    greeting: /Force10|FTOS/,
    probes: [
      {
        run: 'show version',
        match:
          /Real Time Operating System Software|Dell (?:Application|Force10|Networking OS)[^\n]{0,40}Version ?: {1,4}[89]|Force10 Networks/,
        priority: 90,
      },
    ],
  },
});
