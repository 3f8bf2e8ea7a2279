import Type, { type TSchema } from 'typebox';
import { algorithmPolicies, certificatePolicies, hostKeyPolicies, protocols } from '#transport';
import { apiProtocols } from './device.ts';

/** The shape of inventory files: the loader checks against it and editors complete from it (`docs/schema/inventory.json`). */

/** Names become file names, arguments and words of select expressions, hence no blank, colon, comma, slash or leading dash. */
export const namePattern = '^[A-Za-z0-9_\\u0080-\\uFFFF][A-Za-z0-9_.@+\\-\\u0080-\\uFFFF]{0,252}$';

const text = (description: string): TSchema => Type.String({ description, minLength: 1 });
const texts = (description: string): TSchema => Type.Array(Type.String({ minLength: 1 }), { description });
const oneOf = (values: readonly string[], description: string): TSchema =>
  Type.Unsafe<string>({ type: 'string', enum: [...values], description });
const milliseconds = (description: string): TSchema =>
  Type.Integer({ minimum: 1, maximum: 86_400_000, description: `${description} In milliseconds.` });
const port = (description: string): TSchema => Type.Integer({ minimum: 1, maximum: 65_535, description });
const optional = (properties: Record<string, TSchema>): Record<string, TSchema> =>
  Object.fromEntries(Object.entries(properties).map(([key, schema]) => [key, Type.Optional(schema)]));
const strict = (properties: Record<string, TSchema>, description: string): TSchema =>
  Type.Object(optional(properties), { additionalProperties: false, description });

const connection = strict(
  {
    connectTimeoutMs: milliseconds('TCP and the SSH key exchange; default 15000.'),
    authTimeoutMs: milliseconds('From the first login packet to the shell; default 20000.'),
    promptTimeoutMs: milliseconds('Until the first prompt.'),
    commandTimeoutMs: milliseconds('Until a command ends.'),
    maxOutputBytes: Type.Integer({ minimum: 1024, description: 'Most bytes that one command may print.' }),
    keepaliveMs: Type.Integer({ minimum: 0, description: 'SSH keepalive, in milliseconds; 0 switches it off.' }),
    hostKeys: oneOf(hostKeyPolicies, 'What to do about SSH host keys; default accept-new.'),
    algorithms: oneOf(algorithmPolicies, 'Which SSH algorithms to offer; default learn.'),
    sshConfig: text(
      'Path of an OpenSSH client configuration to honour, from the folder of this file; `~` is the home folder.',
    ),
    fallback: oneOf(protocols, 'Tried when `transport` is refused.'),
    fallbackPort: port('Port of the fallback; default 23 for telnet, 22 for ssh.'),
  },
  'How the device is reached, beyond address and port. Merged key by key: device, then groups, then defaults.',
);

const api = strict(
  {
    protocol: oneOf(apiProtocols, 'The API that facts are asked of; without it they are asked at the command line.'),
    port: port('Default 830, then the SSH port, for netconf; 443 for the others, 80 without TLS.'),
    tls: Type.Boolean({ description: 'False for HTTP in the clear. Default true.' }),
    certificates: oneOf(
      certificatePolicies,
      'What to do about the certificate; default accept-new: trust on first use, refuse a changed one.',
    ),
    fingerprint: text('The one certificate to accept: its SHA-256 fingerprint.'),
    dialect: oneOf(['json-rpc', 'ins_api'], 'How NX-API is spoken; default json-rpc, ins_api for NX-OS before 7.0(3).'),
  },
  'How the API of the device is reached. Merged key by key: device, then groups, then defaults.',
);

const shared = {
  platform: text('Platform id or alias, as `netwright platforms list` shows them, or `auto` (the default).'),
  port: port('Default 22 for ssh, 23 for telnet.'),
  transport: oneOf(protocols, 'Default ssh.'),
  credential: text('Name of a credential in the secrets file.'),
  jump: texts(
    'Names of the devices to pass, in order: the whole way. `[]` takes back what a group or the defaults say.',
  ),
  site: text('Where it stands.'),
  role: text('What it does.'),
  tags: texts('Labels. A device has its own, those of its groups and those of the defaults.'),
  timeoutMs: milliseconds('Most time that the whole job of this device may take.'),
  backup: Type.Boolean({ description: 'False leaves it out of backups: a jump host, say. Default true.' }),
  connection,
  api,
  variables: Type.Record(Type.String(), Type.Unknown(), {
    description: 'Anything, for templates and selection. Merged key by key: device, then groups, then defaults.',
  }),
};

const groups = texts('Names of groups. Depth-first, the first that sets a key wins.');

export const deviceSchema: TSchema = strict(
  { address: text('IP address or host name; default: the name of the device.'), ...shared, groups },
  'A device. A key that it does not set comes from its groups, else from the defaults.',
);
export const groupSchema: TSchema = strict({ ...shared, groups }, 'A group: keys for all devices that name it.');
export const defaultsSchema: TSchema = strict(shared, 'Keys for every device.');

const named = (of: TSchema, description: string): TSchema =>
  Type.Unsafe<unknown>({
    type: 'object',
    additionalProperties: of,
    propertyNames: { type: 'string', pattern: namePattern },
    description,
  });

/** JSON Schema (draft 2020-12) of an inventory file, for editors. */
export const inventorySchema: TSchema = Type.Object(
  {
    defaults: Type.Optional(defaultsSchema),
    groups: Type.Optional(named(groupSchema, 'Groups by name.')),
    devices: Type.Optional(named(deviceSchema, 'Devices by name.')),
  },
  {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Netwright inventory',
    additionalProperties: false,
  },
);

/** The text of `docs/schema/inventory.json`. */
export function generateInventorySchema(): string {
  return `${JSON.stringify(inventorySchema, null, 2)}\n`;
}
