import { urlCredentials } from '../families/ios-like.ts';
import { everyPage } from '../families/pagers.ts';
import { definePlatform, line, secret } from '../platform.ts';

export const platform = definePlatform({
  id: 'hp_comware',
  vendor: 'HPE',
  name: 'Comware',
  aliases: ['h3c_comware'],
  verified: 'lab',
  notes: [
    'Written for Comware 5.20 and 7.1 of HPE, H3C and 3Com; some releases send a NUL before and a bell behind the prompt.',
    'Small-business models (V1910, V1920, 1950) hide most commands until `_cmdline-mode on`: give the word that it asks for as the enable secret of the credential; others reject the command, which does no harm.',
    'Firewalls in a pair put `RBM_P` or `RBM_S` before the prompt.',
    'A line such as `description NIC2-[TRUNK]` is no prompt: a prompt stands alone on its line and carries the learned name.',
    'A change is taken back with `configuration replace file`, where the release has it, and line by line where not.',
  ],

  modes: {
    user: { prompt: /^[^ -~]{0,8}(?:RBM_[A-Z])?<(?<host>[^<>\n]{1,64})>[^!-~]{0,2}$/, to: { system: ['system-view'] } },
    system: {
      prompt: /^[^ -~]{0,8}(?:RBM_[A-Z])?\[(?<host>[^\][~*\n][^\][\n]{0,127})\][^!-~]{0,2}$/,
      to: { user: ['return'] },
    },
  },
  home: 'user',
  configure: 'system',

  login: [{ see: /Press ENTER to get started\.?[ \r\n]*$/, answer: '' }],
  open: [
    {
      send: '_cmdline-mode on',
      optional: true,
      dialogue: [
        { see: /\[Y\/N\][ :]*$/, answer: 'y' },
        { see: /[Pp]assword:[ ]*$/, answer: { secret: 'enable' } },
      ],
    },
    'screen-length disable',
    { send: 'undo terminal monitor', optional: true },
  ],
  close: ['quit'],
  pagers: [{ see: /---- More ----[ ]*$/, answer: ' ', newline: false, times: everyPage }],
  failures: [
    /^[ ]*% ?(?:Unrecognized|Incomplete|Ambiguous|Too many|Wrong|Invalid) /,
    /^Permission denied\./,
    /^Error: /,
  ],
  pipelining: 'open',

  backup: {
    commands: [
      {
        run: 'display version',
        as: 'comment',
        drop: [line('ptime is', /[Uu]ptime is /), line('Last reboot', /^Last reboot (?:reason|type)/)],
      },
      { run: 'display device', as: 'comment', optional: true },
      { run: 'display current-configuration', as: 'configuration', timeoutMs: 180_000 },
    ],
    comment: '# ',
    complete: { end: [/^[ ]?return[ ]*$/] },
    volatile: [line('Last configuration change', /^[ ]?#? ?Last configuration change at /)],
    secrets: [
      secret(
        'cipher',
        /^(?![ \t]*(?:description|snmp-agent sys-info) ).*?[ -]cipher (?!\d[\d.]{6,14} |aes|des|3des|chacha|authentication-mode)(?<secret>\S+)/,
      ),
      secret(
        'cipher',
        /^(?![ \t]*(?:description|snmp-agent sys-info) ).*[ -]cipher (?!\d[\d.]{6,14} |aes|des|3des|chacha|authentication-mode)(?<secret>\S+)/,
      ),
      secret(
        'simple',
        /^(?![ \t]*(?:description|snmp-agent sys-info) ).* simple (?!\d{1,3} \S|cipher |plain |authentication-mode)(?<secret>\S+)/,
      ),
      secret('text', / (?:ciphertext|plaintext) (?<secret>\S+)/),
      secret('plain', /^(?![ \t]*(?:description|snmp-agent sys-info) ).* plain (?!\d[\d.]{6,14} )(?<secret>\S+)/),
      secret('hash', / hash (?<secret>\$\S+)/),
      secret(
        'password',
        /\b(?:authentication|super|chap|user) password (?!cipher |simple |hash |level |role )(?<secret>\S+)/,
      ),
      secret(
        'snmp-agent community',
        /^[ ]*snmp-agent community (?:cipher |simple )?(?:read |write )?(?:cipher |simple )?(?!cipher |simple |read |write )(?<secret>\S+)/,
      ),
      secret('securityname', /\bsecurityname (?!cipher |\S+ v3\b)(?<secret>\S+)/),
      secret('usm-user v', /^[ ]*snmp-agent usm-user v(?:1|2c) (?<secret>\S+)/),
      secret(
        'authentication-mode',
        /\bauthentication-mode (?:md5|sha|sha\d{3}|hmac-\S{3,10}|simple)(?: (?:\d{1,3}|key-id \d{1,5}|rfc\d{4}|usual|nonstandard)(?= \S))? (?!(?:\d{1,3}|key-id|rfc\d{4}|usual|nonstandard) |cipher |plain |simple |privacy-mode )(?<secret>\S+)/,
      ),
      secret('privacy-mode', /\bprivacy-mode (?:aes\d{0,3}|des56|3des) (?!cipher )(?<secret>\S+)/),
      secret(
        'key',
        /^[ ]*(?:primary |secondary )?(?:key )?(?:authentication|accounting|authorization) .*?\bkey (?!cipher |simple |plain )(?<secret>\S+)/,
      ),
      secret('key', /^[ ]*key (?:authentication|accounting|authorization) (?!cipher |simple )(?<secret>\S+)/),
      secret(
        'pre-shared-key',
        /\bpre-shared-key (?!address |hostname |local |remote |ciphertext |plaintext |cipher |simple |keychain )(?<secret>\S+)/,
      ),
      secret('md5-password', /\bmd5-password (?:cipher |plain )?\d[\d.]{6,14} (?<secret>\S+)/),
      // IPsec by hand.
      secret(
        'sa ',
        /^[ ]+sa (?:string-key|hex-key (?:authentication|encryption)|(?:authentication|encryption)-hex) (?:in|out)bound (?:ah|esp) (?!cipher |simple )(?<secret>\S+)/,
      ),
      // The community of its traps.
      secret('rmon event', /^[ ]*rmon event .*\b(?:log-)?trap (?!owner\b)(?<secret>\S+)/),
      secret('community-map', /^[ ]*snmp-agent community-map (?<secret>\S+)/),
      secret('pass-phrase', /\bpass-phrase (?!cipher |simple )(?<secret>\S+)/),
      urlCredentials,
    ],
  },
  save: ['save force'],
  config: { dialect: 'comware' },
  transaction: { method: 'configure replace', atomic: false, confirmed: false, rollback: 'exact', diff: 'offline' },
  detect: {
    greeting: /^SSH-[\d.]+-(?:Comware|H3C|3Com)|Hewlett[ -]Packard Enterprise Development LP|H3C Technologies|New H3C/m,
    probes: [{ run: 'display version', match: /Comware|H3C /, priority: 90 }],
  },
});
