import { urlCredentials } from '../families/ios-like.ts';
import { everyPage } from '../families/pagers.ts';
import { definePlatform, line, secret } from '../platform.ts';

export const platform = definePlatform({
  id: 'checkpoint_gaia',
  vendor: 'Check Point',
  name: 'Gaia',
  verified: 'lab',
  notes: [
    'Written for R77.30 to R81.20; what is kept is the system, not the policy.',
    'A user with the shell of experts lands at `[Expert@host:0]#`, from where `clish` is started.',
    'Of several virtual systems only the first is kept.',
    'Changes need the configuration lock, which is not taken from another administrator.',
  ],

  modes: {
    clish: {
      prompt: /^(?:\[Global\] )?(?<host>[\w.-]{1,64})(?::\d{1,3})? ?>[ ]?$/,
      to: { expert: [{ send: 'expert', dialogue: [{ see: /expert password:[ ]*$/, answer: { secret: 'enable' } }] }] },
    },
    expert: {
      prompt: /^\[Expert@(?<host>[\w.-]{1,64})(?::\d{1,3})?(?::[^\]\n]{1,60})?\][#$][ ]?$/,
      to: { clish: ['clish'] },
    },
  },
  home: 'clish',
  configure: 'clish',

  open: ['set clienv rows 0'],
  close: ['exit'],
  pagers: [{ see: /-- ?[Mm]ore ?--[ ]*$/, answer: ' ', newline: false, times: everyPage }],
  failures: [
    /^CLINFR\d{4} {1,4}(?:Invalid|Incomplete|Ambiguous|Config lock is owned|User does not)/,
    /^NMS[A-Z]{2,6}\d{4} /,
  ],
  pipelining: 'open',

  backup: {
    commands: [
      { run: 'show version all', as: 'comment' },
      { run: 'show asset all', as: 'comment', optional: true },
      { run: 'show configuration', as: 'configuration', timeoutMs: 120_000 },
    ],
    comment: '# ',
    // The commands are sorted by feature; none is always the last.
    complete: { contains: [/^set /m], prompt: true },
    volatile: [line('# Exported by', /^# Exported by \S+ on /)],
    secrets: [
      secret('password-hash', /\bpassword-hash (?!\*)(?<secret>\S+)/),
      secret('password_hash', /\bpassword_hash (?<secret>\S+)/),
      secret('set snmp community', /^set snmp community (?<secret>\S+)/),
      secret('community', /^(?:add|set) snmp .*? community (?<secret>\S+)/),
      secret('auth-pass-phrase', /\bauth-pass-phrase(?:-hashed)? (?<secret>\S+)/),
      secret('privacy-pass-phrase', /\bprivacy-pass-phrase(?:-hashed)? (?<secret>\S+)/),
      secret('secret', /^(?:add|set) .*?(?: |shared-)secret(?:-hashed)? (?<secret>\S+)/),
      secret('key', /^(?:add|set) aaa tacacs-servers .*?\bkey (?<secret>\S+)/),
      secret('password', /^(?:add|set) (?!message ).*?\b(?:simple )?password (?:plain |hashed )?(?!"")(?<secret>\S+)/),
      secret('key', /^(?:add|set) ntp .*?\bkey \d{1,5} (?:type \S+ value |(?!type )\S+ )(?<secret>\S+)/),
      secret('authtype', /\bauthtype (?:simple|md5) (?!key |secret |password )(?<secret>\S+)/),
      secret(
        'key',
        /^(?:add|set) (?:isis|vrrp|mcvr|ospf|rip|bgp|pim|cluster) .*?\b(?:auth|authentication-|md5-)?key (?!\d{1,5}(?: |$))(?<secret>\S+)/,
      ),
      secret('newpass', /\bnewpass (?<secret>\S+)/),
      urlCredentials,
    ],
  },
  save: ['save config'],
  transaction: { method: 'line by line', atomic: false, confirmed: false, rollback: 'none', diff: 'offline' },
  detect: {
    greeting: /Check Point Gaia/,
    prompt: /^\[Expert@[\w.-]{1,64}/m,
    probes: [{ run: 'show version all', match: /Check Point Gaia/, priority: 92 }],
  },
});
