import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { NetwrightError } from '#core';
import { fileNameOf, timeName, writeWhole } from './atomic-file.ts';
import type { StoredTranscript, TranscriptStore } from './transcripts.ts';

export interface TranscriptStoreOptions {
  /** Conversations kept in all; the oldest go. Default 1,000. */
  readonly keep?: number;
  /** Characters kept of one: of longer ones the middle goes. Default 1,000,000. */
  readonly maxCharacters?: number;
}

/** One file a conversation, `<time>_<device>_<id>.jsonl`: the first line is about it, every other one an entry of it. */
export function openTranscriptStore(folder: string, options: TranscriptStoreOptions = {}): TranscriptStore {
  const keep = options.keep ?? 1_000;
  const names = async (): Promise<string[]> => {
    const all = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    });
    return all.filter((name) => /^\d{8}T[^_]*_.*\.jsonl$/.test(name)).sort();
  };
  let saves = 0;
  let pruning = Promise.resolve();
  const prune = async (): Promise<void> => {
    const all = await names();
    for (const name of all.slice(0, Math.max(0, all.length - keep))) await rm(join(folder, name), { force: true });
  };
  // The ending `_<id>.jsonl` finds a file; an id is made safe the way a device's name is.
  const idOf = (name: string): string => name.slice(name.lastIndexOf('_') + 1, -'.jsonl'.length);
  const headOf = async (name: string): Promise<Omit<StoredTranscript, 'entries'>> =>
    parse<Omit<StoredTranscript, 'entries'>>(name, (await readFile(join(folder, name), 'utf8')).split('\n', 1)[0]!);

  return {
    async save({ entries, ...head }) {
      const safe = (text: string): string => fileNameOf(text).replaceAll('_', '%5F');
      const name = `${timeName(head.startedAtMs)}_${safe(head.device)}_${safe(head.id)}.jsonl`;
      const lines = [head, ...bounded(entries, options.maxCharacters ?? 1_000_000)].map((one) => JSON.stringify(one));
      await writeWhole(join(folder, name), `${lines.join('\n')}\n`);
      saves += 1;
      // A folder of a thousand names is not read for every failure of a bad night.
      if (saves % 20 === 1) pruning = pruning.then(prune);
      await pruning;
    },

    async load(id) {
      const safe = fileNameOf(id).replaceAll('_', '%5F');
      const found = (await names()).filter((name) => idOf(name).startsWith(safe));
      const exact = found.find((name) => idOf(name) === safe);
      if (exact === undefined && found.length > 1) {
        throw new NetwrightError('NW_USAGE', `${found.length} transcripts begin with "${id}"`, {
          hint: 'give more of the id',
        });
      }
      const name = exact ?? found[0];
      if (name === undefined) return undefined;
      const [head = '', ...entries] = (await readFile(join(folder, name), 'utf8'))
        .split('\n')
        .filter((line) => line !== '');
      return {
        ...parse<Omit<StoredTranscript, 'entries'>>(name, head),
        entries: entries.map((line) => parse<StoredTranscript['entries'][number]>(name, line)),
      };
    },

    async list({ device, limit } = {}) {
      const found: Omit<StoredTranscript, 'entries'>[] = [];
      for (const name of (await names()).reverse()) {
        if (found.length >= (limit ?? 100)) break;
        const head = await headOf(name);
        if (device === undefined || head.device === device) found.push(head);
      }
      return found;
    },
  };
}

function parse<T>(name: string, line: string): T {
  try {
    return JSON.parse(line) as T;
  } catch (error) {
    throw new NetwrightError('NW_STORE_FAILED', `transcript ${name} is damaged: ${(error as Error).message}`, {
      cause: error,
      retryable: false,
    });
  }
}

/** The first and the last half of what is allowed, with a note of what is missing between them. */
function bounded(entries: StoredTranscript['entries'], most: number): StoredTranscript['entries'] {
  const total = entries.reduce((sum, { text }) => sum + text.length, 0);
  if (total <= most) return entries;
  const half = Math.floor(most / 2);
  const head: StoredTranscript['entries'][number][] = [];
  const tail: StoredTranscript['entries'][number][] = [];
  let room = half;
  for (const entry of entries) {
    if (room <= 0) break;
    head.push({ ...entry, text: entry.text.slice(0, room) });
    room -= entry.text.length;
  }
  room = half;
  for (const entry of entries.toReversed()) {
    if (room <= 0) break;
    tail.unshift({ ...entry, text: entry.text.slice(-room) });
    room -= entry.text.length;
  }
  const note = { atMs: tail[0]?.atMs ?? 0, kind: 'note' as const, text: `${total - most} characters left out here` };
  return [...head, note, ...tail];
}
