import { iosFailures, urlCredentials } from '../families/ios-like.ts';
import { morePager } from '../families/pagers.ts';
import { privateKeyBlock } from '../families/private-key.ts';
import { definePlatform, line, secret } from '../platform.ts';

export const platform = definePlatform({
  id: 'brocade_nos',
  vendor: 'Extreme',
  name: 'NOS and SLX-OS (VDX, SLX)',
  aliases: ['brocade_vdx', 'extreme_nos', 'extreme_vdx', 'extreme_slx'],
  verified: 'lab',
  notes: [
    'Written against transcripts of NOS 7.2 and SLX-OS 18r.',
    'Terminal codes such as `ESC[?7h` come before the prompt.',
    'The running configuration is saved by copying it, which asks once.',
  ],

  modes: {
    exec: { prompt: /^(?<host>[\w.-]{1,64})#[ ]?$/, to: { config: ['configure terminal'] } },
    config: { prompt: /^(?<host>[\w.-]{1,64})\((?:config|conf)[\w:. /+-]{0,80}\)#[ ]?$/, to: { exec: ['end'] } },
  },
  home: 'exec',
  configure: 'config',

  open: ['terminal length 0'],
  close: ['exit'],
  pagers: [morePager],
  failures: [...iosFailures, /^syntax error:/, /^%+ ?Error:/, /^Error: /],
  pipelining: 'open',

  backup: {
    commands: [
      {
        run: 'show version',
        as: 'comment',
        keep: [
          /^(?:Network|SLX-OS) Operating System /,
          /^(?:Firmware name|Build Time|Host Version|Kernel|BootProm|Control Processor):/,
        ],
      },
      { run: 'show inventory', as: 'comment', optional: true, keep: [/^NAME:/, /^SID:/, /^PN:/, /^SN:/] },
      { run: 'show running-config', as: 'configuration', timeoutMs: 180_000 },
    ],
    comment: '! ',
    // The sections end with `!` and none of them is always the last.
    complete: {
      contains: [/^(?:interface |rbridge-id |switch-attributes |role name |snmp-server |logging )/m],
      prompt: true,
    },
    volatile: [line('! Last', /^! Last (?:modified|configuration change)/)],
    secrets: [
      secret(
        'password',
        /^(?![ \t]*(?:description|password-attributes)\b).*\bpassword (?:[0-9] )?(?:"(?<secret>[^"]+)"|(?!encryption\b|")(?<secret2>\S+))/,
      ),
      secret('snmp-server community', /^snmp-server community "?(?<secret>[^\s"]+)/),
      secret(
        'snmp-server ',
        /^snmp-server (?:v3)?host (?:ipv[46] )?(?:host )?\S+ "?(?!version\b|severity-level\b)(?<secret>[^\s"]+)/,
      ),
      secret('auth-password', /\bauth-password "?(?<secret>[^\s"]+)/),
      secret('priv-password', /\bpriv-password "?(?<secret>[^\s"]+)/),
      secret(
        'key',
        /^(?:[ \t]+|(?:radius|tacacs)-server .*)\bkey (?:[0-9] )?(?:"(?<secret>[^"]+)"|(?!\d{1,3}[ \t]*$|")(?<secret2>\S+))/,
      ),
      secret(
        'authentication-key',
        /\bauthentication-key (?:\d+ (?:md5|sha1) )?(?:\d{1,3} )?(?!\d+ (?:md5|sha1) )"?(?<secret>[^\s"]+)/,
      ),
      secret('md5-authentication', /\bmd5-authentication key-id \d{1,3} key (?:[0-9] )?"?(?<secret>[^\s"]+)/),
      secret('key-string', /\bkey-string "?(?<secret>[^\s"]+)/),
      secret(
        'auth-',
        /\bauth-(?:key|type (?:simple-text|md5)-auth) (?:level-[12] )?(?:[0-9] )?(?!level-)"?(?<secret>[^\s"]+)/,
      ),
      secret('session', /^[ \t]*session \S+ key (?:[0-9] )?"?(?<secret>[^\s"]+)/),
      secret('spi', /\bspi \d{1,10} (?:ah|esp) (?:null )?\S{1,20} key (?:\d{1,3} )?"?(?<secret>[^\s"]+)/),
      secret('-secret', /\bpeer-secret "?(?<secret>[^\s"]+)"? local-secret "?(?<secret2>[^\s"]+)/),
      secret('-secret', /\b(?:auth|shared)-secret (?:\S+ )?"?(?<secret>[^\s"]+)"?$/),
      privateKeyBlock,
      urlCredentials,
    ],
  },
  save: [
    {
      send: 'copy running-config startup-config',
      dialogue: [{ see: /\[y\/n\][ ]*:[ ]*$/i, answer: 'y' }],
    },
  ],
  config: { dialect: 'ios' },
  transaction: { method: 'line by line', atomic: false, confirmed: false, rollback: 'computed', diff: 'offline' },
  detect: {
    prompt: /Welcome to the (?:Brocade|Extreme) .{0,40}(?:Network Operating System|SLX-OS)/,
    probes: [{ run: 'show version', match: /(?:Network|SLX-OS) Operating System (?:Software|Version)/, priority: 85 }],
  },
});
