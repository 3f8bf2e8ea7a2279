import { type Exchange, line, type Mode, type SecretRule, type Step, secret } from '../platform.ts';
import { everyPage } from './pagers.ts';

/**
 * BOSS, the system of the stackable Ethernet Routing Switches: BayStack, Nortel, Avaya, Extreme. Avaya's and Extreme's
 * releases differ in the name of the vendor only.
 */

type BossMode = 'user' | 'privileged' | 'config';

export const bossModes: { readonly [K in BossMode]: Mode<BossMode> } = {
  user: {
    prompt: /^(?<host>[^\s()#>:"!]{1,64})>[ ]?$/,
    to: {
      privileged: [{ send: 'enable', dialogue: [{ see: /[Pp]assword:[ ]?$/, answer: { secret: 'enable' } }] }],
    },
  },
  privileged: {
    prompt: /^(?<host>[^\s()#>:"!]{1,64})#[ ]?$/,
    to: { user: ['disable'], config: ['configure terminal'] },
  },
  config: { prompt: /^(?<host>[^\s()#>:"!]{1,64})\(config[\w-]{0,32}\)#[ ]?$/, to: { privileged: ['end'] } },
};

/** The banner stays on the screen until Ctrl-Y is typed; older releases then show a menu instead of the command line. */
export const bossLogin: readonly Exchange[] = [
  { see: /Enter Ctrl-Y to begin[\s\S]*$/, answer: '\x19', newline: false },
  { see: /Press ENTER to continue[ .]*$/, answer: '' },
  { see: /ommand Line Interface\.\.\.[\s\S]*$/, answer: 'c', newline: false },
];

export const bossPager: Exchange = {
  see: /----More \(q=Quit, space\/return=Continue\)----[ ]*$/,
  answer: ' ',
  newline: false,
  times: everyPage,
};

export const bossFailures: readonly RegExp[] = [
  /^% ?(?:Invalid input|Incomplete command|Ambiguous command|Unknown command|Unrecognized command)/,
  /^% ?(?:Cannot modify settings|Error|Bad|Permission denied|Not allowed)/,
];

export const bossOpen: readonly Step[] = ['terminal length 0', { send: 'terminal width 132', optional: true }];

/** Clocks and counters of `show sys-info` and `show stack-info`. */
export const bossClocks = [
  line('sysUpTime', /^[ \t]*sysUpTime/),
  line('sysNtpTime', /^[ \t]*sysNtpTime/),
  line('sysRtcTime', /^[ \t]*sysRtcTime/),
  line('Reset Count', /^[ \t]*Reset Count/),
] as const;

export const bossVolatile = [
  line('! clock set', /^! clock set /),
  line('-', /^[ \t]*\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}\b/),
] as const;

/** Most values come as asterisks in a comment; those that do not, depend on the release and the image (non-SSH). */
export const bossSecrets: readonly SecretRule[] = [
  secret(
    'cli password',
    /^(?:! )?cli password (?:(?:switch|stack|serial|telnet) )?(?:ro|rw|read-only|read-write) (?:[^\s"]+ )?(?<secret>"[^"]*"|[^\s"]+)[ \t]*$/,
  ),
  secret('username', /^(?:! )?username .* password (?<secret>"[^"]*"|\S+)/),
  secret(
    'snmp-server community',
    /^(?:! )?snmp-server community (?!(?:notify|read|write)-view )(?<secret>"[^"]*"|\S+)/,
  ),
  secret(
    'snmp-server host',
    /^(?:! )?snmp-server host \S+ (?:port \d{1,5} )?(?:v1 |v2c )?(?!v3 )(?<secret>"[^"]*"|\S+)/,
  ),
  secret(
    'snmp-server user',
    /^(?:! )?snmp-server user .*?(?:md5|sha) (?<secret>"[^"]*"|\S+)(?: (?:des|3des|aes) (?<secret2>"[^"]*"|\S+))?/,
  ),
  secret('key', /^(?:! )?(?:radius|tacacs|radius-server|tacacs-server)\b.* key (?<secret>"[^"]*"|\S+)/),
  secret(
    'username',
    /^(?:! )?username (?!add )\S+ (?!password |role-name |level )(?<secret>"[^"]*"|\S+) (?:ro|rw)[ \t]*$/,
  ),
  secret('secret', /^(?:! )?radius dynamic-server .*\bsecret (?<secret>"[^"]*"|\S+)/),
  secret('md5-key', /[ \t]md5-key (?<secret>"[^"]*"|\S+)/),
  secret('hello-auth', /\bhello-auth type \S+ key (?<secret>"[^"]*"|\S+)/),
  secret('-pwd-fmt', /\bnon-eap-pwd-fmt key (?<secret>"[^"]*"|\S+)/),
  secret('authentication-key', /\bauthentication-key (?:\d{1,10} (?:md5 |sha1 )?)?(?<secret>"[^"]*"|\S+)/),
  secret('message-digest-key', /\bmessage-digest-key \d{1,3} md5 (?<secret>"[^"]*"|\S+)/),
  secret('password', /^(?:! )?(?:eapol|radius) .*\bpassword (?<secret>"[^"]*"|\S+)/),
];
