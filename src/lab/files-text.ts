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

/** What `cat` and `tail -n +1` print of the files that match; shell wildcards work. */
export function showFiles(text: string, command: string, words: readonly string[]): string {
  const files = filesOf(text);
  const found = new Map<string, string>();
  let missing = '';
  for (const word of words.filter((option) => /^['"]?\//.test(option))) {
    const pattern = word.replaceAll(/['"]/g, '');
    const match = new RegExp(
      `^${pattern
        .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
        .replaceAll('*', '[^/]*')
        .replaceAll('?', '[^/]')}$`,
    );
    const names = [...files.keys()].filter((name) => match.test(name));
    for (const name of names) found.set(name, files.get(name)!);
    if (names.length === 0) missing += `${command}: cannot open '${pattern}' for reading: No such file or directory\n`;
  }
  return `${missing}${command === 'tail' && found.size > 1 ? joinFiles(found) : [...found.values()].join('')}`;
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
