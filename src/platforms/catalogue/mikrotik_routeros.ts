import { urlCredentials } from '../families/ios-like.ts';
import { everyPage } from '../families/pagers.ts';
import { definePlatform, line, type SecretRule, secret, secretBlock } from '../platform.ts';

/** A value in quotes may go on behind a backslash at the end of the line. */
const value = String.raw`(?:"(?<secret>(?:[^"\\]|\\.)+)|(?<secret2>[^\s"\\][^\s"]*))`;

/** `name=value` of an export, alone or behind a prefix: `password=`, `authentication-password=`; the first and the last of a line. */
const ending = (name: string): readonly SecretRule[] => [
  secret(`${name}=`, new RegExp(`(?:^|[ .(-])${name}=${value}`)),
  secret(`${name}=`, new RegExp(`^.*[ .(-]${name}=${value}`)),
];

/** Which of the keys of WEP is sent, the names of variables of containers and public keys of users stand under `key=` too. */
const noKey = '(?!"?(?:ssh|ecdsa)-|key-[0-3](?: |$)|[A-Z][A-Z0-9_]{0,60} (?:(?:name|list)=\\S{1,60} )?value=)';

/** Keys of every kind but public ones. */
const keys: readonly SecretRule[] = [
  secret('key=', new RegExp(`(?:^|[ .(])(?:(?!public-|host-)[a-z0-9]{1,16}-){0,4}key=${noKey}${value}`)),
  secret('key=', new RegExp(`^.*[ .(](?:(?!public-|host-)[a-z0-9]{1,16}-){0,4}key=${noKey}${value}`)),
  ...[0, 1, 2, 3].map((at) => secret(`static-key-${at}=`, new RegExp(` static-key-${at}=${value}`))),
];

/** A parameter of an address of the web, as scripts fetch them. */
const inUrl = (name: string): SecretRule =>
  secret(`${name}=`, new RegExp(`[?&][\\w-]{0,20}${name}=(?<secret>[^\\s&"'\\\\]+)`));

/** The name of a variable of a script that tells that it holds a secret. */
const telling = String.raw`(?=\w{0,40}(?:pass|secret|token|pw|key|cred))\w{1,60}`;

/** An export that breaks the line right behind `name=` or inside the value: all that follows of the item is secret. */
const continued: readonly SecretRule[] = [
  ...['password', 'passphrase', 'secret', 'key', 'psk', 'token', 'community'].map((word) =>
    secretBlock(word, new RegExp(`${word}=(?:"(?:[^"\\\\]|\\\\.)*)?\\\\$`), /^\S/),
  ),
  ...[':local', ':global'].map((word) =>
    secretBlock(word, new RegExp(`${word} ${telling} \\\\"(?:[^"\\\\]|\\\\[^"])*\\\\$`, 'i'), /^\S/),
  ),
];

export const platform = definePlatform({
  id: 'mikrotik_routeros',
  vendor: 'MikroTik',
  name: 'RouterOS',
  verified: 'lab',
  notes: [
    'Written for 6.40 to 6.49 and 7.1 to 7.16.',
    'The backup is `/export`: RouterOS 6 prints passwords and keys in it, which are marked here and kept in the sealed copy. RouterOS 7 leaves them out; for a copy that restores everything run `/export show-sensitive` in a platform file of your own.',
    'The user name is sent with `+ct511w4098h`, which switches colours, terminal probing and paging off.',
    'There is no configuration mode and no save: a line works, and stays, as soon as it is typed.',
    'An export wraps long lines with a backslash.',
  ],

  modes: {
    exec: {
      prompt:
        /^\[[\w.+-]{1,64}(?:@[\w.-]{1,64}(?=@))?@(?<host>[^\]@\n]{1,64})\] (?:(?:<SAFE> ?)?(?:\/[\w /-]{0,80})?>|(?:\/[\w /-]{0,80})?<SAFE>)[ ]?$/,
    },
  },
  home: 'exec',
  configure: 'exec',

  login: [
    { see: /Do you want to see the software license\? \[Y\/n\][: ]*$/, answer: 'n', newline: false },
    { see: /[Pp]ress "?Enter"? to continue!?[^\w]{0,20}$/, answer: '' },
    { see: /any other key to continue[^\w]{0,20}$/, answer: '' },
    // A password that was never set: declined with Ctrl-C.
    { see: /new password>[ ]*$/, answer: '\x03', newline: false },
  ],
  close: ['/quit'],
  pagers: [{ see: /-- \[Q quit\|D dump(?:\|[\w ]{1,12}){0,4}\][ ]*$/, answer: 'd', newline: false, times: everyPage }],
  failures: [
    /^(?:bad command name|syntax error|expected (?:end of command|command name|closing)|no such item|input does not match)/,
    /^(?:failure: |invalid value |ambiguous value |not enough permissions|missing value|no such command|value of \S{1,60} )/,
    /^(?:Script Error: |unknown parameter |action (?:failed|timed out)|interrupted$)/,
  ],
  pipelining: 'none',
  newline: '\r\n',
  userSuffix: '+ct511w4098h',
  terminal: { columns: 511, type: 'dumb' },

  backup: {
    commands: [
      {
        run: '/system resource print',
        as: 'comment',
        keep: [
          /^[ ]*(?:version|factory-software|total-memory|cpu|cpu-count|total-hdd-space|architecture-name|board-name|platform): /,
        ],
      },
      {
        run: '/system routerboard print',
        as: 'comment',
        optional: true,
        keep: [
          /^[ ]*(?:routerboard|board-name|model|revision|serial-number|firmware-type|factory-firmware|current-firmware|upgrade-firmware): /,
        ],
      },
      { run: '/export', as: 'configuration', timeoutMs: 180_000 },
    ],
    comment: '# ',
    // The last section is whichever menu comes last.
    complete: { contains: [/^\/[a-z]/m], prompt: true },
    volatile: [
      line('by RouterOS', /^# .{8,40} by RouterOS /),
      line('# inactive time', /^[ ]*# inactive time/),
      line(' not ready', /^[ ]*# \S{1,60} not ready/),
      line(' bad format', /^[ ]*# received packet from .{1,80} bad format/),
      line('# poe-out status', /^[ ]*# poe-out status: /),
      // What the controller of access points did with a radio.
      line('# managed by CAPsMAN', /^[ ]*# managed by CAPsMAN/),
      line('# channel: ', /^[ ]*# channel: \d/),
      line('# mode: ', /^[ ]*# mode: \w/),
      line('# DFS ', /^[ ]*# DFS channel availability check/),
      line('# Firmware upgraded', /^[ ]*# Firmware upgraded successfully/),
    ],
    secrets: [
      ...['password', 'secret', 'secrets', 'passphrase', 'psk', 'token', 'key-val'].flatMap(ending),
      ...keys,
      secret('trap-community=', new RegExp(` trap-community=${value}`)),
      secret('cak=', new RegExp(` cak=${value}`)),
      secret(
        'value=',
        new RegExp(`^(?:/container envs )?add (?:(?:name|list)=\\S+ )?key=\\S+ (?:(?:name|list)=\\S+ )?value=${value}`),
      ),
      // The last of the four parts of an identity of ZeroTier is its private key.
      secret('identity=', /\bidentity="?[0-9a-f]{10}:0:[0-9a-f]{1,256}:(?<secret>[0-9a-f]+)/),
      // Variables of scripts: what is secret in them is in their names at best.
      ...[':local', ':global'].map((word) =>
        secret(
          word,
          new RegExp(
            `${word} ${telling} (?:\\\\?"(?<secret>(?:[^"\\\\]|\\\\[^"])+)|(?!(?:\\d{1,3}|yes|no|true|false|nothing)\\b)(?<secret2>[^\\s"\\\\;[({$]+))`,
            'i',
          ),
        ),
      ),
      ...['token', 'key', 'pass', 'password', 'pwd', 'secret'].map(inUrl),
      secret('/bot', /\bapi\.telegram\.org\/bot(?<secret>\d+:[\w-]+)/),
      secret('hooks.slack.com', /\bhooks\.slack\.com\/services\/(?<secret>[^\s"'\\]+)/),
      ...['Bearer', 'Basic'].map((word) =>
        secret(word, new RegExp(`Authorization: ?${word} (?<secret>[^\\s"',\\\\]+)`)),
      ),
      secret('sim-pin=', new RegExp(` sim-pin=${value}`)),
      secret('pin=', new RegExp(`[ .]pin=${value}`)),
      ...continued,
      secretBlock('/snmp community', /^\/snmp community[ ]*$/, /^\//),
      secret('/snmp community', /^\/snmp community (?:add|set) .*?\bname=(?<secret>"[^"]*"|\S+)/),
      urlCredentials,
    ],
  },
  config: { dialect: 'routeros' },
  transaction: { method: 'line by line', atomic: false, confirmed: false, rollback: 'computed', diff: 'offline' },
  detect: {
    greeting: /^SSH-[\d.]+-ROSSSH|MikroTik RouterOS/m,
    prompt: /MikroTik RouterOS|\] >[ ]?$/,
    probes: [{ run: '/system resource print', match: /platform: MikroTik/, priority: 95 }],
  },
});
