import { type NetwrightError, textOfLatin1 } from '#core';
import type { Step } from '#platforms';
import { askAhead } from './burst.ts';
import type { Answer, CommandLine } from './command-line.ts';
import { failureLine } from './failures.ts';
import { refusalOf, type StepOptions, stepDialogue, stepText, takeStep } from './mode-change.ts';
import type { CommandOutput, SendOptions } from './session.ts';

/**
 * Types the platform's opening steps and then the commands, ahead as far as the platform allows, and resolves with
 * one output for each command. Refused commands carry `failure`; the caller decides what that means.
 *
 * @throws NetwrightError `NW_COMMAND_REJECTED` for an opening step that is not optional, and whatever reading throws
 */
export async function sendCommands(
  line: CommandLine,
  steps: readonly Step[],
  commands: readonly string[],
  options: StepOptions,
  { encoding, timeoutMsOf }: Pick<SendOptions, 'encoding' | 'timeoutMsOf'> = {},
): Promise<readonly CommandOutput[]> {
  const optionsOf = ({ command }: Item): StepOptions => {
    const timeoutMs = command === undefined ? undefined : timeoutMsOf?.(command);
    return timeoutMs === undefined ? options : { ...options, timeoutMs };
  };
  const outputs: CommandOutput[] = [];
  let refusal: NetwrightError | undefined;
  const { pipelining } = line.platform;
  let todo: readonly Item[] = [
    ...steps.map((step): Item => ({ step })),
    ...commands.map((command): Item => ({ command })),
  ];
  const deliver = (item: Item, { latin1, durationMs }: Answer): void => {
    if (item.step !== undefined) {
      // Thrown only when the burst is over: what was typed behind the step is answered all the same.
      refusal ??= refusalOf(line, item.step, latin1);
      return;
    }
    const failure = failureLine(latin1, line.platform.failures);
    outputs.push({
      command: item.command,
      text: encoding === 'latin1' ? latin1 : textOfLatin1(latin1),
      durationMs,
      ...(failure === undefined ? {} : { failure: line.conversation.answerForMessage(failure, item.command) }),
    });
  };

  while (todo.length > 0) {
    const ahead = line.takesTypeAhead && line.echoes !== false ? aheadOf(todo, pipelining) : 0;
    if (ahead > 1) {
      const items = todo.slice(0, ahead);
      const answered = await askAhead(
        line,
        items.map(textOf),
        (index) => optionsOf(items[index]!),
        (index, answer) => deliver(items[index]!, answer),
      );
      if (refusal) throw refusal;
      if (answered < ahead) line.takesTypeAhead = false;
      todo = todo.slice(answered);
      continue;
    }
    const [item] = todo;
    todo = todo.slice(1);
    if (item!.step !== undefined) await takeStep(line, item!.step, options);
    else deliver(item!, await line.ask(item!.command, optionsOf(item!)));
  }
  await line.confirmSilence(options);
  return outputs;
}

type Item =
  | { readonly step: Step; readonly command?: undefined }
  | { readonly step?: undefined; readonly command: string };

const textOf = (item: Item): string => (item.step === undefined ? item.command : stepText(item.step));

/** How many of the items may be typed at once: those with a dialogue, and commands of several lines, stand alone. */
function aheadOf(items: readonly Item[], pipelining: 'none' | 'open' | 'full'): number {
  if (pipelining === 'none') return 0;
  const end = items.findIndex(
    (item) =>
      (item.step === undefined ? pipelining === 'open' : stepDialogue(item.step).length > 0) ||
      /[\r\n]/.test(textOf(item)) ||
      textOf(item).trim() === '',
  );
  return end < 0 ? items.length : end;
}
