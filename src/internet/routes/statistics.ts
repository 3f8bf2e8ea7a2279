/** What reading brought, and what it had to leave out. Byte offsets count from the start of the unpacked data. */
export interface ReadStatistics {
  /** As stored, and unpacked. */
  readonly fileBytes: number;
  readonly unpackedBytes: number;
  readonly records: number;
  /** Routes of tables and announcements of updates. */
  readonly routes: number;
  readonly withdrawals: number;
  readonly stateChanges: number;
  /** What was passed over, by reason. */
  readonly skipped: readonly Skipped[];
  /** Where the data is damaged, cut short or out of step, in order; at most a hundred are listed. */
  readonly damage: readonly Damage[];
  readonly damageCount: number;
  /** When what was read was recorded, in seconds since 1970: of the newest source. Left out where none says. */
  readonly timeS?: number;
}

export interface Skipped {
  readonly reason: string;
  readonly count: number;
  readonly firstOffset: number;
}

export interface Damage {
  readonly source: string;
  readonly offset: number;
  /** Bytes that could not be used. */
  readonly bytes: number;
  readonly reason: string;
}

const damageLimit = 100;
/** MRT is of 1999: an earlier time, such as 0, is none. */
const firstTimeS = Date.UTC(1999, 0) / 1000;

/** Gathers the statistics of one or many sources. */
export class ReadingLog {
  source = '';
  fileBytes = 0;
  unpackedBytes = 0;
  records = 0;
  routes = 0;
  withdrawals = 0;
  stateChanges = 0;
  damageCount = 0;
  readonly #skipped = new Map<string, { reason: string; count: number; firstOffset: number }>();
  readonly #damage: Damage[] = [];
  #timeS = 0;
  #timedSource: string | undefined;

  skip(reason: string, offset: number, count = 1): void {
    const known = this.#skipped.get(reason);
    if (known) known.count += count;
    else this.#skipped.set(reason, { reason, count, firstOffset: offset });
  }

  damaged(offset: number, bytes: number, reason: string): void {
    this.damageCount += 1;
    if (this.#damage.length < damageLimit) this.#damage.push({ source: this.source, offset, bytes, reason });
  }

  /** The first record of a source says when it was made: the others are of the same hour, or damaged. */
  recordedAt(timeS: number): void {
    if (this.#timedSource === this.source) return;
    this.#timedSource = this.source;
    this.#timeS = Math.max(this.#timeS, timeS);
  }

  statistics(): ReadStatistics {
    const { fileBytes, unpackedBytes, records, routes, withdrawals, stateChanges, damageCount } = this;
    return {
      fileBytes,
      unpackedBytes,
      records,
      routes,
      withdrawals,
      stateChanges,
      skipped: [...this.#skipped.values()],
      damage: [...this.#damage],
      damageCount,
      ...(this.#timeS >= firstTimeS && { timeS: this.#timeS }),
    };
  }
}
