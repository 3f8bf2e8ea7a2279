import { urlCredentials } from '../families/ios-like.ts';
import { everyPage } from '../families/pagers.ts';
import { definePlatform, line, secret, secretBlock } from '../platform.ts';

export const platform = definePlatform({
  id: 'extreme_exos',
  vendor: 'Extreme',
  name: 'EXOS',
  aliases: ['extreme'],
  verified: 'lab',
  notes: [
    'Written for 15.3 to 32.x; Switch Engine is the same system.',
    'The number in the prompt grows with every command and a star says that something is not saved.',
    'There is no configuration mode: an administrator configures at the `#` prompt.',
    'Releases before 16 know `disable clipaging` without `session` only; there the pager is answered instead.',
  ],

  modes: {
    exec: {
      prompt:
        /^(?:\* )?(?:\([^()\n]{1,32}\) )?(?:(?:Slot-\d{1,2}|VPEX) ){0,2}\(?(?<host>[\w~+-]{1,64}(?:\.(?!\d{1,6} [#>])[\w~+-]{1,64}){0,8})\)?(?:[.:]\d{1,6})? [#>][ ]?$/,
    },
  },
  home: 'exec',
  configure: 'exec',

  open: [{ send: 'disable clipaging session', optional: true }],
  close: [{ send: 'exit', dialogue: [{ see: /[Dd]o you wish to save[^\n]{0,120}[)?] ?$/, answer: 'n' }] }],
  pagers: [{ see: /Press <SPACE> to continue or <Q> to quit:[ ]*$/, answer: ' ', newline: false, times: everyPage }],
  failures: [
    /^%% ?(?:Invalid input|Incomplete command|Ambiguous command|Unrecognized command|Permission denied)/,
    /^Error: /,
  ],
  pipelining: 'open',

  backup: {
    commands: [
      {
        run: 'show version',
        as: 'comment',
        keep: [/^(?:Switch|Slot-\d|PSU|Image|BootROM|Diagnostics|System Serial) ?[^:]{0,20}:/],
      },
      {
        run: 'show switch',
        as: 'comment',
        keep: [
          /^(?:SysName|SysLocation|SysContact|System MAC|System Type|SysHealth check|Recovery Mode):/,
          /^(?:Image Selected|Image Booted|Primary ver|Secondary ver|Config Selected|Config Booted):/,
        ],
      },
      { run: 'show configuration', as: 'configuration', timeoutMs: 180_000 },
    ],
    comment: '# ',
    // The sections follow the modules that are loaded; none of them is always the last.
    complete: { contains: [/^# Module \S/m], prompt: true },
    volatile: [
      line('Configuration generated', /^#[\w \t-]{0,60}Configuration generated/),
      line('Next periodic save', /Next periodic save/),
    ],
    secrets: [
      secret(
        'account',
        /^(?:configure|create) (?:\w{1,20}-)?account .*? (?:encrypted|password) (?<secret>"[^"]*"|\S+)/,
      ),
      secret(
        'encrypted',
        /^.*? encrypted (?:simple |hex |name |key |simple-password |(?:md5|sha\d{3}) \d{1,3} |hmac-\S{3,8} )?(?<secret>"[^"]*"|\S+)/,
      ),
      secret(
        'account',
        /^create account (?:admin|user|lawful-intercept) (?:"[^"]*"|[^\s"]+) (?!encrypted )(?<secret>"[^"]*"|\S+)/,
      ),
      secret('-password', /\b(?:area|domain)-password (?:simple|hmac-md5) (?<secret>"[^"]*"|\S+)/),
      secret('hello-authentication', /\bhello-authentication (?:simple|hmac-md5) (?<secret>"[^"]*"|\S+)/),
      secret('cak', /\bcak (?!encrypted )(?<secret>"[^"]*"|\S+)/),
      secret('shared-secret', /\bshared-secret (?!encrypted )(?<secret>"[^"]*"|\S+)/),
      secret('simple-password', /\bsimple-password (?!encrypted )(?<secret>"[^"]*"|\S+)/),
      secret(
        'password',
        /\b(?:neighbor|peer-group|peer) \S+ password (?:tcp-md5 )?(?!encrypted |none\b|tcp-md5 )(?<secret>"[^"]*"|\S+)/,
      ),
      secret(
        'md5',
        /\b(?:authentication md5 (?:\d{1,3}|key)|key \d{1,5} md5|digest-key \d{1,3} md5) (?!encrypted )(?:hex )?(?!hex )(?<secret>"[^"]*"|\S+)/,
      ),
      secret('snmp add community', /\bsnmp add community (?:readonly|readwrite) (?!encrypted )(?<secret>"[^"]*"|\S+)/),
      secret(
        'trapreceiver',
        /\badd trapreceiver \S+ (?:port \d{1,5} )?community (?:hex )?(?!encrypted |hex )(?<secret>"[^"]*"|\S+)/,
      ),
      secret(
        'snmpv3 add community',
        /\bsnmpv3 add community (?:hex )?(?<secret>"[^"]*"|[^\s"]+)(?: (?:encrypted )?name (?:hex )?(?<secret2>"[^"]*"|\S+))?/,
      ),
      secret(
        'localized-key',
        /\bauth-encrypted localized-key (?<secret>\S+)(?:.*privacy-encrypted localized-key (?<secret2>\S+))?/,
      ),
      secret(
        'snmpv3 add user',
        /^configure snmpv3 add user .*?authentication (?:md5|sha) (?!auth-encrypted )(?:hex )?(?<secret>"[^"]*"|\S+)/,
      ),
      secret(
        'privacy',
        /\bprivacy (?:(?:des|3des|aes) )?(?:\d{3} )?(?:hex )?(?!privacy-encrypted |hex |des |3des |aes |\d{3} )(?<secret>"[^"]*"|\S+)/,
      ),
      secret('ntp key', /\bntp key \d{1,10} sha\d{0,3} (?!encrypted )(?:hex )?(?!hex )(?<secret>"[^"]*"|\S+)/),
      secret(
        'netlogin local-user',
        /^create netlogin local-user (?:"[^"]*"|[^\s"]+) (?!encrypted |vlan-vsa |security-profile )(?<secret>"[^"]*"|\S+)/,
      ),
      secret(
        'mac-list',
        /\bnetlogin add mac-list \S+ (?:\d{1,2} )?(?!encrypted |ports |\d{1,2} )(?<secret>"[^"]*"|\S+)/,
      ),
      secret('bind-user', /\bbind-user (?:"[^"]*"|[^\s"]+) password (?!encrypted )(?<secret>"[^"]*"|\S+)/),
      secret('encrypted-auth', /\bencrypted-auth (?<secret>"[^"]*"|\S+)/),
      // Up to release 11.
      secret('snmp community', /\bsnmp community (?:readonly|readwrite) (?!encrypted )(?<secret>"[^"]*"|\S+)/),
      // The key goes on over lines of its own.
      secretBlock('ssh2 key', /^configure ssh2 key\b/, /^(?:#|enable|conf|disable|unconf|create|delete|[ \t]*$)/),
      secret('pregenerated', /\bpregenerated (?<secret>\S+)/),
      urlCredentials,
    ],
  },
  save: [{ send: 'save configuration', dialogue: [{ see: /\([yY](?:es)?(?: or |\/)[nN](?:o)?\)[ ]*$/, answer: 'y' }] }],
  config: { dialect: 'exos' },
  transaction: { method: 'line by line', atomic: false, confirmed: false, rollback: 'computed', diff: 'offline' },
  detect: {
    greeting: /ExtremeXOS/,
    prompt: /ExtremeXOS|^(?:\* )?(?:Slot-\d{1,2} )?[\w~+-]{1,64}\.\d{1,6} [#>][ ]?$/m,
    probes: [{ run: 'show version', match: /ExtremeXOS|Extreme Networks Switch Engine/, priority: 90 }],
  },
});
