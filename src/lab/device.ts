import { type Clock, NetwrightError, seededRandom } from '#core';
import { Candidate } from './candidate.ts';
import { lineSum, settledText } from './canonical.ts';
import { commitsOf } from './commit-log.ts';
import type { ConfigText } from './config-text.ts';
import type { DeviceStatus } from './device-control.ts';
import { DeviceFaults } from './device-faults.ts';
import { DeviceFiles } from './device-files.ts';
import { DeviceTime, type DeviceTimer } from './device-time.ts';
import { createEditor } from './editor.ts';
import { asSetLines } from './editor-set.ts';
import { type Facts, factsOf } from './facts.ts';
import type { DeviceSpec } from './fleet.ts';
import { generateConfiguration } from './generate.ts';
import type { Persona } from './persona.ts';
import { atMoment, withMarks } from './volatile.ts';

/** Virtual seconds that pass between two reads, so that clocks in configurations differ at each. */
const secondsPerRead = 7;
const defaultDownMs = 50;
/** The moment at which a text is compared, whenever that is done. */
const stillMs = Date.UTC(2026, 0, 1);
const linesRemembered = 10_000;
const textsRemembered = 20;
const noFiles = { kind: 'flat', prefix: 'flash:/', totalBytes: 8_000_000, usedBytes: 4_000_000 } as const;

/** An open terminal, as its device sees it. */
export interface DeviceTerminal {
  /** Prints what nobody asked for. */
  tell(text: string): void;
  /** The connection is gone at once. */
  cut(): void;
  /** The network is back: what was held goes on. */
  thaw(): void;
}

/**
 * The state of one simulated device, shared by all its sessions. Its configuration is generated when it is read; only
 * a device that was changed keeps a text of its own.
 */
export class SimulatedDevice {
  readonly spec: DeviceSpec;
  readonly persona: Persona;
  readonly time: DeviceTime;
  readonly faults = new DeviceFaults();
  readonly terminals = new Set<DeviceTerminal>();
  readonly running: ConfigText;
  readonly #configBytes: number;
  readonly #parts = new Map<unknown, unknown>();
  readonly #restarted: (() => void)[] = [];
  readonly #reached = new Set<(isReachable: boolean) => void>();
  readonly #typed: string[] = [];
  #files: DeviceFiles | undefined;
  #running: string | undefined;
  readonly #past: { readonly text: string; readonly sum: number }[] = [];
  #generatedSum: number | undefined;
  #revision = 0;
  #startup: string | undefined;
  #shared: Candidate | undefined;
  #host: string | undefined;
  #reads = 0;
  #changes = 0;
  #sessions = 0;
  #isDown = false;
  #isShutOff = false;
  #rollback: DeviceTimer | undefined;
  /** Restarts so far. */
  reboots = 0;
  /** Changed since it was last saved to the start-up configuration. */
  isUnsaved = false;
  /** Logins so far, for the fault that shows another host key from the second on. */
  connections = 0;

  constructor(spec: DeviceSpec, persona: Persona, configBytes: number, clock: Clock) {
    this.spec = spec;
    this.persona = persona;
    this.#configBytes = configBytes;
    this.time = new DeviceTime(clock);
    const revision = (): number => this.#revision;
    const text = (): string => this.#running ?? this.generated;
    this.running = {
      get text() {
        return text();
      },
      get revision() {
        return revision();
      },
      set: (changed) => this.#setRunning(changed),
    };
  }

  get facts(): Facts {
    return factsOf({ ...this.spec, host: this.spec.name });
  }

  get host(): string {
    return this.#host ?? this.spec.name;
  }

  get files(): DeviceFiles {
    this.#files ??= new DeviceFiles(this.persona.files ?? noFiles);
    this.#files.isFull = this.faults.has('disk-full');
    return this.#files;
  }

  admits(user: string, password: string | undefined): boolean {
    const { userOptions } = this.persona;
    const name = userOptions === undefined ? user : user.split(userOptions)[0];
    return this.spec.fault !== 'wrong-password' && name === this.spec.user && password === this.spec.password;
  }

  /** A saved setting keeps the pager off. As it left the factory it is on. */
  get neverPages(): boolean {
    return this.#running !== undefined && this.persona.paging?.offWhen?.test(this.#running) === true;
  }

  /** As it left the hands of whoever set it up. */
  get generated(): string {
    return generateConfiguration(this.persona.config, this.facts, this.#configBytes);
  }

  /** The text whose words are known, and in whose order lines that come back are printed. */
  get order(): string | undefined {
    return /^(?:lines|set|md)$/.test(this.persona.edit.style) ? this.generated : undefined;
  }

  /** Whole configurations that it has printed, the running one first, each with its {@link lineSum}. */
  *knownTexts(): Generator<{ readonly text: string; readonly sum: number }> {
    const { text } = this.running;
    yield { text, sum: lineSum(text) };
    yield* this.#past.toReversed();
    if (this.#startup !== undefined) yield { text: this.#startup, sum: lineSum(this.#startup) };
    const { generated } = this;
    this.#generatedSum ??= lineSum(generated);
    yield { text: generated, sum: this.#generatedSum };
  }

  get startup(): string {
    return this.#startup ?? this.generated;
  }

  set startup(text: string) {
    this.#startup = text;
  }

  save(): void {
    this.#startup = this.#running;
    this.isUnsaved = false;
  }

  /** The candidate that all sessions share. */
  get candidate(): Candidate {
    this.#shared ??= new Candidate(this);
    return this.#shared;
  }

  /** A part of the state that only one kind of system has: made when it is first asked for. */
  part<T>(make: (device: SimulatedDevice) => T): T {
    if (!this.#parts.has(make)) this.#parts.set(make, make(this));
    return this.#parts.get(make) as T;
  }

  /** Called at each restart, once the start-up configuration is running. */
  whenRestarted(then: () => void): void {
    this.#restarted.push(then);
  }

  nextSession(): number {
    this.#sessions += 1;
    return this.#sessions;
  }

  remember(line: string): void {
    this.#typed.push(line);
    if (this.#typed.length > linesRemembered) this.#typed.shift();
  }

  get typed(): readonly string[] {
    return this.#typed;
  }

  /** Whatever text with marks, as it reads now. */
  now(text: string): string {
    this.#reads += 1;
    const nowMs = this.time.now() + this.#reads * secondsPerRead * 1000;
    const bootedMs = Date.UTC(2026, 0, 5) - (this.spec.seed % 30_000_000) * 100;
    return atMoment(text, { nowMs, bootedMs, random: seededRandom(this.spec.seed ^ (this.#reads * 7919)) });
  }

  /** As it reads at one and the same moment always. */
  still(text: string): string {
    return atMoment(text, { nowMs: stillMs, bootedMs: stillMs - 1e9, random: seededRandom(1) });
  }

  /** A text that came from outside, with marks where the running configuration has them. */
  marked(text: string): string {
    return withMarks(text, this.running.text);
  }

  /** What the command that shows the configuration prints, marks in place. */
  show(form?: 'set', text = this.running.text): string {
    const { before, after } = this.persona.config;
    if (form === 'set') return asSetLines(text, this.persona.edit);
    const { facts } = this;
    return `${before?.(facts, text.length) ?? ''}${text}${after?.(facts) ?? ''}`;
  }

  /** Applies the next of the persona's small changes. */
  change(): string {
    const { changes } = this.persona;
    const nth = this.#changes;
    this.#changes += 1;
    const { lines, sentence } = changes[(this.spec.seed + nth) % changes.length]!(this.facts, nth);
    this.configure(lines);
    return `${this.spec.name}: ${sentence}`;
  }

  /** Types lines from the top of the configuration, in force at once. */
  configure(lines: readonly string[]): void {
    const editor = createEditor(this.persona.edit, this.running.text, this.order);
    for (const line of lines) {
      if (!editor.type(line))
        throw new NetwrightError('NW_LAB_FAILED', `${this.spec.name} (${this.persona.id}) does not take: ${line}`);
    }
    // The log is made before the change, so that it knows what ran first.
    const log = this.persona.startup === 'commit' ? commitsOf(this) : undefined;
    this.running.set(editor.text);
    log?.note({ user: 'console', via: 'cli' });
  }

  tell(text: string): void {
    for (const terminal of this.terminals) terminal.tell(text);
  }

  /** Remembers which timer takes a change back, so that it can be asked for; `undefined`: none does. */
  awaits(rollback: DeviceTimer | undefined): void {
    this.#rollback = rollback;
  }

  get isReachable(): boolean {
    return !this.#isDown && !this.#isShutOff;
  }

  /** Neither up nor down: only the network is missing. */
  get isFrozen(): boolean {
    return this.#isShutOff;
  }

  whenReachable(then: (isReachable: boolean) => void): void {
    this.#reached.add(then);
  }

  status(): DeviceStatus {
    return {
      isReachable: this.isReachable,
      sessions: this.terminals.size,
      reboots: this.reboots,
      ...(this.#rollback === undefined ? {} : { rollbackInMs: this.#rollback.dueMs - this.time.now() }),
      isUnsaved: this.running.text !== this.startup,
    };
  }

  reboot(downMs = defaultDownMs): void {
    this.reboots += 1;
    this.#isDown = true;
    this.time.clear();
    this.#rollback = undefined;
    for (const terminal of [...this.terminals]) terminal.cut();
    this.#shared = undefined;
    this.#isShutOff = false;
    this.#tellReach();
    this.#setRunning(this.startup);
    this.isUnsaved = false;
    for (const then of this.#restarted) then();
    this.time.after(downMs, () => {
      this.#isDown = false;
      this.#tellReach();
    });
  }

  /** The device is taken away: nothing of it goes on. */
  stop(): void {
    this.time.clear();
  }

  #tellReach(): void {
    for (const then of this.#reached) then(this.isReachable);
  }

  #setRunning(typed: string): void {
    const before = this.running.text;
    if (typed === before) return;
    const text = settledText(this, typed);
    if (text === before) return;
    this.#past.push({ text: before, sum: lineSum(before) });
    if (this.#past.length > textsRemembered) this.#past.shift();
    this.#running = text;
    this.#revision += 1;
    this.isUnsaved = true;
    const { startup } = this.persona;
    if (startup === 'commit' || (typeof startup === 'function' && (startup(before) || startup(text)))) this.save();
    const name = text
      .split('\n')
      .map((line) => this.persona.edit.hostname.exec(line)?.[1])
      .find((found) => found !== undefined);
    this.#host = name?.replaceAll(/["';]/g, '');
    this.persona.changed?.(this);
    if (this.persona.shutsOff !== undefined) this.shutOff(this.persona.shutsOff(text));
  }

  /** The network around the device is gone, or back. */
  shutOff(isShutOff: boolean): void {
    if (isShutOff === this.#isShutOff) return;
    this.#isShutOff = isShutOff;
    this.#tellReach();
    if (!isShutOff) for (const terminal of this.terminals) terminal.thaw();
  }
}
