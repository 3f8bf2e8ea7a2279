import { Candidate } from './candidate.ts';
import { matchCommand } from './command-match.ts';
import type { CommandSession } from './command-session.ts';
import type { SimulatedDevice } from './device.ts';
import { Editing } from './editing.ts';
import type { Ask, Persona, PersonaCommand, PersonaMode, PromptState } from './persona.ts';
import { applyPipe, sectionsOf } from './pipes.ts';
import { PosixSession } from './posix/session.ts';
import { refusal } from './refusal.ts';
import type { Reply } from './reply.ts';
import { openedText, withShownDelimiter } from './text-block.ts';

const shownColumns = (prompt: string): number =>
  prompt.slice(prompt.lastIndexOf('\n') + 1).replaceAll(/\x1b\[[0-9;?]*[a-zA-Z]|\r/g, '').length;

/** The command line of one session: takes a line, changes the device, says what it answers. Knows no terminal. */
export class Interpreter implements CommandSession {
  readonly device: SimulatedDevice;
  readonly id: number;
  readonly protocol: 'ssh' | 'telnet';
  readonly tell: (text: string) => void;
  readonly #persona: Persona;
  #mode: string;
  #editing: Editing | undefined;
  #candidate: Candidate | undefined;
  #left: (() => void)[] = [];
  #counter = 1;
  #typed = '';
  #posix: PosixSession | undefined;
  label = '';

  constructor(device: SimulatedDevice, protocol: 'ssh' | 'telnet', tell: (text: string) => void = () => {}) {
    this.device = device;
    this.tell = tell;
    this.#persona = device.persona;
    this.protocol = protocol;
    this.#mode = device.persona.start;
    this.id = device.nextSession();
  }

  get user(): string {
    return this.device.spec.user;
  }

  get mode(): string {
    return this.#mode;
  }

  get typed(): string {
    return this.#typed;
  }

  get editing(): Editing | undefined {
    return this.#editing;
  }

  get candidate(): Candidate | undefined {
    return this.#candidate;
  }

  get prompt(): string {
    return this.#modeData.prompt(this.#state());
  }

  /** What Enter prints. */
  enter(line: string): string {
    return this.#persona.enter?.(this.#state(line)) ?? '\r\n';
  }

  /** The mode in which commands without a terminal are run. */
  skipEnable(): void {
    const mode = ['privileged', 'manager'].find((name) => this.#persona.modes[name] !== undefined);
    if (mode !== undefined) this.#mode = mode;
  }

  go(mode: string, target?: Candidate): void {
    const wasEditing = this.#modeData.edits === true;
    this.#mode = mode;
    const { edits, candidate } = this.#modeData;
    if (edits !== true) {
      if (wasEditing) this.#leave();
      return;
    }
    if (this.#editing !== undefined && target === undefined) return;
    this.keep();
    this.#candidate =
      target ??
      (candidate === 'shared' ? this.device.candidate : candidate === true ? new Candidate(this.device) : undefined);
    this.restartEditing();
  }

  whenLeft(then: () => void): void {
    this.#left.push(then);
  }

  restartEditing(): void {
    const { device } = this;
    this.#editing = new Editing(this.#persona.edit, this.#candidate ?? device.running, device.order);
  }

  /** What was typed is written into the text that is edited: the running configuration, where there is no candidate. */
  keep(): void {
    this.#editing?.keep();
  }

  /** The session is over. */
  close(): void {
    this.keep();
    this.#leave();
  }

  line(typed: string): Reply {
    this.#typed = typed;
    this.#counter += 1;
    const line = typed.trim();
    if (this.#persona.posix === true) {
      this.#posix ??= new PosixSession(this.device);
      return this.#posix.line(line);
    }
    if (line === '' || (/^[!#]/.test(line) && this.#modeData.readsAll !== true)) return {};
    const { escape: escapeWord, abbreviates = false } = this.#persona;
    const escaped = this.#modeData.edits === true && escapeWord !== undefined && line.startsWith(`${escapeWord} `);
    const [head = '', ...filters] =
      this.#persona.pipes === false ? [line] : (escaped ? line.slice(escapeWord.length + 1) : line).split(/ +\| */);
    const words = head.split(/ +/).filter((word) => word !== '');
    const commands = escaped
      ? this.#persona.commands.filter(
          (command) => command.in === undefined || command.in.some((mode) => this.#persona.modes[mode]?.edits !== true),
        )
      : this.#available();
    const match = matchCommand(commands, words, abbreviates);
    if (match !== undefined) return this.#start(match.command, match.rest, filters);
    if (this.#modeData.edits === true && !escaped) {
      const answer = this.#edit(line);
      if (answer !== 'unknown') return answer;
    }
    return { text: refusal(this.#persona, this.#modeData.edits === true, this.prompt, commands, line) };
  }

  get #modeData(): PersonaMode {
    return this.#persona.modes[this.#mode]!;
  }

  #state(typed = ''): PromptState {
    const { device } = this;
    const candidate = this.#candidate;
    const isPending = this.#editing?.isPending === true;
    return {
      host: device.host,
      user: this.user,
      mode: this.#mode,
      protocol: this.protocol,
      path: this.#editing?.path ?? [],
      section: this.#editing?.section ?? '',
      label: this.label,
      get isDirty() {
        return isPending || (candidate === undefined ? device.isUnsaved : candidate.isChanged);
      },
      counter: this.#counter,
      typed,
    };
  }

  #leave(): void {
    this.#editing = undefined;
    this.#candidate = undefined;
    const left = this.#left;
    this.#left = [];
    for (const then of left) then();
  }

  #available(): PersonaCommand[] {
    const { edits } = this.#modeData;
    const { alsoConfiguring, modes, commands } = this.#persona;
    const isForeign = (command: PersonaCommand): boolean =>
      edits === true &&
      alsoConfiguring?.test(command.words) === true &&
      command.in?.some((mode) => modes[mode]?.edits) !== true;
    return commands.filter(
      (command) => (command.in === undefined ? edits !== true : command.in.includes(this.#mode)) || isForeign(command),
    );
  }

  #edit(line: string): Reply | 'unknown' {
    if (this.#editing === undefined) this.restartEditing();
    const editing = this.#editing!;
    if (this.device.faults.refuses(line)) return 'unknown';
    const opened = openedText(line, this.#persona.edit);
    if (opened !== undefined && !opened.isClosed) return this.#openText(line, opened.delimiter);
    const refused = editing.type(line);
    if (refused === 'unknown') return 'unknown';
    if (refused !== undefined) return { text: refused.says(line, shownColumns(this.prompt)) };
    // A new name is in the next prompt.
    if (/host-?name|sysname|name|^(?:end|next)$/i.test(line)) this.keep();
    return {};
  }

  /** Lines up to the delimiter are one text, as of a banner. */
  #openText(opening: string, delimiter: string): Reply {
    const lines = [opening];
    return {
      text: this.#persona.edit.opensText?.says?.(delimiter) ?? '',
      read: {
        prompt: this.#persona.edit.opensText?.prompt?.replace('%', this.device.host) ?? '',
        line: (line) => {
          if (line !== '\x03') lines.push(line);
          if (!line.includes(delimiter) && line !== '\x03') return undefined;
          this.#editing?.type(withShownDelimiter(lines, delimiter, this.#persona.edit.opensText?.shown));
          return {};
        },
      },
    };
  }

  #start(command: PersonaCommand, rest: readonly string[], filters: readonly string[]): Reply {
    const { ask, refusesDirty } = command;
    if (refusesDirty !== undefined && (this.#editing?.path.length ?? 0) === 0 && this.#state().isDirty) {
      return { text: refusesDirty };
    }
    if (command.edits === true) {
      this.#edit([command.words, ...rest].join(' '));
      this.keep();
    }
    const needsAsking =
      ask !== undefined &&
      (ask.whenDirty !== true || this.#state().isDirty) &&
      !(ask.secret === 'enable' && this.#persona.needsEnable !== true);
    return needsAsking ? this.#ask(ask, command, ask.tries ?? 1) : this.#perform(command, rest, filters);
  }

  #ask(ask: Ask, command: PersonaCommand, left: number): Reply {
    return {
      ask: {
        text: ask.question,
        isHidden: ask.secret !== undefined,
        isKey: ask.key === true,
        answered: (answer) => this.#answered(ask, command, left, answer),
      },
    };
  }

  #answered(ask: Ask, command: PersonaCommand, left: number, answer: string): Reply {
    if (ask.secret !== undefined) {
      if (answer === this.device.spec[ask.secret]) return this.#perform(command, [], []);
      if (left > 1) return this.#ask({ ...ask, question: ask.again ?? ask.question }, command, left - 1);
      return { text: ask.refused ?? '' };
    }
    if (ask.yes === undefined || ask.yes.test(answer)) {
      return ask.next === undefined
        ? this.#perform(command, [], [])
        : this.#ask(ask.next, command, ask.next.tries ?? 1);
    }
    return ask.no === undefined ? {} : this.#perform({ ...command, effect: ask.no }, [], []);
  }

  #perform(command: PersonaCommand, rest: readonly string[], filters: readonly string[]): Reply {
    this.keep();
    const left = [...filters];
    let reply: Reply;
    if (command.run !== undefined) {
      reply = command.run(this, rest, left);
      this.keep();
      if (command.to !== undefined) this.go(command.to);
    } else reply = this.#effect(command, rest, left);
    let text = reply.text ?? '';
    if (this.#persona.stamp !== undefined && command.words !== 'show' && /^(show|display|admin)/.test(command.words))
      text = this.#persona.stamp + text;
    for (const filter of left) {
      const filtered = applyPipe(text, filter);
      if (filtered === undefined) return { text: this.#persona.unknown(filter, 0) };
      text = filtered;
    }
    return { ...reply, text };
  }

  #effect(command: PersonaCommand, rest: readonly string[], filters: readonly string[]): Reply {
    const { device } = this;
    let text = command.print?.(device.facts, rest) ?? '';
    let reply: Reply = {};
    let isStill = false;
    switch (command.effect) {
      case 'logout':
        return { text, end: 'logout' };
      case 'page off':
        reply = { rows: 0 };
        break;
      case 'page on':
        reply = { rows: Number(rest[0]) || 24 };
        break;
      case 'configuration':
        reply = { isConfiguration: true };
        text += this.#configuration(command, command.ignoresRest === true ? [] : rest, filters);
        break;
      case 'discard':
        this.#candidate?.clear();
        this.restartEditing();
        break;
      case 'up':
        isStill = this.#editing?.up() === true;
        break;
      case 'top':
        this.#editing?.top();
        break;
      case 'save':
        device.save();
        break;
      case undefined:
        break;
    }
    const to = command.effect === 'up' ? (command.to ?? this.#modeData.leaves) : command.to;
    if (!isStill && to !== undefined && to !== this.#mode) this.go(to);
    return { ...reply, text };
  }

  #configuration(command: PersonaCommand, rest: readonly string[], filters: readonly string[]): string {
    const isSet = command.form === 'set' || filters.some((filter) => /^display set/.test(filter.trim()));
    if (this.#candidate !== undefined) return this.#candidate.text;
    const { device } = this;
    const text = device.show(isSet ? 'set' : undefined);
    if (rest.length === 0) return text;
    const wanted = [...(command.showsAs === undefined ? [] : [command.showsAs]), ...rest].join(' ');
    return sectionsOf(text, wanted) || (this.#persona.noSection ?? '');
  }
}

/** Runs one command without a terminal: no echo, no prompt, no pages; a question gets no answer. */
export function runAlone(device: SimulatedDevice, line: string): { readonly text: string; readonly exitCode: number } {
  const session = new Interpreter(device, 'ssh');
  session.skipEnable();
  const reply = session.line(line);
  session.close();
  return { text: device.now(reply.text ?? ''), exitCode: reply.exitCode ?? 0 };
}
