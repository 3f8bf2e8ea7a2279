import { enableStep, urlCredentials } from '../families/ios-like.ts';
import { everyPage } from '../families/pagers.ts';
import { definePlatform, line, secret } from '../platform.ts';

export const platform = definePlatform({
  id: 'cisco_asa',
  vendor: 'Cisco',
  name: 'ASA',
  aliases: ['cisco_asa_ssh'],
  verified: 'lab',
  notes: [
    'Written against transcripts of 9.12(4)67 and 9.16(4) in single context mode.',
    '`more system:running-config` shows keys that `show running-config` hides behind stars.',
    'In multiple context mode the system space is backed up with this; the contexts are devices of their own.',
    'The prompt may be set to show context, priority and state: `asa/admin/act#`.',
  ],

  modes: {
    exec: { prompt: /^(?<host>[\w.-]{1,63})(?:\/[\w.-]{1,32}){0,4}>[ ]?$/, to: { privileged: [enableStep] } },
    privileged: {
      prompt: /^(?<host>[\w.-]{1,63})(?:\/[\w.-]{1,32}){0,4}#[ ]?$/,
      to: { exec: ['disable'], config: ['configure terminal'] },
    },
    config: {
      prompt: /^(?<host>[\w.-]{1,63})(?:\/[\w.-]{1,32}){0,4}\([\w:. /+-]{1,60}\)#[ ]?$/,
      to: { privileged: ['end'] },
    },
  },
  home: 'privileged',
  configure: 'config',

  open: ['terminal pager 0'],
  close: ['exit'],
  pagers: [{ see: /<--- More --->[ ]*$/, answer: ' ', newline: false, times: everyPage }],
  failures: [
    /^ERROR: /,
    /^% ?(?:Invalid input|Incomplete command|Ambiguous command|Unrecognized command)/,
    /^Command authorization failed/,
    /^(?:Invalid password|Access denied)/,
  ],
  pipelining: 'open',
  loginsPerSecond: 2,

  backup: {
    commands: [
      {
        run: 'show version',
        as: 'comment',
        keep: [
          /^Cisco Adaptive Security Appliance Software Version/,
          /^(?:Firepower|SSP|Device Manager).*Version/,
          /^System image file is /,
          /^Hardware:/,
          /^Serial Number:/,
        ],
      },
      { run: 'show inventory', as: 'comment', optional: true, keep: [/^Name: /, /^PID: /] },
      {
        run: 'more system:running-config',
        as: 'configuration',
        drop: [line('Cryptochecksum:', /^Cryptochecksum:/)],
        timeoutMs: 120_000,
      },
    ],
    comment: '! ',
    complete: { end: [/^: end[ ]*$/] },
    volatile: [line(': Written by', /^: Written by /), line(': Saved', /^: Saved[ ]*$/)],
    secrets: [
      secret('passw', /^(?:enable password|passwd) (?<secret>\S+)/),
      secret(
        'password',
        /^(?![ \t]*(?:description|access-list|enable|password-policy|passwd|banner|internal-password|prompt)\b).*\bpassword (?:[0-9] )?(?!(?:encryption|recovery|management|history|(?:default|none) mode)(?: |$)|[0-9] )(?<secret>\S+)/,
      ),
      secret('shared-key', /\bpre-shared-key (?:[0-9] |hex )?(?!hex )(?<secret>\S+)/),
      // A number alone is that of a key in a chain.
      secret('key', /^[ \t]+key (?:[0-9] (?<secret>\S.*)|(?!\d{1,3}[ \t]*$|[0-9] )(?<secret2>\S.*))/),
      secret('key', /^[ \t]*(?:failover|crypto isakmp|isakmp|cluster) key (?:[0-9] |hex )?(?<secret>\S+)/),
      secret('key', /^[ \t]*(?:isis )?authentication key (?!eigrp )(?:[0-9] )?(?<secret>\S+)/),
      secret('storage-key', /\bstorage-key (?:value )?(?!value )(?<secret>\S+)/),
      // The form that a portal is given may hold a name and a password of its own.
      secret('hidden-parameter', /^[ \t]*hidden-parameter (?<secret>\S.*)/),
      secret(
        'session-key',
        /\bsession-key (?:in|out)bound (?:esp|ah) \d{1,10} (?:cipher (?<secret>\S+)(?: authenticator (?<secret2>\S+))?|(?!cipher )(?<secret3>\S+))/,
      ),
      secret('ipsec spi', /\bauthentication ipsec spi \d{1,10} (?:md5|sha1) (?:[0-9] )?(?<secret>\S+)/),
      secret(
        'ipsec spi',
        /\bencryption ipsec spi \d{1,10} esp (?:null|\S{3,12} (?:\d{3} )?(?:[0-9] )?(?<secret>\S+)) (?:md5|sha1) (?:[0-9] )?(?<secret2>\S+)/,
      ),
      secret('passphrase', /^[ \t]+passphrase (?:[0-9] )?(?<secret>\S.*)/),
      secret('ldap-dn', /^[ \t]+ldap-dn \S+ (?:[0-9] )?(?<secret>\S.*)/),
      secret('token', /^[ \t]+token (?<secret>[0-9A-Za-z]{16,})/),
      // `user:password@host` without a scheme before it.
      secret('mail-server', /\bmail-server [^\s:@]{1,64}:(?<secret>\S+)@/),
      secret('key', /^(?!ntp ).*\b(?:authentication-key|message-digest-key \d{1,3} md5) (?:[0-9] )?(?<secret>\S+)/),
      secret('key', /^[ \t]*rip authentication key (?:[0-9] )?(?<secret>\S+)/),
      secret('config-key', /^key config-key password-encryption (?<secret>\S.*)/),
      secret('aaa-server', /^aaa-server \S+ \(\S+\) host \S+ (?!timeout |key |protocol )(?<secret>\S+)/),
      secret('idtoken', /\bidtoken (?<secret>\S+)/),
      secret('ntp', /\bntp authentication-key \d+ \S+ (?:[0-9] )?(?<secret>\S+)/),
      secret('key', /^[ \t]*authentication key eigrp \d+ (?:[0-9] )?(?<secret>\S+)/),
      secret('key', /^aaa-server \S+ .*\bkey (?:[0-9] )?(?<secret>\S+)/),
      secret('key', /\bkey-string (?:[0-9] )?(?<secret>\S.*)/),
      secret('-secret', /\b(?:shared|policy-server)-secret (?:[0-9] )?(?<secret>\S+)/),
      secret('radius-common-pw', /\bradius-common-pw (?<secret>\S+)/),
      secret('ldap-login-password', /\bldap-login-password (?:[0-9] )?(?<secret>\S.*)/),
      secret('community', /^[ \t]*snmp-server community (?:[0-9] )?(?<secret>\S+)/),
      secret('community', /^[ \t]*snmp-server host(?:-group)? .* community (?:[0-9] )?(?<secret>\S+)/),
      secret(
        'snmp-server user',
        /^snmp-server user .*? auth \S+ (?<secret>\S+)(?: priv (?:aes |des |3des )?(?:\d{3} )?(?<secret2>\S+))?/,
      ),
      secret('ftp-server', /^logging ftp-server \S+ \S+ \S+ (?:[0-9] )?(?<secret>\S+)/),
      secret('license', /^(?:scansafe)? license (?<secret>[0-9A-Fa-f]{16,})/),
      urlCredentials,
    ],
  },
  save: ['write memory'],
  config: { dialect: 'asa' },
  transaction: { method: 'line by line', atomic: false, confirmed: false, rollback: 'computed', diff: 'offline' },
  detect: {
    prompt: /Type help or '\?' for a list of available commands/,
    probes: [{ run: 'show version', match: /Cisco Adaptive Security Appliance/, priority: 90 }],
  },
});
