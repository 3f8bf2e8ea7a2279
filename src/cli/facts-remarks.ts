import type { Answer } from '#facts';
import type { Screen } from './screen.ts';

const mostWarnings = 20;
const mostNames = 6;

/** What devices said of themselves, and what was not understood, on stderr when all is done. */
export class FactRemarks {
  readonly #notes = new Map<string, string[]>();
  readonly #warnings: string[] = [];
  #more = 0;

  add(device: string, { warnings, notes }: Pick<Answer<unknown>, 'warnings' | 'notes'>): void {
    for (const note of notes) {
      const devices = this.#notes.get(note) ?? [];
      devices.push(device);
      this.#notes.set(note, devices);
    }
    for (const { command, line, number, reason } of warnings) {
      const place = number === undefined ? '' : `, line ${number}`;
      const said = line === undefined ? '' : `: ${line.trim()}`;
      const where = command === '' ? '' : ` ${command}${place}:`;
      if (this.#warnings.length < mostWarnings) this.#warnings.push(`${device}:${where} ${reason}${said}`);
      else this.#more += 1;
    }
  }

  print(screen: Screen): void {
    const { yellow, dim } = screen.errorColors;
    for (const [note, devices] of this.#notes) {
      const names = devices.slice(0, mostNames).join(', ');
      const more = devices.length > mostNames ? `, and ${devices.length - mostNames} more` : '';
      screen.note(dim(`  ${names}${more}: ${note}`));
    }
    for (const warning of this.#warnings) screen.note(`  ${yellow('not understood')} ${warning}`);
    if (this.#more > 0) screen.note(dim(`  and ${this.#more} more; --json has them all`));
  }
}
