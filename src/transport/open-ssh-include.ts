import { glob, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { NetwrightError } from '#core';

/** As deep as OpenSSH follows (`READCONF_MAX_DEPTH`). */
const deepest = 16;

const includeLine = /^[ \t]*include(?:[ \t]*=[ \t]*|[ \t]+)(?<files>\S.*?)[ \t\r]*$/i;
const headLine = /^[ \t]*(?:host|match)[ \t=]/i;
/** The section that the lines before any `Host` belong to. */
const everyHost = 'Host *';

/**
 * The text of a client configuration with the files that it includes in their places (ssh_config(5), `Include`):
 * wildcards in the order of the names, paths without a folder below `~/.ssh`, files that are missing passed over.
 * Behind an included file the section goes on in which the `Include` stood.
 * @throws NetwrightError `NW_CONFIG_INVALID` for a file that cannot be read, files that include one another, and for
 * a file with sections of its own that is included from within a section: one condition inside another.
 */
export async function readWithIncludes(path: string): Promise<string> {
  return (await readLines(path)).map(({ text }) => text).join('\n');
}

/** A line of a client configuration, and the file that it stands in; lines that are put in between have none. */
export interface ConfigLine {
  readonly text: string;
  readonly at?: string;
}

/** As {@link readWithIncludes}, line by line. */
export async function readLines(path: string): Promise<readonly ConfigLine[]> {
  return await expanded(path, await readFile(path, 'utf8'), everyHost, 0);
}

async function expanded(path: string, text: string, outer: string, depth: number): Promise<ConfigLine[]> {
  const lines: ConfigLine[] = [];
  let section = outer;
  for (const [index, line] of text.split('\n').entries()) {
    if (headLine.test(line)) section = line.trim();
    const files = includeLine.exec(line)?.groups?.['files'];
    if (files === undefined) {
      lines.push({ text: line, at: `${path}:${index + 1}` });
      continue;
    }
    const refuse = (why: string, cause?: unknown): NetwrightError =>
      new NetwrightError('NW_CONFIG_INVALID', `${path}:${index + 1}: ${line.trim()}: ${why}`, { cause });
    if (depth >= deepest) throw refuse(`expected at most ${deepest} files inside one another`);
    for (const file of await filesOf(files)) {
      const included = await readFile(file, 'utf8').catch((error: Error) => {
        throw refuse(`${file} cannot be read: ${error.message}`, error);
      });
      const hasSections = included.split('\n').some((one) => headLine.test(one));
      if (hasSections && section !== everyHost)
        throw refuse(`${file} has sections of its own, which is not followed from within "${section}"`);
      lines.push(...(await expanded(file, included, section, depth + 1)), { text: section });
    }
  }
  return lines;
}

async function filesOf(text: string): Promise<readonly string[]> {
  const files: string[] = [];
  for (const [, quoted, bare] of text.matchAll(/"([^"]*)"|([^\s"]+)/g)) {
    const named = quoted ?? bare!;
    const path = named.startsWith('~/') ? join(homedir(), named.slice(2)) : named;
    const pattern = isAbsolute(path) ? path : join(homedir(), '.ssh', path);
    const found: string[] = [];
    for await (const file of glob(pattern)) found.push(file);
    files.push(...found.sort());
  }
  return files;
}
