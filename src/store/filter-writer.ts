import { FilterFile, type KnownFilter } from './filter-file.ts';
import { buildFilter } from './gram-filter.ts';

/** Bytes of filters, of some two hundred configurations, that are written together in a millisecond or two. */
const writtenTogether = 400_000;
/** As long as another process writes as many. */
const timeoutMs = 20;

/**
 * Makes the filter of each configuration as it is stored, while its text is at hand: no search has to read them all
 * first. What could not be written here, on a full disk say, is made by {@link CurrentSearch.prepare} or the next
 * search, so no failure of it is one of the run.
 */
export class FilterWriter {
  readonly #path: string;
  #file: FilterFile | undefined;
  readonly #waiting: KnownFilter[] = [];
  #waitingBytes = 0;
  /** Something was not written since the last commit. */
  #hasGaps = false;

  constructor(path: string) {
    this.#path = path;
  }

  /** Takes one and a half nanoseconds of the event loop a byte. @returns how many lines the text has */
  learn(blob: string, content: Uint8Array): number {
    const { filter, lines } = buildFilter(content);
    this.#waiting.push([blob, filter]);
    this.#waitingBytes += filter.length;
    if (this.#waitingBytes >= writtenTogether) this.#flush();
    return lines;
  }

  /** The texts that were learned, and no others, have become current with this commit, which stands on `before`. */
  committed(commit: string, before: string | undefined): void {
    this.#flush();
    const isFollowed = before === undefined || this.isCompleteAt(before);
    if (isFollowed && !this.#hasGaps) this.#try((file) => file.setCompleteAt(commit));
    this.#hasGaps = false;
  }

  /** Whether every text that is current at this commit has its filter. */
  isCompleteAt(commit: string): boolean {
    return this.#try((file) => file.completeAt() === commit) ?? false;
  }

  /** Whether that is so and no more than a third of all filters are of other texts: `texts` are current. */
  isTidyAt(commit: string, texts: number): boolean {
    return this.isCompleteAt(commit) && (this.#try((file) => file.count()) ?? 0) <= 1.5 * texts + 100;
  }

  close(): void {
    this.#flush();
    this.#file?.close();
    this.#file = undefined;
  }

  #flush(): void {
    const filters = this.#waiting.splice(0);
    this.#waitingBytes = 0;
    if (filters.length === 0) return;
    const isWritten = this.#try((file) => {
      file.add(filters);
      return true;
    });
    this.#hasGaps ||= isWritten !== true;
  }

  #try<T>(work: (file: FilterFile) => T): T | undefined {
    try {
      this.#file ??= new FilterFile(this.#path, timeoutMs);
      return work(this.#file);
    } catch {
      // A cache that takes nothing costs the next search its time, and nobody a configuration.
      return undefined;
    }
  }
}
