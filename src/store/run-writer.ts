import { createHash } from 'node:crypto';
import { NetwrightError } from '#core';
import { authorOf, commitMessage, deviceCommitMessage, identity, type NotedDevice } from './commit-message.ts';
import type { DeviceNote, RunInfo, RunWriter, SameResult, Version, WriteResult } from './configuration-store.ts';
import { countChanges } from './count-changes.ts';
import { FastImport, type FastImportChange } from './fast-import.ts';
import type { KnownOutput } from './output-index.ts';
import type { PathPlan } from './path-plan.ts';
import type { Repository } from './repository.ts';
import type { IndexedCommit, IndexedVersion } from './version-index.ts';

export interface RunWriterParts {
  readonly repository: Repository;
  readonly head: string | undefined;
  readonly paths: PathPlan;
  readonly latest: (device: string) => Promise<Version | undefined>;
  readonly read: (version: Version) => Promise<Buffer>;
  readonly outputs: ReadonlyMap<string, KnownOutput>;
  readonly remember: (outputs: ReadonlyMap<string, KnownOutput>) => Promise<void>;
  /** Takes a text in that is to become current, for the search, and tells how many lines it has. */
  readonly learn: (blob: string, content: Uint8Array) => number;
  readonly nowMs: () => number;
  /** Takes the commits into the index; called when the branch has moved. */
  readonly stored: (commits: readonly IndexedCommit[]) => Promise<void>;
  /** Called once, when the run ended one way or the other. */
  readonly released: () => void;
}

interface Change {
  readonly note: NotedDevice;
  readonly version: IndexedVersion;
  readonly files: readonly FastImportChange[];
}

/** Writes the configurations of one run through one `git fast-import`, started with the first that is new. */
export class GitRunWriter implements RunWriter {
  readonly #run: RunInfo;
  readonly #parts: RunWriterParts;
  readonly #changes = new Map<string, Change>();
  readonly #notes = new Map<string, NotedDevice>();
  /** Nobody else writes while this run does. */
  readonly #latest = new Map<string, Promise<Version | undefined>>();
  readonly #outputs = new Map<string, KnownOutput>();
  #import: FastImport | undefined;
  #over = false;

  constructor(run: RunInfo, parts: RunWriterParts) {
    this.#run = run;
    this.#parts = parts;
  }

  async write(
    device: string,
    path: string,
    content: Uint8Array,
    note: DeviceNote,
    fingerprint?: string,
  ): Promise<WriteResult> {
    this.#check();
    const blob = blobId(this.#parts.repository.hash, content);
    if (fingerprint !== undefined) this.#outputs.set(device, { fingerprint, blob });
    const last = await this.latest(device);
    this.#latest.delete(device);
    const before = this.#parts.paths.claim(device, path);
    if (last && !last.retired && last.blob === blob && before === path) {
      this.#notes.set(device, { ...note, result: 'unchanged' });
      return { change: 'unchanged', blob, linesAdded: 0, linesRemoved: 0 };
    }
    const lines = this.#parts.learn(blob, content);
    const counts =
      last === undefined ? { linesAdded: lines, linesRemoved: 0 } : await this.#counts(last, blob, content);
    this.#check();
    this.#import ??= new FastImport(this.#parts.repository.path);
    const file: FastImportChange =
      last?.blob === blob ? { path, blob } : { path, mark: await this.#import.blob(content) };
    const movedFrom = before === path ? undefined : before;
    const gone = movedFrom === undefined ? [] : [{ path: movedFrom, deleted: true } as const];
    const change = last === undefined || last.retired ? 'new' : 'changed';
    this.#changes.set(device, {
      note: { ...note, result: change },
      version: { device, blob, path, sizeBytes: content.byteLength, ...counts, retired: false },
      files: [...gone, file],
    });
    return { change, blob, ...counts, ...(movedFrom !== undefined && { movedFrom }) };
  }

  async isSame(device: string, fingerprint: string): Promise<boolean> {
    const known = this.#parts.outputs.get(device);
    if (known?.fingerprint !== fingerprint) return false;
    const last = await this.latest(device);
    return last !== undefined && !last.retired && last.blob === known.blob;
  }

  async writeSame(
    device: string,
    path: string,
    fingerprint: string,
    note: DeviceNote,
  ): Promise<SameResult | undefined> {
    this.#check();
    const last = (await this.isSame(device, fingerprint)) ? await this.latest(device) : undefined;
    if (last === undefined || this.#parts.paths.pathOf(device) !== path) return undefined;
    this.#check();
    this.#latest.delete(device);
    this.#notes.set(device, { ...note, result: 'unchanged' });
    const { blob, sizeBytes } = last;
    return { change: 'unchanged', blob, sizeBytes, linesAdded: 0, linesRemoved: 0 };
  }

  latest(device: string): Promise<Version | undefined> {
    let found = this.#latest.get(device);
    if (found === undefined) {
      found = this.#parts.latest(device);
      this.#latest.set(device, found);
    }
    return found;
  }

  note(note: DeviceNote): void {
    this.#check();
    this.#latest.delete(note.device);
    this.#notes.set(note.device, { ...note, result: note.failure === undefined ? 'unchanged' : 'failed' });
  }

  retire(device: string): void {
    this.#check();
    const path = this.#parts.paths.pathOf(device);
    if (path === undefined || this.#changes.has(device)) return;
    this.#parts.paths.release(device);
    const note = { device, durationMs: 0, result: 'retired' as const };
    const version = { device, blob: '', path, sizeBytes: 0, linesAdded: 0, linesRemoved: 0, retired: true };
    this.#changes.set(device, { note, version, files: [{ path, deleted: true }] });
  }

  async commit(): Promise<string | undefined> {
    this.#check();
    this.#over = true;
    try {
      if (this.#changes.size === 0) {
        await this.#parts.remember(this.#outputs);
        return undefined;
      }
      this.#import ??= new FastImport(this.#parts.repository.path);
      const commits = await this.#commits(this.#import);
      await this.#import.finish();
      this.#import = undefined;
      await this.#parts.stored(commits);
      await this.#parts.remember(this.#outputs);
      return commits.at(-1)?.sha;
    } finally {
      await this.#import?.abandon();
      this.#parts.released();
    }
  }

  async abandon(): Promise<void> {
    if (this.#over) return;
    this.#over = true;
    await this.#import?.abandon();
    this.#parts.released();
  }

  /** Deletions come first: what takes the place of a folder finds it gone. */
  async #commits(into: FastImport): Promise<IndexedCommit[]> {
    const changes = await Promise.all([...this.#changes.values()].map((change) => this.#settled(change)));
    changes.sort((a, b) => a.version.path.localeCompare(b.version.path, 'en'));
    const others = [...this.#notes.values()].filter(({ device }) => !this.#changes.has(device));
    const groups = this.#run.commitPer === 'device' ? changes.map((change) => [change]) : [changes];
    const who = identity(this.#run.author);
    // git counts in seconds: the index keeps what git keeps, so that one rebuilt from git is the same.
    const atMs = Math.floor(this.#parts.nowMs() / 1000) * 1000;
    const commits: IndexedCommit[] = [];
    // The first stands on the branch as it was; the others follow on one another in the stream.
    let parent = this.#parts.head;
    for (const group of groups) {
      const files = group.flatMap((change) => change.files);
      const odd = new Map(
        group.filter(({ version }) => !isOwnPath(version)).map(({ version }) => [version.path, version.device]),
      );
      const notes = group.map((change) => change.note);
      const sha = await into.commit({
        ref: this.#parts.repository.ref,
        ...(parent === undefined ? {} : { parent }),
        author: who,
        committer: who,
        authoredAtMs: atMs,
        committedAtMs: atMs,
        message:
          this.#run.commitPer === 'device'
            ? deviceCommitMessage(this.#run, notes[0]!, odd)
            : commitMessage(this.#run, [...notes, ...others], odd),
        changes: [...files.filter((file) => 'deleted' in file), ...files.filter((file) => !('deleted' in file))],
      });
      parent = undefined;
      const { id: runId, reason } = this.#run;
      commits.push({ sha, atMs, runId, author: authorOf(who), reason, versions: group.map(({ version }) => version) });
    }
    return commits;
  }

  /** A retired device keeps its last text. */
  async #settled(change: Change): Promise<Change> {
    if (!change.version.retired) return change;
    const last = await this.#parts.latest(change.version.device);
    if (last === undefined)
      throw new NetwrightError('NW_INTERNAL', `${change.version.device} is retired but was never stored`);
    return { ...change, version: { ...change.version, blob: last.blob, sizeBytes: last.sizeBytes } };
  }

  async #counts(
    last: Version,
    blob: string,
    content: Uint8Array,
  ): Promise<{ linesAdded: number; linesRemoved: number }> {
    if (last.blob === blob) return { linesAdded: 0, linesRemoved: 0 };
    return await countChanges(await this.#parts.read(last), content);
  }

  #check(): void {
    if (this.#over) throw new NetwrightError('NW_INTERNAL', `run ${this.#run.id} is over, nothing can be added to it`);
  }
}

/** Whether a path names its device by itself: its last part is the device's name. */
export const isOwnPath = ({ path, device }: { readonly path: string; readonly device: string }): boolean =>
  path.slice(path.lastIndexOf('/') + 1) === device;

/** git's own name of a content. */
export const blobId = (hash: string, content: Uint8Array): string =>
  createHash(hash).update(`blob ${content.byteLength}\0`).update(content).digest('hex');
