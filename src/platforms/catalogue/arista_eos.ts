import { enableStep, iosFailures, iosSecrets } from '../families/ios-like.ts';
import { morePager } from '../families/pagers.ts';
import { privateKeyBlock } from '../families/private-key.ts';
import { definePlatform, line, secret } from '../platform.ts';

export const platform = definePlatform({
  id: 'arista_eos',
  vendor: 'Arista',
  name: 'EOS',
  aliases: ['arista_eos_ssh'],
  verified: 'lab',
  notes: [
    'Written against transcripts of 4.21, 4.26 and 4.29.2F.',
    'Often enabling asks for no password.',
    'A chassis with two supervisors shows the slot of the one in charge: `core(s1)#`.',
    'The `prompt` command gives the prompt almost any form; the default one and those with a VRF or time in brackets are known.',
  ],

  modes: {
    exec: {
      prompt: /^(?<host>[\w.@:~+-]{1,63})(?:\(s\d{1,2}\))?(?:\(vrf:[\w.-]{1,32}\))?>[ ]?$/,
      to: { privileged: [enableStep] },
    },
    privileged: {
      prompt: /^(?<host>[\w.@:~+-]{1,63})(?:\(s\d{1,2}\))?(?:\(vrf:[\w.-]{1,32}\))?#[ ]?$/,
      to: { exec: ['disable'], config: ['configure terminal'], session: ['configure session netwright'] },
    },
    config: {
      prompt:
        /^(?<host>[\w.@:~+-]{1,63})(?:\(s\d{1,2}\))?(?:\(vrf:[\w.-]{1,32}\))?\(config(?!-s-)[\w:. /+-]{0,80}\)#[ ]?$/,
      to: { privileged: ['end'] },
    },
    session: {
      prompt: /^(?<host>[\w.@:~+-]{1,63})(?:\(s\d{1,2}\))?(?:\(vrf:[\w.-]{1,32}\))?\(config-s-[\w:. /+-]{1,80}\)#[ ]?$/,
      to: { privileged: ['abort'] },
    },
  },
  home: 'privileged',
  configure: 'config',

  open: ['terminal length 0', { send: 'terminal width 32767', optional: true }],
  close: ['exit'],
  pagers: [morePager],
  failures: [...iosFailures, /^% ?(?:Error|Unavailable command|Unknown )/],
  pipelining: 'full',

  backup: {
    commands: [
      {
        run: 'show version',
        as: 'comment',
        keep: [
          /^Arista /,
          /^(?:Hardware version|Serial number|Hardware MAC address|System MAC address):/,
          /^(?:Software image version|Architecture|Internal build version):/,
        ],
      },
      { run: 'show inventory', as: 'comment', optional: true, timeoutMs: 120_000 },
      { run: 'show running-config', as: 'configuration', timeoutMs: 180_000 },
    ],
    comment: '! ',
    complete: { end: [/^end[ ]*$/] },
    volatile: [
      line('! Time:', /^! Time: /),
      line('! Command:', /^! Command: /),
      line('! Last modified', /^! Last modified /),
    ],
    secrets: [
      ...iosSecrets,
      secret('key', /\bshared-key (?:(?:\d|8a) )?(?!key-chain )(?<secret>\S+)/),
      secret('key', /\bmessage-digest-key \d{1,3} \S+ (?:(?:\d|8a) )?(?<secret>\S+)/),
      secret('key', /\bntp authentication-key \d+ \S+ (?:(?:\d|8a) )?(?<secret>\S+)/),
      secret('key', /\bauthentication (?:key-id \d+ algorithm \S+ )?key (?:(?:\d|8a) )?(?<secret>\S+)/),
      secret('key', /^[ \t]+key [0-9A-Fa-f]{1,64} (?:\d|8a) (?<secret>\S+)/),
      secret(
        'peer authentication',
        /\bpeer authentication (?:text|ietf-md5 key-string) (?:(?:\d|8a) )?(?!(?:\d|8a) )(?<secret>\S+)/,
      ),
      secret('auth=', /-(?:ingest|cv)auth=key,(?<secret>[^\s,]+)/),
      secret('secret', /^[ \t]+secret \S+ (?:\d|8a) (?<secret>\S+)/),
      secret('unsupported-transceiver', /^service unsupported-transceiver \S+ (?<secret>\S+)/),
      secret('passphrase', /\bpassphrase (?:(?:\d|8a) )?(?!(?:\d|8a) )(?<secret>\S+)/),
      // The licence of MACsec, and what a daemon of one's own is given.
      secret('license', /^[ \t]+license \S{1,64} (?<secret>[0-9A-Fa-f]{8,})/),
      secret('option ', /^[ \t]+option (?=\S{0,60}(?:pass|secret|token|key|cred))\S{1,80} value (?<secret>\S.*)/i),
      privateKeyBlock,
    ],
  },
  save: ['write memory'],
  config: { dialect: 'eos' },
  transaction: { method: 'session', atomic: true, confirmed: true, rollback: 'exact', diff: 'native' },
  detect: {
    probes: [{ run: 'show version', match: /^Arista |Software image version: [\d.]+[A-Z]/m, priority: 90 }],
  },
});
