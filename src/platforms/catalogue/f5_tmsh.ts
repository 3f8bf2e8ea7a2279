import { urlCredentials } from '../families/ios-like.ts';
import { everyPage, morePager } from '../families/pagers.ts';
import { definePlatform, line, type SecretRule, secret, secretWithin } from '../platform.ts';

/** A parameter of an address that a monitor asks for. */
const inUrl = (name: string): SecretRule =>
  secret(`${name}=`, new RegExp(`[?&][\\w-]{0,20}${name}=(?<secret>[^\\s&"'\\\\]+)`));

export const platform = definePlatform({
  id: 'f5_tmsh',
  vendor: 'F5',
  name: 'TMOS (tmsh)',
  aliases: ['f5_ltm'],
  verified: 'lab',
  notes: [
    'Written for BIG-IP 11.6 to 17.1.',
    'A user whose shell is bash starts `tmsh` from there.',
    'The pager is a preference of the user that is saved, so it is left alone: its questions are answered.',
    '`cd /` makes the listing show every partition, not only Common.',
    'Certificates and keys lie in files that this backup does not hold; keep a UCS archive for them.',
  ],

  modes: {
    tmsh: {
      prompt: /^[\w.\\-]{1,64}@\((?<host>[^()\n]{1,64})\)(?:\([^()\n]{1,80}\)){0,4}\(tmos[\w.-]{0,60}\)#[ ]?$/,
      to: { bash: ['run /util bash'] },
    },
    bash: {
      prompt: /^\[[\w.\\-]{1,64}@(?<host>[\w.-]{1,64})(?::[^\]\n]{1,80})?\] ?[^#\n]{0,60}#[ ]?$/,
      to: { tmsh: ['tmsh -q'] },
    },
  },
  home: 'tmsh',
  configure: 'tmsh',

  open: ['cd /'],
  close: ['quit'],
  pagers: [
    { see: /Display all \d{1,9} items\? ?\(y\/n\)[ ]*$/, answer: 'y', newline: false },
    { see: /---\(less(?: \d{1,3}%)?\)---[ ]*$/, answer: ' ', newline: false, times: everyPage },
    morePager,
  ],
  failures: [/^(?:Syntax|Unexpected|Data Input) Error: /, /^[0-9a-f]{8}:\d: /, /^Error: /],
  pipelining: 'none',
  terminal: { columns: 255, rows: 1000 },

  backup: {
    commands: [
      { run: 'show sys version', as: 'comment', drop: [line('Date', /^[ ]+Date {2,}/)] },
      {
        run: 'show sys hardware',
        as: 'comment',
        optional: true,
        keep: [
          /^[ ]+(?:Name|BIOS Revision|Base MAC|Chassis Serial|Appliance Serial|Registration Key|Host Board Serial|Type|cpus|Model) {2,}/,
        ],
      },
      {
        run: 'show running-config recursive',
        as: 'configuration',
        // What is left of the question whether all of it is wanted, and of its answer.
        drop: [line('Display all', /^Display all \d/), line('y', /^[ ]?y[ ]?$/)],
        timeoutMs: 300_000,
      },
    ],
    comment: '# ',
    // The list has no end of its own, and braces cannot be counted: rules of traffic hold Tcl, where a quote or a brace
    // may stand alone.
    complete: { contains: [/^[a-z]{2,20} [a-z].{0,200}\{/m], prompt: true },
    volatile: [
      line('state', /^[ ]+state (?:up|down|checking|irule-down|unchecked|fqdn-up|fqdn-down)[ ]*$/),
      line('last-update-time', /^[ ]+last-update-time /),
      line('create-time', /^[ ]+create-time /),
      line('creation-time', /^[ ]+creation-time /),
      line('last-modified-time', /^[ ]+last-modified-time /),
      line('checksum SHA1:', /^[ ]+checksum SHA1:/),
      line('revision', /^[ ]+revision \d/),
      line('updated-by', /^[ ]+updated-by /),
    ],
    secrets: [
      // Encrypted anew under the master key at each read.
      { ...secret('$M$', /(?<secret>\$M\$[^\s"]+)/), resalted: true },
      secret('encrypted-password', /\bencrypted-password (?<secret>"(?:[^"\\]|\\.)*"|\S+)/),
      secret(
        'password',
        /^[ ]*(?:[\w-]{1,30}-)?password(?:-encrypted)? (?!none\b|\{|session\.)(?<secret>"(?:[^"\\]|\\.)*"|\S+)/,
      ),
      secret('secret', /^[ ]*(?:[\w-]{1,30}-)?secret (?!none\b|\{|rotate)(?<secret>"(?:[^"\\]|\\.)*"|\S+)/),
      secret('passphrase', /^[ ]*(?:[\w-]{1,30}-)?passphrase (?!none\b|\{)(?<secret>"(?:[^"\\]|\\.)*"|\S+)/),
      secret('community-name', /\{ community-name (?<secret>"(?:[^"\\]|\\.)*"|[^\s}]+)/),
      secret('community', /^[ ]*community(?:-name)? (?!\{)(?<secret>"(?:[^"\\]|\\.)*"|\S+)/),
      secret('-pw', /^[ ]*[\w-]{1,30}-pw (?!none\b)(?<secret>"(?:[^"\\]|\\.)*"|\S+)/),
      secret(
        '-key',
        /^[ ]*(?:preshared|shared|auth|encryption|api|pre-shared)-key(?:-encrypted)? (?!none\b|\{)(?<secret>"(?:[^"\\]|\\.)*"|\S+)/,
      ),
      secret(
        '-key',
        /^[ ]*(?:sync|secret|private|mac|hmac|encrypt|access)-key(?:-encrypted)? (?!none\b|\{)(?<secret>"(?:[^"\\]|\\.)*"|\S+)/,
      ),
      secret('-token', /^[ ]*(?:api|auth|access|refresh|bearer)-token (?!none\b|\{)(?<secret>"(?:[^"\\]|\\.)*"|\S+)/),
      secret('-pass', /^[ ]*[\w-]{1,30}-pass (?!none\b|\{)(?<secret>"(?:[^"\\]|\\.)*"|\S+)/),
      // Several properties on one line.
      secret(
        'password',
        /\{ (?:[\w.-]{1,40} [^\s{}"]{1,100} ){0,6}(?:[\w-]{1,30}-)?password (?!none\b|\{)(?<secret>"(?:[^"\\]|\\.)*"|[^\s}]+)/,
      ),
      // What a monitor sends.
      secret('Authorization: ', /Authorization: (?:[A-Z]\w{1,10} )?(?<secret>[^\s"\\]+)/),
      ...['password', 'passwd', 'pass', 'pwd', 'token', 'key', 'secret'].map(inUrl),
      // Settings of the system and variables of applications: `sys db proxy.password { value "x" }`.
      secretWithin(
        { word: 'pass', open: /^[ ]*(?:sys db )?[\w./-]{0,60}pass(?:word|wd|phrase)?[ ]\{/ },
        'value',
        /^[ ]+value (?!"?(?:enable|disable|true|false|yes|no|none|\d{1,6})"?$)(?<secret>"(?:[^"\\]|\\.)*"|\S+)/,
      ),
      // Rules of traffic are programs in Tcl; what is secret in them is in their names at best.
      secret(
        'set ',
        /^[ \t]*set (?=[\w:.]{0,40}(?:pass|secret|token|api_?key))[\w:.]{1,60} (?!\d{1,3}$)(?:"(?<secret>[^"[$]+)"|(?<secret2>[^\s"[{$]\S*))/i,
      ),
      secret(
        'HTTP::header',
        /\bHTTP::header (?:insert|replace) "?(?:Authorization|[\w-]{0,40}(?:[Kk]ey|[Tt]oken))"? "?(?:[A-Z]\w{1,10} )?(?<secret>[^\s"[$]+)/,
      ),
      secret('psk', /^[ ]*(?:[\w-]{1,30}-)?psk (?!none\b)(?<secret>"(?:[^"\\]|\\.)*"|\S+)/),
      urlCredentials,
    ],
  },
  save: ['save sys config'],
  transaction: { method: 'line by line', atomic: false, confirmed: false, rollback: 'none', diff: 'offline' },
  detect: {
    prompt: /\(tmos[\w.-]{0,60}\)#[ ]?$/,
    probes: [{ run: 'show sys version', match: /BIG-IP/, priority: 92 }],
  },
});
