import { asNetwrightError, NetwrightError } from '#core';
import { type ConfigTree, type Dialect, mergeConfig, remediate } from '#parse';
import type { ReadyRule } from './device-rules.ts';
import { judgeLines } from './judge-lines.ts';
import { mendLines } from './mend-lines.ts';

/** Lines that make a configuration comply, and rules that no lines of ours can mend. */
export interface Remedy {
  readonly lines: readonly string[];
  readonly left: readonly { readonly rule: string; readonly reason: string }[];
}

const mark = /<secret(?::[0-9a-f]+)?>/;
const markReason =
  'it takes a line with a secret, and stored configurations hold marks in place of secrets, which are never written to a device; plan the line yourself: netwright change plan --template';

/** What it takes for the rules that fail. Each is proven: the lines are typed into the tree, and the rule holds there. */
export function remedyOf(tree: ConfigTree, failing: readonly ReadyRule[], dialect: Dialect): Remedy {
  const left: { rule: string; reason: string }[] = [];
  let mended = tree;
  const kept: ReadyRule[] = [];
  for (const ready of failing) {
    const reason = ready.check instanceof NetwrightError ? ready.check.message : tryRule(ready);
    if (reason !== undefined) left.push({ rule: ready.rule.id, reason });
  }
  try {
    const lines = remediate(tree, mended);
    if (!lines.some((line) => mark.test(line))) return { lines, left };
    return { lines: [], left: [...left, ...kept.map(({ rule }) => ({ rule: rule.id, reason: markReason }))] };
  } catch (error) {
    const { message: reason } = asNetwrightError(error);
    return { lines: [], left: [...left, ...kept.map(({ rule }) => ({ rule: rule.id, reason }))] };
  }

  function tryRule(ready: ReadyRule): string | undefined {
    const check = ready.check as Exclude<ReadyRule['check'], NetwrightError>;
    try {
      const target = mendLines(mended, check, dialect);
      const lines = remediate(mended, target);
      if (lines.some((line) => mark.test(line))) return markReason;
      const typed = lines.length === 0 ? mended : mergeConfig(mended, lines.join('\n'), { file: 'remediation' });
      const [violation] = judgeLines(typed, check, dialect);
      if (violation !== undefined) return unmendable(violation.kind, violation.expected);
      if (kept.some((other) => judgeLines(typed, other.check as typeof check, dialect).length > 0))
        return 'it contradicts another rule';
      mended = typed;
      kept.push(ready);
      return undefined;
    } catch (error) {
      return asNetwrightError(error).message;
    }
  }
}

function unmendable(kind: string, expected = ''): string {
  if (kind === 'missing' && expected.startsWith('/')) return `${expected} does not say which line is to be typed`;
  return `no lines lead there${expected === '' ? '' : `: ${expected}`}`;
}
