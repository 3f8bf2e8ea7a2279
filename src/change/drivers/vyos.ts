import { NetwrightError } from '#core';
import type { Session } from '#device';
import type { Capability, DeviceState, Driver, Undertaking } from '../driver.ts';
import { fingerprint } from '../fingerprint.ts';
import { type Pace, pace } from './pace.ts';
import { changeRefused, nothingToConfirm, notSupported, rollbackFailed } from './refuse.ts';
import { readRunning } from './running.ts';
import { placeByTree, rollbackByTree } from './tree-plan.ts';
import { commit, compare, inCandidate, linesOf, typeInto } from './vyos-candidate.ts';

const minutesOf = (ms: number): number => Math.max(1, Math.ceil(ms / 60_000));

/** The configuration that it starts with; unless it is the running one, the reboot behind `commit-confirm` is no rollback. */
async function isSaved(session: Session, pace: Pace): Promise<boolean> {
  const [said] = await session.sendAll(['compare saved'], { ...pace(60_000), rejectFailures: false });
  return said!.failure === undefined && /^No changes between|^\s*(?:\[edit\])?\s*$/.test(said!.text);
}

/** `commit-confirm` is a timer of systemd since 1.4; older ones do not tell. */
async function isPending(session: Session, pace: Pace): Promise<boolean> {
  const [said] = await session.sendAll(['systemctl is-active commit-confirm.timer'], {
    ...pace(30_000),
    rejectFailures: false,
  });
  return /^active\s*$/m.test(said!.text);
}

async function stateNow(session: Session, change: Undertaking, pace: Pace): Promise<DeviceState> {
  const now = await readRunning(session, pace);
  if (fingerprint(now, session.platform) === change.receipt.baseHash) return 'before';
  if (change.receipt.timer === 'device' && (await isPending(session, pace))) return 'pending';
  // A commit is whole or not at all.
  return placeByTree(session, change.candidate, now).state === 'before' ? 'before' : 'after';
}

/**
 * VyOS and EdgeOS: a candidate, `commit-confirm`, and a file with the configuration before to load. Unless it is
 * confirmed the router reboots into what is saved, so the device holds the timer only when that is what runs.
 */
export const vyos: Driver = {
  name: 'vyos',
  platforms: ['vyos', 'ubiquiti_edgerouter'],

  async prepare(session, intent, options) {
    const step = pace(options);
    if (intent.file) throw notSupported(session, 'it is not changed file by file');
    const baseText = await readRunning(session, step);
    const lines = linesOf(session, baseText, intent);
    const [diff, saved] = await inCandidate(session, step, async () => {
      const isSavedNow = await isSaved(session, step);
      await typeInto(session, lines, step);
      return [await compare(session, step), isSavedNow] as const;
    });
    const missing = saved
      ? []
      : [
          'the running configuration is not saved, and `commit-confirm` reboots into the saved one: `save` in the configuration mode makes them one',
        ];
    const capability: Capability = { ...session.platform.transaction, confirmed: saved, missing };
    return {
      intent,
      capability,
      baseText,
      diff,
      commands: ['configure', ...lines, 'commit', 'exit'],
      rollback: rollbackByTree(session, baseText, intent),
    };
  },

  async receipt(session, candidate, { id, confirmMs }) {
    const file = `/config/netwright-${id}.boot`;
    const isHeld = candidate.capability.confirmed && confirmMs !== undefined;
    return {
      driver: 'vyos',
      device: session.device,
      method: candidate.capability.method,
      timer: confirmMs === undefined ? 'none' : isHeld ? 'device' : 'netwright',
      ...(isHeld ? { confirmMs: minutesOf(confirmMs) * 60_000 } : {}),
      marks: { file },
      rollback: ['configure', `load ${file}`, 'commit', 'exit'],
      baseHash: fingerprint(candidate.baseText, session.platform),
    };
  },

  async commit(session, { candidate, receipt }, { comment, ...options }) {
    const step = pace(options);
    const words = comment === undefined ? '' : ` comment "${comment.replaceAll(/["\\$`]/g, "'")}"`;
    await inCandidate(session, step, async () => {
      const kept = await session.dialogue(`save ${receipt.marks['file']}`, [], step(60_000));
      if (/fail|error|No space|Permission denied/i.test(kept)) {
        throw changeRefused(session, 'the running configuration cannot be kept', { answer: kept });
      }
      await typeInto(session, candidate.commands.slice(1, -2), step);
      const timed = receipt.timer === 'device' ? `commit-confirm ${minutesOf(receipt.confirmMs!)}` : 'commit';
      await commit(session, `${timed}${words}`, step);
    });
  },

  async confirm(session, change, options) {
    const step = pace(options);
    const state = await stateNow(session, change, step);
    if (state === 'before') throw nothingToConfirm(session);
    if (change.receipt.timer !== 'device') return;
    await inCandidate(session, step, async () => {
      await session.dialogue('confirm', [], step(60_000));
    });
  },

  async rollback(session, change, options) {
    const step = pace(options);
    const { candidate, receipt } = change;
    const { wayBack, hasOthers } = placeByTree(session, candidate, await readRunning(session, step));
    if (wayBack.length === 0) return;
    const commands = hasOthers ? ['configure', ...wayBack, 'commit', 'exit'] : receipt.rollback;
    await inCandidate(session, step, async () => {
      // The kept file would take back what others did meanwhile as well.
      if (hasOthers) await typeInto(session, wayBack, step);
      else {
        const said = await session.dialogue(`load ${receipt.marks['file']}`, [], step(120_000));
        if (/fail|error|cannot|No such file/i.test(said)) {
          throw rollbackFailed(session, 'the kept configuration does not load', { commands, answer: said });
        }
      }
      await commit(session, 'commit', step).catch((error: unknown) => {
        if (!(error instanceof NetwrightError) || error.code !== 'NW_CHANGE_REFUSED') throw error;
        throw rollbackFailed(session, 'the way back was refused', { commands, answer: error.message });
      });
      // Back on the way back: else the router would reboot at the end of the time.
      if (receipt.timer === 'device') await session.dialogue('confirm', [], step(60_000));
    });
    const left = placeByTree(session, candidate, await readRunning(session, step)).wayBack;
    if (left.length > 0) throw rollbackFailed(session, 'the configuration is not the one before', { commands: left });
  },

  async save(session, options) {
    const step = pace(options);
    await inCandidate(session, step, async () => {
      await session.dialogue('save', [], step(60_000));
    });
  },

  read: (session, _intent, options) => readRunning(session, pace(options)),
  state: (session, change, options) => stateNow(session, change, pace(options)),

  async forget(session, { receipt }, options) {
    await session.dialogue(`rm -f ${receipt.marks['file']}`, [], pace(options)(30_000));
  },
};
