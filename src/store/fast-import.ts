import { once } from 'node:events';
import { NetwrightError } from '#core';
import { type GitChild, type GitEnd, gitEnd, spawnGit, storeError } from './git-process.ts';

/**
 * One `git fast-import` (git-fast-import(1)) for the length of a run. Blobs go in as they come; the pack becomes part
 * of the repository, and the branch moves, only when the stream ends with `done`. A process that dies before leaves
 * unreferenced bytes at most.
 */
export class FastImport {
  readonly #child: GitChild;
  readonly #end: Promise<GitEnd>;
  readonly #answers: ((line: string) => void)[] = [];
  #ended: GitEnd | undefined;
  #failure: unknown;
  #marks = 0;
  #rest = '';

  constructor(repository: string) {
    this.#child = spawnGit(repository, [
      // Loose objects are compressed alone, one file each: a pack of a few objects is smaller and quicker to write.
      '-c',
      'fastimport.unpackLimit=0',
      // Of zlib's levels the one after which packs hardly shrink: half the time of git's own.
      '-c',
      'pack.compression=4',
      'fast-import',
      '--done',
      '--quiet',
      '--date-format=raw',
      // A blob would be made a delta of the one written before it, another device's: twice the work for a pack no smaller, and
      // for texts that are slower to read. Trees of one commit a device want to be deltas; joining packs finds those of blobs.
      '--big-file-threshold=1',
      '--depth=4',
    ]);
    this.#child.stdin.on('error', () => undefined); // EPIPE: the end of the process tells why
    this.#child.stdout.setEncoding('utf8').on('data', (text: string) => this.#take(text));
    this.#end = gitEnd(this.#child);
    this.#end.then(
      (end) => {
        this.#ended = end;
        this.#failure = storeError('git fast-import ended early', end.words);
        this.#child.stdin.destroy();
        for (const answer of this.#answers.splice(0)) answer('');
      },
      (error: unknown) => {
        this.#failure = error;
        this.#child.stdin.destroy();
        for (const answer of this.#answers.splice(0)) answer('');
      },
    );
  }

  /** Sends the content and resolves with its mark, once git's pipe has taken all of it: its memory is free again then. */
  async blob(content: Uint8Array): Promise<number> {
    this.#marks += 1;
    const mark = this.#marks;
    if (!(await this.#write([`blob\nmark :${mark}\ndata ${content.byteLength}\n`, content, '\n']))) {
      // A broken pipe tells only that git ended; its end tells why.
      await this.#end.catch(() => undefined);
      this.#check();
    }
    return mark;
  }

  /** Makes a commit and resolves with its id; the branch follows at {@link finish}. */
  async commit(commit: FastImportCommit): Promise<string> {
    this.#marks += 1;
    const mark = this.#marks;
    const message = Buffer.from(commit.message);
    const lines = [`commit ${commit.ref}`, `mark :${mark}`];
    lines.push(`author ${commit.author} ${Math.floor(commit.authoredAtMs / 1000)} +0000`);
    lines.push(`committer ${commit.committer} ${Math.floor(commit.committedAtMs / 1000)} +0000`);
    await this.#send([`${lines.join('\n')}\ndata ${message.length}\n`, message, '\n']);
    if (commit.parent !== undefined) await this.#send([`from ${commit.parent}\n`]);
    for (let at = 0; at < commit.changes.length; at += 1_000) {
      await this.#send([
        commit.changes
          .slice(at, at + 1_000)
          .map(changeLine)
          .join(''),
      ]);
    }
    const answered = new Promise<string>((resolve) => this.#answers.push(resolve));
    await this.#send([`\nget-mark :${mark}\n`]);
    const id = await answered;
    if (!/^[0-9a-f]{40,64}$/.test(id)) throw this.#failure ?? storeError('git fast-import gave no commit', id);
    return id;
  }

  /** Ends the stream; the branch has moved when this resolves. @throws `NW_STORE_FULL`, `NW_STORE_FAILED`. */
  async finish(): Promise<void> {
    await this.#send(['done\n']);
    this.#child.stdin.end();
    const end = await this.#end;
    if (end.code !== 0) throw storeError('git fast-import failed', end.words);
    // A branch that somebody else moved meanwhile is left alone with a warning and exit code 1 in git 2.39; be sure.
    if (/Not updating/.test(end.words)) throw storeError('the branch was moved by somebody else', end.words);
  }

  /** Ends git at once; nothing of the run shows. */
  async abandon(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#end.catch(() => undefined);
  }

  /** Resolves once git's pipe has room again. */
  async #send(parts: readonly (string | Uint8Array)[]): Promise<void> {
    const { stdin } = this.#child;
    void this.#write(parts);
    if (!stdin.writableNeedDrain) return;
    await Promise.race([once(stdin, 'drain').catch(() => undefined), this.#end.catch(() => undefined)]);
    this.#check();
  }

  /** Writes the parts, nothing of others between them, and resolves with whether git's pipe took them all. */
  #write(parts: readonly (string | Uint8Array)[]): Promise<boolean> {
    this.#check();
    const { stdin } = this.#child;
    // One system call for all parts of a turn.
    if (stdin.writableCorked === 0) {
      stdin.cork();
      process.nextTick(() => stdin.uncork());
    }
    for (const part of parts) stdin.write(part);
    return new Promise((resolve) => {
      stdin.write('', (error) => resolve(!error));
    });
  }

  #check(): void {
    if (this.#ended === undefined && this.#failure === undefined) return;
    throw this.#failure instanceof NetwrightError
      ? this.#failure
      : storeError('git fast-import ended early', String(this.#failure));
  }

  #take(text: string): void {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#answers.shift()?.(line);
  }
}

export interface FastImportCommit {
  readonly ref: string;
  /** Commit to stand on; absent for the first of a repository and for those after another in the same stream. */
  readonly parent?: string;
  /** `Name <mail>`. */
  readonly author: string;
  readonly committer: string;
  readonly authoredAtMs: number;
  readonly committedAtMs: number;
  readonly message: string;
  readonly changes: readonly FastImportChange[];
}

export type FastImportChange =
  | { readonly path: string; readonly mark: number }
  | { readonly path: string; readonly blob: string }
  | { readonly path: string; readonly deleted: true };

function changeLine(change: FastImportChange): string {
  const path = `"${change.path.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n')}"`;
  if ('deleted' in change) return `D ${path}\n`;
  return `M 100644 ${'mark' in change ? `:${change.mark}` : change.blob} ${path}\n`;
}
