import { urlCredentials } from '../families/ios-like.ts';
import { everyPage } from '../families/pagers.ts';
import { definePlatform, line, secret } from '../platform.ts';

export const platform = definePlatform({
  id: 'aruba_os',
  vendor: 'HPE Aruba',
  name: 'ArubaOS',
  verified: 'lab',
  notes: [
    'Written for controllers with 6.4 to 8.10; Instant access points are another system.',
    'The prompt of 8.x names the node that is configured, `(host) [mynode] #`; a star or caret before it says that changes are pending.',
    'A blank completes a word: commands are typed in full so that their echo stays as it is.',
    'Keys would be encrypted anew at each read; `encrypt disable` shows them as they are, for this session, so that a change is seen and the sealed copy restores.',
  ],

  modes: {
    user: {
      prompt: /^\((?<host>[^()\n]{1,64})\) ?[*^]{0,2}(?:\[[^\][\n]{1,120}\] ?)?>[ ]?$/,
      to: {
        enable: [{ send: 'enable', dialogue: [{ see: /[Pp]assword:[ *]*$/, answer: { secret: 'enable' } }] }],
      },
    },
    enable: {
      prompt: /^\((?<host>[^()\n]{1,64})\) ?[*^]{0,2}(?:\[[^\][\n]{1,120}\] ?)?#[ ]?$/,
      to: { config: ['configure terminal'], user: ['disable'] },
    },
    config: {
      prompt: /^\((?<host>[^()\n]{1,64})\) ?[*^]{0,2}(?:\[[^\][\n]{1,120}\] ?)?\([^()\n]{1,80}\) ?[*^]{0,2}#[ ]?$/,
      to: { enable: ['end'] },
    },
  },
  home: 'enable',
  configure: 'config',

  open: ['no paging', { send: 'encrypt disable', optional: true }],
  close: [{ send: 'encrypt enable', optional: true }, 'exit'],
  pagers: [{ see: /--More-- ?(?:\(q\) quit[^\n]{0,60})?$/, answer: ' ', newline: false, times: everyPage }],
  failures: [
    /^[ ]*% ?(?:Invalid input|Incomplete command|Ambiguous command|Unknown command|Parse error)/,
    /^(?:ERROR|Error): /,
    /^Module .{1,60} is busy\. Please try later/,
  ],
  pipelining: 'none',

  backup: {
    commands: [
      {
        run: 'show version',
        as: 'comment',
        drop: [line('ptime is', /[Uu]ptime is /), line('Reboot Cause', /^Reboot Cause/)],
      },
      {
        run: 'show inventory',
        as: 'comment',
        optional: true,
        keep: [
          /^[ ]*(?:Supervisor Card|System Serial#|SC Assembly#|SC Serial#|SC Model|Card \d|Mgmt Port HW MAC Addr|HW MAC Addr|Product key#|Power Supply \d)/,
        ],
      },
      { run: 'show license', as: 'comment', optional: true },
      {
        run: 'show running-config',
        as: 'configuration',
        drop: [line('Building Configuration', /^Building Configuration\.\.\./)],
        timeoutMs: 180_000,
      },
    ],
    comment: '# ',
    complete: { end: [/^end[ ]*$/] },
    volatile: [line('# Last change', /^# Last change/)],
    secrets: [
      secret('mgmt-user', /^[ ]*mgmt-user (?!(?:webui-cacert|ssh-pubkey) )\S+ \S+ (?<secret>\S+)/),
      secret('enable ', /^[ ]*enable (?:secret|password) (?<secret>\S+)/),
      secret(
        'wpa-passphrase',
        /\bwpa-passphrase (?:(?:plain|cipher)text )?(?!(?:plain|cipher)text )(?<secret>"[^"]*"|\S+)/,
      ),
      secret('wpa-hexkey', /\bwpa-hexkey (?:(?:plain|cipher)text )?(?!(?:plain|cipher)text )(?<secret>\S+)/),
      secret('wepkey', /\bwepkey\d (?<secret>\S+)/),
      secret('key', /^[ ]+(?:rfc3576 )?key (?<secret>\S.*)/),
      secret('admin-passwd', /\badmin-passwd (?<secret>\S+)/),
      secret('snmp-server community', /^[ ]*snmp-server community (?<secret>"[^"]*"|\S+)/),
      secret('snmp-server host', /^[ ]*snmp-server host \S+ version (?:1|2c) (?<secret>\S+)/),
      secret(
        'snmp-server user',
        /^[ ]*snmp-server user \S+ .*?auth-prot \S+ (?<secret>\S+)(?: priv-prot \S+ (?<secret2>\S+))?/,
      ),
      secret(
        ' isakmp key',
        /^[ ]*crypto(?:-local)? isakmp key(?:-hex)? (?:fqdn (?:"[^"]*"|[^\s"]+) |fqdn-any )?(?!fqdn |fqdn-any )(?<secret>"[^"]*"|\S+)/,
      ),
      secret(
        'ipsec',
        /^[ ]*(?:masterip|localip|conductorip|secondary masterip|peer-ip-address|cluster-(?:member|root)-ip) \S+ .*?ipsec (?<secret>\S+)/,
      ),
      secret('psk', /\b(?:ike)?psk (?!wpa-)(?<secret>\S+)/),
      secret('pre-share', /\bpre-share(?:d?-key)? (?<secret>"[^"]*"|\S+)/),
      secret('vrrp-passphrase', /\bvrrp-passphrase (?<secret>"[^"]*"|\S+)/),
      secret('ike authentication', /\bike authentication PRE-SHARED? (?<secret>\S+)/),
      // Releases before 3.
      secret('-server', /^[ ]*aaa (?:radius|tacacs)-server .*\bkey (?<secret>"[^"]*"|\S+)/),
      secret('secure-mobile spi', /\bsecure-mobile spi \d{1,10} (?<secret>\S+)/),
      secret('ntp authentication-key', /^[ ]*ntp authentication-key \d{1,5} (?:md5|sha1) (?<secret>\S+)/),
      secret('message-digest-key', /\bmessage-digest-key \d{1,3} (?:md5 )?(?<secret>\S+)/),
      secret(
        'authentication',
        /^[ ]+authentication (?!dot1x|mac|server|profile|(?:pre-share|rsa-sig|ecdsa-\d{3})[ ]*$)(?<secret>\S+)[ ]*$/,
      ),
      secret('ap-console-password', /\bap-console-password (?<secret>\S+)/),
      secret('bkup-passwords', /\bbkup-passwords (?<secret>\S+)/),
      secret('passwd', /\b(?:(?:pppoe|pap|chap|usb|cellular|apdot1x)-?)?passwd (?<secret>"[^"]*"|\S+)/),
      secret(
        'password',
        /^(?![ ]*(?:description|syslocation|syscontact|location|netservice|banner)\b).*\bpassword (?<secret>"[^"]*"|\S+)/,
      ),
      secret('mobility-manager', /^[ ]*mobility-manager \S+ user (?:"[^"]*"|[^\s"]+) (?<secret>"[^"]*"|\S+)/),
      secret('url-hash-key', /\burl-hash-key (?<secret>"[^"]*"|\S+)/),
      secret('mgmt-server', /^[ ]*mgmt-server .*\bkey (?<secret>\S+)/),
      secret('shared-secret', /\bshared-secret (?<secret>\S+)/),
      urlCredentials,
    ],
  },
  save: ['write memory'],
  transaction: { method: 'line by line', atomic: false, confirmed: false, rollback: 'none', diff: 'offline' },
  detect: {
    prompt: /^\([\w.-]{1,64}\) ?[*^]{0,2}(?:\[[^\][\n]{1,120}\] ?)?[#>][ ]?$/m,
    probes: [{ run: 'show version', match: /ArubaOS \(MODEL:|Aruba Operating System Software/, priority: 92 }],
  },
});
