import { type LoggedCommit, readLog } from './commit-log.ts';
import { authorOf, readTrailers } from './commit-message.ts';
import { ObjectReader } from './object-reader.ts';
import { headOf, isAncestor, type Repository } from './repository.ts';
import type { IndexedCommit, IndexedVersion, VersionIndex } from './version-index.ts';

/** Commits that go into the index at once. */
const batch = 200;

/**
 * Brings the index up to the repository: commits that it misses are read from git. An index that knows commits which
 * the branch does not have (a branch that was rewritten, a database of another workspace) is built anew.
 * Resolves with the newest commit.
 */
export async function reconcile(repository: Repository, index: VersionIndex): Promise<string | undefined> {
  for (;;) {
    const head = await headOf(repository);
    const known = await index.head();
    if (head === known) return head;
    if (head === undefined || (known !== undefined && !(await isAncestor(repository, known, head)))) {
      await index.clear();
      continue;
    }
    // False: another process has been at it meanwhile. Look again.
    if (await readIn(repository, index, known, head)) return head;
  }
}

async function readIn(
  repository: Repository,
  index: VersionIndex,
  known: string | undefined,
  head: string,
): Promise<boolean> {
  await using commits = closing(new ObjectReader(repository.path));
  await using sizes = closing(new ObjectReader(repository.path, { contents: false }));
  const names = new DeviceNames();
  for await (const places of index.places())
    for (const place of places) if (place.live) names.know(place.path, place.device);
  const range = known === undefined ? head : `${known}..${head}`;
  let after = known;
  let waiting: IndexedCommit[] = [];
  for await (const logged of readLog(repository.path, range, commits.reader)) {
    waiting.push(await indexed(logged, names, sizes.reader));
    if (waiting.length < batch) continue;
    if (!(await index.add(waiting, after))) return false;
    after = logged.sha;
    waiting = [];
  }
  return await index.add(waiting, after);
}

const closing = (reader: ObjectReader) => ({ reader, [Symbol.asyncDispose]: () => reader.close() });

async function indexed(logged: LoggedCommit, names: DeviceNames, sizes: ObjectReader): Promise<IndexedCommit> {
  const trailers = readTrailers(logged.message);
  const written = logged.files.filter((file) => !file.deleted);
  const gone = logged.files.filter((file) => file.deleted);
  const removed = new Map(gone.map((file) => [names.forget(file.path), file]));
  const versions: IndexedVersion[] = [];
  const devices = written.map(({ path }) => names.learn(path, trailers.odd.get(path)));
  const answers = await Promise.all([...written, ...gone].map(({ blob }) => sizes.read(blob)));
  for (const [at, file] of written.entries()) {
    const device = devices[at]!;
    const { path, blob, linesAdded, linesRemoved } = file;
    // Deleted here and written there in one commit: the device moved, with its whole text or a changed one.
    const moved = removed.get(device);
    removed.delete(device);
    const counts = moved?.blob === blob ? { linesAdded: 0, linesRemoved: 0 } : { linesAdded, linesRemoved };
    versions.push({ device, path, blob, sizeBytes: answers[at]!.sizeBytes, ...counts, retired: false });
  }
  for (const [device, file] of removed) {
    const sizeBytes = answers[written.length + gone.indexOf(file)]!.sizeBytes;
    const { path, blob } = file;
    versions.push({ device, path, blob, sizeBytes, linesAdded: 0, linesRemoved: 0, retired: true });
  }
  return {
    sha: logged.sha,
    atMs: logged.committedAtMs,
    runId: trailers.runId ?? '',
    author: authorOf(logged.author),
    reason: trailers.reason ?? firstLine(logged.message),
    versions,
  };
}

const firstLine = (text: string): string => text.split('\n', 1)[0] ?? '';

/** Which device a path belongs to: its last part, unless a trailer says otherwise or another device has that name. */
class DeviceNames {
  readonly #devices = new Map<string, string>();
  readonly #paths = new Map<string, string>();

  know(path: string, device: string): void {
    this.#devices.set(path, device);
    this.#paths.set(device, path);
  }

  learn(path: string, told: string | undefined): string {
    const known = this.#devices.get(path);
    if (known !== undefined && told === undefined) return known;
    const name = told ?? path.slice(path.lastIndexOf('/') + 1);
    const taken = this.#paths.get(name);
    const device = taken !== undefined && taken !== path ? path : name;
    this.know(path, device);
    return device;
  }

  forget(path: string): string {
    const device = this.#devices.get(path) ?? path.slice(path.lastIndexOf('/') + 1);
    this.#devices.delete(path);
    this.#paths.delete(device);
    return device;
  }
}
