import Type, { type TProperties, type TSchema } from 'typebox';
import { logLevels } from '#core';
import { hookEvents } from './settings.ts';

const object = <const P extends TProperties>(properties: P, description?: string) =>
  Type.Object(properties, { additionalProperties: false, ...(description !== undefined && { description }) });

const oneOf = <const V extends readonly string[]>(values: V, options: object) =>
  Type.Unsafe<V[number]>({ type: 'string', enum: [...values], ...options });

const atLeastOne = (description: string) => Type.Optional(Type.Integer({ minimum: 1, description }));

const hookBase = {
  on: Type.Array(oneOf(hookEvents, {}), {
    minItems: 1,
    uniqueItems: true,
    description: 'When: after a device succeeded, failed or changed, or once at the end of a run.',
  }),
  timeoutMs: Type.Optional(Type.Integer({ minimum: 1, description: 'Given up after so many ms. Default 30000.' })),
};

const hook = Type.Union([
  object({
    ...hookBase,
    command: Type.String({ minLength: 1, description: 'Run by the shell, OX_* in its environment.' }),
  }),
  object({
    ...hookBase,
    webhook: Type.String({ pattern: '^https?://', description: 'URL that gets a POST with the event as JSON.' }),
    secret: Type.Optional(Type.String({ description: 'Name of the credential whose password signs the body.' })),
  }),
  object({
    ...hookBase,
    email: object({
      to: Type.Array(Type.String({ minLength: 3 }), { minItems: 1 }),
      from: Type.String({ minLength: 3 }),
      smtp: Type.String({
        pattern: '^smtps?://',
        description: 'smtp://mail.example.net:25, without user or password.',
      }),
      credential: Type.Optional(Type.String({ description: 'Name of the credential for the mail server.' })),
    }),
  }),
]);

/** What netwright.yaml may hold. Defaults and descriptions are part of it: one source for code, docs and editors. */
export const settingsSchema = object(
  {
    version: Type.Literal(1, { default: 1, description: 'Format of the workspace.' }),
    inventory: Type.String({
      default: 'inventory.yaml',
      minLength: 1,
      description: 'The inventory: a file, or a folder of files.',
    }),
    configurations: Type.String({
      default: 'configs',
      minLength: 1,
      description: 'The git repository (bare) of configurations.',
    }),
    secrets: Type.String({
      default: 'secrets.age',
      minLength: 1,
      description: 'The age-encrypted file of credentials.',
    }),
    knownHosts: Type.Array(Type.String({ minLength: 1 }), {
      default: ['known_hosts'],
      minItems: 1,
      description: 'OpenSSH known_hosts files; new keys are written to the first.',
    }),
    templates: Type.Array(Type.String({ minLength: 1 }), {
      default: [],
      description:
        'Folders of TextFSM templates with an index, such as a clone of ntc-templates; the first that fits is used.',
    }),
    backup: object({
      commit: oneOf(['run', 'device'], { default: 'run', description: 'One commit a run, or one a device.' }),
      path: Type.String({
        default: '{name}',
        minLength: 1,
        pattern: '^(?!/).*\\{name\\}',
        description: 'Path of a device in the repository, of {name}, {site}, {role}, {group} and {platform}.',
      }),
      minimumShare: Type.Number({
        default: 0.7,
        minimum: 0,
        maximum: 1,
        description: 'A configuration below this share of the last size is quarantined.',
      }),
      seal: Type.Boolean({ default: true, description: 'Keep the full text, secrets included, age-encrypted.' }),
      sealedVersions: Type.Integer({ default: 3, minimum: 1, description: 'Sealed full texts kept per device.' }),
      folder: Type.Optional(
        Type.String({ minLength: 1, description: 'A plain folder that also gets every current configuration.' }),
      ),
      remote: Type.Optional(
        Type.String({ minLength: 1, description: 'git remote that every run is pushed to: a URL or a path.' }),
      ),
      author: Type.String({
        default: 'netwright <netwright@localhost>',
        pattern: '^[^<>]+ <[^<>]*>$',
        description: 'Author of the commits: Name <address>.',
      }),
    }),
    change: object({
      comment: oneOf(['optional', 'required'], {
        default: 'optional',
        description: 'Whether a change must say why: --comment.',
      }),
      guardMs: Type.Integer({
        default: 120_000,
        minimum: 1000,
        description: 'A change that has not proven itself within so many ms is taken back.',
      }),
      checkMs: Type.Integer({
        default: 30_000,
        minimum: 1,
        description: 'What is expected after a change may take so many ms to hold.',
      }),
      stepMs: Type.Integer({
        default: 300_000,
        minimum: 1,
        description: 'One step on a device, a commit above all, may take so many ms.',
      }),
      returnMs: Type.Integer({
        default: 120_000,
        minimum: 1,
        description: 'A device that was lost in the middle of a change is looked for so many ms.',
      }),
      guard: Type.Boolean({
        default: true,
        description: 'Start a process that keeps the promises of a change when Netwright itself dies.',
      }),
      keep: Type.Integer({
        default: 3,
        minimum: 1,
        description: 'Changes of a device whose checkpoints stay on it, to be rolled back later.',
      }),
    }),
    run: object({
      concurrency: atLeastOne('Sessions at once. Default by memory and open files, at most 1000.'),
      perSite: atLeastOne('Sessions at once in one site.'),
      perJump: atLeastOne('Sessions at once through one jump host.'),
      perCredential: atLeastOne('Sessions at once with one credential (AAA servers).'),
      perPlatform: atLeastOne('Sessions at once on one platform.'),
      retries: Type.Integer({ default: 1, minimum: 0, description: 'Further attempts after a failure that may pass.' }),
      jobTimeoutMs: Type.Integer({
        default: 300_000,
        minimum: 1,
        description: 'Whole job of one device in ms, all attempts included.',
      }),
    }),
    hooks: Type.Array(hook, { default: [], description: 'What is told of the events of a backup.' }),
    log: object({
      level: oneOf(logLevels, { default: 'error', description: 'What is logged to stderr, as JSON lines.' }),
    }),
  },
  'Settings of a Netwright workspace. Every key has a default.',
);

/** A setting that has a value of its own: `run.retries`. */
export interface SettingKey {
  readonly path: readonly string[];
  readonly name: string;
  /** `NETWRIGHT_RUN_RETRIES` */
  readonly variable: string;
  readonly schema: TSchema & { readonly default?: unknown; readonly description?: string };
}

/** Every setting, in the order of the schema. */
export const settingKeys: readonly SettingKey[] = [...leaves(settingsSchema.properties, [])];

function* leaves(properties: TProperties, above: readonly string[]): Generator<SettingKey> {
  for (const [key, schema] of Object.entries(properties)) {
    const path = [...above, key];
    const inner = (schema as { properties?: TProperties }).properties;
    if (inner !== undefined) yield* leaves(inner, path);
    else yield { path, name: path.join('.'), variable: variableOf(path), schema };
  }
}

function variableOf(path: readonly string[]): string {
  return `NETWRIGHT_${path.map((word) => word.replace(/[A-Z]/g, '_$&').toUpperCase()).join('_')}`;
}

/** What docs/schema/settings.json holds, for editors: nothing is required, for every key has a default. */
export function settingsJsonSchema(): Record<string, unknown> {
  return { $schema: 'https://json-schema.org/draft/2020-12/schema', title: 'netwright.yaml', ...fileSchema() };
}

/** As {@link settingsSchema}, with nothing required above the level of single values. */
export function fileSchema(): Record<string, unknown> {
  return relaxed(settingsSchema);
}

function relaxed(schema: TSchema): Record<string, unknown> {
  const plain = JSON.parse(JSON.stringify(schema)) as Record<string, unknown>;
  const { required: _, properties, ...rest } = plain;
  if (properties === undefined) return plain;
  const inner = Object.entries(properties as Record<string, TSchema>).map(([key, value]) => [key, relaxed(value)]);
  return { ...rest, properties: Object.fromEntries(inner) };
}
