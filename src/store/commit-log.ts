import { gitEnd, spawnGit, storeError } from './git-process.ts';
import type { ObjectReader } from './object-reader.ts';

/** A commit as git tells it, with the files that it changed against its first parent. */
export interface LoggedCommit {
  readonly sha: string;
  /** `Name <mail>`. */
  readonly author: string;
  readonly authoredAtMs: number;
  readonly committedAtMs: number;
  readonly message: string;
  readonly files: readonly LoggedFile[];
}

export interface LoggedFile {
  readonly path: string;
  /** The blob that stands there now; of a deleted file, the one that stood there. */
  readonly blob: string;
  readonly deleted: boolean;
  readonly linesAdded: number;
  readonly linesRemoved: number;
}

/**
 * The commits of a range, oldest first along first parents, as a stream: `git rev-list` names them, one
 * `git diff-tree` tells their changes, and `commits` reads the rest of each.
 */
export async function* readLog(repository: string, range: string, commits: ObjectReader): AsyncGenerator<LoggedCommit> {
  const list = spawnGit(repository, ['rev-list', '--reverse', '--first-parent', '--topo-order', range, '--']);
  const changes = spawnGit(repository, [
    'diff-tree',
    '--stdin',
    ...['-z', '-r', '-m', '--first-parent', '--root', '--always', '--no-renames', '--raw', '--no-abbrev', '--numstat'],
  ]);
  list.stdin.end();
  changes.stdin.on('error', () => undefined); // its end tells why
  const ends = Promise.all([gitEnd(list), gitEnd(changes)]);
  ends.catch(() => undefined);
  list.stdout.pipe(changes.stdin);
  try {
    let sha: string | undefined;
    let files = new Map<string, LoggedFile>();
    const tokens = nulSeparated(changes.stdout);
    for await (const token of tokens) {
      const raw = /^:(\d+) (\d+) ([0-9a-f]+) ([0-9a-f]+) ([A-Z])\d*$/.exec(token);
      const counts = /^(\d+|-)\t(\d+|-)\t([\s\S]+)$/.exec(token);
      if (raw) {
        const path = (await tokens.next()).value ?? '';
        const deleted = raw[5] === 'D';
        // Submodules and links are no configurations.
        if (!/^100/.test(deleted ? raw[1]! : raw[2]!)) continue;
        files.set(path, { path, blob: deleted ? raw[3]! : raw[4]!, deleted, linesAdded: 0, linesRemoved: 0 });
      } else if (counts) {
        const file = files.get(counts[3]!);
        const lines = (text: string): number => (text === '-' ? 0 : Number(text));
        if (file) files.set(file.path, { ...file, linesAdded: lines(counts[1]!), linesRemoved: lines(counts[2]!) });
      } else {
        if (sha !== undefined) yield await commitOf(sha, [...files.values()], commits);
        sha = token.trim();
        files = new Map();
      }
    }
    if (sha !== undefined && sha !== '') yield await commitOf(sha, [...files.values()], commits);
    for (const end of await ends) {
      if (end.code !== 0) throw storeError(`git could not list ${range} of ${repository}`, end.words);
    }
  } finally {
    for (const child of [list, changes]) if (child.exitCode === null) child.kill();
  }
}

async function* nulSeparated(stream: NodeJS.ReadableStream): AsyncGenerator<string, undefined> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of stream) {
    rest = rest.length === 0 ? (chunk as Buffer) : Buffer.concat([rest, chunk as Buffer]);
    let from = 0;
    for (let at = rest.indexOf(0); at !== -1; at = rest.indexOf(0, from)) {
      yield rest.toString('utf8', from, at);
      from = at + 1;
    }
    rest = rest.subarray(from);
  }
  if (rest.length > 0) yield rest.toString('utf8');
  return undefined;
}

async function commitOf(sha: string, files: readonly LoggedFile[], commits: ObjectReader): Promise<LoggedCommit> {
  const text = (await commits.read(sha)).content.toString('utf8');
  const split = text.indexOf('\n\n');
  const head = split === -1 ? text : text.slice(0, split);
  const who = (role: string): { identity: string; atMs: number } => {
    const match = new RegExp(`^${role} (.*>) (-?\\d+) [+-]\\d{4}$`, 'm').exec(head);
    return { identity: match?.[1] ?? 'unknown <>', atMs: Number(match?.[2] ?? 0) * 1000 };
  };
  const author = who('author');
  return {
    sha,
    author: author.identity,
    authoredAtMs: author.atMs,
    committedAtMs: who('committer').atMs,
    message: split === -1 ? '' : text.slice(split + 2),
    files,
  };
}
