import { iosFailures, iosSecrets } from '../families/ios-like.ts';
import { morePager } from '../families/pagers.ts';
import { definePlatform, line, secret } from '../platform.ts';

export const platform = definePlatform({
  id: 'cisco_nxos',
  vendor: 'Cisco',
  name: 'NX-OS',
  aliases: ['cisco_nxos_ssh'],
  verified: 'lab',
  notes: [
    'Written against transcripts of 7.3(13)N, 9.3(8) and 10.2(3).',
    'The prompt ends with a blank and is preceded by a carriage return.',
    'The configuration has no end marker; a device context other than the default one shows its own part only.',
  ],

  modes: {
    privileged: { prompt: /^(?<host>[\w.@/+-]{1,63})#[ ]?$/, to: { config: ['configure terminal'] } },
    config: { prompt: /^(?<host>[\w.@/+-]{1,63})\([\w:. /+-]{1,60}\)#[ ]?$/, to: { privileged: ['end'] } },
  },
  home: 'privileged',
  configure: 'config',

  open: ['terminal length 0', { send: 'terminal width 511', optional: true }],
  close: ['exit'],
  pagers: [morePager],
  failures: [...iosFailures, /^(?:ERROR|Error): /, /^Syntax error while parsing/, /^Cmd exec error/],
  pipelining: 'full',

  backup: {
    commands: [
      {
        run: 'show version',
        as: 'comment',
        keep: [
          /^[ ]*(?:BIOS|NXOS|kickstart|system|loader):[ ]+version /,
          /^[ ]*(?:NXOS|kickstart|system) image file is/,
          /^[ ]*cisco Nexus/,
          /^[ ]*Processor Board ID /,
          /^[ ]*Device name:/,
        ],
      },
      { run: 'show inventory', as: 'comment', optional: true, keep: [/^NAME: /, /^PID: /] },
      { run: 'show running-config', as: 'configuration', timeoutMs: 180_000 },
    ],
    comment: '! ',
    // Nothing stands at the end of every NX-OS configuration.
    complete: { contains: [/^version \S/m], prompt: true },
    volatile: [
      line('!Command:', /^!Command:/),
      line('!Time:', /^!Time:/),
      line('!Running configuration last done at:', /^!Running configuration last done at:/),
      line('!No configuration change since', /^!No configuration change since/),
    ],
    secrets: [
      ...iosSecrets,
      secret('key', /\bkey-octet-string (?:[0-9] )?(?<secret>\S+)/),
      secret(
        'snmp-server user',
        /^[ \t]*snmp-server user \S+(?: (?!auth )\S+)? auth (?:md5|sha|sha-256) (?<secret>\S+)(?: priv (?:aes-128 )?(?!aes-128 )(?<secret2>\S+))?/,
      ),
      secret('hello-authentication', /\bhello-authentication ah-md5 (?:[037] )?(?<secret>\S+)/),
      secret('passwd', /\bpasswd (?:encrypted )?(?!encrypted )(?<secret>\S+)/),
      secret('keyid', /\bkeyid \d{1,3} (?:hex-)?key (?<secret>\S+)/),
      secret('ospf', /\bip ospf (?:message-digest-key \d{1,3} md5|authentication-key) [0-9] (?<secret>\S+)/),
    ],
  },
  save: [
    { send: 'copy running-config startup-config', dialogue: [{ see: /\(y\/n\)\?? ?(?:\[n\] ?)?$/, answer: 'y' }] },
  ],
  config: { dialect: 'nxos' },
  transaction: { method: 'checkpoint', atomic: false, confirmed: false, rollback: 'exact', diff: 'offline' },
  detect: {
    prompt: /Cisco Nexus Operating System/,
    probes: [{ run: 'show version', match: /Cisco Nexus Operating System|NX-OS/, priority: 90 }],
  },
});
