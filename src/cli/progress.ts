import stringWidth from 'string-width';
import { formatDuration } from '#core';
import type { RunEvent } from '#runner';
import type { LiveRegion, Screen } from './screen.ts';
import { cut, padded } from './table.ts';

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const redrawMs = 100;
/** Without a terminal: a line now and then is enough for a log. */
const plainLineMs = 10_000;
/** Up to so many running devices have a line each. */
const mostLines = 10;

interface Painter extends LiveRegion {
  (text: string): void;
  done(): void;
}

/**
 * How a run goes, on stderr: on a terminal one line per running device while they are few and one summary line when
 * they are many, drawn ten times a second at most; elsewhere a plain line every ten seconds.
 */
export class Progress implements AsyncDisposable {
  readonly #screen: Screen;
  readonly #title: string;
  readonly #running = new Map<string, { readonly sinceMs: number; note: string }>();
  readonly #startedMs = performance.now();
  #total = 0;
  #done = 0;
  #failed = 0;
  #frame = 0;
  #timer: NodeJS.Timeout | undefined;
  #painter: Painter | undefined;

  private constructor(screen: Screen, title: string) {
    this.#screen = screen;
    this.#title = title;
  }

  static async start(screen: Screen, title: string): Promise<Progress> {
    const progress = new Progress(screen, title);
    if (screen.isLive) {
      const { createLogUpdate } = await import('log-update');
      progress.#painter = createLogUpdate(screen.errorStream) as Painter;
      screen.setLive(progress.#painter);
    }
    progress.#timer = setInterval(() => progress.#draw(), progress.#painter ? redrawMs : plainLineMs);
    progress.#timer.unref();
    return progress;
  }

  readonly onEvent = (event: RunEvent): void => {
    switch (event.type) {
      case 'planned':
        this.#total = event.total;
        break;
      case 'started': {
        const note = event.attempt > 1 ? `attempt ${event.attempt}` : '';
        this.#running.set(event.device, { sinceMs: performance.now(), note });
        break;
      }
      case 'retrying':
        this.#running.set(event.device, {
          sinceMs: performance.now(),
          note: `again in ${formatDuration(event.inMs)}: ${event.reason}`,
        });
        break;
      case 'finished':
        this.#running.delete(event.outcome.device);
        this.#done += 1;
        if (!event.outcome.ok) this.#failed += 1;
        break;
    }
  };

  /** What a running device is at. */
  note(device: string, text: string): void {
    const running = this.#running.get(device);
    if (running !== undefined) running.note = text;
  }

  /** Work that is not done by a run of devices: so many of so many. */
  count(done: number, total: number): void {
    this.#done = done;
    this.#total = total;
  }

  /** Another run begins within the same progress. */
  restart(): void {
    this.#done = 0;
    this.#failed = 0;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer);
    this.#painter?.clear();
    this.#painter?.done();
    this.#screen.setLive(undefined);
  }

  #draw(): void {
    this.#screen.flush();
    if (this.#total === 0) return;
    if (this.#painter === undefined) this.#screen.note(this.#summary());
    else this.#painter(this.#picture());
  }

  #picture(): string {
    this.#frame = (this.#frame + 1) % frames.length;
    const { cyan, dim } = this.#screen.errorColors;
    const head = `${cyan(frames[this.#frame] ?? '')} ${bar(this.#done, this.#total)} ${this.#summary()}`;
    const rows = (this.#screen.errorStream.rows ?? 24) - 2;
    if (this.#running.size === 0 || this.#running.size > Math.min(mostLines, rows)) return head;
    const width = Math.max(...[...this.#running.keys()].map((name) => stringWidth(name)));
    const now = performance.now();
    const columns = this.#screen.errorStream.columns ?? 80;
    const lines = [...this.#running].map(([name, { sinceMs, note }]) => {
      const line = `  ${padded(name, width)}  ${formatDuration(now - sinceMs).padStart(8)}  ${this.#screen.redactor.redact(note)}`;
      return dim(cut(line, columns - 1));
    });
    return [head, ...lines].join('\n');
  }

  #summary(): string {
    const elapsedMs = performance.now() - this.#startedMs;
    const parts = [`${this.#title}: ${this.#done}/${this.#total}`];
    if (this.#failed > 0) parts.push(`${this.#failed} failed`);
    if (this.#running.size > 0) parts.push(`${this.#running.size} running`);
    const left = this.#total - this.#done;
    if (this.#done > 20 && left > 20) parts.push(`${formatDuration((elapsedMs / this.#done) * left)} left`);
    return parts.join(', ');
  }
}

function bar(done: number, total: number): string {
  const width = 20;
  const full = total === 0 ? 0 : Math.round((done / total) * width);
  return `${'━'.repeat(full)}${'╌'.repeat(width - full)}`;
}
