import { resolve } from 'node:path';
import { NetwrightError } from '#core';
import type { MapFormat } from '#internet';
import type { Runtime } from './runtime.ts';
import { formatSize } from './table.ts';
import { writeOutput } from './write-output.ts';

export const formats = ['svg', 'png', 'html', 'dot', 'gexf', 'json'] as const satisfies readonly MapFormat[];

/** A map as it is written: whole, or piece by piece where the whole would be too much to hold. */
export type MapContent = Uint8Array | AsyncIterable<string>;

interface Target {
  readonly format: MapFormat;
  /** Undefined for stdout. */
  readonly file: string | undefined;
}

/** @throws NetwrightError `NW_USAGE` when neither the ending nor `--format` says a format that there is. */
export function targetOf({ cwd }: Runtime, output: string | undefined, format: MapFormat | undefined): Target {
  if (output === undefined || output === '-') return { format: format ?? 'json', file: undefined };
  const ending = /\.([a-z]+)$/i.exec(output)?.[1]?.toLowerCase();
  const found = format ?? formats.find((one) => one === ending);
  if (found !== undefined) return { format: found, file: resolve(cwd, output) };
  throw new NetwrightError('NW_USAGE', `${output}: expected a file that ends in .${formats.join(', .')}, or --format`);
}

/**
 * Writes a map where it is wanted: a file whole or not at all.
 * @throws NetwrightError `NW_USAGE`, `NW_STORE_FULL`, `NW_CANCELLED` as `writeOutput`.
 */
export async function deliver(runtime: Runtime, target: Target, content: MapContent, facts: object): Promise<void> {
  const { screen, signal } = runtime;
  const { file, format } = target;
  if (file === undefined) return await print(runtime, format, content, facts);
  let sizeBytes = 0;
  const counted = async function* (): AsyncGenerator<Uint8Array, void> {
    for await (const piece of content instanceof Uint8Array ? [content] : content) {
      const bytes = typeof piece === 'string' ? Buffer.from(piece) : piece;
      sizeBytes += bytes.length;
      yield bytes;
    }
  };
  await writeOutput(file, counted(), signal);
  screen.document({ file, format, sizeBytes, ...facts });
  screen.print(`${file} ${screen.colors.dim(formatSize(sizeBytes))}`);
}

async function print(
  { screen, signal }: Runtime,
  format: MapFormat,
  content: MapContent,
  facts: object,
): Promise<void> {
  // With --json stdout has one document: the map itself where it is one, else the text of the drawing in it.
  if (!screen.isJson || format === 'json') {
    for await (const piece of content instanceof Uint8Array ? [content] : content) {
      screen.printRaw(typeof piece === 'string' ? Buffer.from(piece) : piece);
      await screen.drained(signal);
    }
  } else if (content instanceof Uint8Array) {
    const text = Buffer.from(content).toString(format === 'png' ? 'base64' : 'utf8');
    screen.document({ format, ...facts, text });
  } else {
    throw new NetwrightError('NW_USAGE', `the planet as ${format} is too large for one JSON document`, {
      hint: `write it into a file: netwright internet map --world -o planet.${format}`,
    });
  }
}
