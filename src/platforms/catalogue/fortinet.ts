import { urlCredentials } from '../families/ios-like.ts';
import { everyPage } from '../families/pagers.ts';
import { privateKeyBlock } from '../families/private-key.ts';
import { definePlatform, line, type SecretRule, secret, secretBlock } from '../platform.ts';

/**
 * What should be secret and was left in the clear, by older releases or by a setting. A public key and the serial number
 * of a FortiToken are none, nor is what is switched on or off.
 */
const clear = (name: string): SecretRule =>
  secret(
    name,
    new RegExp(
      String.raw`^[ \t]*set (?!(?:ssh-)?public-key|md5-key |fortitoken |kerberos-keytab )[\w-]{0,40}${name}\d? (?!"?ENC |"-----BEGIN |(?:en|dis)able$)(?<secret>"(?:[^"\\]|\\.)*"|\S+)`,
    ),
  );

export const platform = definePlatform({
  id: 'fortinet',
  vendor: 'Fortinet',
  name: 'FortiOS',
  verified: 'lab',
  notes: [
    'Written for FortiOS 5.6 to 7.6; FortiADC and FortiManager answer alike.',
    'Paging is part of the saved configuration, so it is left alone and every page is asked for; a terminal of 1,000 rows makes the pages long.',
    'Values marked ENC and private keys are encrypted anew at each read: their marks say only that there is a secret.',
    'With virtual domains the session stays at the top, where `show` prints the global part and every domain.',
    'SNMP communities stand under `set name`, which only the section tells: the section is one secret.',
  ],

  modes: {
    exec: {
      // The last of the parentheses is the virtual domain or the entry that is edited, whose name may hold some itself.
      prompt: /^(?:\([MPS]\) )?(?<host>[\w.~-]{1,64})(?:\([\w-]{1,20}\))?(?: \([^\n]{1,170}\))? [#$][ ]?$/,
    },
  },
  home: 'exec',
  configure: 'exec',

  login: [{ see: /\(Press 'a' to accept\):?[^\w\n]{0,20}$/, answer: 'a', newline: false }],
  close: ['exit'],
  pagers: [{ see: /--More--[ ]*$/, answer: ' ', newline: false, times: everyPage }],
  failures: [
    /^[Cc]ommand fail\. Return code /,
    /^command parse error before /,
    /^Unknown action /,
    /^(?:entry not found in datasource|node_check_object fail|value parse error before )/,
    /^object (?:set|check) operator error/,
    /^(?:Permission denied|incomplete command|ambiguous command)/i,
  ],
  pipelining: 'none',
  terminal: { columns: 511, rows: 1000 },

  backup: {
    commands: [
      {
        run: 'get system status',
        as: 'comment',
        keep: [
          /^(?:Version|Serial-Number|BIOS version|System Part-Number|Hostname|Private Encryption|Operation Mode): /,
          // The others of the vendor put the colons below each other.
          /^(?:Platform Full Name|Version|Serial Number|BIOS version|Hostname|FIPS Mode|HA Mode|License Status)[ ]{1,40}: /,
          /^(?:Virtual domain configuration|Max number of virtual domains|FIPS-CC mode|Current HA mode|License Status): /,
        ],
      },
      { run: 'show', as: 'configuration', timeoutMs: 600_000 },
    ],
    comment: '# ',
    complete: {
      contains: [/^config [a-z]/m],
      // Nothing closes the list of sections; each of them must be closed.
      // A script of an automation action holds commands of its own, within quotes that begin and end on their lines.
      nested: [{ open: /^(?:set script ")?config /, close: /^end"?[ ]*$/ }],
    },
    volatile: [
      line('#config-version=', /^#config-version=/),
      line('#conf_file_ver=', /^#conf_file_ver=/),
      line('set last-updated', /^[ \t]*set last-updated \d/),
      // Written by the system each time it asks for a licence.
      line('(No order found', /^[ \t]*set comments? "Error \(No order found for account ID \d{1,20}\) on /),
    ],
    secrets: [
      { ...secret('ENC ', /\bENC (?<secret>"[^"]*"|[^\s"]+)/), resalted: true },
      { ...privateKeyBlock, resalted: true },
      { ...secret('#private-encryption-key=', /^#private-encryption-key=(?<secret>\S+)/), resalted: true },
      secretBlock('config system snmp community', /^config system snmp community[ ]*$/, /^end[ ]*$/),
      // Communities for the switches that it manages, of all or of one.
      secretBlock('switch-controller snmp-community', /^config switch-controller snmp-community[ ]*$/, /^end[ ]*$/),
      secretBlock('config snmp-community', /^[ ]{8}config snmp-community[ ]*$/, /^[ ]{0,8}end[ ]*$/),
      // What a webhook sends, which is where its token stands.
      secretBlock('config http-headers', /^[ ]+config http-headers[ ]*$/, /^[ ]+end[ ]*$/),
      secretBlock('config form-data', /^[ ]+config form-data[ ]*$/, /^[ ]+end[ ]*$/),
      ...['password', 'passwd', 'passphrase', 'secret', 'psk', 'pwd', 'key', 'token', 'seed'].map(clear),
      ...['uploadpass', 'keytab', 'activation-code', 'key-string', '-cak'].map(clear),
      secret('-pin ', /^[ \t]*set sim\d-pin (?!ENC )(?<secret>"[^"]*"|\S+)/),
      secret('psksecret-remote', /^[ \t]*set psksecret-remote (?!ENC )(?<secret>"(?:[^"\\]|\\.)*"|\S+)/),
      secret('md5-key', /^[ \t]*set md5-key \d{1,3} (?!ENC )(?<secret>"(?:[^"\\]|\\.)*"|\S+)/),
      secret('auth-string', /^[ \t]*set auth-string (?!ENC )(?<secret>"(?:[^"\\]|\\.)*"|\S+)/),
      secret('headers', /^[ \t]*set (?:http-)?headers ".{0,200}?(?:[Kk]ey|[Tt]oken|[Ss]ecret): ?(?<secret>[^"]+)/),
      secret('auth-password-l', /^[ \t]*set auth-password-l\d (?!ENC )(?<secret>"(?:[^"\\]|\\.)*"|\S+)/),
      secret('Bearer', /\bBearer (?<secret>[^\s"]+)/),
      secret('Basic ', /^[ \t]*set (?:content|(?:http-)?headers) ".{0,200}?\bBasic (?<secret>[\w+/=]+)/),
      // The path of a webhook is what authorizes.
      secret('hooks.slack.com', /\bhooks\.slack\.com\/services\/(?<secret>[^\s"]+)/),
      urlCredentials,
    ],
  },
  config: { dialect: 'fortios' },
  transaction: { method: 'line by line', atomic: false, confirmed: false, rollback: 'computed', diff: 'offline' },
  detect: {
    prompt: /\(Press 'a' to accept\)/,
    probes: [
      { run: 'get system status', match: /^(?:Version:[ ]{1,40}|Platform Full Name[ ]{1,40}: )Forti/m, priority: 95 },
    ],
  },
});
