import { asNetwrightError, type CallOptions, NetwrightError, textOfLatin1, withDeadline } from '#core';
import type { Exchange, Platform, Step } from '#platforms';
import type { FileOptions } from '#transport';
import type { CommandLine } from './command-line.ts';
import { failureLine } from './failures.ts';
import { joinTerminal } from './interact.ts';
import { enterMode, type StepOptions, stepDialogue, stepText, takeStep } from './mode-change.ts';
import { sendCommands } from './send-commands.ts';
import type { CommandOutput, InteractiveIo, SendOptions, Session } from './session.ts';
import { terminalOf } from './terminal-of.ts';

/** The channel takes up to another second to close. */
const politeMs = 900;

export interface DeviceSessionOptions {
  readonly device: string;
  readonly line: CommandLine;
  readonly commandTimeoutMs: number;
  /** Steps of `open` that are still to be typed: together with the first commands, which saves a round trip. */
  readonly pending: readonly Step[];
}

/** A session on a command line; its calls wait for one another. */
export class DeviceSession implements Session {
  readonly device: string;
  readonly #line: CommandLine;
  readonly #commandTimeoutMs: number;
  #pending: readonly Step[];
  #turn: Promise<void> = Promise.resolve();
  #calls = 0;
  #closing: Promise<void> | undefined;

  constructor({ device, line, commandTimeoutMs, pending }: DeviceSessionOptions) {
    this.device = device;
    this.#line = line;
    this.#commandTimeoutMs = commandTimeoutMs;
    this.#pending = pending;
  }

  get platform(): Platform {
    return this.#line.platform;
  }

  get mode(): string {
    return this.#line.prompt.mode;
  }

  get prompt(): string {
    return this.#line.prompt.line;
  }

  get hostname(): string {
    return (
      this.#line.matcher.host ??
      this.prompt
        .trim()
        .replace(/[>#$%\]]{1,4}$/, '')
        .trim()
    );
  }

  async send(command: string, options: SendOptions = {}): Promise<string> {
    const [output] = await this.sendAll([command], options);
    return output!.text;
  }

  sendAll(commands: readonly string[], options: SendOptions = {}): Promise<readonly CommandOutput[]> {
    return this.#inTurn(async () => {
      const stepOptions = this.#stepOptions(options);
      const outputs = await sendCommands(this.#line, this.#takePending(), commands, stepOptions, options);
      const refused = outputs.find(({ failure }) => failure !== undefined);
      if (refused && options.rejectFailures !== false) throw this.#rejected(refused);
      return outputs;
    });
  }

  enter(mode: string, options: CallOptions = {}): Promise<void> {
    return this.#inTurn(async () => {
      await this.#finishOpening(options);
      await this.#enter(mode, options);
    });
  }

  dialogue(send: string, exchanges: readonly Exchange[], options: CallOptions = {}): Promise<string> {
    return this.#inTurn(async () => {
      await this.#finishOpening(options);
      const answer = await this.#line.ask(send, { ...this.#stepOptions(options), dialogue: exchanges });
      return textOfLatin1(answer.latin1);
    });
  }

  configure(lines: readonly string[], options: CallOptions = {}): Promise<readonly CommandOutput[]> {
    return this.#inTurn(async () => {
      const { configure, home, id } = this.platform;
      if (configure === undefined)
        throw new NetwrightError('NW_NOT_SUPPORTED', `${this.#label}: ${id} has no configuration mode`);
      await this.#finishOpening(options);
      await this.#enter(configure, options);
      const outputs: CommandOutput[] = [];
      for (const command of lines) {
        const { latin1, durationMs } = await this.#line.ask(command, this.#stepOptions(options));
        const failure = failureLine(latin1, this.platform.failures);
        outputs.push({
          command,
          text: textOfLatin1(latin1),
          durationMs,
          ...(failure === undefined ? {} : { failure: this.#line.conversation.answerForMessage(failure, command) }),
        });
        if (failure !== undefined) break;
      }
      await this.#enter(home, options);
      const refused = outputs.find(({ failure }) => failure !== undefined);
      if (refused) throw this.#rejected(refused, lines.length - outputs.length);
      return outputs;
    });
  }

  put(remotePath: string, content: Uint8Array, options: FileOptions = {}): Promise<void> {
    return this.#inTurn(() => this.#line.conversation.channel.putFile(remotePath, content, options));
  }

  get(remotePath: string, options: FileOptions = {}): Promise<Buffer> {
    return this.#inTurn(() => this.#line.conversation.channel.getFile(remotePath, options));
  }

  interact(io: InteractiveIo, options: CallOptions = {}): Promise<void> {
    return this.#inTurn(() =>
      withDeadline(
        options,
        () => new NetwrightError('NW_CANCELLED', `${this.#label}: the time for the interactive session is over`),
        (signal) => joinTerminal(this.#line.conversation, io, this.prompt, terminalOf(this.platform), signal),
      ),
    );
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  destroy(): void {
    this.#line.conversation.destroy(new NetwrightError('NW_CANCELLED', `${this.#label}: the session was destroyed`));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  get #label(): string {
    return this.#line.conversation.channel.label;
  }

  async #close(): Promise<void> {
    const { conversation } = this.#line;
    // A call that still reads owns the channel: nothing polite can be typed into the middle of its output.
    if (this.#calls > 0) this.destroy();
    if (conversation.isEnded) {
      await conversation.channel.close();
      return;
    }
    const steps = this.platform.close ?? [];
    try {
      // Plain steps need no answer, so nobody waits a round trip for one.
      for (const step of steps) {
        if (stepDialogue(step).length === 0) conversation.write(stepText(step) + this.#line.newline);
        else await takeStep(this.#line, step, { timeoutMs: politeMs });
      }
    } catch (error) {
      // A device that hangs up while it is being left is what was asked for.
      conversation.recorder.note(`while leaving: ${asNetwrightError(error).code}`);
    }
    await conversation.channel.close();
  }

  #stepOptions({ timeoutMs, signal }: CallOptions): StepOptions {
    return { timeoutMs: timeoutMs ?? this.#commandTimeoutMs, signal };
  }

  #takePending(): readonly Step[] {
    const steps = this.#pending;
    this.#pending = [];
    return steps;
  }

  async #finishOpening(options: CallOptions): Promise<void> {
    const steps = this.#takePending();
    if (steps.length > 0) await sendCommands(this.#line, steps, [], this.#stepOptions(options));
  }

  async #enter(mode: string, options: CallOptions): Promise<void> {
    await enterMode(this.#line, mode, this.#stepOptions(options));
  }

  /** A call that ended in the middle leaves the device at a question, where no command may be typed: the session ends. */
  #abandoned(error: unknown): never {
    const known = asNetwrightError(error);
    if (!this.#line.isAtPrompt) this.#line.conversation.destroy(known);
    throw known;
  }

  #rejected(output: CommandOutput, left = 0): NetwrightError {
    const { conversation } = this.#line;
    const [command, line] = [conversation.forMessage(output.command), output.failure ?? ''];
    const rest = left > 0 ? `; ${left} more lines were not sent` : '';
    return new NetwrightError('NW_COMMAND_REJECTED', `${this.#label}: "${command}" was refused: "${line}"${rest}`, {
      details: { command, line },
    });
  }

  /** Runs one call after the other; a call that failed does not keep the next from its turn. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#closing)
      return Promise.reject(new NetwrightError('NW_CONNECTION_LOST', `${this.#label}: the session is closed`));
    this.#calls += 1;
    const result = this.#turn.then(work).catch((error: unknown) => this.#abandoned(error));
    const done = (): void => {
      this.#calls -= 1;
    };
    this.#turn = result.then(done, done);
    return result;
  }
}
