import { type Exchange, type SecretRule, type Step, secret } from '../platform.ts';
import { urlCredentials } from './ios-like.ts';
import { everyPage } from './pagers.ts';

/** What FastIron and NetIron, both grown out of Foundry's IronWare, have in common. */

/** AAA asks for a name; a switch without an enable password says so and lets everybody in. */
const enableDialogue: readonly Exchange[] = [
  { see: /(?:User Name|Login):[ ]?$/, answer: { secret: 'user' } },
  { see: /Password:[ ]?$/, answer: { secret: 'enable' } },
];

const enable: Step = { send: 'enable', dialogue: enableDialogue };

/** The name that a switch has out of the box holds blanks: `ICX7150-24 Switch`, `NetIron MLX-4 Router`. */
export const foundryModes = {
  exec: {
    prompt: /^(?:(?:SSH|ssh|telnet|TELNET)@)?(?<host>[\w./:+-]{1,64}(?: [\w./:+-]{1,32}){0,3})>[ ]?$/,
    to: { privileged: [enable] },
  },
  privileged: {
    prompt: /^(?:(?:SSH|ssh|telnet|TELNET)@)?(?<host>[\w./:+-]{1,64}(?: [\w./:+-]{1,32}){0,3})#[ ]?$/,
    to: { exec: ['disable'], config: ['configure terminal'] },
  },
  config: {
    prompt:
      /^(?:(?:SSH|ssh|telnet|TELNET)@)?(?<host>[\w./:+-]{1,64}(?: [\w./:+-]{1,32}){0,3})\([\w:. /+-]{1,60}\)#[ ]?$/,
    to: { privileged: ['end'] },
  },
} as const;

/** Its pager explains itself. */
export const foundryPager: Exchange = {
  see: /--More--(?:, next page: Space, next line: Return key, quit: Control-c)?(?:\^H|[ \b]){0,4}$/,
  answer: ' ',
  newline: false,
  times: everyPage,
};

export const foundryFailures: readonly RegExp[] = [
  /^Invalid input ->/,
  /^(?:Incomplete command|Ambiguous input|Unrecognized command|Unknown command)/,
  /^Error(?:[:!]| -)/,
  /^(?:Not authorized|Access denied|Insufficient privilege|Authorization failed)/,
];

/** Values stand after an encoding number (`2 $…`) that some releases leave out. */
export const foundrySecrets: readonly SecretRule[] = [
  secret('-password', /^enable (?:super-user|port-config|read-only|telnet)-password (?:[0-9] )?(?<secret>\S+)/),
  secret('password', /^[ \t]*(?:local-)?user(?:name)? .*\bpassword (?:[0-9] )?(?<secret>\S+)/),
  secret('password', /^[ \t]*neighbor \S+ password (?:[0-9] )?(?<secret>\S+)/),
  secret(
    'password',
    /^(?:enable telnet password|[ \t]*(?:domain|area|isis|ip ftp|mac-authentication).*\bpassword(?:-override)?) (?:[0-9] )?(?<secret>\S+)/,
  ),
  secret('snmp-server community', /^snmp-server community (?:[0-9] )?(?<secret>\S+)/),
  secret(
    'snmp-server host',
    /^snmp-server host (?:ipv6 )?\S+ (?:version (?:v1|v2c) )?(?:[0-9] )?(?!version )(?<secret>\S+)/,
  ),
  secret(
    'snmp-server user',
    /^snmp-server user .*? auth (?:md5|sha) (?<secret>\S+)(?: priv (?:encrypted )?(?:aes|des) (?:password-key )?(?<secret2>\S+))?/,
  ),
  secret('radius-client', /^radius-client .*\bkey (?:[0-9] )?(?<secret>\S+)/),
  secret('-server', /^(?:radius|tacacs)-server .*\bkey (?:[0-9] )?(?<secret>\S+)/),
  secret(
    'authentication-key',
    /\bauthentication-key (?:key-id \d+ (?:md5|sha1) )?(?:[0-9] )?(?!key-id |\d{1,5}[ \t]*$)(?<secret>\S+)/,
  ),
  secret(
    'md5-authentication',
    /\bmd5-authentication (?:key-activation-wait-time \d+ )?key-id \d{1,3} key (?:[0-9] )?(?<secret>\S+)/,
  ),
  secret('ipsec spi', /\bipsec spi \d{1,10} (?:esp|ah) \S{2,10} (?:[0-9] )?(?<secret>\S+)/),
  secret('auth-key', /^[ \t]*(?:isis )?auth-key (?:level-[12] )?(?:[0-9] )?(?<secret>"[^"]*"|\S+)/),
  // MPLS: LDP and RSVP.
  secret('session', /^[ \t]*session \S+ key (?:[0-9] )?(?<secret>\S+)/),
  secret('rsvp-authentication', /\brsvp-authentication (?:[0-9] )?(?:key (?:[0-9] )?)?(?!key |[0-9] )(?<secret>\S+)/),
  // A key of a key chain.
  secret('password', /^[ \t]+password (?:[0-9] )?(?<secret>\S+)/),
  // Releases before 7.8 keep the keys of SSH and HTTPS in the configuration.
  secret('private_key', /^crypto key generate (?:rsa|dsa) private_key (?<secret>"[^"]*"|\S.*)/),
  secret('secret_data', /^crypto-ssl certificate generate secret_data (?<secret>"[^"]*"|\S.*)/),
  secret('passcode', /\bpasscode static (?<secret>\S+)/),
  secret('auth-type', /\bauth-type (?:simple-text-auth|md5-auth) (?:[0-9] )?(?<secret>\S+)/),
  secret('pre-shared-key', /\bpre-shared-key (?:[0-9] )?(?<secret>\S+)/),
  secret('key-string', /\bkey-string (?:[0-9] )?(?<secret>\S+)/),
  urlCredentials,
];
