import { urlCredentials } from '../families/ios-like.ts';
import { everyPage } from '../families/pagers.ts';
import { definePlatform, line, secret } from '../platform.ts';

export const platform = definePlatform({
  id: 'cisco_wlc',
  vendor: 'Cisco',
  name: 'AireOS',
  aliases: ['cisco_wlc_ssh'],
  verified: 'lab',
  notes: [
    'Written against transcripts of 8.5 and 8.10.',
    'The user name of SSH is ignored: name and password are asked for on the screen.',
    'Leaving asks whether to save; the answer is no.',
    'The controller thinks for minutes about a configuration with many access points.',
  ],

  modes: {
    exec: { prompt: /^\((?<host>[^()\n]{1,64})\) >[ ]?$/, to: { config: ['config'] } },
    config: { prompt: /^\((?<host>[^()\n]{1,64})\) config[\w /-]{0,60}>[ ]?$/, to: { exec: ['exit'] } },
  },
  home: 'exec',
  configure: 'config',

  login: [
    { see: /User:[ ]?$/, answer: { secret: 'user' } },
    { see: /Password:[ ]?$/, answer: { secret: 'password' } },
  ],
  open: ['config paging disable'],
  close: [{ send: 'logout', dialogue: [{ see: /save them now\?[ ]*\(y\/N\)[ ]*$/, answer: 'n' }] }],
  pagers: [
    { see: /--More-- or \(q\)uit[ ]*$/, answer: ' ', newline: false, times: everyPage },
    { see: /Press Enter to continue(?:\.\.\.)?[^\n]{0,60}$/, answer: '', times: everyPage },
    { see: /display the next \d{1,4} entries\? \(y\/n\)[ ]*$/, answer: 'y', newline: false, times: everyPage },
  ],
  failures: [/^[ ]*Incorrect (?:usage|input)/, /^[ ]*Invalid /, /^[ ]*Request [Ff]ailed/, /^[ ]*(?:Error|ERROR)[:!]/],
  pipelining: 'none',
  newline: '\r',

  backup: {
    commands: [
      {
        run: 'show sysinfo',
        as: 'comment',
        keep: [
          /^Manufacturer's Name\./,
          /^Product (?:Name|Version)\./,
          /^(?:RTOS|Bootloader|Emergency Image|Field Recovery Image|Firmware) Version\./,
          /^System (?:Name|Location|Contact|ObjectID)\./,
          /^(?:Configured Country|Burned-in MAC Address)\./,
        ],
      },
      { run: 'show inventory', as: 'comment', optional: true, keep: [/^NAME: /, /^PID: /] },
      { run: 'show run-config commands', as: 'configuration', timeoutMs: 600_000 },
    ],
    comment: '# ',
    // The commands come in an order of the controller's own, without an end marker.
    complete: { contains: [/^[ ]*(?:config |802\.11|aaa |interface |sysname |mgmtuser |wlan )/m], prompt: true },
    volatile: [
      line('rogue', /^[ ]*(?:config )?rogue (?:adhoc|client) (?:alert|Unknown|contain) [\da-fA-F:]{17}/),
      // Memory that was never written: another number at each read.
      line(
        'interface nat-address management set',
        /^[ ]*interface nat-address management set (?:-?\d{4,}\.|-\d|\d{1,3}\.-)/,
      ),
      line('rogue ap classify', /^[ ]*rogue ap classify (?:unclassified|friendly|malicious) state alert/),
    ],
    secrets: [
      secret(
        ' add ',
        /^[ ]*(?:config )?(?:radius|tacacs) (?:auth|acct|athr) add (?:encrypt )?\d{1,3} \S+ \d{1,5} (?:password |ascii |hex )?(?<secret>\S.*)/,
      ),
      secret(' add ', /^[ ]*(?:config )?mgmtuser add (?:encrypt )?(?:username )?\S+ (?<secret>\S.*)/),
      secret(' add ', /^[ ]*(?:config )?netuser add (?:encrypt )?(?:username )?\S+ (?:password )?(?<secret>\S.*)/),
      secret(
        'user',
        /^[ ]*(?:config )?ap (?:mgmtuser|dot1xuser) add (?:encrypt )?username \S+ password (?<secret>\S.*)/,
      ),
      secret(
        'set-key',
        /\bset-key (?:encrypt )?(?:(?:ascii|hex) )?(?:encrypt )?(?!ascii |hex |encrypt )(?<secret>\S.*)/,
      ),
      secret(
        'radius server',
        /\bradius server (?:auth|acct) add (?:encrypt )?(?:primary |secondary |\d )?\S+ \d{1,5} (?<secret>\S.*)/,
      ),
      secret('-token', /\b(?:api|id|auth)-token (?:encrypt )?(?<secret>\S.*)/),
      secret('static-wep-key', /\bstatic-wep-key encryption \d{1,3} \d{2,3} (?:ascii|hex) (?<secret>\S.*)/),
      secret(
        'snmp community',
        /^[ ]*(?:config )?snmp community (?:create|delete|accessmode r[ow]|mode (?:enable|disable)|ipaddr \S+ \S+) (?<secret>\S+)/,
      ),
      secret('snmp v3user', /^[ ]*(?:config )?snmp v3user create \S+ \S+ \S+ \S+ (?<secret>\S.*)/),
      secret(
        'password',
        /^(?![ ]*(?:config )?(?:mgmtuser|netuser|radius|tacacs|sysname|interface|wlan create|custom-web web\w{0,20}|snmp sys\w{0,20})\b).*\bpassword (?:encrypt )?(?!policy\b|encrypt )(?<secret>\S.*)/,
      ),
      // What is called the name of a receiver is the community of its traps.
      secret(
        'snmp trapreceiver',
        /^[ ]*(?:config )?snmp trapreceiver (?:create|mode (?:enable|disable)) (?<secret>\S+)/,
      ),
      secret(
        'snmp trapreceiver ipsec',
        /^[ ]*(?:config )?snmp trapreceiver ipsec (?:\S{1,64} ){1,5}(?<secret>\S+)[ ]*$/,
      ),
      secret('keywrap', /\bkeywrap add (?:encrypt )?(?:ascii|hex) (?<secret>\S.*)/),
      secret('simple-bind', /\bsimple-bind authenticated (?:encrypt )?\d{1,2} \S+ (?<secret>\S.*)/),
      secret('server-key', /\bserver-key (?:encrypt )?(?:ascii |hex )?(?!encrypt )(?<secret>\S.*)/),
      secret('provisioning key', /\bpsk provisioning key (?<secret>\S.*)/),
      secret('key-auth', /\bkey-auth add (?:encrypt )?\d{1,5} \S+ (?:ascii |hex )?(?<secret>\S.*)/),
      secret('secret', /^(?![ ]*(?:config )?(?:custom-web web|snmp sys)).*\bsecret (?:encrypt )?(?<secret>\S.*)/),
      urlCredentials,
    ],
  },
  save: [{ send: 'save config', dialogue: [{ see: /save\?[ ]*\(y\/n\)[ ]*$/, answer: 'y' }] }],
  transaction: { method: 'line by line', atomic: false, confirmed: false, rollback: 'none', diff: 'offline' },
  detect: {
    prompt: /\(Cisco Controller\)/,
    probes: [{ run: 'show sysinfo', match: /Product Name\.+ Cisco Controller/, priority: 85 }],
  },
});
