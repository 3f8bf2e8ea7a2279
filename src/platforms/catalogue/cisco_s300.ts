import { enableStep, urlCredentials } from '../families/ios-like.ts';
import { morePager } from '../families/pagers.ts';
import { definePlatform, line, secret, secretBlock } from '../platform.ts';

export const platform = definePlatform({
  id: 'cisco_s300',
  vendor: 'Cisco',
  name: 'Small Business (S300, CBS)',
  aliases: ['cisco_s200'],
  verified: 'lab',
  notes: [
    'Written against transcripts of SG300 1.4.8 and CBS350 3.1.',
    'User name and password may be asked for on the screen although SSH has them already.',
    'Sensitive data is shown encrypted; what must be restored to another switch needs its passphrase.',
  ],

  modes: {
    exec: { prompt: /^(?<host>[\w.-]{1,64})>[ ]?$/, to: { privileged: [enableStep] } },
    privileged: { prompt: /^(?<host>[\w.-]{1,64})#[ ]?$/, to: { exec: ['disable'], config: ['configure terminal'] } },
    config: { prompt: /^(?<host>[\w.-]{1,64})\([\w:. /+-]{1,60}\)#[ ]?$/, to: { privileged: ['end'] } },
  },
  home: 'privileged',
  configure: 'config',

  login: [
    { see: /User Name:[ ]?$/, answer: { secret: 'user' } },
    { see: /Password:[*]{0,64}[ ]?$/, answer: { secret: 'password' } },
  ],
  open: ['terminal datadump', { send: 'terminal width 512', optional: true }],
  close: ['exit'],
  pagers: [{ ...morePager, see: /More: <space>, {2}Quit: q[^\n]{0,60}$/ }, morePager],
  failures: [
    /^% ?(?:Unrecognized command|Invalid input|Incomplete command|Ambiguous command|bad parameter|missing mandatory|Wrong number)/,
    /^% ?(?:Access denied|Permission denied|not enough privileges)/i,
  ],
  pipelining: 'open',

  backup: {
    commands: [
      { run: 'show version', as: 'comment', keep: [/^[ ]*(?:SW|Boot|HW) version/, /^[ ]*(?:Active-image|Version):/] },
      {
        run: 'show system',
        as: 'comment',
        optional: true,
        keep: [/^System (?:Description|Contact|Name|Location|MAC Address|Object ID):/],
      },
      { run: 'show running-config', as: 'configuration', timeoutMs: 120_000 },
    ],
    comment: '! ',
    // The last section depends on what is configured; no line marks the end.
    complete: { contains: [/^(?:config-file-header|interface |hostname |vlan |ip )/m], prompt: true },
    volatile: [line('ssd-control-end', /^ssd-control-end [\da-f]{8,64}[ ]*$/)],
    secrets: [
      secret(
        'password',
        /^(?!passwords\b|[ ]*(?:description|name)\b|snmp-server (?:location|contact)\b).*\bpassword (?:level \d{1,2} )?(?:encrypted )?(?!encrypted |level |complexity\b|aging\b)(?<secret>\S+)/,
      ),
      secret('snmp-server community', /^(?:encrypted )?snmp-server community(?:-group)? (?<secret>\S+)/),
      secret(
        'snmp-server host',
        /^(?:encrypted )?snmp-server host \S+ (?:(?:traps|informs) )?(?:version (?:1|2c?) )?(?:(?:traps|informs) )?(?!version |traps |informs )(?<secret>\S+)/,
      ),
      secret(
        'snmp-server user',
        /^(?:encrypted )?snmp-server user .*? auth (?:md5|sha\d{0,3}) (?<secret>\S+)(?: priv (?:aes |des )?(?<secret2>\S+))?/,
      ),
      secret(
        '-server',
        /^(?:encrypted )?(?:radius|tacacs)-server .*\bkey (?:encrypted )?(?!encrypted )(?<secret>"[^"]*"|\S+)/,
      ),
      secret('authentication-key', /\bauthentication-key (?:\d+ md5 )?(?!\d+ md5 )(?<secret>\S+)/),
      secret('key-string', /\bkey-string (?:encrypted )?(?!row )(?<secret>\S.*)/),
      secret(
        'secret',
        /^(?![ ]*(?:description|name)\b|snmp-server (?:location|contact)\b).*\bsecret (?:key )?(?:encrypted )?(?!key |encrypted )(?<secret>"[^"]*"|\S+)/,
      ),
      secret(
        'passphrase',
        /^[ ]*(?:encrypted )?(?:ssd (?:config )?)?passphrase (?:encrypted )?(?!encrypted )(?<secret>\S+)/,
      ),
      secretBlock(
        'PRIVATE KEY',
        /^-{4,5} ?BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY/,
        /^-{4,5} ?END [A-Z0-9 ]{0,30}PRIVATE KEY/,
      ),
      urlCredentials,
    ],
  },
  save: [{ send: 'write memory', dialogue: [{ see: /\(Y\/N\)\[N\] \??[ ]*$/, answer: 'y' }] }],
  config: { dialect: 'ios' },
  transaction: { method: 'line by line', atomic: false, confirmed: false, rollback: 'computed', diff: 'offline' },
  detect: {
    probes: [
      {
        run: 'show system',
        match: /System Description:[ ]{0,40}(?:S[FG][2-5]\d\d|CBS\d{3}|\d{1,2}-[Pp]ort Gigabit)/,
        priority: 55,
      },
    ],
  },
});
