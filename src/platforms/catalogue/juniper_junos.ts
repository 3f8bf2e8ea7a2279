import { urlCredentials } from '../families/ios-like.ts';
import { everyPage } from '../families/pagers.ts';
import { privateKeyBlock } from '../families/private-key.ts';
import { definePlatform, line, secret, secretWithin } from '../platform.ts';

export const platform = definePlatform({
  id: 'juniper_junos',
  vendor: 'Juniper',
  name: 'Junos',
  aliases: ['juniper'],
  verified: 'lab',
  notes: [
    'Written against transcripts of 15.1, 18.4 and 22.4R3.',
    'The user root lands in a shell first; `cli` leads on.',
    'A line such as `{master:0}` or `[edit]` stands before each prompt of clusters and of the configuration mode.',
    'A user whose class lacks the permission `secret` sees `/* SECRET-DATA */` in place of every secret, and so does the backup.',
    'Leaving the configuration mode with uncommitted changes asks; they stay in the shared candidate.',
  ],

  modes: {
    operational: {
      // Behind the colon stands the logical system or the tenant of the user.
      // A box without a name yet has only the user.
      prompt: /^(?:[\w.@-]{1,64}@(?<host>[\w.-]{1,64})(?::[\w-][\w.-]{0,63})?|root)>[ ]?$/,
      to: { configuration: ['configure'], shell: ['start shell'] },
    },
    configuration: {
      prompt: /^(?:[\w.@-]{1,64}@(?<host>[\w.-]{1,64})(?::[\w-][\w.-]{0,63})?|root)#[ ]?$/,
      to: {
        operational: [
          {
            send: 'exit configuration-mode',
            dialogue: [{ see: /uncommitted changes\?? \[yes,no\] \(\w{2,3}\)[ ]?$/, answer: 'yes' }],
          },
        ],
      },
    },
    shell: {
      prompt:
        /^(?:\[vrf:[\w.-]{1,32}\] )?(?:[\w.@-]{1,64}@(?<host>[\w.-]{0,64})(?::[^\n]{0,80}[%$]|:(?:RE:\d)?[~/ ][^\n]{0,80}#|%)|%)[ ]?$/,
      to: { operational: ['cli'] },
    },
  },
  home: 'operational',
  configure: 'configuration',

  open: [
    'set cli screen-length 0',
    'set cli screen-width 0',
    { send: 'set cli complete-on-space off', optional: true },
  ],
  close: ['exit'],
  pagers: [{ see: /---\(more(?: \d{1,3}%)?\)---[ ]*$/, answer: ' ', newline: false, times: everyPage }],
  failures: [
    /^error: /,
    /^unknown command\./,
    /^syntax error[,.]/,
    /^missing (?:mandatory )?argument[.:]/,
    /^invalid value /,
    /^'.{1,80}' is ambiguous\./,
  ],
  pipelining: 'full',
  loginsPerSecond: 2,

  backup: {
    commands: [
      { run: 'show version', as: 'comment', keep: [/^Hostname: /, /^Model: /, /^Junos: /, /^JUNOS .*\[/] },
      { run: 'show chassis hardware', as: 'comment', optional: true },
      {
        run: 'show configuration | display omit',
        as: 'configuration',
        drop: [
          line('{master', /^\{master(?::\w{1,8})?\}$/),
          line('{backup', /^\{backup(?::\w{1,8})?\}$/),
          line('{linecard', /^\{linecard(?::\w{1,8})?\}$/),
          line('{primary', /^\{primary(?::\w{1,8})?\}$/),
          line('{secondary', /^\{secondary(?::\w{1,8})?\}$/),
        ],
        timeoutMs: 180_000,
      },
    ],
    comment: '# ',
    complete: { contains: [/\{[ ]*$/m], balanced: 'braces' },
    volatile: [line('## Last commit: ', /^## Last commit: /), line('## Last changed: ', /^## Last changed: /)],
    secrets: [
      // Public keys are marked as well, and no secrets.
      secret(
        '## SECRET-DATA',
        /^(?:[ ]*"[^"]*")?[^"]*"(?!(?:ssh|ecdsa|sk-ssh|sk-ecdsa)-)(?<secret>.*)"[ ]?\]?;[ ]*## SECRET-DATA/,
      ),
      // A user without the permission sees `/* SECRET-DATA */` there, which has to stay a comment.
      secret('## SECRET-DATA', /[ ](?!\*\/)(?<secret>[^\s";]+);[ ]*## SECRET-DATA/),
      secret('$', /["= ](?<secret>\$(?:[1-9]|sha\d{0,3})\$[^\s";]*)/),
      // Communities of `policy-options` are names.
      secretWithin(
        { word: 'snmp {', open: /^[ ]*(?:(?:inactive|protect|replace): ){0,3}snmp \{/ },
        'community',
        /^[ ]*(?:(?:inactive|protect|replace): ){0,3}community (?:"(?<secret>[^"]+)"|(?<secret2>[^\s"{;]+))(?: \{|;)/,
      ),
      secret(
        'snmp community',
        /^(?:set|activate|deactivate|protect|delete) (?:.* )?snmp community (?:"(?<secret>[^"]+)"|(?<secret2>[^\s"]+))/,
      ),
      secret(
        'trap-group',
        /^(?:[ ]+(?:(?:inactive|protect|replace): ){0,3}|(?:set|activate|deactivate|protect|delete) (?:.* )?snmp )trap-group "?(?<secret>[^\s"{;]+)/,
      ),
      secret('community-name', /\bcommunity-name "?(?<secret>[^\s";]+)/),
      // What was loaded in the clear, and a key without a mark behind it.
      secret(
        'secret',
        /^(?:[ ]*(?:(?:inactive|protect|replace): ){0,3}|set (?!.* description ).* )(?:[\w-]{1,40}-)?secret "?(?<secret>[^\s";{]+)"?(?:;|$)/,
      ),
      secret(
        'password',
        /^(?:[ ]*(?:(?:inactive|protect|replace): ){0,3}|set (?!.* description ).* )(?:[\w-]{1,40}-)?password "?(?<secret>[^\s";{]+)"?(?:;|$)/,
      ),
      secret('authentication-key', /^(?![ ]*description ).*\bauthentication-key "?(?!\d{1,10} )(?<secret>[^\s";{]+)/),
      secret('hexadecimal', /\bhexadecimal "?(?<secret>[^\s";]+)/),
      secret('PRIVATE KEY-----', /-----BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY-----(?<secret>.+)-----END /),
      secret('snmp-community', /^[ ]+snmp-community "?(?<secret>[^\s";{]+)"?;/),
      secret('plain-text-password', /\bplain-text-password-value "?(?<secret>[^\s";]+)/),
      secret('auth-token', /\bauth-token "?(?<secret>[^\s";]+)/),
      secret('ascii-text', /\bascii-text "?(?<secret>[^\s";]+)/),
      privateKeyBlock,
      urlCredentials,
    ],
  },
  config: { dialect: 'junos' },
  transaction: { method: 'native candidate', atomic: true, confirmed: true, rollback: 'exact', diff: 'native' },
  detect: {
    prompt: /--- JUNOS |(?:^|\n)\{(?:master|backup|linecard|primary|secondary)(?::\w+)?\}/,
    probes: [{ run: 'show version', match: /^Junos: |^JUNOS .*\[/m, priority: 95 }],
  },
});
