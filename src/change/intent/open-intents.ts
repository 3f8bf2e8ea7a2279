import { readdir, readFile } from 'node:fs/promises';
import { basename, join, parse } from 'node:path';
import { asNetwrightError, decodeText, NetwrightError } from '#core';
import type { Intent } from '../driver.ts';
import type { IntentSource, Intents } from './intent-source.ts';
import type { SecretLookup } from './template.ts';

export interface OpenIntentsOptions {
  /** What `{{ secret('name') }}` in a template gives. */
  readonly secret: SecretLookup;
}

/** A configuration larger than this is none. */
const mostBytes = 16 * 1024 * 1024;

/**
 * Reads what an intent source names; the files of a folder are read as devices ask for them.
 * @throws `NW_USAGE` when there is no such file, or nothing in it; `NW_TEMPLATE_INVALID`
 */
export async function openIntents(source: IntentSource, options: OpenIntentsOptions): Promise<Intents> {
  const kind = source.kind ?? 'merge';
  const whole = (text: string, where: string): Intent => ({
    kind,
    text: wanted(text, where),
    ...(source.target && { file: source.target }),
  });
  const described = (name: string): string => [kind, name, ...(source.target ? [source.target.path] : [])].join(' ');
  if ('lines' in source) {
    const intent = whole(source.lines.join('\n'), 'the lines');
    return {
      description: described(source.lines.length === 1 ? 'a line' : `${source.lines.length} lines`),
      of: async () => intent,
    };
  }
  if ('file' in source) {
    const intent = whole(await textOf(source.file), source.file);
    return { description: described(basename(source.file)), of: async () => intent };
  }
  if ('template' in source) {
    const { openTemplate } = await import('./template.ts');
    const template = await openTemplate(source.template, { ...options, variables: source.variables ?? {} });
    return {
      description: described(basename(source.template)),
      of: async (device) => whole(await template.render(device), `${source.template} for ${device.name}`),
    };
  }
  if ('texts' in source) {
    const { texts, title } = source;
    return {
      description: described(title),
      async of({ name }) {
        return Object.hasOwn(texts, name) ? whole(texts[name] ?? '', `${title} for ${name}`) : undefined;
      },
    };
  }
  const files = await filesByDevice(source.folder);
  return {
    description: described(`${basename(source.folder)}/`),
    async of(device) {
      const file = files.get(device.name);
      return file === undefined ? undefined : whole(await textOf(file), file);
    },
    strangers(devices) {
      const met = new Set(devices.flatMap(({ name }) => files.get(name) ?? []));
      return [...new Set(files.values())].filter((file) => !met.has(file)).map((file) => basename(file));
    },
  };
}

/** The text with one newline at its end. A plan to do nothing is a mistake in the call. */
function wanted(text: string, where: string): string {
  const lines = text.replaceAll('\r\n', '\n');
  let end = lines.length;
  while (end > 0 && (lines[end - 1] === '\n' || lines[end - 1] === ' ')) end -= 1;
  if (end === 0) throw new NetwrightError('NW_USAGE', `${where}: expected lines of configuration, there are none`);
  return `${lines.slice(0, end)}\n`;
}

async function textOf(file: string): Promise<string> {
  const bytes = await readFile(file).catch((error: unknown) => {
    throw new NetwrightError('NW_USAGE', `${file} cannot be read: ${asNetwrightError(error).message}`, {
      cause: error,
    });
  });
  if (bytes.length > mostBytes) {
    throw new NetwrightError('NW_USAGE', `${file}: expected at most ${mostBytes} bytes, got ${bytes.length}`);
  }
  return decodeText(bytes);
}

/** By the name of the device: the whole file name, or what stands before its extension. */
async function filesByDevice(folder: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw new NetwrightError('NW_USAGE', `${folder} cannot be read: ${asNetwrightError(error).message}`, {
      cause: error,
    });
  });
  const files = new Map<string, string>();
  const add = (device: string, file: string): void => {
    const before = files.get(device);
    if (before !== undefined && before !== file) {
      throw new NetwrightError(
        'NW_USAGE',
        `${folder}: both ${basename(before)} and ${basename(file)} are for ${device}`,
      );
    }
    files.set(device, file);
  };
  for (const entry of entries) {
    if (entry.isDirectory() || entry.name.startsWith('.')) continue;
    const file = join(folder, entry.name);
    add(entry.name, file);
    add(parse(entry.name).name, file);
  }
  return files;
}
