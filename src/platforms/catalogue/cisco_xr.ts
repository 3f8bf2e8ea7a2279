import { containerSecrets, iosFailures, urlCredentials } from '../families/ios-like.ts';
import { morePager } from '../families/pagers.ts';
import { definePlatform, line, secret } from '../platform.ts';

/** Every command begins its output with the time unless that is switched off: `Mon Mar  4 10:04:11.123 UTC`, below `admin` with `UTC+00:00`. */
const timestamp = line(
  ':',
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2,3} {1,3}\d{1,2} {1,2}\d{1,2}:\d{2}:\d{2}\.\d{1,3} [\w+:-]{1,12}[ ]*$/,
);

/** What the administration plane of a 64-bit system says first. */
const consoleNotice = line('connected from', /^\S{1,64} connected from \S{1,64} using console on /);

export const platform = definePlatform({
  id: 'cisco_xr',
  vendor: 'Cisco',
  name: 'IOS XR',
  verified: 'lab',
  notes: [
    'Written against transcripts of 6.6, 7.3 and 7.9.',
    'The system takes one new SSH login a second (`ssh server rate-limit 60`).',
    'Leaving the configuration mode with changes asks; `abort` leaves them behind without asking.',
    'A commit on trial can be confirmed by the session alone that made it: it guards the commit, and Netwright keeps the timer after it.',
    'The administration plane is backed up as a comment where the user may see it.',
  ],

  modes: {
    exec: {
      prompt: /^(?:[A-Z]{1,4}\/[\w/]{1,20}:)?(?!sysadmin-vm:)(?<host>[\w.-]{1,63})#[ ]?$/,
      to: { config: ['configure terminal'], admin: ['admin'] },
    },
    config: {
      prompt: /^(?:[A-Z]{1,4}\/[\w/]{1,20}:)?(?<host>[\w.-]{1,63})\((?!admin)[\w:. /+-]{1,80}\)#[ ]?$/,
      to: { exec: ['abort'] },
    },
    admin: {
      prompt: /^(?:(?:[A-Z]{1,4}\/[\w/]{1,20}:)?(?<host>[\w.-]{1,63})\(admin\)|sysadmin-vm:\w{1,16})#[ ]?$/,
      to: { exec: ['exit'] },
    },
  },
  home: 'exec',
  configure: 'config',

  open: ['terminal length 0', 'terminal width 512', { send: 'terminal exec prompt no-timestamp', optional: true }],
  close: ['exit'],
  pagers: [morePager],
  failures: [
    ...iosFailures,
    /^% Failed to commit/,
    /^% No such /,
    /^% This command is not authorized/,
    /^syntax error: /,
  ],
  pipelining: 'full',
  loginsPerSecond: 1,

  backup: {
    commands: [
      {
        run: 'show version',
        as: 'comment',
        keep: [
          /^Cisco IOS XR Software, Version /,
          /^[ \t]*Version[ ]+:/,
          /^[ \t]*Label[ ]+:/,
          /^cisco .*(?:processor|memory)/,
        ],
      },
      { run: 'show inventory', as: 'comment', optional: true, keep: [/^[ ]*NAME: /, /^[ ]*PID: /], timeoutMs: 120_000 },
      {
        run: 'show running-config',
        as: 'configuration',
        drop: [timestamp, line('Building configuration', /^Building configuration/)],
        timeoutMs: 300_000,
      },
      {
        run: 'admin show running-config',
        as: 'comment',
        optional: true,
        drop: [timestamp, consoleNotice, line('Building configuration', /^Building configuration/)],
        timeoutMs: 120_000,
      },
    ],
    comment: '! ',
    complete: { end: [/^end[ ]*$/] },
    volatile: [line('!! Last configuration change at', /^!! Last configuration change at/)],
    secrets: [
      secret(
        'secret',
        /^(?![ \t]*(?:description|remark|\d{1,10} remark|banner|snmp-server (?:location|contact))\b).*\bsecret (?:(?:[1-9]\d?|encrypted|clear) (?<secret>\S+)|(?:0 )?(?!(?:[1-9]\d?|encrypted|clear) )(?<secret2>\S.*))/,
      ),
      secret(
        'password',
        /^(?![ \t]*(?:description|remark|\d{1,10} remark|banner|aaa|key-string|snmp-server (?:location|contact))\b).*\bpassword (?:accept )?(?:hmac-md5 |text )?(?:(?:[1-9]\d?|encrypted|mandatory) (?<secret>\S+)|(?:(?:0|clear) )?(?!hmac-md5 |text |accept |key-?chain |(?:encryption|policy|disable|inheritance-disable)(?: |$)|\d{1,2} |encrypted |clear |mandatory )(?<secret2>\S.*))/,
      ),
      secret('snmp-server community', /\bsnmp-server community (?:clear |encrypted )?(?<secret>\S+)/),
      secret(
        'snmp-server host',
        /\bsnmp-server host \S+ (?:traps |informs )?(?:clear |encrypted )?(?:version (?:1|2c) )?(?:clear |encrypted )?(?!version |traps |informs )(?<secret>\S+)/,
      ),
      secret(
        'snmp-server user',
        /\bsnmp-server user .*? auth \S+ (?:clear |encrypted )?(?<secret>\S+)(?: priv (?:aes |des56 |3des )?(?:\d{3} )?(?:clear |encrypted )?(?<secret2>\S+))?/,
      ),
      secret('key', /^[ \t]*(?:radius-server|tacacs-server)\b.* key (?:[0-9] )?(?<secret>\S.*)/),
      secret('key', /^[ \t]+key (?:[0-9] (?<secret>\S.*)|(?!\d{1,3}[ \t]*$|[0-9] |chain\b)(?<secret2>\S.*))/),
      secret('key', /\bcrypto isakmp key (?:clear |encrypted |[0-9] )?(?<secret>\S+)/),
      secret('key', /\bserver-key (?:[0-9] )?(?<secret>\S+)/),
      secret('key', /\bkey-string (?:clear |password6? |[0-9] )?(?!password6? |clear )(?<secret>\S+)/),
      secret('key', /\bmessage-digest-key \d{1,3} md5 (?:clear |encrypted |[0-9] )?(?<secret>\S+)/),
      secret('key', /\bntp authentication-key \d+ \S+ (?:clear |encrypted )?(?<secret>\S+)/),
      secret(
        'key',
        /^[ \t]+authentication-key \d+ (?:md5|sha1|sha2|cmac|hmac-\S{3,10}|cmac-\S{3,10}) (?:clear |encrypted )?(?<secret>\S+)/,
      ),
      secret(
        'key',
        /^[ \t]+authentication-key (?!\d+ )(?:clear |encrypted |[0-9] )?(?!clear |encrypted )(?<secret>\S+)/,
      ),
      secret(
        'key',
        /^[ \t]*pre-shared-key (?:address|hostname) (?:\S+ ){1,3}key (?:clear |encrypted |[0-9] )?(?<secret>\S.*)/,
      ),
      secret(
        'key',
        /\bpre-shared-key (?:local |remote )?(?:clear |password |encrypted )?(?!address |hostname |local |remote |clear |password |encrypted )(?<secret>\S.*)/,
      ),
      secret('community-map', /\bsnmp-server community-map (?:clear |encrypted )?(?!clear |encrypted )(?<secret>\S+)/),
      secret(
        'host',
        /^[ \t]+host \S+ (?:traps|informs) (?:clear |encrypted )?(?:version (?:1|2c) )?(?:clear |encrypted )?(?!version |clear |encrypted )(?<secret>\S+)/,
      ),
      secret('ipsec spi', /\bauthentication ipsec spi \d{1,10} (?:md5|sha1) (?:clear |password )?(?<secret>\S+)/),
      secret(
        'ipsec spi',
        /\bencryption ipsec spi \d{1,10} esp (?:null|\S{3,10} (?:\d{3} )?(?:clear |password )?(?<secret>\S+)) authentication (?:md5|sha1) (?:clear |password )?(?<secret2>\S+)/,
      ),
      // The word of HSRP stands alone; that of VRRP has a name of its own.
      secret(
        'authentication',
        /^[ \t]{2,}authentication (?!message-digest|null|key-?chain|ipsec|chap|pap|ms-chap|local|remote|mode|disable|md5|text)(?<secret>\S+)[ ]*$/,
      ),
      secret('text-authentication', /^[ \t]+text-authentication (?<secret>\S+)/),
      secret(
        'event manager environment',
        /^event manager environment (?=\S{0,60}(?:pass|pw|secret|key|token|cred|psk))\S{1,80} (?<secret>\S.*)/i,
      ),
      secret('mail-server', /\bmail-server [^\s:@]{1,64}:(?<secret>\S+)@/),
      ...containerSecrets,
      secret('authentication', /^[ \t]+authentication (?:md5 |text )?(?:clear |encrypted )(?<secret>\S.*)/),
      urlCredentials,
    ],
  },
  config: { dialect: 'iosxr' },
  transaction: { method: 'native candidate', atomic: true, confirmed: false, rollback: 'exact', diff: 'native' },
  detect: {
    prompt: /(?:^|\n)RP\/\d+\/\w+\/CPU\d:/,
    probes: [{ run: 'show version', match: /Cisco IOS XR Software/, priority: 95 }],
  },
});
