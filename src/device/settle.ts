import type { PromptMatch } from './prompt-matcher.ts';

/** For how many milliseconds nothing may come behind a prompt before it is believed. */
export const settleMs = {
  /** The known prompt behind an echoed command: only a packet border could deceive. */
  familiar: 5,
  /** A question of a dialogue. */
  question: 10,
  /** The first prompt: the name is not known yet, and banners contain `#` and `>`. */
  first: 40,
  /** A prompt without a name in it. */
  nameless: 120,
  /** The known prompt at the end of a line of output. */
  glued: 1000,
  /** Another name after a command that can change it. */
  renamed: 250,
  /** A prompt before the echo: it is painted twice, or the device does not echo. */
  unechoed: 300,
  /** The same on a device that has always echoed: output of something else may still be coming. */
  echoOverdue: 3000,
  /** Console messages behind the prompt. */
  disturbed: 1500,
  /** Another name for no known reason: a line of output, unless nothing more comes. */
  stranger: 3000,
} as const;

/** Commands after which the prompt may show another name. */
const renaming =
  /host-?name|sysname|system[ -]name|\bprompt\b|\bidentity\b|commit|rollback|replace|changeto|context|vdom|^\s*(?:end|exit|quit|return|abort|su\b|sudo|ssh|telnet|switchto|vdc|name\b)/i;

export const mayRename = (command: string): boolean => renaming.test(command);

export function settle(facts: {
  readonly match: PromptMatch;
  readonly isGlued: boolean;
  readonly lacksEcho: boolean;
  readonly isEchoSure: boolean;
  readonly mayRename: boolean;
}): number {
  const { match, isGlued, lacksEcho } = facts;
  if (match.familiarity === 'other') return facts.mayRename ? settleMs.renamed : settleMs.stranger;
  let ms: number = match.familiarity === 'unknown' ? settleMs.nameless : settleMs.familiar;
  if (isGlued) ms = Math.max(ms, settleMs.glued);
  if (lacksEcho) ms = Math.max(ms, facts.isEchoSure ? settleMs.echoOverdue : settleMs.unechoed);
  return ms;
}
