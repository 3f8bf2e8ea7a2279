import { urlCredentials } from '../families/ios-like.ts';
import { shellFailures } from '../families/unix.ts';
import { definePlatform, line, type SecretRule, secret, secretBlock } from '../platform.ts';

/** Names that end like those of secrets, and are settings: a hash of LAGG says how packets are spread. */
const settings = '(?!(?:lagghash|pwhash|widgetkey|bypass)>)';

/**
 * The text of elements of config.xml whose name ends so, plugins' included; what ends in `pubkey` is public, and an
 * empty one, 0 or 1 is a setting. pfSense writes many as CDATA.
 */
const element = (end: string): SecretRule => {
  const isNotPublic = end === 'ey' ? '(?![\\w.-]{0,30}pub(?:lic)?[_-]?key>)' : '';
  return secret(
    `${end}>`,
    new RegExp(
      `<${settings}${isNotPublic}[\\w.-]{0,40}${end}>(?:<!\\[CDATA\\[(?<secret>(?:[^\\]]|\\](?!\\]>))+)|(?![01]?<)(?<secret2>[^<]+))`,
    ),
  );
};

/** A parameter of an address of the web, where `&` is written `&amp;`. */
const inUrl = (name: string): SecretRule =>
  secret(`${name}=`, new RegExp(`[?&;][\\w-]{0,20}${name}=(?<secret>[^\\s&<"']+)`));

export const platform = definePlatform({
  id: 'opnsense',
  vendor: 'Deciso',
  name: 'OPNsense and pfSense',
  aliases: ['pfsense'],
  verified: 'lab',
  notes: [
    'Written against OPNsense 23.7 and 24.1 and pfSense 2.7, whose prompt ends with a colon.',
    'The user root may be met by a menu; entry 8 is the shell.',
    'The configuration is /conf/config.xml; any administrator with a shell may read it.',
  ],

  modes: {
    shell: {
      prompt: /^(?:\[[\w.-]{1,64}\])?\[?[\w.-]{0,32}@(?<host>[\w.-]{1,64})[\]:][^\n#$%]{0,80}[#$%:][ ]?$/,
      not: [/^(?!\[[\w.-]{1,64}\]\[).*:[ ]?$/],
      to: { menu: ['exit'] },
    },
    menu: { prompt: /^[ ]*Enter an option:[ ]?$/, to: { shell: ['8'] } },
  },
  home: 'shell',
  configure: 'shell',

  close: ['exit', '0'],
  failures: [...shellFailures, /^cat: .{1,200}: (?:No such file or directory|Permission denied)/],
  pipelining: 'open',
  terminal: { columns: 512, type: 'dumb' },

  backup: {
    commands: [
      { run: 'opnsense-version', as: 'comment', optional: true, keep: [/^(?:OPNsense|pfSense) /] },
      { run: 'cat /etc/version', as: 'comment', optional: true, keep: [/^\d[\w.-]{1,40}$/] },
      { run: 'cat /conf/config.xml', as: 'configuration' },
    ],
    comment: '# ',
    complete: { end: [/^<\/(?:opnsense|pfsense)>[ ]*$/] },
    volatile: [
      line('<time>', /^[ \t]*<time>[\d.]+<\/time>[ ]*$/),
      line('<last_rule_upd_time>', /^[ \t]*<last_rule_upd_time>\d*<\/last_rule_upd_time>[ ]*$/),
    ],
    secrets: [
      ...[
        'assword',
        'assword2',
        'api',
        'keydata',
        'pin',
        'passwd',
        'pass',
        'pw',
        'passwordenc',
        'password_encrypted',
        'passwordagain',
        'hash',
        'otp_seed',
        'passphrase',
        'psk',
        'PSK',
        'prv',
        'ey',
        'tls',
        'static_keys',
        'ecret',
        'ecret2',
        'ommunity',
        'trapstring',
        'oken',
        'hmac',
      ].map(element),
      ...['key', 'token', 'password', 'passwd', 'pass', 'secret'].map(inUrl),
      // Users of the PPPoE server of pfSense, each with the password in base64.
      secret('<username>', /<username>(?<secret>[\w.@-]{1,64}:[\w+/=]{4,}:[^<]*)</),
      secretBlock('<sshdata>', /<sshdata>/, /<\/sshdata>/),
      urlCredentials,
    ],
  },
  transaction: { method: 'line by line', atomic: false, confirmed: false, rollback: 'none', diff: 'offline' },
  detect: {
    prompt: /\*\*\* .{1,64}: (?:OPNsense|pfSense)|(?:OPNsense|pfSense)/,
    probes: [
      { run: 'cat /etc/version* /usr/local/opnsense/version/core', match: /OPNsense|opnsense|pfSense/, priority: 75 },
    ],
  },
});
