import { NetwrightError } from '#core';
import { type ForeignCommit, type ForeignKind, openForeignHistory } from '#store';
import type { Workspace } from '#workspace';
import { devicePath } from './device-path.ts';
import { genericRules } from './generic-secrets.ts';
import { markOf, type ScrubRules, scrubLatin1 } from './scrub.ts';

export interface ImportHistoryOptions {
  readonly kind: ForeignKind;
  /** Path of the other tool's git repository. */
  readonly repository: string;
  /** For repositories that hold one group each: its name goes before every path. */
  readonly group?: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
}

export interface ImportedHistory {
  readonly commits: number;
  readonly versions: number;
  readonly devices: number;
}

/**
 * Takes over the history of an Oxidized or RANCID repository: every commit with its author, dates and message, every
 * configuration scrubbed by the rules of its platform (those repositories often hold secrets in clear), or by rules
 * for any vendor where the inventory does not know the device. All of it or nothing.
 * @throws `NW_IMPORT_INVALID`, `NW_WORKSPACE_BUSY`, `NW_STORE_FULL`, `NW_CANCELLED`.
 */
export async function importHistory(workspace: Workspace, options: ImportHistoryOptions): Promise<ImportedHistory> {
  const [store, history, key] = await Promise.all([
    workspace.configurations(),
    openForeignHistory(options.repository, options.kind, options.group),
    workspace.credentials.scrubKey(),
  ]);
  const scrubberOf = await scrubbers(workspace, key);
  const scrubbed = async function* (): AsyncGenerator<ForeignCommit> {
    let done = 0;
    for await (const commit of history.read(options.signal)) {
      const files = [];
      for (const file of commit.files) {
        const { path, scrub } = await scrubberOf(file.device, file.path);
        files.push({ ...file, path, content: file.content && scrub(file.content) });
      }
      yield { ...commit, message: workspace.redactor.redact(commit.message), files };
      done += 1;
      options.onProgress?.({ done, total: history.commits });
    }
  };
  const result = await store.importHistory(scrubbed(), options.signal);
  if (result.commits === 0) {
    throw new NetwrightError(
      'NW_IMPORT_INVALID',
      `${options.repository} holds no configurations that ${options.kind} wrote`,
    );
  }
  return result;
}

interface Scrubber {
  readonly path: string;
  readonly scrub: (content: Buffer) => Buffer;
}

/** By device, made once: where it stands here, and how its text is scrubbed. */
async function scrubbers(
  workspace: Workspace,
  key: Uint8Array,
): Promise<(device: string, path: string) => Promise<Scrubber>> {
  const [inventory, platforms] = await Promise.all([workspace.inventory(), workspace.platforms()]);
  const made = new Map<string, Scrubber>();
  return async (name, foreignPath) => {
    const before = made.get(name);
    if (before !== undefined) return before;
    const device = inventory.devices.get(name);
    const id = device && platforms.resolve(device.platform);
    const platform = id === undefined ? undefined : await platforms.get(id);
    // The platform's rules know its dialect; the general ones catch what an older release wrote.
    const rules: ScrubRules = platform
      ? { volatile: platform.backup.volatile, secrets: [...platform.backup.secrets, ...genericRules.secrets] }
      : genericRules;
    const mark = markOf(name, key);
    const path = device && platform ? devicePath(workspace.settings.backup.path, device, platform.id) : foreignPath;
    const scrub = (content: Buffer): Buffer =>
      Buffer.from(scrubLatin1(content.toString('latin1'), rules, mark), 'latin1');
    const scrubber: Scrubber = { path, scrub };
    made.set(name, scrubber);
    return scrubber;
  };
}
