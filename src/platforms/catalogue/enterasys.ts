import { urlCredentials } from '../families/ios-like.ts';
import { everyPage } from '../families/pagers.ts';
import { definePlatform, line, secret } from '../platform.ts';

export const platform = definePlatform({
  id: 'enterasys',
  vendor: 'Enterasys',
  name: 'EOS',
  verified: 'lab',
  notes: [
    'Written for firmware 6.x of the A, B and C series; the S and K series speak the same language.',
    'The letters in the prompt are the rights of the user: super user (su), read-write (rw), read-only (ro).',
    'There is no configuration mode: `set` commands are typed at the prompt and stay without being saved.',
  ],

  modes: {
    exec: { prompt: /^(?<host>[^()<>"\n]{1,64})\((?:su|rw|ro)\)->[ ]?$/ },
  },
  home: 'exec',
  configure: 'exec',

  open: ['set length 0'],
  close: ['exit'],
  pagers: [
    {
      see: /--More--(?: {1,4}next page: Space, next line: Enter, quit: Control-C)?[ ]*$/,
      answer: ' ',
      newline: false,
      times: everyPage,
    },
  ],
  failures: [
    /^Error: /,
    /^(?:Invalid|Unknown|Incomplete|Ambiguous) (?:command|syntax|argument|parameter)/i,
    /^% ?Invalid /,
  ],
  pipelining: 'open',

  backup: {
    commands: [
      {
        run: 'show system hardware',
        as: 'comment',
        optional: true,
        keep: [/(?:Serial|Model|Part|Hardware|Firmware|Boot ?[Cc]ode|Version|Type|UNIT)[^:]{0,30}:?/],
      },
      {
        run: 'show config',
        as: 'configuration',
        timeoutMs: 180_000,
        drop: [
          line(
            'This command shows non-default configurations only',
            /^[ ]?This command shows non-default configurations only/,
          ),
          line("Use 'show config all'", /^[ ]?Use 'show config all'/),
        ],
      },
    ],
    comment: '! ',
    // Series differ in whether they print `end`, so it proves nothing.
    complete: { contains: [/^(?:#\S|set |begin\b)/m], prompt: true },
    volatile: [line('# **** ', /^# \*\*\*\* \w{3} \w{3} {1,2}\d{1,2} \d{2}:\d{2}:\d{2}/)],
    secrets: [
      secret('set system login', /^[ \t]*set system login \S+ \S+ .*\bpassword (?<secret>"[^"]*"|\S+)/),
      secret('set snmp community', /^[ \t]*set snmp community (?<secret>"[^"]*"|\S+)/),
      // Without a security name of its own a community has itself for one.
      ...['group', 'targetparams'].map((object) =>
        secret(
          `set snmp ${object}`,
          new RegExp(
            `^[ \\t]*set snmp ${object} (?:"[^"]*"|[^\\s"]+) user (?<secret>"[^"]*"|\\S+) security-model v(?:1|2c)\\b`,
          ),
        ),
      ),
      secret(
        'set snmp user',
        /^[ \t]*set snmp user .*?authentication (?:md5|sha) (?<secret>"[^"]*"|\S+)(?:(?: encryption \S+)? privacy (?:des |aes )?(?<secret2>"[^"]*"|\S+))?/,
      ),
      secret('set snmp user', /^[ \t]*set snmp user \S+ .*?\bprivacy (?!des |aes )(?<secret>"[^"]*"|\S+)/),
      secret('set radius', /^[ \t]*set radius dynamic-authorization server \S+ (?<secret>"[^"]*"|\S+)/),
      secret('guestpassword', /\bguestpassword (?<secret>"[^"]*"|\S+)/),
      secret('set cdp auth', /^[ \t]*set cdp auth (?<secret>"[^"]*"|\S+)/),
      secret('vrrp', /^[ \t]*ip vrrp authentication-key \d{1,3} (?<secret>"[^"]*"|\S+)/),
      secret('set radius', /^[ \t]*set radius (?:accounting )?server (?:\d{1,2} )?\S+ \d{1,5} (?<secret>"[^"]*"|\S+)/),
      secret('set tacacs', /^[ \t]*set tacacs server \d{1,2} \S+ \d{1,5} (?<secret>"[^"]*"|\S+)/),
      secret('set sntp authentication-key', /^[ \t]*set sntp authentication-key \d{1,10} md5 (?<secret>"[^"]*"|\S+)/),
      secret(
        'password',
        /^[ \t]*set (?:macauthentication|pwa|ssh|ftp|webview|license)\b.*\b(?:port)?password (?<secret>"[^"]*"|\S+)/,
      ),
      secret('authentication-key', /^[ \t]*(?:ip (?!vrrp )|area ).*\bauthentication-key (?<secret>"[^"]*"|\S+)/),
      secret('message-digest-key', /\bmessage-digest-key \d{1,3} md5 (?<secret>"[^"]*"|\S+)/),
      secret('key-string', /\bkey-string (?<secret>"[^"]*"|\S+)/),
      urlCredentials,
    ],
  },
  transaction: { method: 'line by line', atomic: false, confirmed: false, rollback: 'none', diff: 'offline' },
  detect: {
    greeting: /Enterasys/,
    prompt: /\((?:su|rw|ro)\)->[ ]?$/,
    probes: [{ run: 'show version', match: /Enterasys Networks/, priority: 80 }],
  },
});
