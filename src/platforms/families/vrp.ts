import { type Exchange, line, type SecretRule, type Step, secret } from '../platform.ts';
import { urlCredentials } from './ios-like.ts';
import { everyPage } from './pagers.ts';

/** What Huawei's VRP 5 and VRP 8 have in common. */

/** `---- More ----`, on VRP 8 `---- More ( Press 'Q' to break ) ----`. */
export const vrpPager: Exchange = {
  see: /---- More (?:\([^()\n]{1,40}\) )?----[ ]*$/,
  answer: ' ',
  newline: false,
  times: everyPage,
};

/**
 * Initial and old passwords are complained about at every login, and so are plain ones in the saved configuration
 * (`Change now?`, `Are you sure to save now?`); it is not for a backup to change either.
 */
export const vrpLogin: readonly Exchange[] = [{ see: /\[Y\/N\][ :]*$/, answer: 'n' }];

export const vrpFailures: readonly RegExp[] = [
  /^[ ]?Error: ?\S/,
  /^[ ]?% ?(?:Unrecognized|Incomplete|Ambiguous|Too many|Wrong) /,
];

export const vrpOpen: readonly Step[] = [
  'screen-length 0 temporary',
  { send: 'undo terminal monitor', optional: true },
];

export const vrpSave: Step = {
  send: 'save',
  dialogue: [
    { see: /\[Y\/N\][ :]*$/, answer: 'y' },
    { see: /\[\w{1,40}\.(?:cfg|zip)\]:[ ]*$/, answer: '' },
  ],
};

/** When it was booted and how long ago; the rest of `display version` stays. */
export const vrpUptime = [line('uptime', /\buptime is /), line('Startup time', /Startup time[ ]*:? /)] as const;

export const vrpVolatile = [
  line('!Last configuration was', /^!Last configuration was (?:updated|saved) at /),
  line('Now saving the current configuration', /Now saving the current configuration/),
  line(':', /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(?:\.\d{1,6})?(?: ?[+-]\d{2}:\d{2})?(?: DST)?[ ]*$/),
] as const;

/** Values in Huawei's own brackets need no keyword; the older and the plain ones are found by the word before them. */
export const vrpSecrets: readonly SecretRule[] = [
  secret('%^%#', /(?<secret>%\^%#.{1,1000}?%\^%#)(?= |$)/),
  secret('%$%$', /(?<secret>%\$%\$.{1,1000}?%\$%\$)(?= |$)/),
  secret('%@%@', /(?<secret>%@%@.{1,1000}?%@%@)(?= |$)/),
  secret('@%@%', /(?<secret>@%@%.{1,1000}?@%@%)(?= |$)/),
  secret('%#%#', /(?<secret>%#%#.{1,1000}?%#%#)(?= |$)/),
  secret('$1', /(?<secret>\$1[a-z]\$.*\$)/),
  secret(
    'cipher',
    /^(?![ \t]*(?:description|snmp-agent sys-info) ).*?[ -]cipher (?!\d[\d.]{6,14} |all |peer-group |aes|des|3des|authentication-mode)(?<secret>\S+)/,
  ),
  secret(
    'cipher',
    /^(?![ \t]*(?:description|snmp-agent sys-info) ).*[ -]cipher (?!\d[\d.]{6,14} |all |peer-group |aes|des|3des|authentication-mode)(?<secret>\S+)/,
  ),
  secret('simple', /^(?![ \t]*(?:description|snmp-agent sys-info) ).* simple (?!cipher |plain |key )(?<secret>\S+)/),
  secret(
    'plain',
    /^(?![ \t]*(?:description|snmp-agent sys-info) ).* plain (?!\d[\d.]{6,14} |all |peer-group )(?<secret>\S+)/,
  ),
  secret(
    'snmp-agent community',
    /^[ \t]*snmp-agent community (?:read|write) (?:cipher |simple )?(?!cipher |simple )(?<secret>\S+)/,
  ),
  secret('securityname', /\bsecurityname (?:cipher )?(?!cipher |\S+ v3\b)(?<secret>\S+)/),
  secret(
    'authentication-mode',
    /\bauthentication-mode (?:md5|sha|sha2-\d{3}|hmac-\S{3,10}|simple)(?: (?:\d{1,3}|nonstandard|usual)(?= \S))? (?!(?:\d{1,3}|nonstandard|usual|key-id|key) |cipher |plain |privacy-mode |nonstandard|usual)(?<secret>\S+)/,
  ),
  secret('privacy-mode', /\bprivacy-mode (?:aes\d{0,3}|des56|3des168|des|3des) (?!cipher )(?<secret>\S+)/),
  secret('shared-key', /\bshared-key (?!cipher |simple )(?<secret>\S+)/),
  secret('pre-shared-key', /\bpre-shared-key (?!cipher |simple )(?<secret>\S+)/),
  secret('psk', /\bpsk (?:pass-phrase |hex )?(?!cipher |pass-phrase |hex )(?<secret>\S+)/),
  secret('key', /\bwep key (?:\S+ ){1,3}(?!cipher )(?<secret>\S+)/),
  // Encrypted anew at each read.
  {
    ...secret('pin verify', /\bpin verify (?:auto |simple |cipher )?(?!(?:auto|simple|cipher)\b)(?<secret>\S+)/),
    resalted: true,
  },
  secret('password', /\bset authentication password (?!cipher |simple |irreversible-cipher )(?<secret>\S+)/),
  secret('user ', /\buser \S+ password (?!cipher |simple |irreversible-cipher )(?<secret>\S+)/),
  secret('key-string', /\bkey-string (?!cipher |plain |simple )(?<secret>\S+)/),
  secret('ftp-password', /\bftp-password (?!cipher )(?<secret>\S+)/),
  secret('auth-code', /\bauth-code (?!cipher )(?<secret>\S+)/),
  // The community of its traps.
  secret('rmon event', /^[ ]*rmon event .*\b(?:log-)?trap (?!owner\b)(?<secret>\S+)/),
  secret('md5-password', /\bmd5-password (?:cipher |plain )?(?:\d[\d.]{6,14}|all|peer-group \S+) (?<secret>\S+)/),
  secret(
    'sa ',
    /^[ \t]*sa (?:string-key|authentication-hex|encryption-hex) (?:in|out)bound (?:ah|esp) (?!cipher |simple )(?<secret>\S+)/,
  ),
  secret('ldap-server', /\bldap-server authentication manager \S+ (?<secret>\S.*)/),
  secret('cwmp', /\bcwmp (?:acs|cpe) password (?!cipher |simple )(?<secret>\S+)/),
  secret(
    'rsvp-te authentication',
    /\bmpls rsvp-te authentication (?!cipher |plain |keychain |handshake|lifetime |window-size )(?<secret>\S+)/,
  ),
  urlCredentials,
];
