import { urlCredentials } from '../families/ios-like.ts';
import { morePager } from '../families/pagers.ts';
import { definePlatform, line, secret } from '../platform.ts';

export const platform = definePlatform({
  id: 'extreme_vsp',
  vendor: 'Extreme',
  name: 'VOSS',
  aliases: ['avaya_vsp'],
  verified: 'lab',
  notes: [
    'Written for VOSS 6 to 8 and Fabric Engine on VSP 4000 to 8000 and the 5000 series.',
    'Passwords and keys that VOSS keeps in its shadow files stand in no configuration: they cannot be restored from it.',
    'The number behind the colon in the prompt is the slot of the control processor.',
  ],

  modes: {
    user: {
      prompt: /^(?<host>[^\s()#>:"!]{1,255})(?::\d{1,2})?>[ ]?$/,
      to: {
        privileged: [{ send: 'enable', dialogue: [{ see: /[Pp]assword:[ ]?$/, answer: { secret: 'enable' } }] }],
      },
    },
    privileged: {
      prompt: /^(?<host>[^\s()#>:"!]{1,255})(?::\d{1,2})?#[ ]?$/,
      to: { user: ['disable'], config: ['configure terminal'] },
    },
    config: {
      prompt: /^(?<host>[^\s()#>:"!]{1,255})(?::\d{1,2})?\([\w-]{1,40}\)#[ ]?$/,
      to: { privileged: ['end'] },
    },
  },
  home: 'privileged',
  configure: 'config',

  open: ['terminal more disable'],
  close: ['exit'],
  pagers: [{ ...morePager, see: /--More-- ?(?:\(q ?= ?quit\))?[ ]*$/ }],
  failures: [
    /^[ ]*% ?(?:Invalid input|Incomplete command|Ambiguous command|Unknown command|Permission denied|Bad secrets)/,
    /^Error ?: /,
  ],
  pipelining: 'open',

  backup: {
    commands: [
      {
        run: 'show sys-info',
        as: 'comment',
        keep: [
          /^[ \t]*(?:SysDescr|SysName|SysContact|SysLocation|Chassis|ModelName|BrandName|SerialNumber?|Serial#|H\/W Revision|NumSlots|NumPorts|BaseMacAddr|Part Number)[ \t]*:/,
        ],
      },
      { run: 'show running-config', as: 'configuration', timeoutMs: 180_000 },
    ],
    comment: '# ',
    // The last section is whichever feature comes last; releases differ in what they print after it.
    complete: { contains: [/^(?:# (?:box type|software version)|config(?:ure)? terminal)/m], prompt: true },
    volatile: [
      line('Command Execution Time', /Command Execution Time:/),
      line('Preparing to Display Configuration', /^Preparing to Display Configuration/),
      line(':', /^# (?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} {1,2}\d{1,2} \d{2}:\d{2}:\d{2} \d{4}/),
      line('!clock set', /^!clock set /),
    ],
    secrets: [
      secret('username', /^[ \t]*username .*\bpassword (?<secret>"[^"]*"|\S+)/),
      secret('snmp-server community', /^[ \t]*snmp-server community (?<secret>"[^"]*"|\S+)/),
      secret('snmp-server host', /^[ \t]*snmp-server host \S+ (?:port \d{1,5} )?(?:v1|v2c) (?<secret>"[^"]*"|\S+)/),
      secret(
        'snmp-server user',
        /^[ \t]*snmp-server user .*? (?:md5|sha\d{0,3}) (?<secret>"[^"]*"|\S+)(?: (?:3?des|aes\d{0,3}) (?<secret2>"[^"]*"|\S+))?/,
      ),
      secret('key', /^[ \t]*(?:radius|tacacs) .*\b(?:secure-)?key (?<secret>"[^"]*"|\S+)/),
      secret(
        'ntp authentication-key',
        /^[ \t]*ntp authentication-key \d{1,10} (?:(?:md5|sha1) )?(?!type )(?<secret>"[^"]*"|\S+)/,
      ),
      secret('authentication-key', /^[ \t]*(?!ntp )\S.* authentication-key (?<secret>"[^"]*"|\S+)/),
      secret('message-digest-key', /\bmessage-digest-key \d{1,3} md5 (?<secret>"[^"]*"|\S+)/),
      secret('digest-key', / digest-key \d{1,3} \S+ (?<secret>"[^"]*"|\S+)/),
      secret('md5-key', / md5-key (?<secret>"[^"]*"|\S+)/),
      secret('secret', /^[ \t]*radius dynamic-server .*\bsecret (?<secret>"[^"]*"|\S+)/),
      secret('Key ', /\b(?:Encrpt|[aA]uth)Key (?<secret>"[^"]*"|\S+)/),
      secret('auth-key', /\bauth-key (?<secret>"[^"]*"|\S+)/),
      secret('challenge-password', /\bchallenge-password (?<secret>"[^"]*"|\S+)/),
      secret('-pwd-fmt', /\bnon-eap-pwd-fmt key (?<secret>"[^"]*"|\S+)/),
      secret('proxy', /^[ \t]*[\w-]{1,40} proxy (?:\S{1,100} ){0,8}password (?<secret>"[^"]*"|\S+)/),
      secret('hello-auth', /\bhello-auth type \S+ key (?<secret>"[^"]*"|\S+)/),
      secret(
        'password',
        /^[ \t]*(?:neighbor|web-server|ip bgp|boot)\b.*\bpassword (?!min-passwd-len )(?:(?:ro|rw|rwa|rwl1|rwl2|rwl3) (?:\S+ (?=\S))?|\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3} )?(?<secret>"[^"]*"|\S+)/,
      ),
      secret('connectivity-association-key', /\bconnectivity-association-key (?<secret>"[^"]*"|\S+)/),
      secret('pre-shared-key', /\bpre-shared-key (?<secret>"[^"]*"|\S+)/),
      secret('auto-sense', /^[ \t]*auto-sense .*\bkey (?<secret>"[^"]*"|\S+)/),
      urlCredentials,
    ],
  },
  save: ['save config'],
  transaction: { method: 'line by line', atomic: false, confirmed: false, rollback: 'none', diff: 'offline' },
  detect: {
    probes: [{ run: 'show sys-info', match: /VSP-|VOSS|Fabric Engine/, priority: 85 }],
  },
});
