import { urlCredentials } from '../families/ios-like.ts';
import { everyPage } from '../families/pagers.ts';
import { privateKeyBlock } from '../families/private-key.ts';
import { definePlatform, line, secret } from '../platform.ts';

export const platform = definePlatform({
  id: 'aruba_aoscx',
  vendor: 'HPE Aruba',
  name: 'AOS-CX',
  verified: 'lab',
  notes: [
    'Written for 10.04 to 10.13 of the 6000 to 10000 series.',
    'Ciphertexts are made with the export password of the device: they restore on devices with the same one.',
    'A checkpoint is kept at every `write memory`, and `checkpoint auto` takes a change back unless it is confirmed.',
  ],

  modes: {
    operator: {
      prompt: /^(?<host>[\w.-]{1,64})>[ ]?$/,
      to: { manager: [{ send: 'enable', dialogue: [{ see: /[Pp]assword:[ ]*$/, answer: { secret: 'enable' } }] }] },
    },
    manager: {
      prompt: /^(?<host>[\w.-]{1,64})#[ ]?$/,
      to: { operator: ['disable'], config: ['configure terminal'] },
    },
    config: { prompt: /^(?<host>[\w.-]{1,64})\(config[\w:<>,./ -]{0,64}\)#[ ]?$/, to: { manager: ['end'] } },
  },
  home: 'manager',
  configure: 'config',

  login: [{ see: /Press any key to continue[^\w\n]{0,80}$/, answer: ' ', newline: false }],
  open: ['no page'],
  close: ['exit'],
  pagers: [
    {
      see: /-- MORE --, next page: Space, next line: Enter, quit: q[ ]*$/,
      answer: ' ',
      newline: false,
      times: everyPage,
    },
  ],
  failures: [
    /^Invalid input: /,
    /^% ?(?:Command incomplete|Ambiguous command|Unknown command|Invalid input|Permission denied)/,
    /^Cannot execute command/,
  ],
  pipelining: 'open',
  terminal: { columns: 511 },

  backup: {
    commands: [
      { run: 'show version', as: 'comment' },
      { run: 'show module', as: 'comment', optional: true },
      {
        run: 'show system',
        as: 'comment',
        keep: [
          /^(?:Hostname|System Description|System Contact|System Location|Vendor|Product Name|Chassis Serial Nbr|Base MAC Address|ArubaOS-CX Version|Time Zone)[ ]*:/,
        ],
      },
      {
        run: 'show running-config',
        as: 'configuration',
        drop: [line('Current configuration:', /^Current configuration:/)],
        timeoutMs: 120_000,
      },
    ],
    comment: '! ',
    // What stands last depends on the features in use.
    complete: { contains: [/^!Version /m], prompt: true },
    volatile: [line('Up Time', /^Up Time[ ]*:/)],
    secrets: [
      secret('ciphertext', /^.*?\bciphertext (?<secret>\S+)/),
      secret('ciphertext', /^.*\bciphertext (?<secret>\S+)/),
      secret('plaintext', /\bplaintext (?<secret>\S+)/),
      secret('snmp-server community', /^[ ]*snmp-server community (?<secret>\S+)/),
      secret('community', /^[ ]*(?:snmp-server host|snmpv3 context) .* community (?<secret>\S+)/),
      secret('auth-pass', /\bauth-pass (?!ciphertext |plaintext )(?<secret>\S+)/),
      secret('priv-pass', /\bpriv-pass (?!ciphertext |plaintext )(?<secret>\S+)/),
      secret('key', /^[ ]*(?:radius-server|tacacs-server)\b.* key (?!ciphertext |plaintext )(?<secret>\S+)/),
      secret(
        'ntp authentication-key',
        /^[ ]*ntp authentication-key \d{1,5} \S+ (?!ciphertext |plaintext )(?<secret>\S+)/,
      ),
      secret('authentication-key', /^(?![ ]*ntp )[ ].*\bauthentication-key (?!ciphertext |plaintext )(?<secret>\S+)/),
      secret('message-digest-key', /\bmessage-digest-key \d{1,3} md5 (?!ciphertext |plaintext )(?<secret>\S+)/),
      secret(
        'password',
        /^[ ]*(?:user|neighbor) \S+ (?:group \S+ )?password (?!ciphertext |plaintext )(?:sha\d{3} )?(?<secret>\S+)/,
      ),
      secret('authentication text', /^[ ]+authentication text (?!ciphertext |plaintext )(?<secret>\S+)/),
      secret('key-string', /\bkey-string (?!ciphertext |plaintext )(?<secret>\S+)/),
      privateKeyBlock,
      urlCredentials,
    ],
  },
  save: ['write memory'],
  config: { dialect: 'aoscx' },
  transaction: { method: 'checkpoint', atomic: false, confirmed: true, rollback: 'exact', diff: 'offline' },
  detect: {
    greeting: /ArubaOS-CX|AOS-CX/,
    probes: [{ run: 'show version', match: /ArubaOS-CX|AOS-CX/, priority: 92 }],
  },
});
