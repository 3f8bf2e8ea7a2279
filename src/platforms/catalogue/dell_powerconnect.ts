import { enableStep, urlCredentials } from '../families/ios-like.ts';
import { everyPage } from '../families/pagers.ts';
import { definePlatform, line, secret, secretBlock } from '../platform.ts';

export const platform = definePlatform({
  id: 'dell_powerconnect',
  vendor: 'Dell',
  name: 'OS6 (PowerConnect)',
  aliases: ['dell_dnos6', 'dell_os6'],
  verified: 'lab',
  notes: [
    'Written for the PowerConnect 3500, 5500, 6200, 7000 and 8000 series and for OS6 of the N series.',
    'Two systems share the name: one pages until `terminal datadump`, the other until `terminal length 0`; each rejects the other command.',
    'Some models let anybody in over SSH and ask for user and password in the session.',
  ],

  modes: {
    user: { prompt: /^(?<host>[\w .@+-]{1,64})>[ ]?$/, to: { privileged: [enableStep] } },
    privileged: {
      prompt: /^(?<host>[\w .@+-]{1,64})#[ ]?$/,
      to: { user: ['disable'], config: ['configure'] },
    },
    config: { prompt: /^(?<host>[\w .@+-]{1,64})\([\w/.,: -]{1,60}\)#[ ]?$/, to: { privileged: ['end'] } },
  },
  home: 'privileged',
  configure: 'config',

  login: [
    { see: /User(?: Name)?:[ ]*$/, answer: { secret: 'user' } },
    { see: /Password:[ *]*$/, answer: { secret: 'password' } },
  ],
  open: [
    { send: 'terminal datadump', optional: true },
    { send: 'terminal length 0', optional: true },
  ],
  close: ['exit'],
  pagers: [
    { see: /--More-- or \(q\)uit[ ]*$/, answer: ' ', newline: false, times: everyPage },
    {
      see: /More: <space>, {1,3}Quit: q(?: or CTRL\+Z)?, {1,3}One line: <(?:CR|return)>[ ]*$/,
      answer: ' ',
      newline: false,
      times: everyPage,
    },
  ],
  failures: [
    /^% ?(?:Error: |Unrecognized command|Invalid input|Incomplete command|Ambiguous command|missing mandatory|bad parameter|Wrong number)/i,
    /^(?:Command not found|Incomplete command|Invalid input|ERROR: )/,
  ],
  pipelining: 'none',

  backup: {
    commands: [
      { run: 'show version', as: 'comment', drop: [line('Up Time', /Up Time/)] },
      {
        run: 'show system',
        as: 'comment',
        keep: [
          /^(?:System Description|System Contact|System Name|System Location|Burned In MAC Address|System Object ID|System Model ID|Machine Type|MAC Address|Serial [Nn]umber|Asset [Tt]ag)[^:]{0,20}:/,
        ],
      },
      { run: 'show running-config', as: 'configuration', timeoutMs: 180_000 },
    ],
    comment: '! ',
    // One of the two systems ends with `exit`, the other with whatever comes last.
    complete: { contains: [/^(?:!(?:Current Configuration|System )|configure\b|interface |vlan )/m], prompt: true },
    volatile: [
      line('!System Up Time', /^!System Up Time /),
      line('!Current SNTP', /^!Current SNTP /),
      line('sflow', /^sflow \S+ destination owner \S+ timeout \d/),
    ],
    secrets: [
      secret(
        'password',
        /^(?:username|enable|user|dot1x) .*?\bpassword (?:encrypted |level \d{1,2} |[07] (?=\S)){0,3}(?!encrypted |level )(?<secret>"[^"]*"|\S+)/,
      ),
      secret(
        'enable password',
        /^enable password (?:encrypted |level \d{1,2} |[07] (?=\S)){0,3}(?!encrypted |level )(?<secret>"[^"]*"|\S+)/,
      ),
      secret(
        'password',
        /^[ \t]*(?:user \d{1,4} )?password (?:encrypted |[07] (?=\S))?(?!encrypted |strength\b|[07] )(?<secret>"[^"]*"|\S+)/,
      ),
      secret('snmp-server community', /^snmp-server community(?:-group)? (?<secret>"[^"]*"|\S+)/),
      secret(
        'snmp-server host',
        /^snmp-server host \S+ (?:(?:traps|informs) )?(?:version [12] )?(?!version |traps |informs )(?<secret>"[^"]*"|\S+)/,
      ),
      secret(
        'snmp-server user',
        /^(?:encrypted )?snmp-server user .*? auth-(?:md5|sha\d{0,3})(?:-key)? (?<secret>"[^"]*"|\S+)(?: priv-(?:des|aes\d{0,3}|3des)(?:-key)? (?<secret2>"[^"]*"|\S+))?/,
      ),
      secret('key', /^(?:encrypted )?(?:radius|tacacs)[ -]server\b.* key (?:encrypted |[07] )?(?<secret>"[^"]*"|\S+)/),
      secret('key', /^[ \t]*key (?:encrypted |[07] )?(?!encrypted |chain |[07] )(?<secret>"[^"]*"|\S+)/),
      secret(
        'authentication-key',
        /\bs?ntp authentication-key \d{1,10} md5 (?:encrypted )?(?!encrypted )(?<secret>"[^"]*"|\S+)/,
      ),
      secret(
        'authentication',
        /^[ \t]*(?:ip (?:ospf|rip)|area \S+ virtual-link \S+) authentication (?:simple|encrypt|md5) (?:7 (?=\S))?(?<secret>"[^"]*"|\S+)/,
      ),
      secret('authentication', /\bvrrp \d{1,3} authentication (?:simple|text) (?<secret>"[^"]*"|\S+)/),
      secret('message-digest-key', /\bmessage-digest-key \d{1,3} md5 (?<secret>"[^"]*"|\S+)/),
      secret('password', /^[ \t]*neighbor \S+ password (?<secret>"[^"]*"|\S+)/),
      secret('key', /\bserver-key (?:encrypted |[07] )?(?<secret>"[^"]*"|\S+)/),
      secret('key', /\bwpa key (?<secret>"[^"]*"|\S+)/),
      secret('key-string', /\bkey-string (?:encrypted )?(?!encrypted |row )(?<secret>"[^"]*"|\S+)/),
      secretBlock(
        'PRIVATE KEY',
        /^-{4,5} ?BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY/,
        /^-{4,5} ?END [A-Z0-9 ]{0,30}PRIVATE KEY/,
      ),
      urlCredentials,
    ],
  },
  save: [
    {
      send: 'copy running-config startup-config',
      dialogue: [
        { see: /(?:\([yY]\/[nN]\)|\[Y\/N\]|press any key for no\])[^\w\n]{0,20}$/, answer: 'y', newline: false },
      ],
    },
  ],
  // Its sections are not indented, and end with `exit`: no notation that we read.
  transaction: { method: 'line by line', atomic: false, confirmed: false, rollback: 'none', diff: 'offline' },
  detect: {
    probes: [
      { run: 'show system', match: /PowerConnect|Dell Networking N\d/, priority: 88 },
      { run: 'show version', match: /PowerConnect|Dell Networking N\d/, priority: 88 },
    ],
  },
});
