import { createHash } from 'node:crypto';
import { NetwrightError } from '#core';
import type { Session } from '#device';
import type { Driver, Undertaking } from '../driver.ts';
import { fingerprint } from '../fingerprint.ts';
import { diffOf, drop, inConfigSession, linesOf, stateOf, typeInto } from './eos-session.ts';
import { type Pace, pace } from './pace.ts';
import { changeRefused, nothingToConfirm, notSupported, rollbackFailed } from './refuse.ts';
import { readRunning } from './running.ts';
import { placeByTree, rollbackByTree } from './tree-plan.ts';

const commitMs = 300_000;

/** `commit timer hh:mm:ss`; EOS counts seconds. */
const clockOf = (ms: number): string => {
  const seconds = Math.max(1, Math.ceil(ms / 1000));
  return [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
};

const isAsBefore = async (session: Session, { receipt }: Undertaking, pace: Pace): Promise<boolean> =>
  fingerprint(await readRunning(session, pace), session.platform) === receipt.baseHash;

/** What says that EOS did not commit, restore or save. */
const complaint = /^(?:% |! |Error|error|Failed|.*\bfailed\b)/m;

/** Lines that take a change back and leave alone what others did meanwhile, committed in one. @throws NetwrightError `NW_ROLLBACK_FAILED` */
async function commitLines(session: Session, name: string, lines: readonly string[], pace: Pace): Promise<void> {
  try {
    await inConfigSession(session, name, pace, async () => {
      await typeInto(session, lines, pace);
      const said = await session.dialogue('commit', [], pace(commitMs));
      if (complaint.test(said)) throw changeRefused(session, 'the commit failed', { answer: said });
    });
  } catch (error) {
    if (!(error instanceof NetwrightError) || error.code !== 'NW_CHANGE_REFUSED') throw error;
    throw rollbackFailed(session, 'the way back was refused', { commands: lines, answer: error.message });
  }
}

/** Arista EOS: a configuration session, its commit timer, and a checkpoint of the running configuration to go back to. */
export const eos: Driver = {
  name: 'eos',
  platforms: ['arista_eos'],

  async prepare(session, intent, options) {
    const step = pace(options);
    if (intent.file) throw notSupported(session, 'EOS is not changed file by file');
    const baseText = await readRunning(session, step);
    const lines = linesOf(intent);
    const trial = `netwright-plan-${createHash('sha256').update(baseText).update(intent.text).digest('hex').slice(0, 8)}`;
    const diff = await inConfigSession(session, trial, step, async () => {
      await typeInto(session, lines, step);
      return diffOf(session, step);
    });
    return {
      intent,
      capability: { ...session.platform.transaction, missing: [] },
      baseText,
      diff,
      commands: ['configure session netwright', ...lines, 'commit'],
      rollback: rollbackByTree(session, baseText, intent),
    };
  },

  async receipt(session, candidate, { id, confirmMs }) {
    const name = `netwright-${id}`;
    return {
      driver: 'eos',
      device: session.device,
      method: candidate.capability.method,
      timer: confirmMs === undefined ? 'none' : 'device',
      ...(confirmMs === undefined ? {} : { confirmMs: Math.max(1, Math.ceil(confirmMs / 1000)) * 1000 }),
      marks: { session: name, checkpoint: name },
      rollback: [`configure checkpoint restore ${name}`],
      baseHash: fingerprint(candidate.baseText, session.platform),
    };
  },

  async commit(session, { candidate, receipt }, { confirmMs, ...options }) {
    const step = pace(options);
    const name = receipt.marks['session']!;
    // Never the start-up configuration: it may be another one than what runs now.
    const kept = await session.dialogue(`configure checkpoint save ${name}`, [], step(60_000));
    if (complaint.test(kept))
      throw changeRefused(session, 'no checkpoint of the running configuration can be kept', { answer: kept });
    await inConfigSession(session, name, step, async () => {
      await typeInto(session, linesOf(candidate.intent), step);
      const timer = confirmMs === undefined ? '' : ` timer ${clockOf(confirmMs)}`;
      const said = await session.dialogue(`commit${timer}`, [], step(commitMs));
      if (complaint.test(said)) throw changeRefused(session, 'the commit failed', { answer: said });
    });
    await session.enter(session.platform.home, step());
  },

  async confirm(session, change, options) {
    const step = pace(options);
    const name = change.receipt.marks['session']!;
    if ((await stateOf(session, name, step)) === 'timed') {
      const said = await session.dialogue(`configure session ${name} commit`, [], step(commitMs));
      if (complaint.test(said)) throw changeRefused(session, 'the confirmation failed', { answer: said });
      return;
    }
    if (await isAsBefore(session, change, step)) throw nothingToConfirm(session);
  },

  async rollback(session, change, options) {
    const step = pace(options);
    const { marks, rollback: commands } = change.receipt;
    const name = marks['session']!;
    if ((await stateOf(session, name, step)) === 'timed') {
      await session.dialogue(`configure session ${name} abort`, [], step(commitMs));
    } else await drop(session, name, step);
    const { wayBack, hasOthers } = placeByTree(session, change.candidate, await readRunning(session, step));
    if (wayBack.length === 0 || (await isAsBefore(session, change, step))) return;
    if (hasOthers) {
      await commitLines(session, name, wayBack, step);
      return;
    }
    const said = await session.dialogue(commands[0]!, [], step(commitMs));
    if (complaint.test(said))
      throw rollbackFailed(session, 'the checkpoint was not restored', { commands, answer: said });
    if (!(await isAsBefore(session, change, step))) {
      throw rollbackFailed(session, 'with the checkpoint restored the configuration is not the one before', {
        commands,
      });
    }
  },

  async save(session, options) {
    await session.send('write memory', pace(options)(120_000));
  },

  read: (session, _intent, options) => readRunning(session, pace(options)),

  async state(session, change, options) {
    const step = pace(options);
    if ((await stateOf(session, change.receipt.marks['session']!, step)) === 'timed') return 'pending';
    // A commit is whole or not at all.
    const { state } = placeByTree(session, change.candidate, await readRunning(session, step));
    return state === 'before' ? 'before' : 'after';
  },

  async forget(session, { receipt }, options) {
    const step = pace(options);
    await drop(session, receipt.marks['session']!, step);
    await session.dialogue(`delete checkpoint:${receipt.marks['checkpoint']!}`, [], step());
  },
};
