import type { Layer } from '../resolve-device.ts';
import { type AnsibleValue, type AnsibleVariables, vaulted } from './ansible-model.ts';
import type { Draft } from './draft.ts';
import { ansibleNetworkOs } from './foreign-platforms.ts';
import { looksSecret, portOf, secondsToMs, shownWord } from './read-source.ts';

/** The spellings of old and new versions of Ansible, the strongest first. */
const spellings = {
  address: ['ansible_host', 'ansible_ssh_host'],
  port: ['ansible_port', 'ansible_ssh_port'],
  platform: ['ansible_network_os'],
  connection: ['ansible_connection'],
  commandTimeout: ['ansible_command_timeout'],
  connectTimeout: ['ansible_connect_timeout', 'ansible_timeout', 'ansible_ssh_timeout'],
  user: ['ansible_user', 'ansible_ssh_user', 'ansible_network_cli_user'],
  password: ['ansible_password', 'ansible_ssh_pass', 'ansible_ssh_password'],
  enable: ['ansible_become_password', 'ansible_become_pass', 'ansible_enable_pass'],
  keyFile: ['ansible_ssh_private_key_file', 'ansible_private_key_file'],
  sshArguments: ['ansible_ssh_common_args', 'ansible_ssh_extra_args', 'ansible_ssh_args'],
} as const;
export type Meaning = keyof typeof spellings;

const known = new Set<string>(Object.values(spellings).flat());
/** Settings of Ansible itself that say nothing about the device. */
const harmless =
  /^ansible_(?:become|become_method|become_user|python_interpreter|network_cli_ssh_type|host_key_checking|group_priority|ssh_pipelining|persistent_\w+|libssh_\w+|paramiko_\w+|facts\w*)$/;

/** The value of the strongest spelling; templates and vaulted values are none. */
export function find(variables: AnsibleVariables, meaning: Meaning): AnsibleValue | undefined {
  for (const key of spellings[meaning]) {
    const found = variables.get(key);
    if (found && isPlain(found.value) && found.value !== '') return found;
  }
  return undefined;
}

export const textOf = (found: AnsibleValue | undefined): string | undefined =>
  found === undefined ? undefined : String(found.value);

const isPlain = (value: unknown): boolean =>
  (typeof value === 'string' && !value.includes('{{')) || typeof value === 'number' || typeof value === 'boolean';

/** Variables of a group or a host in our form, logins aside; warns about what cannot be carried over. */
export function layerOf(variables: AnsibleVariables, draft: Draft): Layer {
  const at = (meaning: Meaning): AnsibleValue | undefined => find(variables, meaning);
  const address = textOf(at('address'));
  const port = at('port');
  const portNumber = port && portOf(port.value, port.origin, draft);
  const [command, connect] = [at('commandTimeout'), at('connectTimeout')];
  const commandTimeoutMs = command && secondsToMs(command.value, command.origin, draft);
  const connectTimeoutMs = connect && secondsToMs(connect.value, connect.origin, draft);
  const platform = platformOf(at('platform'), draft);
  const jump = jumpOf(at('sshArguments'), draft);
  const connection = at('connection');
  if (connection && !/(?:^|\.)(?:ssh|network_cli|paramiko(?:_ssh)?|libssh|smart)$/.test(String(connection.value))) {
    draft.warn(connection.origin, `ansible_connection ${shownWord(connection.value)} has no counterpart; SSH is used`);
  }
  return {
    ...(address === undefined ? undefined : { address }),
    ...(portNumber === undefined ? undefined : { port: portNumber }),
    ...(platform === undefined ? undefined : { platform }),
    ...(jump === undefined ? undefined : { jump }),
    connection: {
      ...(connectTimeoutMs === undefined ? undefined : { connectTimeoutMs }),
      ...(commandTimeoutMs === undefined ? undefined : { commandTimeoutMs }),
    },
    variables: otherVariables(variables, draft),
  };
}

function platformOf(found: AnsibleValue | undefined, draft: Draft): string | undefined {
  if (!found) return undefined;
  const name = String(found.value).split('.').at(-1)!.toLowerCase();
  const platform = Object.hasOwn(ansibleNetworkOs, name) ? ansibleNetworkOs[name] : undefined;
  if (platform !== undefined && platform !== 'auto') return platform;
  draft.warn(
    found.origin,
    `ansible_network_os ${shownWord(found.value)} corresponds to no platform here; it is left to be detected`,
  );
  return 'auto';
}

/** `-J host`, `-o ProxyJump=a,b`, `-o ProxyCommand="ssh -W %h:%p user@host"`: the hops, as `[user@]host[:port]`. */
function jumpOf(found: AnsibleValue | undefined, draft: Draft): string[] | undefined {
  if (!found) return undefined;
  const text = String(found.value);
  const jump = /(?:-J[ ]*|ProxyJump[= ]+)["']?([^\s"']+)/.exec(text)?.[1];
  if (jump !== undefined) return jump.split(',').filter((one) => one !== '');
  const command = /ProxyCommand[= ]+["']?([^"']*-W[^"']*)/.exec(text)?.[1];
  const hop = command === undefined ? undefined : hopOf(command);
  if (hop !== undefined) return [hop];
  if (text.trim() !== '') draft.warn(found.origin, 'the SSH arguments name no jump host and are left out');
  return undefined;
}

/** Options of ssh(1) that a value belongs to. */
const withValue = /^-[A-Za-z]*[BbcDEeFIiJLlmOoPpQRSWw]$/;

/** The host of an `ssh …` command line. Options may stand behind it, too. */
function hopOf(command: string): string | undefined {
  const words = command.trim().split(/\s+/).slice(1);
  let [host, user, port]: (string | undefined)[] = [];
  let option: string | undefined;
  for (const word of words) {
    if (option !== undefined) {
      if (option === '-p') port = word;
      else if (option === '-l') user = word;
      option = undefined;
    } else if (withValue.test(word)) option = word;
    else if (/^-p\d/.test(word)) port = word.slice(2);
    else if (/^-l./.test(word)) user = word.slice(2);
    else if (!/^-|%/.test(word)) host ??= word;
  }
  if (host === undefined) return undefined;
  return `${user === undefined || host.includes('@') ? '' : `${user}@`}${host}${port === undefined ? '' : `:${port}`}`;
}

function otherVariables(variables: AnsibleVariables, draft: Draft): Record<string, unknown> {
  const others: Record<string, unknown> = {};
  for (const [key, { value, origin }] of variables) {
    if (value === vaulted) {
      draft.warn(origin, `${shownWord(key)} is encrypted with Ansible's vault and left out`);
    } else if (known.has(key)) {
      if (!isPlain(value) && value !== null) draft.warn(origin, `${shownWord(key)} is a template and left out`);
    } else if (key.startsWith('ansible_')) {
      if (!harmless.test(key)) draft.warn(origin, `${shownWord(key)} has no counterpart and is left out`);
    } else if (looksSecret.test(key) || hasSecretInside(value)) {
      draft.warn(origin, `${shownWord(key)} looks like a secret and is left out`);
    } else others[key] = value;
  }
  return others;
}

/** A vaulted value, or a key that looks like a secret, anywhere below. */
function hasSecretInside(value: unknown): boolean {
  if (value === vaulted) return true;
  if (value === null || typeof value !== 'object') return false;
  return Object.entries(value).some(([key, one]) => looksSecret.test(key) || hasSecretInside(one));
}
