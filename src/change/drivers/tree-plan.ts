import { NetwrightError } from '#core';
import type { Session } from '#device';
import {
  type ConfigNode,
  type ConfigTree,
  cautionsOf,
  type Dialect,
  diffConfig,
  mergeConfig,
  parseConfig,
  remediate,
  renderDiff,
  sameConfig,
} from '#parse';
import type { Candidate, DeviceState, Intent } from '../driver.ts';
import { dialectFor } from './dialects.ts';
import { withLiteralTexts } from './literal-text.ts';
import { changeRefused } from './refuse.ts';
import { withRunningSalt } from './resalted.ts';

/** A change as our own reading of the configuration has it. */
export interface TreePlan {
  readonly diff: string;
  /** Lines for the configuration mode; a banner is one element with newlines in it. */
  readonly lines: readonly string[];
  readonly rollback: readonly string[];
  /** What to mind about these lines. */
  readonly warnings: readonly string[];
}

/** @throws NetwrightError `NW_CHANGE_REFUSED` for an intent that makes no sense or that no lines lead to; `NW_NOT_SUPPORTED` */
export function planByTree(session: Session, baseText: string, intent: Intent): TreePlan {
  try {
    return planned(session, baseText, intent);
  } catch (error) {
    if (!(error instanceof NetwrightError) || !error.code.startsWith('NW_CONFIG_')) throw error;
    throw changeRefused(session, error.message);
  }
}

/**
 * The lines that take a change back, for systems that find out themselves what it would do; none where our own
 * reading does not follow (`rename`, `move`): there the kept configuration alone leads back.
 */
export function rollbackByTree(session: Session, baseText: string, intent: Intent): readonly string[] {
  try {
    return planned(session, baseText, intent).rollback;
  } catch (error) {
    if (error instanceof NetwrightError && error.code.startsWith('NW_CONFIG_')) return [];
    throw error;
  }
}

function planned(session: Session, baseText: string, intent: Intent): TreePlan {
  const dialect = dialectFor(session);
  const base = parseConfig(baseText, dialect, { file: `${session.device}: running configuration` });
  const intended = intendedTree(session, base, intent, dialect);
  const lines = remediate(base, intended);
  return {
    diff: renderDiff(diffConfig(base, intended)),
    lines: withLiteralTexts(lines),
    rollback: withLiteralTexts(remediate(intended, base)),
    warnings: cautionsOf(dialect, lines),
  };
}

/** What the configuration is to be. */
function intendedTree(session: Session, running: ConfigTree, { kind, text }: Intent, dialect: Dialect): ConfigTree {
  const options = { file: 'intent' };
  if (kind === 'merge') return mergeConfig(running, text, options);
  return withRunningSalt(parseConfig(text, dialect, options), running, session.platform);
}

/** How a configuration that was read now stands to a change. */
export interface TreePlace {
  readonly state: Exclude<DeviceState, 'pending'>;
  /** What takes the change back from here, and leaves alone what others did meanwhile. */
  readonly wayBack: readonly string[];
  /** Others changed something meanwhile: going back to the configuration before would take that back as well. */
  readonly hasOthers: boolean;
}

/**
 * Compares what runs now with the configuration before and the one intended. Lines of others that came meanwhile
 * count neither way.
 */
export function placeByTree(
  session: Session,
  { baseText, intent, rollback }: Pick<Candidate, 'baseText' | 'intent' | 'rollback'>,
  nowText: string,
): TreePlace {
  const dialect = dialectFor(session);
  const now = parseConfig(nowText, dialect, { file: `${session.device}: running configuration` });
  const file = `${session.device}: configuration before`;
  const base = withRunningSalt(parseConfig(baseText, dialect, { file }), now, session.platform);
  if (sameConfig(now, base)) return { state: 'before', wayBack: [], hasOthers: false };
  const isThere = (): boolean => holdsIntent(session, now, intent, dialect);
  // Where nothing but ours lies between, the straight way: a line that was refused is not there to be taken back.
  const straight = withLiteralTexts(remediate(now, base));
  if (straight.length > 0 && isPartOf(straight, rollback)) {
    return { state: isThere() ? 'after' : 'between', wayBack: straight, hasOthers: false };
  }
  const merged = rollback.length === 0 ? base : mergeConfig(now, rollback.join('\n'), { file: 'rollback' });
  const target = { ...merged, nodes: withoutNewDenials(merged.nodes, now.nodes, base.nodes) };
  const wayBack = withLiteralTexts(remediate(now, target));
  const hasOthers = !sameConfig(target, base);
  if (wayBack.length === 0) return { state: 'before', wayBack, hasOthers };
  return { state: isThere() ? 'after' : 'between', wayBack, hasOthers };
}

/**
 * A way back denies what was added. Where that is not there, the denial says nothing, and is no line of its own as
 * the denial of something that is on by default would be.
 */
function withoutNewDenials(
  nodes: readonly ConfigNode[],
  now: readonly ConfigNode[],
  base: readonly ConfigNode[],
): readonly ConfigNode[] {
  const childrenIn = (from: readonly ConfigNode[], text: string): readonly ConfigNode[] =>
    from.find((node) => node.text === text)?.children ?? [];
  const known = new Set([...now, ...base].map(({ text }) => text));
  return nodes
    .filter(({ text, children }) => children.length > 0 || known.has(text) || !/^(?:no|undo|unset) /.test(text))
    .map((node) =>
      node.children.length === 0
        ? node
        : {
            ...node,
            children: withoutNewDenials(node.children, childrenIn(now, node.text), childrenIn(base, node.text)),
          },
    );
}

/** Whether all that is wanted is there. What our reading does not follow was committed whole, or not at all. */
function holdsIntent(session: Session, now: ConfigTree, intent: Intent, dialect: Dialect): boolean {
  try {
    return sameConfig(now, intendedTree(session, now, intent, dialect));
  } catch (error) {
    if (error instanceof NetwrightError && error.code.startsWith('NW_CONFIG_')) return true;
    throw error;
  }
}

function isPartOf(lines: readonly string[], all: readonly string[]): boolean {
  const known = new Set(all.map((line) => line.trim()));
  return lines.every((line) => known.has(line.trim()));
}
