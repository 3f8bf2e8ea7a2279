import type { CommandOutput } from '#device';
import type { Reading } from './read-outputs.ts';
import type { Screen } from './screen.ts';

/** Records of many devices as CSV: one header for all that have the same columns, one after the other. */
export class CsvOutput {
  readonly #screen: Screen;
  #header: string | undefined;

  constructor(screen: Screen) {
    this.#screen = screen;
  }

  /** What no template has read is named on stderr: it is no CSV. */
  add(device: string, outputs: readonly CommandOutput[], readings: readonly Reading[]): void {
    for (const [index, reading] of readings.entries()) {
      const csv = reading.csv(device);
      if (csv !== undefined) this.#print(csv);
      if (reading.trouble !== undefined) this.#screen.note(`${device}: ${outputs[index]?.command}: ${reading.trouble}`);
    }
  }

  #print(csv: string): void {
    const end = csv.indexOf('\n') + 1;
    const header = csv.slice(0, end);
    this.#screen.printText(header === this.#header ? csv.slice(end) : csv);
    this.#header = header;
  }
}
