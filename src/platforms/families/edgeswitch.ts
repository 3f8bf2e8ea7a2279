import { line, type Platform, secret } from '../platform.ts';
import { enableStep, urlCredentials } from './ios-like.ts';
import { morePager } from './pagers.ts';

/** The switches of Ubiquiti, all FASTPATH inside; netmiko knows them by two ids. */
export const edgeSwitch: Omit<Platform<'exec' | 'privileged' | 'config'>, 'id' | 'name' | 'aliases' | 'detect'> = {
  vendor: 'Ubiquiti',
  verified: 'lab',
  notes: [
    'Written against transcripts of EdgeSwitch 1.7.0 and 1.9.3.',
    'Leaving with unsaved changes asks; the answer is no.',
    'The configuration begins with the time since the last restart, which is left out.',
  ],

  modes: {
    exec: { prompt: /^\((?<host>[^()\n]{1,64})\) ?>[ ]?$/, to: { privileged: [enableStep] } },
    privileged: { prompt: /^\((?<host>[^()\n]{1,64})\) ?#[ ]?$/, to: { exec: ['disable'], config: ['configure'] } },
    config: { prompt: /^\((?<host>[^()\n]{1,64})\) ?\([^()\n]{1,64}\) ?#[ ]?$/, to: { privileged: ['end'] } },
  },
  home: 'privileged',
  configure: 'config',

  login: [
    { see: /User:[ ]?$/, answer: { secret: 'user' } },
    { see: /Password:[*]{0,64}[ ]?$/, answer: { secret: 'password' } },
  ],
  open: ['terminal length 0'],
  close: [{ send: 'logout', dialogue: [{ see: /save them now\? ?\(y\/n\)[ ]*$/, answer: 'n', newline: false }] }],
  pagers: [morePager],
  failures: [
    /^% ?Invalid input/,
    /^(?:Command not found|Incomplete command|Ambiguous command)/,
    /^(?:Error|ERROR)[:!] ?/,
  ],
  pipelining: 'open',

  backup: {
    commands: [
      {
        run: 'show version',
        as: 'comment',
        keep: [
          /^(?:System Description|Machine Type|Machine Model|Serial Number|Burned In MAC Address|Software Version)\./,
        ],
      },
      { run: 'show running-config', as: 'configuration', timeoutMs: 120_000 },
    ],
    comment: '! ',
    // `exit` stands at the end of every section, so the last one proves nothing.
    complete: { contains: [/^!(?:Current Configuration|System )/m], prompt: true },
    volatile: [
      line('!System Up Time', /^!System Up Time/),
      line('!Current S', /^!Current S(?:ystem|NTP Synchronized) Time/),
    ],
    secrets: [
      secret(
        'password',
        /^(?![ ]*(?:description|passwords)\b).*\bpassword (?:[0-9] |encrypted )?(?!encrypted )(?<secret>\S+)/,
      ),
      secret('users passwd', /^users passwd \S+ (?:encrypted )?(?<secret>\S+)/),
      secret('passwd', /^(?:username \S+|enable) passwd (?:encrypted )?(?!encrypted )(?<secret>\S+)/),
      secret('snmp-server community', /^snmp-server community(?:-group)? (?:"(?<secret>[^"]+)"|(?<secret2>[^\s"]+))/),
      secret(
        'snmp-server host',
        /^snmp-server host \S+ (?:(?:traps|informs) )?(?:version (?:1|2) )?(?!version |traps |informs )(?:"(?<secret>[^"]+)"|(?<secret2>[^\s"]+))/,
      ),
      secret('snmptrap', /^snmptrap (?:"(?<secret>[^"]+)"|(?<secret2>[^\s"]+))/),
      secret('-key', /\b(?:auth-(?:md5|sha)|priv-(?:des|aes\d{0,3}))-key (?<secret>\S+)/),
      secret('radius server key', /^radius server key (?:auth|acct) \S+ (?:encrypted )?(?<secret>\S+)/),
      secret(
        'key',
        /^[ ]*(?:tacacs-server .*)?\bkey(?:string)? (?:encrypted )?(?!encrypted |\d{1,3}$)(?:"(?<secret>[^"]+)"|(?<secret2>[^\s"]+))/,
      ),
      secret('server-key', /\bserver-key (?:(?:encrypted|[07]) )?(?<secret>"[^"]*"|\S+)/),
      secret('message-digest-key', /\bmessage-digest-key \d{1,3} md5 (?<secret>"[^"]*"|\S+)/),
      secret(
        'snmp-server user',
        /^snmp-server user .*? auth-(?:md5|sha) (?<secret>\S+)(?: priv-(?:des|aes\d{0,3}) (?<secret2>\S+))?/,
      ),
      secret('users snmpv3', /^users snmpv3 encryption \S+ (?:encrypted )?(?:des|aes) (?<secret>\S+)/),
      secret('sntp', /^sntp authentication-key \d{1,10} md5 (?:encrypted )?(?<secret>\S+)/),
      secret(
        'authentication',
        /^[ ]*(?:ip (?:ospf|rip|vrrp \d{1,3})|area \S+ virtual-link \S+) authentication (?:encrypt|simple) (?<secret>\S+)/,
      ),
      urlCredentials,
    ],
  },
  save: [{ send: 'write memory', dialogue: [{ see: /\(y\/n\)[ ]*$/, answer: 'y', newline: false }] }],
  transaction: { method: 'line by line', atomic: false, confirmed: false, rollback: 'none', diff: 'offline' },
};
