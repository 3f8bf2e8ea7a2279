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
  /** A prompt behind an Enter that was pressed to have it painted: there may be two. */
  nudged: 300,
  /** A prompt without an echo before it on a device that has always echoed: only now an echo of a strange form is looked for. */
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
  readonly isNudged: boolean;
  readonly mayRename: boolean;
}): number {
  const { match, isGlued, isNudged } = facts;
  if (match.familiarity === 'other') return facts.mayRename ? settleMs.renamed : settleMs.stranger;
  let ms: number = match.familiarity === 'unknown' ? settleMs.nameless : settleMs.familiar;
  if (isGlued) ms = Math.max(ms, settleMs.glued);
  return isNudged ? Math.max(ms, settleMs.nudged) : ms;
}

/**
 * For how long a prompt without an echo before it must stand, in milliseconds: it may be one that nobody asked for. The time
 * depends on how long the device took for its slowest answer so far.
 *
 * @param echoes false on a device that is known not to echo, undefined when nobody knows yet
 * @param isBare nothing but the prompt came
 */
export function unechoedMs(echoes: false | undefined, isBare: boolean, slowestMs: number): number {
  if (echoes === undefined) return Math.min(20_000, Math.max(isBare ? 6000 : 3000, 2 * slowestMs));
  return isBare ? Math.min(10_000, Math.max(1000, 2 * slowestMs)) : Math.min(5000, Math.max(300, slowestMs));
}
