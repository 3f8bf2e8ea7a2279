import { urlCredentials } from '../families/ios-like.ts';
import { everyPage } from '../families/pagers.ts';
import { definePlatform, line, secret } from '../platform.ts';

/** The line above the prompt of the model-driven command line: where one stands, and what kind of candidate is open. */
const contextLine = line('[', /^[*!]{0,2}(?:\((?:ex|gl|pr|ro)\))?\[[^\]]{0,200}\][ ]*$/);

export const platform = definePlatform({
  id: 'nokia_sros',
  vendor: 'Nokia',
  name: 'SR OS',
  aliases: ['alcatel_sros'],
  verified: 'lab',
  notes: [
    'Written for 14.0 to 23.x of 7750, 7450, 7705 and 7210, with the classic and the model-driven command line.',
    'A star before the prompt says that something is not saved. The prompt of the model-driven line takes two lines; its last one is the same in every context, so lines for a candidate are not typed here.',
    'Each of the two command lines rejects the other one’s settings and backup command: the one that answers is kept.',
    'With completion on space the model-driven line rewrites what is typed; it is switched off first.',
  ],

  modes: {
    exec: {
      prompt: /^[*!]{0,2}[A-D]:(?:[^\s@>#$]{1,64}@)?(?<host>[^\s@>#$]{1,64})#[ ]?$/,
      to: { config: ['configure'] },
    },
    config: {
      prompt: /^[*!]{0,2}[A-D]:(?<host>[^\s@>#$]{1,64})>config[^#$\n]{0,300}[#$][ ]?$/,
      to: { exec: ['exit all'] },
    },
  },
  home: 'exec',
  configure: 'config',

  open: [
    { send: 'environment command-completion space false', optional: true },
    { send: 'environment no more', optional: true },
    { send: 'environment more false', optional: true },
    { send: 'environment console width 512', optional: true },
    { send: 'environment progress-indicator admin-state disable', optional: true },
  ],
  close: ['logout'],
  pagers: [
    { see: /Press any key to continue \(Q to quit\)[ ]*$/, answer: ' ', newline: false, times: everyPage },
    { see: /any other key to print next page\.[^\n]{0,20}$/, answer: ' ', newline: false, times: everyPage },
  ],
  failures: [/^[ ]*Error: /, /^(?:MINOR|MAJOR|CRITICAL): [A-Z_]{2,20} #\d{1,6}/],
  pipelining: 'none',

  backup: {
    commands: [
      {
        run: 'show system information',
        as: 'comment',
        keep: [
          /^(?:System Name|System Type|System Version|System Contact|System Location|System Coordinates|Chassis Topology|BOF Source|Image Source|Config Source) {1,40}:/,
        ],
      },
      { run: 'show card state', as: 'comment', optional: true, drop: [contextLine] },
      { run: 'admin display-config', as: 'configuration', optional: true, drop: [contextLine], timeoutMs: 300_000 },
      { run: 'admin show configuration', as: 'configuration', optional: true, drop: [contextLine], timeoutMs: 300_000 },
    ],
    comment: '# ',
    complete: { end: [/^# Finished .*$/] },
    volatile: [line('# Generated', /^# Generated /), line('# Finished', /^# Finished /)],
    secrets: [
      secret(
        'password',
        /^(?![ \t]*description ).*\bpassword (?:chap |pap )?(?!ignore[ ]*$)(?<secret>"[^"]*"|[^\s"{]\S*)/,
      ),
      secret('authentication-key', /\bauthentication-key (?!\d{1,3} )(?<secret>"[^"]*"|[^\s"{]\S*)/),
      secret('message-digest-key', /\bmessage-digest-key \d{1,3} md5 (?<secret>"[^"]*"|\S+)/),
      secret('secret', /^(?![ \t]*description ).*\bsecret (?<secret>"[^"]*"|[^\s"{]\S*)/),
      secret(
        'community',
        /^[ \t]*(?:snmp )?community (?<secret>"[^"]*"|[^\s"]+) (?:hash|hash2|custom|r |rw |rwa |(?:vpls-)?mgmt |access-permissions |src-access-list |version )/,
      ),
      secret('usm-community', /\busm-community (?<secret>"[^"]*"|[^\s"{]\S*)/),
      secret('community', /^[ \t]*community "(?<secret>[^"]* hash2?)"/),
      // With version 3 it is the name of a user.
      secret('notify-community', /^(?!.* snmpv3 ).*\bnotify-community (?<secret>"[^"]*"|\S+)/),
      secret(
        'authentication',
        /\bauthentication (?:hash )?(?:md5|sha|hmac-\S{3,12}) (?!hex-key |ascii-key )(?<secret>[^\s"]+)(?: privacy (?!none\b)(?:des-key |des |aes-\S{3,12} |cfb128-aes-\d{3} )?(?<secret2>\S+))?/,
      ),
      secret(
        'pre-shared-key',
        /\bpre-shared-key (?!\d{1,3}(?:[ ]*(?:\{|$)| encryption-type ))(?<secret>"[^"]*"|[^\s"{]\S*)/,
      ),
      secret('encryption-key', /\bencryption-key (?!\d{1,3} )(?<secret>"[^"]*"|[^\s"{]\S*)/),
      secret('privacy-key', /\bprivacy-key (?<secret>"[^"]*"|[^\s"{]\S*)/),
      secret('-key', /\b(?:ascii|hex)-key (?<secret>"[^"]*"|\S+)/),
      secret('shared-secret', /\bshared-secret (?<secret>"[^"]*"|[^\s"{]\S*)/),
      secret(
        'key',
        /^[ \t]*(?:entry \d{1,2} |authentication-key \d{1,3} )?key (?<secret>"[^"]*"|[^\s"{]\S*) (?:hash|hash2|custom|algorithm)/,
      ),
      secret(
        'key',
        /^[ \t]*(?:authentication-|encryption-|privacy-|hello-authentication-)?key "(?![^"]*\.(?:key|pem|der|p12)")(?<secret>[^"]*)"/,
      ),
      secret(
        ' hash',
        /^[ \t]*(?:(?:[\w.:-]{1,40}|"[^"]{0,64}") ){0,8}(?:"(?<secret>[^"]+)"|(?<secret2>(?!authentication )[^\s"]{1,512})) hash2?(?: |$)/,
      ),
      secret('hash', /^(?![ \t]*description )[^"]*"(?<secret>[^"]* hash2?)"/),
      urlCredentials,
    ],
  },
  save: ['admin save'],
  config: { dialect: 'sros' },
  transaction: { method: 'line by line', atomic: false, confirmed: false, rollback: 'computed', diff: 'offline' },
  detect: {
    greeting: /SR OS Software|TiMOS-/,
    prompt: /^[*!]{0,2}A:(?:[^\s@>#$]{1,64}@)?[^\s@>#$]{1,64}#[ ]?$/m,
    probes: [{ run: 'show version', match: /TiMOS-/, priority: 90 }],
  },
});
