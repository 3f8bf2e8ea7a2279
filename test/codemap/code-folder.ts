import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type CodeModel, type ReadOptions, readCode } from '#codemap';

/** A folder of code that goes when the test does. */
export class CodeFolder implements Disposable {
  readonly path = mkdtempSync(join(tmpdir(), 'netwright-code-'));

  constructor(files: Readonly<Record<string, string | Uint8Array>>) {
    for (const [name, text] of Object.entries(files)) this.write(name, text);
  }

  write(name: string, text: string | Uint8Array): void {
    const path = join(this.path, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }

  remove(name: string): void {
    rmSync(join(this.path, name));
  }

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true });
  }
}

export async function modelOf(
  files: Readonly<Record<string, string | Uint8Array>>,
  options: ReadOptions = {},
): Promise<CodeModel> {
  using folder = new CodeFolder(files);
  return await readCode(folder.path, options);
}

/** `child > parent` of every inheritance edge. */
export const inheritance = (model: CodeModel): string[] =>
  model.edges.filter((one) => one.kind === 'inherits').map((one) => `${one.from} > ${one.to}`);
