import type { SimulatedDevice } from '../device.ts';
import { type HostProcesses, processesOf, type Run } from './process.ts';
import { runProgram } from './programs.ts';
import {
  type Command,
  type Pipeline,
  parseScript,
  type Redirection,
  type Script,
  SyntaxFault,
  type Word,
} from './syntax.ts';

/** Where a command reads from and writes to. */
export interface Streams {
  input: string;
  out: (text: string) => void;
  error: (text: string) => void;
}

/** Thrown by `exit`: ends the shell that it stands in. */
export class ShellExit extends Error {
  readonly status: number;

  constructor(status: number) {
    super('exit');
    this.status = status;
  }
}

const mostSteps = 20_000;

/** One shell: its variables, its number, the status of what it ran last. */
export class PosixShell {
  readonly device: SimulatedDevice;
  readonly host: HostProcesses;
  readonly variables: Map<string, string>;
  readonly pid: number;
  folder = '/home/netwright';
  status = 0;
  lastJob = 0;
  isRoot = false;
  /** Called with the numbers of the shells that belong to the same job. */
  readonly #claim: (pid: number) => void;
  #steps = 0;

  constructor(device: SimulatedDevice, parent?: PosixShell, claim: (pid: number) => void = () => {}) {
    this.device = device;
    this.host = processesOf(device);
    this.variables = new Map(parent?.variables);
    this.folder = parent?.folder ?? this.folder;
    this.isRoot = parent?.isRoot ?? false;
    this.pid = this.host.pid();
    this.#claim = parent === undefined ? claim : (pid) => parent.claim(pid);
    this.#claim(this.pid);
  }

  claim(pid: number): void {
    this.#claim(pid);
  }

  /** A path as it is meant where the shell stands. */
  path(name: string): string {
    return name.startsWith('/') ? name : `${this.folder}/${name}`;
  }

  /** Runs a script in this shell. @throws ShellExit */
  *script(script: Script, streams: Streams): Run {
    for (const pipeline of script) {
      const goesOn =
        pipeline.after === 'always' || (pipeline.after === 'success' ? this.status === 0 : this.status !== 0);
      if (!goesOn) continue;
      this.#steps += 1;
      if (this.#steps > mostSteps) throw new ShellExit(137);
      if (pipeline.isBackground) this.#background(pipeline);
      else this.status = yield* this.#pipeline(pipeline, streams);
    }
    return this.status;
  }

  /** Runs a script of its own, as `sh -c` and `( )` do; what it sets is its own too. */
  *child(script: Script, streams: Streams): Run {
    const child = new PosixShell(this.device, this);
    try {
      return yield* child.script(script, streams);
    } catch (thrown) {
      if (thrown instanceof ShellExit) return thrown.status;
      throw thrown;
    }
  }

  /** `sh -c`: the text is read first. */
  *text(source: string, streams: Streams): Run {
    let script: Script;
    try {
      script = parseScript(source);
    } catch (fault) {
      streams.error(
        `sh: 1: Syntax error: ${fault instanceof SyntaxFault ? `"${fault.message}" unexpected` : 'end of file unexpected'}\n`,
      );
      return 2;
    }
    return yield* this.child(script, streams);
  }

  #background(pipeline: Pipeline): void {
    const silent: Streams = { input: '', out: () => {}, error: () => {} };
    this.lastJob = this.host.start((claim) => {
      const shell = new PosixShell(this.device, undefined, claim);
      for (const [name, value] of this.variables) shell.variables.set(name, value);
      shell.folder = this.folder;
      shell.isRoot = this.isRoot;
      return shell.child([{ ...pipeline, isBackground: false, after: 'always' }], silent);
    });
    this.status = 0;
  }

  *#pipeline({ commands, isNegated }: Pipeline, streams: Streams): Run {
    let { input } = streams;
    let status = 0;
    for (const [at, command] of commands.entries()) {
      const isLast = at === commands.length - 1;
      const parts: string[] = [];
      const own: Streams = { input, out: isLast ? streams.out : (text) => parts.push(text), error: streams.error };
      status = yield* this.#command(command, own);
      input = parts.join('');
    }
    return isNegated ? Number(status === 0) : status;
  }

  *#command(command: Command, streams: Streams): Run {
    const opened = yield* this.#redirected(command.redirections, streams);
    if (opened === undefined) return 1;
    const status = yield* this.#perform(command, opened.streams);
    return opened.close() ? status : 1;
  }

  *#perform(command: Command, streams: Streams): Run {
    switch (command.kind) {
      case 'group':
        return command.isSubshell
          ? yield* this.child(command.body, streams)
          : yield* this.script(command.body, streams);
      case 'if':
        for (const [test, body] of command.tests) {
          if ((yield* this.script(test, streams)) === 0) return yield* this.script(body, streams);
        }
        this.status = 0;
        return yield* this.script(command.otherwise, streams);
      case 'for':
        for (const word of command.words) {
          for (const value of yield* this.#expand(word, streams)) {
            this.variables.set(command.name, value);
            yield* this.script(command.body, streams);
          }
        }
        return this.status;
      case 'while':
        while ((yield* this.script(command.test, streams)) === 0) yield* this.script(command.body, streams);
        return 0;
      case 'simple':
        return yield* this.#simple(command, streams);
    }
  }

  *#simple(command: Command & { kind: 'simple' }, streams: Streams): Run {
    const words: string[] = [];
    let substituted: number | undefined;
    for (const word of command.words) words.push(...(yield* this.#expand(word, streams)));
    for (const [name, value] of command.assigned) {
      this.variables.set(name, (yield* this.#expand(value, streams)).join(' '));
      if (value.some(({ kind }) => kind === 'command')) substituted = this.status;
    }
    if (words.length === 0) return substituted ?? 0;
    return yield* runProgram(this, words, streams);
  }

  /** Opens the files of redirections. @returns undefined when one cannot be opened */
  *#redirected(
    redirections: readonly Redirection[],
    streams: Streams,
  ): Generator<number, { readonly streams: Streams; readonly close: () => boolean } | undefined> {
    const opened: Streams = { ...streams };
    const files: (() => boolean)[] = [];
    for (const { from, how, target } of redirections) {
      const name = (yield* this.#expand(target, streams)).join(' ');
      if (how === '<<') opened.input = name;
      else if (how === '>&') {
        if (from === 2) opened.error = opened.out;
        else opened.out = opened.error;
      } else if (how === '<') {
        const bytes = name === '/dev/null' ? Buffer.alloc(0) : this.host.disk.read(this.path(name));
        if (bytes === undefined) {
          streams.error(`-bash: ${name}: No such file or directory\n`);
          return undefined;
        }
        opened.input = bytes.toString('latin1');
      } else {
        const write = this.#file(name, how === '>>', files);
        if (write === undefined) {
          streams.error(`-bash: ${name}: No space left on device\n`);
          return undefined;
        }
        if (from === 2) opened.error = write;
        else opened.out = write;
      }
    }
    return { streams: opened, close: () => files.every((close) => close()) };
  }

  /** What is printed into a file; the file is there from the start. */
  #file(name: string, appends: boolean, files: (() => boolean)[]): ((text: string) => void) | undefined {
    if (name.startsWith('/dev/')) return () => {};
    const path = this.path(name);
    const parts: string[] = [];
    const { disk } = this.host;
    const start = appends ? (disk.read(path)?.toString('latin1') ?? '') : '';
    if (!disk.write(path, Buffer.from(start, 'latin1'))) return undefined;
    files.push(() => parts.length === 0 || disk.write(path, Buffer.from(start + parts.join(''), 'latin1')));
    return (text) => parts.push(text);
  }

  /** Variables and commands replaced, fields split, patterns matched (POSIX.1 XCU 2.6). */
  *#expand(word: Word, streams: Streams): Generator<number, string[]> {
    const fields: string[] = [];
    let field: string | undefined;
    let isPattern = false;
    for (const part of word) {
      let text: string;
      if (part.kind === 'text') text = part.text;
      else if (part.kind === 'variable') text = this.#variable(part.name);
      else {
        const parts: string[] = [];
        let script: Script = [];
        try {
          script = parseScript(part.script);
        } catch {
          streams.error('-bash: command substitution: syntax error\n');
        }
        this.status = yield* this.child(script, { ...streams, input: '', out: (printed) => parts.push(printed) });
        text = parts.join('').replace(/\n+$/, '');
      }
      if (part.isQuoted || part.kind === 'text') {
        field = (field ?? '') + text;
        if (!part.isQuoted && /[*?]/.test(text)) isPattern = true;
        continue;
      }
      const pieces = text.split(/[ \t\n]+/);
      for (const [at, piece] of pieces.entries()) {
        if (at > 0 && field !== undefined) {
          fields.push(field);
          field = undefined;
        }
        if (piece !== '') field = (field ?? '') + piece;
      }
    }
    if (field !== undefined) fields.push(field);
    return isPattern ? fields.flatMap((one) => this.#matching(one)) : fields;
  }

  #matching(pattern: string): string[] {
    const literal = this.path(pattern).replaceAll(/[.+^${}()|[\]\\]/g, '\\$&');
    const match = new RegExp(`^${literal.replaceAll('*', '[^/]*').replaceAll('?', '[^/]')}$`);
    const found = this.host.disk.names.filter((name) => match.test(name));
    return found.length === 0 ? [pattern] : found;
  }

  #variable(name: string): string {
    if (name === '?') return String(this.status);
    if (name === '$') return String(this.pid);
    if (name === '!') return this.lastJob === 0 ? '' : String(this.lastJob);
    if (name === 'HOME') return '/home/netwright';
    if (name === 'USER') return this.isRoot ? 'root' : 'netwright';
    return this.variables.get(name) ?? '';
  }
}
