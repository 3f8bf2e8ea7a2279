import type { DeviceFault } from './device-control.ts';

/** What becomes of a line that was typed while faults are on. */
export interface LineFate {
  /** Not carried out. */
  readonly isLost?: true;
  /** What happens then. */
  readonly next?: 'cut' | 'cut after answer' | 'hang' | 'reboot';
  readonly downMs?: number;
}

type Counted = DeviceFault & { left?: number };

const matches = (pattern: string, line: string): boolean => new RegExp(pattern).test(line.trim());

/** The faults that were put on one device. */
export class DeviceFaults {
  #faults: Counted[] = [];

  add(fault: DeviceFault): void {
    this.#faults.push({
      ...fault,
      ...(fault.kind === 'cut' ? { left: 'atByte' in fault ? fault.atByte : fault.atCommand } : {}),
      ...(fault.kind === 'refuse' && typeof fault.line === 'number' ? { left: fault.line } : {}),
    });
  }

  clear(): void {
    this.#faults = [];
  }

  get isEmpty(): boolean {
    return this.#faults.length === 0;
  }

  /** Something that is on until it is taken away. */
  has(kind: 'rollback-fails' | 'disk-full'): boolean {
    return this.#faults.some((fault) => fault.kind === kind);
  }

  /** Whether the commit that is asked for now is to fail. */
  takeCommitFailure(): boolean {
    return this.#take((fault) => fault.kind === 'commit-fails') !== undefined;
  }

  /** Whether this configuration line is to be refused. */
  refuses(line: string): boolean {
    return (
      this.#take((fault) => {
        if (fault.kind !== 'refuse') return false;
        if (typeof fault.line === 'string') return matches(fault.line, line);
        fault.left = (fault.left ?? 1) - 1;
        return fault.left <= 0;
      }) !== undefined
    );
  }

  /** A line was typed at a prompt, or an answer given. */
  onLine(line: string): LineFate {
    const fault = this.#take((candidate) => {
      if (candidate.kind === 'cut' && 'atCommand' in candidate) {
        candidate.left = (candidate.left ?? 1) - 1;
        return candidate.left <= 0;
      }
      return (candidate.kind === 'reboot' || candidate.kind === 'hang') && matches(candidate.on, line);
    });
    if (fault === undefined) return {};
    if (fault.kind === 'cut' && 'atCommand' in fault) {
      if (fault.when === 'before') return { isLost: true, next: 'cut' };
      return { next: fault.when === 'after' ? 'cut after answer' : 'cut' };
    }
    if (fault.kind === 'reboot') {
      return {
        ...(fault.when === 'after' ? {} : { isLost: true }),
        next: 'reboot',
        ...(fault.downMs === undefined ? {} : { downMs: fault.downMs }),
      };
    }
    return { ...(fault.kind === 'hang' && fault.when === 'after' ? {} : { isLost: true }), next: 'hang' };
  }

  /** So many bytes are about to leave. @returns how many of them still do before the line is cut; undefined: all. */
  onBytes(count: number): number | undefined {
    for (const fault of this.#faults) {
      if (fault.kind !== 'cut' || !('atByte' in fault)) continue;
      const left = fault.left ?? fault.atByte;
      fault.left = left - count;
      if (left <= count) {
        this.#faults = this.#faults.filter((other) => other !== fault);
        return left;
      }
    }
    return undefined;
  }

  #take(wanted: (fault: Counted) => boolean): DeviceFault | undefined {
    const found = this.#faults.find(wanted);
    if (found !== undefined) this.#faults = this.#faults.filter((fault) => fault !== found);
    return found;
  }
}
