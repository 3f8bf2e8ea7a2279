import { urlCredentials } from '../families/ios-like.ts';
import { everyPage } from '../families/pagers.ts';
import { definePlatform, type Exchange, line, secret } from '../platform.ts';

/** Comes after the banner, and on some releases once more behind the first prompt. */
const anyKey: Exchange = { see: /Press any key to continue[^\w\n]{0,80}$/, answer: ' ', newline: false };

export const platform = definePlatform({
  id: 'hp_procurve',
  vendor: 'HPE',
  name: 'AOS-S (ProCurve)',
  aliases: ['aruba_procurve', 'aruba_osswitch'],
  verified: 'lab',
  notes: [
    'Written for K, KB, WB, WC, YA and YC releases from 15 to 16.11, and for the H and R releases of the 2500 and 2600.',
    'The line is repainted with VT100 sequences for every character; typing ahead loses characters, so nothing is.',
    'Some releases refuse public keys with rsa-sha2 signatures: use a password there.',
    'Passwords and keys stand in the configuration only with `include-credentials`.',
  ],

  modes: {
    operator: {
      prompt: /^(?<host>[\w .+:@/-]{1,63})>[ ]?$/,
      to: {
        manager: [
          {
            send: 'enable',
            dialogue: [
              { see: /(?:[Uu]ser ?[Nn]ame|[Ll]ogin [Nn]ame):[ ]*$/, answer: { secret: 'user' } },
              { see: /[Pp]assword:[ ]*$/, answer: { secret: 'enable' } },
            ],
          },
        ],
      },
    },
    manager: {
      prompt: /^(?<host>[\w .+:@/-]{1,63})#[ ]?$/,
      to: { operator: ['exit'], config: ['configure'] },
    },
    config: { prompt: /^(?<host>[\w .+:@/-]{1,63})\([\w :,./-]{1,60}\)#[ ]?$/, to: { manager: ['end'] } },
  },
  home: 'manager',
  configure: 'config',

  login: [anyKey, { see: /Enter switch number[^\n]{0,60}:[ ]*$/, answer: '' }],
  open: ['no page', { send: 'terminal width 511', optional: true }],
  close: [
    {
      send: 'logout',
      dialogue: [
        { see: /current configuration [[(]y\/n(?:\/\^C)?[\])]\??[ ]*$/, answer: 'n', newline: false },
        { see: /log ?out [[(]y\/n[\])]\??[ ]*$/, answer: 'y', newline: false },
      ],
    },
  ],
  pagers: [
    {
      see: /-- MORE --, next page: Space, next line: Enter, quit: Control-C[ ]*$/,
      answer: ' ',
      newline: false,
      times: everyPage,
    },
    anyKey,
  ],
  failures: [/^(?:Invalid|Incomplete|Ambiguous) input: /, /^Not authorized to run this command/, /^Unknown command/],
  pipelining: 'none',
  terminal: { columns: 511 },

  backup: {
    commands: [
      { run: 'show version', as: 'comment' },
      { run: 'show modules', as: 'comment', optional: true },
      {
        run: 'show system information',
        as: 'comment',
        optional: true,
        keep: [
          /^[ ]*(?:System Name|System Contact|System Location|MAC Age Time|Time Zone|Software revision|Base MAC Addr|ROM Version|Serial Number)[ ]/,
        ],
      },
      {
        run: 'show running-config',
        as: 'configuration',
        drop: [line('Running configuration:', /^Running configuration:/)],
        timeoutMs: 120_000,
      },
    ],
    comment: '; ',
    // The sections follow the features that are in use; nothing marks the last.
    complete: { contains: [/^; .{0,80}Configuration Editor/m], prompt: true },
    volatile: [line('Up Time', /\bUp Time\b/)],
    secrets: [
      secret('plaintext', /\bplaintext (?<secret>"[^"]*"|\S+)/),
      secret('bcrypt', /\bbcrypt (?<secret>"[^"]*"|\S+)/),
      secret('sha', /\bsha(?:1|256) (?!key-value |encrypted-key )(?<secret>"[^"]*"|\S+)/),
      secret(
        'encrypted-password',
        /^[ ]*encrypted-password (?:manager|operator) (?:user-name (?:"[^"]*"|\S+) )?(?!user-name |sha)(?<secret>"[^"]*"|\S+)/,
      ),
      secret(
        'password port-access',
        /^[ ]*(?:encrypted-)?password port-access (?:user-name (?:"[^"]*"|\S+) )?(?!user-name |sha|plaintext )(?<secret>"[^"]*"|\S+)/,
      ),
      secret('auth-key', /\bauth-key (?<secret>"[^"]*"|\S+)/),
      secret('neighbor', /^[ ]*neighbor \S+ encrypted-password (?<secret>"[^"]*"|\S+)/),
      secret('amp-server', /^[ ]*amp-server .*\bsecret (?<secret>"[^"]*"|\S+)/),
      secret('pre-shared-key hex', /\bpre-shared-key hex (?<secret>"[^"]*"|\S+)/),
      secret('encrypted-', /\bencrypted-(?:key|secret|authentication-key) (?<secret>"[^"]*"|\S+)/),
      secret(
        'encrypted-password',
        /^[ ]*(?:aaa|tr-?69)\b.* encrypted-password (?:sha\d{1,3} )?(?!sha\d{1,3} )(?<secret>"[^"]*"|\S+)/,
      ),
      secret('encrypted', /\bcustom key encrypted (?<secret>"[^"]*"|\S+)/),
      secret('key', /^[ ]*(?:aruba-central|autorun) (?:\S+ )?(?:\S+-)?key (?<secret>"[^"]*"|\S+)/),
      secret(
        'password',
        /^[ ]*(?:aaa port-access|neighbor|user|tr-?69|stack member)\b.* password (?:encrypted |plaintext )?(?<secret>"[^"]*"|\S+)/,
      ),
      secret('secret', /^[ ]*aaa port-access .* secret (?<secret>"[^"]*"|\S+)/),
      secret('snmp-server community', /^[ ]*snmp-server community (?<secret>"[^"]*"|\S+)/),
      secret('snmp-server host', /^[ ]*snmp-server host \S+ (?:community )?(?!community )(?<secret>"[^"]*"|\S+)/),
      secret('snmpv3 community', /^[ ]*snmpv3 community index \S+ name (?<secret>"[^"]*"|\S+)/),
      secret(
        'snmpv3 user',
        /^[ ]*snmpv3 user (?:"[^"]*"|\S+) auth (?:md5 |sha )?(?<secret>"[^"]*"|\S+)(?: priv (?:des |aes )?(?<secret2>"[^"]*"|\S+))?/,
      ),
      secret('key', /^[ ]*(?:radius-server|tacacs-server)\b.* (?:encrypted-)?key (?<secret>"[^"]*"|\S+)/),
      secret('key-value', /\bkey-value (?<secret>"[^"]*"|\S+)/),
      secret('key-string', /\bkey-string (?<secret>"[^"]*"|\S+)/),
      secret('authentication-key', /\bauthentication-key (?<secret>"[^"]*"|\S+)/),
      secret('cak', /\bcak (?:encrypted )?(?!encrypted )(?<secret>"[^"]*"|\S+)/),
      secret('url-hash-key', /\burl-hash-key (?:plaintext |encrypted )?(?<secret>"[^"]*"|\S+)/),
      urlCredentials,
    ],
  },
  save: ['write memory'],
  config: { dialect: 'procurve' },
  transaction: { method: 'line by line', atomic: false, confirmed: false, rollback: 'computed', diff: 'offline' },
  detect: {
    greeting: /ProCurve|^SSH-[\d.]+-Mocana|Hewlett-Packard Company/m,
    prompt: /Press any key to continue|ProCurve/,
    probes: [
      { run: 'show version', match: /Image stamp:\s+\/(?:sw|ws)\//, priority: 90 },
      { run: 'show system information', match: /Software revision\s+: [A-Z]{1,2}\.\d{2}\./, priority: 85 },
    ],
  },
});
