import { urlCredentials } from '../families/ios-like.ts';
import { everyPage } from '../families/pagers.ts';
import { privateKeyBlock } from '../families/private-key.ts';
import { definePlatform, line, secret, secretWithin } from '../platform.ts';

export const platform = definePlatform({
  id: 'paloalto_panos',
  vendor: 'Palo Alto Networks',
  name: 'PAN-OS',
  verified: 'lab',
  notes: [
    'Written for PAN-OS 8.1 to 11.1 of firewalls and Panorama.',
    'In scripting mode the line is neither completed nor repainted.',
    'What was typed before the prompt came back is lost now and then: commands go out one by one.',
    'A commit is a job that takes minutes; it makes the candidate the running configuration of all administrators.',
  ],

  modes: {
    exec: {
      // A user name may be that of a directory: `noc@example.net@fw>`.
      prompt: /^[\w.\\-]{1,64}(?:@[\w.-]{1,64}(?=@))?@(?<host>[\w.-]{1,64})(?:\([\w-]{1,40}\))?>[ ]?$/,
      to: { config: ['configure'] },
    },
    config: {
      prompt: /^[\w.\\-]{1,64}(?:@[\w.-]{1,64}(?=@))?@(?<host>[\w.-]{1,64})(?:\([\w-]{1,40}\))?#[ ]?$/,
      to: { exec: ['exit'] },
    },
  },
  home: 'exec',
  configure: 'config',

  login: [{ see: /Do you accept and acknowledge the statement above ?\? ?\(yes\/no\)[ :]*$/, answer: 'yes' }],
  open: [
    'set cli scripting-mode on',
    'set cli pager off',
    { send: 'set cli terminal width 500', optional: true },
    { send: 'set cli confirmation-prompt off', optional: true },
  ],
  close: ['exit'],
  pagers: [
    { see: /(?:^|\n)[ ]*(?:--more--|lines \d{1,7}-\d{1,7})[ ]*$/, answer: ' ', newline: false, times: everyPage },
  ],
  failures: [/^Unknown command: /, /^Invalid syntax\.?/, /^Server error ?:/, /^Validation Error:/],
  pipelining: 'none',
  terminal: { columns: 500 },

  backup: {
    commands: [
      {
        run: 'show system info',
        as: 'comment',
        keep: [
          /^(?:hostname|ip-address|netmask|default-gateway|mac-address|family|model|serial|sw-version|vm-license|vm-uuid|multi-vsys|operational-mode|device-certificate-status): /,
        ],
      },
      { run: 'show config running', as: 'configuration', timeoutMs: 300_000 },
    ],
    comment: '! ',
    // The root closes in the first column, which no brace within does. Values in single quotes may hold one double
    // quote, so that braces cannot be counted.
    complete: { end: [/^\}[ ]*$/] },
    volatile: [line('dirtyId', /^[ ]*dirtyId \d{1,10};/), line('admin-last-change', /^[ ]*admin-last-change /)],
    secrets: [
      secret('-AQ==', /(?<secret>-AQ==[^;\s"<]+)/),
      secret('phash', /\bphash (?<secret>[^\s;]+)/),
      privateKeyBlock,
      secret('private-key', /^[ ]*private-key (?!"-----BEGIN )(?<secret>"[^"]*"|'[^']*'|[^\s;{]+)/),
      secret('password', /^[ ]*(?:[\w-]{1,30}-)?password (?!(?:yes|no);)(?<secret>"[^"]*"|'[^']*'|[^\s;{]+)/),
      secret('secret', /^[ ]*(?:[\w-]{1,30}-)?secret (?!(?:yes|no);)(?<secret>"[^"]*"|'[^']*'|[^\s;{]+)/),
      secret('key', /^[ ]*(?!public-key )(?:[\w-]{1,30}-)?key (?!(?:yes|no);)(?<secret>"[^"]*"|'[^']*'|[^\s;{]+);/),
      secret('password-hash', /^[ ]*password-hash (?<secret>"[^"]*"|'[^']*'|[^\s;{]+)/),
      secret('passwd', /^[ ]*(?:[\w-]{1,30}-)?passwd (?<secret>"[^"]*"|'[^']*'|[^\s;{]+)/),
      secret('keytab', /^[ ]*(?:kerberos-)?keytab (?<secret>"[^"]*"|'[^']*'|[^\s;{]+);/),
      secret('Bearer', /\bBearer (?<secret>[^\s";]+)/),
      secret('psk', /^[ ]*(?:[\w-]{1,30}-)?psk (?<secret>"[^"]*"|'[^']*'|[^\s;{]+);/),
      secret('code', /^[ ]*(?:passcode|(?:lic-)?auth-?code) (?<secret>"[^"]*"|'[^']*'|[^\s;{]+);/),
      secret('passphrase', /^[ ]*(?:[\w-]{1,30}-)?passphrase (?!(?:yes|no);)(?<secret>"[^"]*"|'[^']*'|[^\s;{]+)/),
      secret(
        'community',
        /^[ ]*(?:snmp-)?community(?:-string)? (?!\d{1,10}:|none;|all;)(?<secret>"[^"]*"|'[^']*'|[^\s;{]+);/,
      ),
      secret('pwd', /^[ ]*(?:auth|priv)pwd (?<secret>"[^"]*"|'[^']*'|[^\s;{]+)/),
      secret('token', /^[ ]*(?:[\w-]{1,30}-)?token (?<secret>"[^"]*"|'[^']*'|[^\s;{]+);/),
      // The challenge of an enrolment, what headers of requests say, and what providers of dynamic names ask for.
      secretWithin(
        { word: 'scep-challenge {', open: /^[ ]*scep-challenge \{/ },
        'fixed',
        /^[ ]*fixed (?<secret>"[^"]*"|'[^']*'|[^\s;{]+);/,
      ),
      secretWithin(
        { word: 'headers {', open: /^[ ]*headers \{/ },
        'value',
        /^[ ]*value (?<secret>"[^"]*"|'[^']*'|[^\s;{]+);/,
      ),
      secretWithin(
        { word: 'ddns-vendor-config {', open: /^[ ]*ddns-vendor-config \{/ },
        'value',
        /^[ ]*value (?<secret>"[^"]*"|'[^']*'|[^\s;{]+);/,
      ),
      secret('/services/T', /\/services\/T\w{1,20}\/B\w{1,20}\/(?<secret>\w+)/),
      urlCredentials,
    ],
  },
  config: { dialect: 'panos' },
  transaction: { method: 'native candidate', atomic: true, confirmed: false, rollback: 'exact', diff: 'native' },
  detect: {
    probes: [{ run: 'show system info', match: /^sw-version: /m, priority: 92 }],
  },
});
