import { NetwrightError, textOfLatin1 } from '#core';
import type { Exchange, Step } from '#platforms';
import type { CommandLine } from './command-line.ts';
import { failureLine } from './failures.ts';
import { type Passage, shortestWay } from './mode-graph.ts';

export interface StepOptions {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

export const stepText = (step: Step): string => (typeof step === 'string' ? step : step.send);
export const stepDialogue = (step: Step): readonly Exchange[] =>
  typeof step === 'string' ? [] : (step.dialogue ?? []);
const isOptional = (step: Step): boolean => typeof step !== 'string' && step.optional === true;
const asksSecret = (step: Step): boolean => stepDialogue(step).some(({ answer }) => typeof answer !== 'string');

/** AAA servers have `enable` ask for a user too, in words of their own. */
const enableQuestions: readonly Exchange[] = [
  { see: /(?:^|\s)(?:user ?name|user|login)\s*:[ \t]*$/i, answer: { secret: 'user' }, times: 1 },
  { see: /pass(?:word|code|phrase)[^:\n]{0,40}:[ \t]*$/i, answer: { secret: 'enable' }, times: 1 },
];

/** Types one step and answers its questions. @throws NetwrightError `NW_COMMAND_REJECTED` unless it is optional */
export async function takeStep(line: CommandLine, step: Step, options: StepOptions): Promise<string> {
  const own = stepDialogue(step);
  const { latin1 } = await line.ask(stepText(step), {
    ...options,
    dialogue: asksSecret(step) ? [...own, ...enableQuestions] : own,
    refused: 'NW_ENABLE_FAILED',
  });
  const refusal = refusalOf(line, step, latin1);
  if (refusal) throw refusal;
  return textOfLatin1(latin1);
}

/** The error for an output that says that the device refused a step that is not optional. */
export function refusalOf(line: CommandLine, step: Step, latin1: string): NetwrightError | undefined {
  const failure = failureLine(latin1, line.platform.failures);
  if (failure === undefined || isOptional(step)) return undefined;
  const { channel } = line.conversation;
  const said = line.conversation.forMessage(failure);
  if (asksSecret(step))
    return new NetwrightError('NW_ENABLE_FAILED', `${channel.label}: the device refused: "${said}"`);
  return new NetwrightError('NW_COMMAND_REJECTED', `${channel.label}: "${stepText(step)}" was refused: "${said}"`, {
    details: { command: stepText(step), line: said },
  });
}

/**
 * Goes to a mode by the shortest way, and looks after each passage where it led: a device may take another turn than
 * the declaration says, and the rest of the way begins there.
 *
 * @throws NetwrightError `NW_MODE_UNREACHABLE`, `NW_ENABLE_FAILED`, `NW_COMMAND_REJECTED`
 */
export async function enterMode(line: CommandLine, mode: string, options: StepOptions): Promise<void> {
  let way = shortestWay(line.platform, line.prompt.mode, mode);
  for (let passages = 0; way.length > 0; passages++) {
    const passage = way[0]!;
    if (passages > 8) throw notReached(line, passage, '');
    const said: string[] = [];
    for (const step of passage.steps) said.push(await takeStep(line, step, options));
    const here = line.prompt.mode;
    if (here === passage.from && here !== mode) throw notReached(line, passage, said.join('\n'));
    way = here === passage.to ? way.slice(1) : shortestWay(line.platform, here, mode);
  }
}

function notReached(line: CommandLine, passage: Passage, said: string): NetwrightError {
  const { channel } = line.conversation;
  const answer = line.conversation.forMessage(said.trim()).split('\n').at(-1);
  const expected = `mode "${passage.to}" was expected after "${passage.steps.map(stepText).join('", "')}"`;
  const came = `the prompt is "${line.prompt.line.trim()}" of mode "${line.prompt.mode}"`;
  const message = `${channel.label} (${line.platform.id}): ${expected}, ${came}${answer === undefined || answer === '' ? '' : `; the device said "${answer}"`}`;
  return new NetwrightError(passage.steps.some(asksSecret) ? 'NW_ENABLE_FAILED' : 'NW_MODE_UNREACHABLE', message);
}
