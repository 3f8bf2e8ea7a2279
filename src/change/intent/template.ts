import { readFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, normalize, relative } from 'node:path';
import { Environment } from 'minijinja-js';
import { asNetwrightError, NetwrightError, type Secret } from '#core';
import type { Device } from '#inventory';
import { explainFailure } from './template-failure.ts';

/** The secret that a template asks for: by the name of the credential, and which part of it. */
export type SecretLookup = (credential: string, part: SecretPart) => Promise<Secret | undefined>;

const secretParts = ['password', 'enable', 'privateKey', 'passphrase'] as const;
type SecretPart = (typeof secretParts)[number];

export interface TemplateOptions {
  readonly variables: Readonly<Record<string, unknown>>;
  readonly secret: SecretLookup;
}

export interface Template {
  /** The text for a device. @throws `NW_TEMPLATE_INVALID` with file and line; `NW_CREDENTIAL_MISSING` */
  render(device: Device): Promise<string>;
}

/**
 * Instructions that one rendering may take, about 40 ms: enough for tens of thousands of lines, and a loop that never
 * ends is stopped.
 */
const fuel = 1_000_000;
const mostFiles = 200;

/**
 * Opens a Jinja2 template and all that it includes, extends or imports by name, from its folder and below.
 * @throws `NW_TEMPLATE_INVALID`, `NW_USAGE` when the file is not there
 */
export async function openTemplate(file: string, options: TemplateOptions): Promise<Template> {
  const folder = dirname(file);
  const main = relative(folder, file);
  const sources = await readAll(folder, main, file);
  const environment = newEnvironment();
  for (const [name, source] of sources) {
    try {
      environment.addTemplate(name, source);
    } catch (error) {
      throw explainFailure(error, { folder, sources });
    }
  }
  // Asked for while rendering, which cannot wait: what is not known yet is looked up, and the device rendered again.
  const known = new Map<string, string>();
  let asked: string | undefined;
  environment.addGlobal('secret', (credential: unknown, part: unknown = 'password') => {
    const key = JSON.stringify([credential, part]);
    const value = known.get(key);
    if (value === undefined) asked = key;
    return value ?? '';
  });

  return {
    async render(device) {
      const context = contextOf(device, options.variables);
      for (;;) {
        asked = undefined;
        let text: string | undefined;
        let failure: unknown;
        try {
          text = environment.renderTemplate(main, context);
        } catch (error) {
          failure = error;
        }
        if (asked !== undefined) {
          known.set(asked, await lookUp(asked, file, options.secret));
          continue;
        }
        if (text !== undefined) return text;
        throw explainFailure(failure, {
          ...{ folder, sources, device: device.name },
          again: (name) => debugFailure(sources, name, context),
        });
      }
    },
  };
}

export function newEnvironment(): Environment {
  const environment = new Environment();
  environment.undefinedBehavior = 'strict';
  // As Ansible has it, and with the indentation of statements gone too: what is left is what the device gets.
  environment.trimBlocks = true;
  environment.lstripBlocks = true;
  environment.keepTrailingNewline = true;
  environment.fuel = fuel;
  environment.enablePyCompat();
  return environment;
}

/** Renders once more with the engine's own explanation, which names the place. Never shown as it is: it holds values. */
export function debugFailure(sources: ReadonlyMap<string, string>, name: string, context: object): unknown {
  const environment = newEnvironment();
  environment.debug = true;
  environment.addGlobal('secret', () => '');
  try {
    for (const [other, source] of sources) environment.addTemplate(other, source);
    environment.renderTemplate(name, context);
    return undefined;
  } catch (error) {
    return error;
  } finally {
    environment.free();
  }
}

/** What a template may name: the variables of the device, and `device` for the rest of it. */
export function contextOf(device: Device, variables: Readonly<Record<string, unknown>>): object {
  const { name, address, port, platform, site, role, tags, groups } = device;
  return {
    ...device.variables,
    ...variables,
    device: {
      ...{ name, address, port, platform, tags, groups },
      ...(site !== undefined && { site }),
      ...(role !== undefined && { role }),
    },
  };
}

export async function lookUp(asked: string, file: string, secret: SecretLookup): Promise<string> {
  const [credential, part] = JSON.parse(asked) as [unknown, unknown];
  const known = secretParts.find((one) => one === part);
  if (typeof credential !== 'string' || known === undefined) {
    throw new NetwrightError(
      'NW_TEMPLATE_INVALID',
      `${file}: expected secret('<credential>') or secret('<credential>', '${secretParts.join("'|'")}'), got ${asked}`,
    );
  }
  const value = await secret(credential, known);
  if (value === undefined) {
    throw new NetwrightError('NW_CREDENTIAL_MISSING', `${file}: the credential "${credential}" has no ${known}`);
  }
  // The candidate is what goes to the device: the value stands in it, and it is kept sealed from here on.
  return value.reveal();
}

const reference = /\{%[-+]?\s*(?:include|extends|import|from)\s+(?:"([^"\n]*)"|'([^'\n]*)')/g;

/** The template and every file that it, or one of those, names. */
async function readAll(folder: string, main: string, shown: string): Promise<ReadonlyMap<string, string>> {
  const sources = new Map<string, string>();
  const wanted = [main];
  for (let name = wanted.pop(); name !== undefined; name = wanted.pop()) {
    if (sources.has(name)) continue;
    if (sources.size >= mostFiles) {
      throw new NetwrightError('NW_TEMPLATE_INVALID', `${shown}: it takes in more than ${mostFiles} files`);
    }
    const source = await sourceOf(folder, name, name === main ? shown : undefined);
    // One that is not there is the engine's to report, with the line that names it.
    if (source === undefined) continue;
    sources.set(name, source);
    for (const [, double, single] of source.matchAll(reference)) wanted.push(double ?? single ?? '');
  }
  return sources;
}

async function sourceOf(folder: string, name: string, shown: string | undefined): Promise<string | undefined> {
  const inside = normalize(name);
  if (shown === undefined && (isAbsolute(name) || inside.startsWith('..') || inside !== name)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(join(folder, name)));
  } catch (error) {
    if (error instanceof TypeError) {
      throw new NetwrightError('NW_TEMPLATE_INVALID', `${join(folder, name)}: expected UTF-8, got something else`);
    }
    if (shown === undefined && (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new NetwrightError('NW_USAGE', `${join(folder, name)} cannot be read: ${asNetwrightError(error).message}`, {
      cause: error,
    });
  }
}
