import { canonicalText, settledText } from './canonical.ts';
import type { ConfigText } from './config-text.ts';
import type { SimulatedDevice } from './device.ts';
import { createEditor } from './editor.ts';

/** One thing that was done to a candidate: a line typed in a section, or a whole text loaded. */
type Step = { readonly path: readonly string[]; readonly line: string } | { readonly whole: string };

/**
 * A configuration that is worked on beside the running one. Untouched it is the running one, whatever becomes of that;
 * touched it remembers what was typed, so that it can be done again on a running configuration that has moved on.
 */
export class Candidate implements ConfigText {
  readonly #device: SimulatedDevice;
  #text: string | undefined;
  #steps: Step[] = [];
  #base = 0;
  #revision = 0;

  constructor(device: SimulatedDevice) {
    this.#device = device;
  }

  get text(): string {
    return this.#text ?? this.#device.running.text;
  }

  /** Negative as long as it follows the running configuration. */
  get revision(): number {
    return this.#text === undefined ? -1 - this.#device.running.revision : this.#revision;
  }

  /** Something in it differs from what runs. */
  get isChanged(): boolean {
    return this.#text !== undefined && this.#text !== this.#device.running.text;
  }

  /** Something was typed or loaded, whether it makes a difference or not. */
  get isTouched(): boolean {
    return this.#text !== undefined;
  }

  /** A whole text was loaded into it. */
  get isWhole(): boolean {
    return this.#steps.some((step) => 'whole' in step);
  }

  /** Somebody else changed the running configuration since this one was begun. */
  get isStale(): boolean {
    return this.#text !== undefined && this.#base !== this.#device.running.revision;
  }

  set(text: string): void {
    this.#begin();
    this.#text = text;
    this.#revision += 1;
  }

  record(path: readonly string[], line: string): void {
    this.#begin();
    this.#steps.push({ path, line });
  }

  /** A whole text takes its place. */
  load(text: string): void {
    this.set(text);
    this.#steps = [{ whole: text }];
  }

  clear(): void {
    this.#text = undefined;
    this.#steps = [];
  }

  /** What runs once it is committed: as the device prints it, on the configuration that runs by then. */
  get outcome(): string {
    const text = this.isStale ? this.rebased() : this.text;
    return this.isWhole ? canonicalText(this.#device, text) : settledText(this.#device, text);
  }

  /** What was typed and nothing else: a configuration that began empty. */
  onlyTyped(): string {
    return this.#replayed('');
  }

  /** What was typed, done again on the configuration that runs now. */
  rebased(): string {
    return this.#replayed(this.#device.running.text);
  }

  #replayed(base: string): string {
    const { edit } = this.#device.persona;
    let editor = createEditor(edit, base, this.#device.order);
    for (const step of this.#steps) {
      if ('whole' in step) {
        editor = createEditor(edit, step.whole, this.#device.order);
        continue;
      }
      editor.top();
      editor.enter(step.path);
      editor.type(step.line);
    }
    return editor.text;
  }

  #begin(): void {
    if (this.#text !== undefined) return;
    this.#base = this.#device.running.revision;
    this.#text = this.#device.running.text;
  }
}
