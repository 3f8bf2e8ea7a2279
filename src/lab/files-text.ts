import type { Editor } from './editor.ts';

/** Files of a host in one text, as `tail -n +1` prints several: a head line each, a blank line between them. */
export function filesOf(text: string): Map<string, string> {
  const files = new Map<string, string>();
  for (const [, name, body] of text.matchAll(/^==> (\S+) <==\n([\s\S]*?)(?=\n==> \S+ <==\n|(?![\s\S]))/gm))
    files.set(name!, body!);
  return files;
}

export function joinFiles(files: ReadonlyMap<string, string>): string {
  return [...files].map(([name, body]) => `==> ${name} <==\n${body}`).join('\n');
}

/** A shell as an editor: `echo 'line' >> /etc/file` adds, `echo 'line' > /etc/file` replaces. */
export class FilesEditor implements Editor {
  readonly path: readonly string[] = [];
  readonly section = '';
  readonly #files: Map<string, string>;

  constructor(text: string) {
    this.#files = filesOf(text);
  }

  get text(): string {
    return joinFiles(this.#files);
  }

  type(line: string): boolean {
    const [, single, double, bare, verb, file] =
      /^echo (?:'([^']*)'|"([^"]*)"|(\S+)) (>>?) ?(\/\S+)$/.exec(line.trim()) ?? [];
    if (file === undefined) return false;
    const before = verb === '>>' ? (this.#files.get(file) ?? '') : '';
    this.#files.set(file, `${before}${single ?? double ?? bare ?? ''}\n`);
    return true;
  }

  up(): boolean {
    return false;
  }

  top(): void {
    // There are no sections to leave.
  }

  enter(): void {
    // There are none to enter either.
  }
}
