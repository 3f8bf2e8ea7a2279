import { type Clock, seededRandom } from '#core';
import { createEditor } from './editor.ts';
import { asSetLines } from './editor-set.ts';
import { type Facts, factsOf } from './facts.ts';
import type { DeviceSpec } from './fleet.ts';
import { generateConfiguration } from './generate.ts';
import type { Persona } from './persona.ts';
import { atMoment } from './volatile.ts';

/** Virtual seconds that pass between two reads, so that clocks in configurations differ at each. */
const secondsPerRead = 7;

/**
 * The state of one simulated device. Its configuration is generated when it is read; only a device that was changed
 * keeps a text of its own.
 */
export class SimulatedDevice {
  readonly spec: DeviceSpec;
  readonly persona: Persona;
  readonly #clock: Clock;
  readonly #configBytes: number;
  #changed: string | undefined;
  #host: string | undefined;
  #reads = 0;
  #changes = 0;
  /** Changed since it was last saved to the start-up configuration. */
  isDirty = false;
  /** Logins so far, for the fault that shows another host key from the second on. */
  connections = 0;

  constructor(spec: DeviceSpec, persona: Persona, configBytes: number, clock: Clock) {
    this.spec = spec;
    this.persona = persona;
    this.#configBytes = configBytes;
    this.#clock = clock;
  }

  get facts(): Facts {
    return factsOf({ ...this.spec, host: this.spec.name });
  }

  get host(): string {
    return this.#host ?? this.spec.name;
  }

  admits(user: string, password: string | undefined): boolean {
    const { userOptions } = this.persona;
    const name = userOptions === undefined ? user : user.split(userOptions)[0];
    return this.spec.fault !== 'wrong-password' && name === this.spec.user && password === this.spec.password;
  }

  /** A saved setting keeps the pager off. As it left the factory it is on. */
  get neverPages(): boolean {
    return this.#changed !== undefined && this.persona.paging?.offWhen?.test(this.#changed) === true;
  }

  /** With marks where volatile text stands. */
  get stored(): string {
    return this.#changed ?? generateConfiguration(this.persona.config, this.facts, this.#configBytes);
  }

  store(text: string): void {
    if (text === this.stored) return;
    this.#changed = text;
    this.isDirty = true;
    const name = text
      .split('\n')
      .map((line) => this.persona.edit.hostname.exec(line)?.[1])
      .find((found) => found !== undefined);
    this.#host = name?.replaceAll(/["';]/g, '');
  }

  /** Whatever text with marks, as it reads now. */
  now(text: string): string {
    this.#reads += 1;
    const nowMs = this.#clock.now() + this.#reads * secondsPerRead * 1000;
    const bootedMs = Date.UTC(2026, 0, 5) - (this.spec.seed % 30_000_000) * 100;
    return atMoment(text, { nowMs, bootedMs, random: seededRandom(this.spec.seed ^ (this.#reads * 7919)) });
  }

  /** What the command that shows the configuration prints, marks in place. */
  show(form?: 'set'): string {
    const { before, after } = this.persona.config;
    const text = this.stored;
    if (form === 'set') return asSetLines(text, this.persona.edit);
    const { facts } = this;
    return `${before?.(facts, text.length) ?? ''}${text}${after?.(facts) ?? ''}`;
  }

  /** Applies the next of the persona's small changes. */
  change(): string {
    const { changes, edit } = this.persona;
    const nth = this.#changes;
    this.#changes += 1;
    const { lines, sentence } = changes[(this.spec.seed + nth) % changes.length]!(this.facts, nth);
    const editor = createEditor(edit, this.stored);
    for (const line of lines) {
      if (!editor.type(line)) throw new Error(`${this.persona.id} does not take its own change: ${line}`);
    }
    this.store(editor.text);
    return `${this.spec.name}: ${sentence}`;
  }
}
