import { type Exchange, line, type SecretRule, type Step, secret } from '../platform.ts';

/** Questions and refusals that IOS and the many systems that imitate its command line have in common. */

/** AAA may ask for a user name first and may reword the password question. */
const enableDialogue: readonly Exchange[] = [
  { see: /(?:[Uu]ser ?[Nn]ame|[Ll]ogin):[ ]?$/, answer: { secret: 'user' } },
  { see: /[Pp]ass(?:word|code|phrase)[^\n:]{0,40}:[ ]?$/, answer: { secret: 'enable' } },
];

export const enableStep: Step = { send: 'enable', dialogue: enableDialogue };

const iosHost = /[\w.@/:+-]{1,63}/.source;

/** The modes of IOS. The configuration mode has many names: `config-if`, `dhcp-config`, `ca-trustpoint`. */
export const iosModes = {
  exec: { prompt: new RegExp(`^(?<host>${iosHost})>[ ]?$`), to: { privileged: [enableStep] } },
  privileged: {
    prompt: new RegExp(`^(?<host>${iosHost})#[ ]?$`),
    to: { exec: ['disable'], config: ['configure terminal'], tcl: ['tclsh'] },
  },
  config: {
    prompt: new RegExp(`^(?<host>${iosHost})\\((?!tcl\\))[\\w:. /+-]{1,60}\\)#[ ]?$`),
    to: { privileged: ['end'] },
  },
  tcl: { prompt: new RegExp(`^(?<host>${iosHost})\\(tcl\\)#[ ]?$`), to: { privileged: ['tclquit'] } },
} as const;

export const iosFailures: readonly RegExp[] = [
  /^% ?(?:Invalid (?:input|command|number)|Incomplete command|Ambiguous command|Unknown command|Unrecognized command)/,
  /^% ?(?:Authorization (?:failed|denied)|Permission denied|Access denied|Bad (?:secrets|passwords?)|Error in authentication)/,
  /^% ?(?:Type "show \?" for a list of subcommands|Not enough privileges|Cannot |Configuration (?:(?:mode )?locked|buffer full))/i,
  /^(?:Command authorization failed|Line has invalid autocommand )/,
  /^Command rejected:/,
];

/** The configuration is written to memory; releases ask at times. */
export const writeMemory: Step = {
  send: 'write memory',
  dialogue: [{ see: /\[confirm\][ ]?$/, answer: '' }],
};

/** A URL with a password before the `@`, the same on every system. The password may hold `@` and single slashes. */
export const urlCredentials: SecretRule = secret('://', /:\/\/[^\s:@/]+:(?<secret>(?:[^\s/]|\/(?!\/))+)@/);

/** `password` with its value: typed (5-9) the next word, else to the end of the line, for it may contain blanks. */
const passwordSecrets: readonly SecretRule[] = [
  secret(
    'password',
    /^(?![ \t]*(?:description|remark|name|\d{1,10} remark|snmp-server (?:location|contact))\b).*\bpassword(?: level \d{1,2})? (?:(?:[3-9]|8a|sha\d{3}|encrypted|clear|hash) (?<secret>\S+)|(?:0 )?(?!(?:encryption(?:-key)?|required for|(?:default|none|key-chain) mode|option \d{1,5}|fallback|rollover|restriction|strength-check|minimum length|policy|logging|shared-secret|role|prompt username|secure-mode|peer|(?:\d{1,3}\.){3}\d{1,3})(?: |$)|required$|(?:[3-9]|8a|sha\d{3}|encrypted|clear|hash) )(?<secret2>\S.*))/,
  ),
  secret(
    'password',
    /\bldp password (?:fallback|option \d{1,5} for \S{1,64}) (?!key-chain\b)(?:[0-9] )?(?<secret>\S+)/,
  ),
  // The neighbour stands between.
  secret('password', /\bmsdp (?:vrf \S+ )?password (?:peer )?\S+ (?:[0-9] )?(?<secret>\S+)/),
  secret(
    'secret',
    /^(?![ \t]*(?:description|remark|name|\d{1,10} remark|snmp-server (?:location|contact))\b).*\bsecret(?! hash sha)(?: (?:level|index) \d{1,2})? (?:(?:\d{1,2}|8a|sha\d{3}|encrypted|clear|hash) )?(?!profile\b|(?:\d|8a) )(?<secret>\S+)/,
  ),
  secret('secret-key', /^[ \t]+secret-key (?:[0-9] )?(?<secret>\S+)/),
];

/** Keys of AAA servers, on one line or in blocks; `key 7` of a key chain is a number, not a key. */
const aaaKeys: readonly SecretRule[] = [
  // What is encrypted holds no blanks unless it is quoted, so options may follow; what is plain may hold them.
  secret(
    'key',
    /^[ \t]*(?:radius-server|tacacs-server|server-private|client)\b.* key (?:[5-9]|8a) (?:"(?<secret>[^"]+)"|(?<secret2>\S+))/,
  ),
  secret(
    'key',
    /^[ \t]*(?:radius-server|tacacs-server|server-private|client)\b(?:(?! key ).)* key (?:[0-4] )?(?!(?:[0-9]|8a) )(?:"(?<secret>[^"]+)"|(?<secret2>\S.*))/,
  ),
  secret(
    'key',
    /^[ \t]+key (?:[0-9] (?<secret>\S.*)|(?!\d{1,3}[ \t]*$|[0-9] |[0-9A-Fa-f]{1,64} (?:[0-9]|8a) |chain |(?:retirement|controller)\b)(?<secret2>\S.*))/,
  ),
  secret('key', /^[ \t]*pac key (?:[0-9] )?(?<secret>\S.*)/),
  secret('key', /\bserver-key (?:[0-9] )?(?<secret>\S+)/),
];

export const routingKeys: readonly SecretRule[] = [
  secret('key', /\bkey-string (?:[0-9] )?(?<secret>\S.*)/),
  secret('key', /\bs?ntp authentication-key \d+ \S+ (?:(?:[0-9]|8a) )?(?<secret>\S+)/),
  secret('key', /^(?![ \t]*s?ntp ).*\bauthentication-key (?:(?:[0-9]|8a) )?(?<secret>\S+)/),
  secret('map-server', /\bmap-server \S+ key (?:[0-9] )?(?<secret>\S+)/),
  secret('authentication key', /\brsvp authentication key (?:[0-9] )?(?<secret>\S+)/),
  secret('key', /\bmessage-digest-key \d{1,3} md5 (?:[0-9] )?(?<secret>\S+)/),
  secret('authentication', /\bauthentication mode hmac-sha-256 (?:[0-9] )?(?<secret>\S+)/),
  secret(
    'authentication',
    /^[ \t]*(?:standby|vrrp|glbp)(?: \d{1,4})? authentication (?:text )?(?!md5 |text )(?<secret>\S+)/,
  ),
  secret('authentication text', /^[ \t]+authentication text (?<secret>\S+)/),
  secret('authentication', /\bnhrp authentication (?<secret>\S+)/),
];

const vpnKeys: readonly SecretRule[] = [
  secret('pre-share key', /\bpre-share key (?:[06] )?(?<secret>\S+)/),
  secret('key', /\bcrypto isakmp key (?:[06] )?(?<secret>\S+)/),
  secret('key', /^[ \t]+group \S+ key (?:[0-9] )?(?<secret>\S+)/),
  secret(
    'session-key',
    /\bsession-key (?:in|out)bound (?:esp|ah) \d{1,10} (?:cipher (?<secret>\S+)(?: authenticator (?<secret2>\S+))?|(?!cipher )(?<secret3>\S+))/,
  ),
  // OSPFv3 authenticates and encrypts with keys of IPsec.
  secret('ipsec spi', /\bauthentication ipsec spi \d{1,10} (?:md5|sha1) (?:[0-9] )?(?!passphrase )(?<secret>\S+)/),
  secret(
    'ipsec spi',
    /\bencryption ipsec spi \d{1,10} esp (?:null|\S{3,12} (?:\d{3} )?(?:(?:[0-9]|8a) )?(?<secret>\S+)) (?:authentication )?(?:md5|sha1) (?:(?:[0-9]|8a) )?(?!passphrase )(?<secret2>\S+)/,
  ),
  secret('key', /^[ \t]*pre-shared-key (?:address|hostname) (?:\S+ ){1,3}key (?:[06] )?(?<secret>\S.*)/),
  secret(
    'key',
    /\bpre-shared-key (?:(?:local|remote) )?(?:(?:ascii-text|hex|[0-9]) )*(?!address |hostname |local |remote |ascii-text |hex |key-?chain |[0-9] )(?<secret>\S+)/,
  ),
];

const wirelessKeys: readonly SecretRule[] = [
  secret('key', /\bset-key (?:ascii|hex) (?:[0-9] )?(?<secret>\S.*)/),
  secret('key', /\bencryption (?:vlan \d{1,4} )?key \d size \S+ (?:[0-9] )?(?<secret>\S+)/),
  secret('psk', /\bwpa-psk (?:ascii|hex) (?:[0-9] )?(?<secret>\S.*)/),
  secret('static-wep-key', /\bstatic-wep-key encryption \d{2,3} (?:ascii|hex) (?:[0-9] )?(?<secret>\S+)/),
  secret('provisioning key', /\bpsk provisioning key \d{1,3} (?:[0-9] )?(?<secret>\S.*)/),
  secret('pmk', /\bsap pmk (?<secret>\S+)/),
];

/** SNMP of IOS: communities stand in the clear, also where traps go. With version 3 a user name stands there. */
const snmpSecrets: readonly SecretRule[] = [
  secret('snmp', /\bsnmp-server community (?:[0-9] (?=\S+ (?:view|r[ow]|R[OW])\b))?(?<secret>\S+)/),
  secret(
    'snmp',
    /^[ \t]*snmp-server host \S+ (?:vrf \S+ )?(?:(?:informs|traps|trap) )?(?:version (?:1|2c) )?(?:[078] (?=\S{6}))?(?!version |vrf |informs |traps |trap |use-vrf |filter-vrf |source-interface )(?<secret>\S+)/,
  ),
  secret(
    'snmp',
    /^[ \t]*snmp-server user .*? auth (?:sha-2 \d{3}|\S+) (?<secret>\S+)(?: priv (?:(?:aes|des|3des)(?:-?\d{3})? )?(?:\d{3} )?(?<secret2>\S+))?/,
  ),
  secret('snmp', /^[ \t]*snmp(?:-server)? (?:mib )?community-map (?<secret>\S+)/),
  // The community of its traps.
  secret('rmon event', /^rmon event \d{1,5} (?:log )?trap (?<secret>\S+)/),
];

/** All that is secret in a configuration of IOS or IOS XE. */
export const iosSecrets: readonly SecretRule[] = [
  ...passwordSecrets,
  ...aaaKeys,
  ...routingKeys,
  ...vpnKeys,
  ...wirelessKeys,
  ...snmpSecrets,
  secret('config-key', /^[ \t]*key config-key (?:password-encrypt(?:ion)?|ascii|\d{1,3}) (?<secret>\S.*)/),
  secret('idtoken', /\bidtoken (?<secret>\S+)/),
  secret(
    'member mac-address',
    /^[ \t]*(?:wireless mobility group )?member mac-address .*\bkey (?:[0-9] )?(?<secret>\S+)/,
  ),
  // Pre-shared keys against quantum computers, and where they come from.
  secret('ppk manual', /\bppk manual id \S+ key (?:[06] )?(?<secret>\S+)/),
  secret('psk id', /\bpsk id \S+ key (?:hex )?(?:[06] )?(?!hex )(?<secret>\S+)/),
  // What an applet types or keeps.
  secret(
    'cli command',
    /^[ \t]*action \S{1,16} cli command "crypto (?:key|pki|ca) (?:ex|im)port (?:\S{1,120} ){1,8}(?<secret>[^\s"]+)"?[ \t]*$/,
  ),
  secret(
    ' set ',
    /^[ \t]*action \S{1,16} set (?=\S{0,60}(?:pass|pw|secret|key|token|cred|psk|communit))\S{1,80} "?(?<secret>[^\s"][^"]*)/i,
  ),
  // Variables for applets; what is secret in them is in their names at best.
  secret(
    'event manager environment',
    /^event manager environment (?=\S{0,60}(?:pass|pw|secret|key|token|cred|psk|communit|comm ))\S{1,80} (?<secret>\S.*)/i,
  ),
  // `user:password@host` without a scheme before it.
  secret('http-proxy', /\bhttp-proxy "?[^\s":@/]{1,64}:(?<secret>\S+)@/),
  secret('mail', /\bmail[ -]server "?[^\s":@]{1,64}:(?<secret>\S+)@/),
  secret('url authentication', /\burl authentication \S+ \S+ (?<secret>\S+)/),
  // Umbrella and the web security of Cisco.
  secret('token', /^[ \t]+token (?:[0-9] )?(?<secret>[0-9A-Za-z]{16,})[ \t]*$/),
  secret('api-key', /^[ \t]+api-key (?:[0-9] )?(?<secret>\S+)/),
  secret('license', /^[ \t]*(?:content-scan )?license [07] (?<secret>[0-9A-Fa-f]{8,})/),
  secret('pin', /^[ \t]+pin (?<secret>\d{4,})/),
  secret('sim authenticate', /\bsim authenticate (?:[07] )?(?<secret>\d\S+)/),
  secret('user-pin', /\buser-pin (?:[0-9] )?(?<secret>\S+)/),
  urlCredentials,
];

/** The environment that a container is started with: each variable that is called after a secret. */
export const containerSecrets: readonly SecretRule[] = [
  secret('-e', /(?:-e|--env)[ =]["']?\w{0,40}(?:pass|secret|key|token)\w{0,20}=["']?(?<secret>[^\s"']+)/i),
];

/** Lines of a configuration of IOS that change without anybody changing it. */
export const iosVolatile = [
  line('! Last configuration change at', /^! Last configuration change at/),
  line('! NVRAM config last updated', /^! NVRAM config last updated/),
  line('! No configuration change since', /^! No configuration change since/),
  line('ntp clock-period', /^ntp clock-period \d/),
  line('Load for five secs', /^Load for five secs/),
  line('ime source', /^(?:Time source is|No time source,)/),
] as const;

/** What IOS prints before the configuration. */
export const iosPreamble = [
  line('Building configuration', /^Building configuration/),
  line('Current configuration', /^Current configuration : \d+ bytes/),
] as const;
