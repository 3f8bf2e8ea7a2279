import { decodeText } from '#core';
import { runChain } from './chain.ts';
import { matchCommand } from './command-match.ts';
import { compareConfigurations } from './compare.ts';
import type { SimulatedDevice } from './device.ts';
import { createEditor, type Editor } from './editor.ts';
import type { Facts } from './facts.ts';
import { printFaulty } from './faults.ts';
import { showFiles } from './files-text.ts';
import { Pager } from './pager.ts';
import type { Ask, Persona, PersonaCommand, PersonaMode, PromptState } from './persona.ts';
import { applyPipe, sectionsOf } from './pipes.ts';
import { refusal } from './refusal.ts';
import { Tty, type Wire } from './tty.ts';

export interface ShellOptions {
  readonly protocol: 'ssh' | 'telnet';
  /** Lines of the client's window; 0 where it told none that can be paged by. */
  readonly rows: number;
  readonly echoes: boolean;
  /** False on Telnet, where the shell asks for user and password itself. */
  readonly isLoggedIn: boolean;
}

type Waiting =
  | { readonly kind: 'command' }
  | { readonly kind: 'user' }
  | { readonly kind: 'password'; readonly user: string }
  | { readonly kind: 'notice' }
  | { readonly kind: 'answer'; readonly ask: Ask; readonly command: PersonaCommand; readonly left: number }
  | { readonly kind: 'page'; readonly pager: Pager };

/** One terminal on one simulated device: reads lines one after the other and answers as the persona does. */
export class Shell {
  readonly #device: SimulatedDevice;
  readonly #persona: Persona;
  readonly #facts: Facts;
  readonly #tty: Tty;
  readonly #wire: Wire;
  readonly #protocol: 'ssh' | 'telnet';
  #waiting: Waiting = { kind: 'command' };
  #mode: string;
  #editor: Editor | undefined;
  #isEdited = false;
  #rows: number;
  #counter = 1;
  #logins = 0;
  #isBusy = false;
  #isClosed = false;
  /** No prompts: a single command of SSH exec. */
  #isQuiet = false;
  #cancelWork: (() => void) | undefined;

  constructor(device: SimulatedDevice, wire: Wire, options: ShellOptions) {
    this.#device = device;
    this.#persona = device.persona;
    this.#facts = device.facts;
    this.#wire = wire;
    this.#protocol = options.protocol;
    this.#mode = device.persona.start;
    this.#rows = device.neverPages ? 0 : options.rows > 0 ? options.rows : 24;
    this.#tty = new Tty(wire, { echoes: options.echoes, latin1: device.persona.charset === 'latin1' });
    if (options.isLoggedIn) this.#welcome();
    else {
      this.#tty.print(device.persona.telnet?.banner ?? '');
      this.#askUser();
    }
    this.#tty.flush();
  }

  get echoes(): boolean {
    return this.#tty.echoes;
  }

  set echoes(echoes: boolean) {
    this.#tty.echoes = echoes;
  }

  resize(rows: number): void {
    if (rows > 0 && this.#rows > 0) this.#rows = rows;
  }

  receive(bytes: Buffer): void {
    if (this.#isClosed) return;
    this.#tty.receive(bytes);
    this.#work();
  }

  /** The connection is gone: timers of a slow answer end. */
  close(): void {
    this.#isClosed = true;
    this.#cancelWork?.();
  }

  /** Runs one command without a terminal (SSH exec): no echo, no prompt, no pages. */
  static run(device: SimulatedDevice, line: string): Buffer {
    const parts: Buffer[] = [];
    const wire: Wire = { write: (bytes) => parts.push(bytes), whenDrained: (then) => then(), end() {}, reset() {} };
    const shell = new Shell(device, wire, { protocol: 'ssh', rows: 0, echoes: false, isLoggedIn: true });
    parts.length = 0;
    shell.#rows = 0;
    shell.#isQuiet = true;
    const mode = Object.keys(device.persona.modes).find((name) => name === 'privileged') ?? device.persona.start;
    shell.#mode = mode;
    shell.#command(line);
    shell.#tty.flush();
    shell.close();
    return Buffer.concat(parts);
  }

  get #modeData(): PersonaMode {
    return this.#persona.modes[this.#mode]!;
  }

  #state(typed = ''): PromptState {
    return {
      host: this.#device.host,
      user: this.#device.spec.user,
      mode: this.#mode,
      protocol: this.#protocol,
      path: this.#editor?.path ?? [],
      section: this.#editor?.section ?? '',
      isDirty: this.#modeData.candidate === true ? this.#isEdited : this.#device.isDirty || this.#isEdited,
      counter: this.#counter,
      typed,
    };
  }

  /** Reads what was typed as long as nothing has to be waited for, then sends all that was printed at once. */
  #work(): void {
    while (!this.#isBusy && !this.#isClosed && this.#step());
    if (!this.#isBusy) this.#keep();
    if (!this.#isClosed) this.#tty.flush();
  }

  #step(): boolean {
    const waiting = this.#waiting;
    if (
      waiting.kind === 'page' ||
      waiting.kind === 'notice' ||
      (waiting.kind === 'answer' && waiting.ask.key === true)
    ) {
      const key = this.#tty.takeKey();
      if (key === undefined) return false;
      if (waiting.kind === 'page') this.#page(waiting.pager, key);
      else if (waiting.kind === 'notice') this.#dismiss(key);
      else this.#answer(waiting, key);
      return true;
    }
    const isHidden = waiting.kind === 'password' || (waiting.kind === 'answer' && waiting.ask.secret !== undefined);
    const line = this.#tty.takeLine(isHidden);
    if (line === undefined) return false;
    if (line === '\x04') {
      this.#logout();
      return false;
    }
    if (waiting.kind === 'command') {
      if (line === '\x03') {
        this.#tty.raw('^C\r\n');
        this.#prompt();
        return true;
      }
      this.#tty.raw(this.#persona.enter?.(this.#state(line)) ?? '\r\n');
      this.#command(line);
      return true;
    }
    this.#tty.raw('\r\n');
    if (waiting.kind === 'user') this.#askPassword(line);
    else if (waiting.kind === 'password') this.#checkPassword(waiting.user, line);
    else this.#answer(waiting, line);
    return true;
  }

  // The login.

  #askUser(): void {
    this.#waiting = { kind: 'user' };
    this.#tty.print(this.#persona.telnet?.user.replace('{host}', this.#device.host) ?? 'login: ');
  }

  #askPassword(user: string): void {
    if (user === '') {
      this.#askUser();
      return;
    }
    this.#waiting = { kind: 'password', user };
    this.#tty.print(this.#persona.telnet?.password ?? 'Password: ');
  }

  #checkPassword(user: string, password: string): void {
    if (this.#device.admits(user, password)) {
      this.#welcome();
      return;
    }
    this.#logins += 1;
    this.#tty.print(this.#persona.telnet?.refused ?? 'Login incorrect\n');
    if (this.#logins >= (this.#persona.telnet?.tries ?? 3)) this.#end();
    else this.#askUser();
  }

  #welcome(): void {
    const { fault } = this.#device.spec;
    this.#waiting = { kind: 'command' };
    if (fault === 'reset') {
      this.#isClosed = true;
      this.#wire.reset();
      return;
    }
    if (fault === 'no-prompt') {
      this.#isBusy = true;
      return;
    }
    this.#tty.print(this.#device.now(this.#persona.motd?.(this.#facts) ?? ''));
    if (this.#persona.notice !== undefined) {
      this.#waiting = { kind: 'notice' };
      this.#tty.print(this.#persona.notice.text);
    } else this.#prompt();
  }

  #dismiss(key: string): void {
    const notice = this.#persona.notice!;
    if (notice.key !== 'any' && key !== notice.key) return;
    this.#tty.raw(notice.erase);
    this.#waiting = { kind: 'command' };
    this.#prompt();
  }

  // Commands.

  #prompt(): void {
    if (!this.#isClosed && !this.#isQuiet) this.#tty.raw(this.#modeData.prompt(this.#state()));
  }

  #available(): PersonaCommand[] {
    const { edits } = this.#modeData;
    return this.#persona.commands.filter((command) =>
      command.in === undefined ? edits !== true : command.in.includes(this.#mode),
    );
  }

  #command(typed: string): void {
    this.#counter += 1;
    const line = typed.trim();
    if (line === '' || /^[!#]/.test(line)) {
      this.#prompt();
      return;
    }
    if (this.#persona.chains === true && /;|2>/.test(line)) {
      this.#print(
        runChain(line, (command) => decodeText(Shell.run(this.#device, command))),
        true,
      );
      return;
    }
    const { escape: escapeWord, abbreviates = false } = this.#persona;
    const escaped = this.#modeData.edits === true && escapeWord !== undefined && line.startsWith(`${escapeWord} `);
    const [head = '', ...filters] =
      this.#persona.pipes === false ? [line] : (escaped ? line.slice(escapeWord.length + 1) : line).split(/ +\| */);
    const words = head.split(/ +/).filter((word) => word !== '');
    const commands = escaped
      ? this.#persona.commands.filter(
          (command) => command.in === undefined || !command.in.some((mode) => this.#persona.modes[mode]?.edits),
        )
      : this.#available();
    const match = matchCommand(commands, words, abbreviates);
    if (match !== undefined) {
      this.#start(match.command, match.rest, filters);
      return;
    }
    if (this.#modeData.edits === true && !escaped && this.#edit(line)) {
      this.#prompt();
      return;
    }
    const prompt = this.#modeData.prompt(this.#state());
    this.#print(refusal(this.#persona, this.#modeData.edits === true, prompt, commands, line), false);
  }

  #edit(line: string): boolean {
    this.#editor ??= createEditor(this.#persona.edit, this.#device.stored);
    const known = this.#editor.type(line);
    if (known) this.#isEdited = true;
    // A new name is in the next prompt.
    if (known && /host-?name|sysname|name/i.test(line)) this.#keep();
    return known;
  }

  /** Without a candidate what was typed is in force at once. */
  #keep(): void {
    if (this.#editor !== undefined && this.#isEdited && this.#modeData.candidate !== true) {
      this.#device.store(this.#editor.text);
      this.#isEdited = false;
    }
  }

  #start(command: PersonaCommand, rest: readonly string[], filters: readonly string[]): void {
    const { ask, refusesDirty } = command;
    if (refusesDirty !== undefined && this.#state().isDirty && (this.#editor?.path.length ?? 0) === 0) {
      this.#print(refusesDirty, false);
      return;
    }
    if (command.edits === true) this.#edit([command.words, ...rest].join(' '));
    const needsAsking =
      ask !== undefined &&
      (ask.whenDirty !== true || this.#state().isDirty) &&
      !(ask.secret === 'enable' && this.#persona.needsEnable !== true);
    if (needsAsking) this.#ask(ask, command, ask.tries ?? 1);
    else this.#perform(command, rest, filters);
  }

  #ask(ask: Ask, command: PersonaCommand, left: number): void {
    this.#waiting = { kind: 'answer', ask, command, left };
    this.#tty.print(ask.question);
  }

  #answer(waiting: Waiting & { kind: 'answer' }, answer: string): void {
    const { ask, command, left } = waiting;
    this.#waiting = { kind: 'command' };
    if (ask.key === true) this.#tty.raw(`${answer}\r\n`);
    if (ask.secret !== undefined) {
      if (answer === this.#device.spec[ask.secret]) this.#perform(command, [], []);
      else if (left > 1) this.#ask({ ...ask, question: ask.again ?? ask.question }, command, left - 1);
      else this.#print(ask.refused ?? '', false);
    } else if (ask.yes === undefined || ask.yes.test(answer)) {
      if (ask.next === undefined) this.#perform(command, [], []);
      else this.#ask(ask.next, command, ask.next.tries ?? 1);
    } else if (ask.no !== undefined) this.#perform({ ...command, effect: ask.no }, [], []);
    else this.#prompt();
  }

  #perform(command: PersonaCommand, rest: readonly string[], filters: readonly string[]): void {
    this.#keep();
    let text = command.print?.(this.#facts, rest) ?? '';
    if (this.#persona.stamp !== undefined && /^(show|display|admin)/.test(command.words))
      text = this.#persona.stamp + text;
    let isConfiguration = false;
    switch (command.effect) {
      case 'logout':
        this.#tty.print(this.#device.now(text));
        this.#logout();
        return;
      case 'page off':
        this.#rows = 0;
        break;
      case 'page on':
        this.#rows = Number(rest[0]) || 24;
        break;
      case 'configuration':
        isConfiguration = true;
        text += this.#configuration(command, command.ignoresRest === true ? [] : rest, filters);
        break;
      case 'commit':
        if (this.#editor !== undefined) {
          this.#device.store(this.#editor.text);
          this.#isEdited = false;
          this.#device.isDirty = false;
        }
        break;
      case 'discard':
        this.#editor = undefined;
        this.#isEdited = false;
        break;
      case 'compare':
        text +=
          this.#editor === undefined
            ? ''
            : compareConfigurations(this.#device.stored, this.#editor.text, this.#persona.edit);
        break;
      case 'up':
        if (this.#editor?.up() === true) {
          this.#print(text, false);
          return;
        }
        break;
      case 'top':
        this.#editor?.top();
        break;
      case 'save':
        this.#device.isDirty = false;
        break;
      case undefined:
        break;
    }
    if (command.effect === 'up') this.#go(command.to ?? this.#modeData.leaves);
    else this.#go(command.to);
    for (const filter of filters) {
      const filtered = applyPipe(text, filter);
      if (filtered === undefined) {
        this.#print(this.#persona.unknown(filter, 0), false);
        return;
      }
      text = filtered;
    }
    this.#print(this.#device.now(text), isConfiguration);
  }

  #go(mode: string | undefined): void {
    if (mode === undefined || mode === this.#mode) return;
    const wasEditing = this.#modeData.edits === true;
    this.#mode = mode;
    if (wasEditing && this.#modeData.edits !== true) {
      this.#editor = undefined;
      this.#isEdited = false;
    } else if (this.#modeData.edits === true) this.#editor ??= createEditor(this.#persona.edit, this.#device.stored);
  }

  #configuration(command: PersonaCommand, rest: readonly string[], filters: readonly string[]): string {
    const isSet = command.form === 'set' || filters.some((filter) => /^display set/.test(filter.trim()));
    if (this.#modeData.candidate === true && this.#editor !== undefined) return this.#editor.text;
    if (command.shows === 'files') return showFiles(this.#device.stored, command.words.split(' ')[0]!, rest);
    const text = this.#device.show(isSet ? 'set' : undefined);
    if (rest.length === 0) return text;
    const wanted = [...(command.showsAs === undefined ? [] : [command.showsAs]), ...rest].join(' ');
    return sectionsOf(text, wanted);
  }

  #logout(): void {
    this.#keep();
    this.#end();
  }

  #end(): void {
    if (this.#isClosed) return;
    this.#tty.flush();
    this.#isClosed = true;
    this.#wire.end();
  }

  // Output.

  #print(text: string, isConfiguration: boolean): void {
    const { fault } = this.#device.spec;
    if (fault !== undefined) {
      const handled = printFaulty(fault, text, isConfiguration, this.#device.spec.seed, {
        tty: this.#tty,
        wire: this.#wire,
        busy: (cancel) => {
          this.#isBusy = true;
          this.#cancelWork = cancel;
        },
        done: (how) => {
          this.#isBusy = false;
          this.#cancelWork = undefined;
          if (how === 'close') this.#end();
          else {
            if (how === 'prompt') this.#prompt();
            this.#work();
          }
        },
      });
      if (handled) return;
    }
    const { paging } = this.#persona;
    if (this.#rows > 0 && paging !== undefined && text.length > this.#rows) {
      const pager = new Pager(text, this.#rows);
      this.#tty.print(pager.next());
      if (!pager.isDone) {
        this.#waiting = { kind: 'page', pager };
        this.#tty.raw(paging.more);
        return;
      }
    } else this.#tty.print(text);
    this.#prompt();
  }

  /** Space shows a screen, Enter a line; any other key ends the output, as on most systems. */
  #page(pager: Pager, key: string): void {
    const paging = this.#persona.paging!;
    this.#tty.raw(paging.erase);
    if (key === ' ' || key === '\r' || key === '\n') this.#tty.print(pager.next(key === ' ' ? undefined : 1));
    if (!pager.isDone && (key === ' ' || key === '\r' || key === '\n')) {
      this.#tty.raw(paging.more);
      return;
    }
    this.#waiting = { kind: 'command' };
    this.#prompt();
  }
}
