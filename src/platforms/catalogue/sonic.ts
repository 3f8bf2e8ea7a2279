import { urlCredentials } from '../families/ios-like.ts';
import { shellFailures, shellModes, shellOpen } from '../families/unix.ts';
import { definePlatform, line, secret, secretBlock, secretWithin } from '../platform.ts';

export const platform = definePlatform({
  id: 'sonic',
  vendor: 'SONiC',
  name: 'SONiC',
  aliases: ['edgecore_sonic', 'sonic_ssh'],
  verified: 'lab',
  notes: [
    'Written for the community releases 202205 to 202311.',
    'The configuration is the whole database as JSON; that of FRR is kept beside it as a comment.',
    'The tools want root, or sudo without a password.',
  ],

  modes: shellModes,
  home: 'shell',
  configure: 'shell',

  open: [...shellOpen, 'S=; [ "$(id -u)" = 0 ] || { sudo -n true 2>/dev/null && S="sudo -n"; }'],
  close: ['exit'],
  failures: shellFailures,
  pipelining: 'full',
  // The line that prints the files must not wrap in the echo.
  terminal: { columns: 2048, type: 'dumb' },

  backup: {
    commands: [
      {
        run: 'show version',
        as: 'comment',
        keep: [
          /^SONiC (?:Software Version|OS Version):/,
          /^(?:Distribution|Platform|HwSKU|ASIC|ASIC Count|Serial Number|Model Number|Hardware Revision):/,
        ],
      },
      { run: '$S show runningconfiguration all', as: 'configuration', timeoutMs: 120_000 },
      {
        run: '$S vtysh -c "show running-config"',
        as: 'comment',
        optional: true,
        drop: [line('Building configuration', /^Building configuration/)],
      },
    ],
    comment: '# ',
    complete: { end: [/^\}[ ]*$/], balanced: 'braces' },
    volatile: [line('"last_', /^[ ]*"last_(?:modified|saved)": /)],
    secrets: [
      secretBlock('"SNMP_COMMUNITY": {', /^[ ]{4}"SNMP_COMMUNITY": \{$/, /^[ ]{4}\},?$/),
      secret('pass', /^[ ]*"[\w-]{0,40}pass(?:key|word|wd|phrase|word_hash)": "(?<secret>(?:[^"\\]|\\.)+)"/),
      secret('PASSWORD', /^[ ]*"[\w-]{0,40}PASSWORD": "(?<secret>(?:[^"\\]|\\.)+)"/),
      secret('secret', /^[ ]*"[\w-]{0,40}secret": "(?<secret>(?:[^"\\]|\\.)+)"/),
      secret('key', /^[ ]*"(?:auth_key|private_key|radius_key|key)": "(?<secret>(?:[^"\\]|\\.)+)"/),
      secret(
        'key',
        /^[ ]*"(?:[\w-]{0,30}[_-])?(?:authentication|authentication-md5|md5|shared|encryption|api)[_-]key": "(?<secret>(?:[^"\\]|\\.)+)"/,
      ),
      secret('key', /^[ ]*"key_?(?:value|string)": "(?<secret>(?:[^"\\]|\\.)+)"/),
      secret('psk', /^[ ]*"[\w-]{0,40}psk": "(?<secret>[^"]+)"/),
      secret('token', /^[ ]*"[\w-]{0,40}token": "(?<secret>[^"]+)"/),
      secret('ommunity"', /^[ ]*"(?:snmp_)?(?:ro|rw|trap)?[cC]ommunity": "(?<secret>[^"]+)"/),
      secretWithin({ word: '"NTP_KEY": {', open: /^[ ]*"NTP_KEY": \{$/ }, 'value', /^[ ]*"value": "(?<secret>[^"]+)"/),
      secret('_cak"', /"(?:primary|fallback)_cak": "(?<secret>[^"]+)"/),
      secret('password', /^[ ]*(?:isis |area-|domain-)password (?:md5|clear) (?<secret>\S+)/),
      secret('message-digest-key', /\bmessage-digest-key \d{1,3} md5 (?<secret>\S+)/),
      secret('authentication-key', /\bauthentication-key (?<secret>\S+)/),
      secret('key-string', /\bkey-string (?<secret>\S.*)/),
      secret('password', /^[ ]*(?:neighbor \S+ |enable )?password (?<secret>\S.*)/),
      urlCredentials,
    ],
  },
  transaction: { method: 'configure replace', atomic: true, confirmed: true, rollback: 'exact', diff: 'offline' },
  detect: {
    prompt: /Software for Open Networking in the Cloud/,
    probes: [{ run: 'show version', match: /SONiC Software Version:/, priority: 95 }],
  },
});
