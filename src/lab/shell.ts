import { encodeText } from '#core';
import type { DeviceTerminal, SimulatedDevice } from './device.ts';
import { printFaulty } from './faults.ts';
import { Interpreter, runAlone } from './interpreter.ts';
import { askLogin } from './login-dialogue.ts';
import { Pager } from './pager.ts';
import type { Persona } from './persona.ts';
import type { Question, Reading, Reply } from './reply.ts';
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
  | { readonly kind: 'answer'; readonly question: Question }
  | { readonly kind: 'text'; readonly reading: Reading }
  | { readonly kind: 'page'; readonly pager: Pager };

/** One terminal on one simulated device: reads lines one after the other and shows what the device answers. */
export class Shell implements DeviceTerminal {
  readonly #device: SimulatedDevice;
  readonly #persona: Persona;
  readonly #session: Interpreter;
  readonly #tty: Tty;
  readonly #wire: Wire;
  #waiting: Waiting = { kind: 'command' };
  #rows: number;
  #isBusy = false;
  #isClosed = false;
  #held: Buffer[] = [];
  #cancelWork: (() => void) | undefined;

  constructor(device: SimulatedDevice, wire: Wire, options: ShellOptions) {
    this.#device = device;
    this.#persona = device.persona;
    this.#wire = wire;
    this.#session = new Interpreter(device, options.protocol, (text) => this.tell(text));
    this.#rows = device.neverPages ? 0 : options.rows > 0 ? options.rows : 24;
    this.#tty = new Tty(wire, { echoes: options.echoes, latin1: device.persona.charset === 'latin1' });
    device.terminals.add(this);
    if (options.isLoggedIn) this.#welcome();
    else {
      const { telnet } = this.#persona;
      this.#show(askLogin(device, telnet?.banner ?? '', () => this.#welcome()));
    }
    this.#flush();
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
    if (this.#device.isFrozen) {
      this.#held.push(Buffer.from(bytes));
      return;
    }
    this.#tty.receive(bytes);
    this.#work();
  }

  /** The connection is gone: timers of a slow answer end. */
  close(): void {
    if (!this.#isClosed) this.#session.keep();
    this.#isClosed = true;
    this.#device.terminals.delete(this);
    this.#cancelWork?.();
    this.#session.close();
  }

  tell(text: string): void {
    if (this.#isClosed || this.#isBusy) return;
    this.#tty.print(this.#device.now(text));
    this.#flush();
  }

  cut(): void {
    if (this.#isClosed) return;
    this.close();
    this.#wire.reset();
  }

  #hangUp(): void {
    if (this.#isClosed) return;
    this.close();
    this.#wire.hangUp();
  }

  thaw(): void {
    const held = this.#held;
    this.#held = [];
    for (const bytes of held) this.#tty.receive(bytes);
    // The line that brought the network back is still being worked on.
    queueMicrotask(() => this.#work());
  }

  /** Runs one command without a terminal (SSH exec): no echo, no prompt, no pages. */
  static run(device: SimulatedDevice, line: string): { readonly bytes: Buffer; readonly exitCode: number } {
    const { text, exitCode } = runAlone(device, line);
    return { bytes: encodeText(text.replaceAll(/\r?\n/g, '\r\n')), exitCode };
  }

  /** Reads what was typed as long as nothing has to be waited for, then sends all that was printed at once. */
  #work(): void {
    while (!this.#isBusy && !this.#isClosed && !this.#device.isFrozen && this.#step());
    if (!this.#isBusy && !this.#isClosed) this.#session.keep();
    this.#flush();
  }

  #step(): boolean {
    const waiting = this.#waiting;
    if (waiting.kind === 'page' || (waiting.kind === 'answer' && waiting.question.isKey === true)) {
      const key = this.#tty.takeKey();
      if (key === undefined) return false;
      if (waiting.kind === 'page') this.#page(waiting.pager, key);
      else {
        this.#waiting = { kind: 'command' };
        this.#show(waiting.question.answered(key));
      }
      return true;
    }
    const isHidden = waiting.kind === 'answer' && waiting.question.isHidden === true;
    const line = this.#tty.takeLine(isHidden);
    if (line === undefined) return false;
    if (waiting.kind === 'text') {
      this.#tty.raw(line === '\x03' || line === '\x04' ? '' : '\r\n');
      this.#readText(waiting.reading, line);
      return true;
    }
    const meant = waiting.kind === 'command' ? this.#persona.keys?.[line]?.(this.#session) : undefined;
    if (meant !== undefined) {
      this.#tty.raw('\r\n');
      this.#show(meant);
      return true;
    }
    if (line === '\x18') return true;
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
      this.#tty.raw(this.#session.enter(line));
      this.#carryOut(line, isHidden, () => this.#session.line(line));
      return true;
    }
    this.#tty.raw('\r\n');
    this.#carryOut(line, isHidden, () => waiting.question.answered(line));
    return true;
  }

  /** Does what a line asks for, and what the faults of the device make of it. */
  #carryOut(line: string, isHidden: boolean, answer: () => Reply): void {
    this.#waiting = { kind: 'command' };
    if (!isHidden) this.#device.remember(line);
    const fate = this.#device.faults.isEmpty ? {} : this.#device.faults.onLine(line);
    if (fate.next === undefined) {
      this.#show(answer());
      return;
    }
    const reply = fate.isLost === true ? {} : answer();
    this.#session.keep();
    if (fate.next === 'reboot') this.#device.reboot(fate.downMs);
    else if (fate.next === 'cut') this.cut();
    else if (fate.next === 'hang') this.#isBusy = true;
    else {
      this.#show(reply);
      this.#flush();
      this.#hangUp();
    }
  }

  #readText(reading: Reading, line: string): void {
    const fate = this.#device.faults.isEmpty ? {} : this.#device.faults.onLine(line);
    if (fate.next !== undefined) {
      this.cut();
      return;
    }
    const reply = reading.line(line);
    if (reply === undefined) this.#tty.print(reading.prompt ?? '');
    else {
      this.#waiting = { kind: 'command' };
      this.#show(reply);
    }
  }

  #welcome(): void {
    const { fault } = this.#device.spec;
    this.#waiting = { kind: 'command' };
    if (fault === 'reset') {
      this.cut();
      return;
    }
    if (fault === 'no-prompt') {
      this.#isBusy = true;
      return;
    }
    this.#tty.print(this.#device.now(this.#persona.motd?.(this.#device.facts) ?? ''));
    const { notice } = this.#persona;
    if (notice === undefined) {
      this.#prompt();
      return;
    }
    const waitForKey = (): Reply => ({
      ask: {
        text: '',
        isKey: true,
        answered: (key) => {
          if (notice.key !== 'any' && key !== notice.key) return waitForKey();
          this.#tty.raw(notice.erase);
          return {};
        },
      },
    });
    this.#tty.print(notice.text);
    this.#show(waitForKey());
  }

  #prompt(): void {
    if (!this.#isClosed) this.#tty.raw(this.#session.prompt);
  }

  #logout(): void {
    this.#session.keep();
    this.#end();
  }

  #end(): void {
    if (this.#isClosed) return;
    this.#flush();
    this.close();
    this.#wire.end();
  }

  // Output.

  #flush(): void {
    if (this.#device.isFrozen) return;
    if (this.#device.faults.isEmpty) {
      this.#tty.flush();
      return;
    }
    const left = this.#device.faults.onBytes(this.#tty.waitingBytes);
    this.#tty.flush(left);
    if (left !== undefined) this.#hangUp();
  }

  #show(reply: Reply): void {
    if (this.#isClosed) return;
    if (reply.rows !== undefined) this.#rows = reply.rows;
    if (reply.isSilent === true) return;
    if (reply.hangs === true) {
      this.#isBusy = true;
      return;
    }
    const text = this.#device.now(reply.text ?? '');
    if (reply.end !== undefined) {
      this.#tty.print(text);
      if (reply.end === 'lost') this.cut();
      else this.#logout();
      return;
    }
    if (reply.ask !== undefined) {
      this.#tty.print(text + this.#device.now(reply.ask.text));
      this.#waiting = { kind: 'answer', question: reply.ask };
      return;
    }
    if (reply.read !== undefined) {
      this.#tty.print(text + (reply.read.prompt ?? ''));
      this.#waiting = { kind: 'text', reading: reply.read };
      return;
    }
    this.#print(text, reply.isConfiguration === true);
  }

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
