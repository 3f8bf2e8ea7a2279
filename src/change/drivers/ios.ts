import { NetwrightError } from '#core';
import type { Session } from '#device';
import type { Candidate, Capability, Driver, Receipt, Undertaking } from '../driver.ts';
import { fingerprint } from '../fingerprint.ts';
import { saveByPlatform, withWay } from './configuring.ts';
import { deleteFile, fileExists, hasScp, keepRunning, writeFile } from './ios-files.ts';
import { type IosMeans, isPending, missingOf, neededBytes, probe } from './ios-probe.ts';
import { asReplacement, complaintOf, longestTimerMs, minutesOf } from './ios-replace.ts';
import { linesWithoutWay, refuseNoEffect, takeBackByTree, typeOrTakeBack } from './line-by-line.ts';
import { type Pace, pace } from './pace.ts';
import { changeRefused, deviceBusy, nothingToConfirm, notSupported, rollbackFailed } from './refuse.ts';
import { readRunning } from './running.ts';
import { placeByTree, planByTree } from './tree-plan.ts';
import { typeOneByOne } from './type-lines.ts';

const hashNow = async (session: Session, pace: Pace): Promise<string> =>
  fingerprint(await readRunning(session, pace), session.platform);

function capabilityOf(means: IosMeans, baseText: string): Capability {
  const missing = missingOf(means, baseText);
  const hasRoom = means.freeBytes === undefined || means.freeBytes >= neededBytes(baseText);
  if (!means.canReplace || !hasRoom) {
    return { method: 'line by line', atomic: false, confirmed: false, rollback: 'computed', diff: 'offline', missing };
  }
  return {
    method: 'configure replace',
    atomic: false,
    confirmed: means.hasArchive,
    rollback: 'exact',
    diff: 'offline',
    missing,
  };
}

/** The commands of a plan; files carry the id of the change once there is one. */
function commandsOf(
  session: Session,
  candidate: Pick<Candidate, 'intent' | 'capability'>,
  lines: readonly string[],
  fileSystem: string,
): readonly string[] {
  if (candidate.capability.method === 'line by line') return withWay(session, lines);
  const keep = `copy running-config ${fileSystem}netwright.cfg`;
  if (candidate.intent.kind === 'merge') return [keep, ...withWay(session, lines)];
  return [keep, `configure replace ${fileSystem}netwright-new.cfg force`];
}

/** Goes back to the kept file; what the box cannot do our own lines do. @throws NetwrightError `NW_ROLLBACK_FAILED` */
async function takeBack(session: Session, change: Undertaking, pace: Pace): Promise<void> {
  const { candidate, receipt } = change;
  if (receipt.timer === 'device' && (await isPending(session, pace))) {
    await complaintOf(session, 'configure revert now', pace);
    if ((await hashNow(session, pace)) === receipt.baseHash) return;
  }
  const file = receipt.marks['kept'];
  const { hasOthers } = placeByTree(session, candidate, await readRunning(session, pace));
  if (hasOthers || file === undefined || !(await fileExists(session, file, pace))) {
    await takeBackByTree(session, candidate, pace);
    return;
  }
  const command = `configure replace ${file} force`;
  const complaint = await complaintOf(session, command, pace);
  if ((await hashNow(session, pace)) === receipt.baseHash) return;
  // "Rollback aborted": what it could not do, or all of it where the file is damaged, our own lines do.
  await takeBackByTree(session, candidate, pace);
  if ((await hashNow(session, pace)) === receipt.baseHash) return;
  throw rollbackFailed(session, `"${command}" did not bring the configuration before back`, {
    commands: [command],
    ...(complaint === undefined ? {} : { answer: complaint }),
  });
}

/** Lines, with the revert timer of the box where it has one. */
async function commitLines(session: Session, change: Undertaking, lines: readonly string[], pace: Pace): Promise<void> {
  const { receipt } = change;
  if (receipt.timer !== 'device') {
    await typeOrTakeBack(session, lines, pace, () => takeBack(session, change, pace));
    return;
  }
  const timer = `configure terminal revert timer ${minutesOf(receipt.confirmMs!)}`;
  const said = await session.dialogue(timer, [], pace(120_000));
  if (session.mode !== 'config') throw changeRefused(session, `"${timer}" was refused`, { answer: said });
  const refused = await typeOneByOne(session, lines, pace);
  await session.enter(session.platform.home, pace());
  if (!refused) return;
  await takeBack(session, change, pace);
  throw changeRefused(
    session,
    `after ${refused.applied.length} lines, which are taken back, the device refused`,
    refused,
  );
}

async function commitFile(session: Session, change: Undertaking, pace: Pace): Promise<void> {
  const { candidate, receipt } = change;
  const file = receipt.marks['new']!;
  try {
    const mayScp = hasScp(candidate.baseText);
    await writeFile(session, file, asReplacement(candidate.intent.text), { mayScp }, pace);
    const timer = receipt.timer === 'device' ? ` revert trigger error timer ${minutesOf(receipt.confirmMs!)}` : '';
    const complaint = await complaintOf(session, `configure replace ${file} force${timer}`, pace);
    if (complaint === undefined) return;
    await takeBack(session, change, pace);
    throw changeRefused(session, 'the box could not take the whole of it, and is back where it was', {
      answer: complaint,
    });
  } finally {
    if (session.mode === session.platform.home) await deleteFile(session, file, pace);
  }
}

const stateNow = async (
  session: Session,
  change: Undertaking,
  pace: Pace,
): Promise<'before' | 'pending' | 'after' | 'between'> => {
  const { candidate, receipt } = change;
  const now = await readRunning(session, pace);
  const isBase = fingerprint(now, session.platform) === receipt.baseHash;
  if (receipt.timer === 'device' && (await isPending(session, pace))) return isBase ? 'before' : 'pending';
  return isBase ? 'before' : placeByTree(session, candidate, now).state;
};

/**
 * IOS and IOS XE have no transactions: lines take effect as they are typed. Where `configure replace` is there, a copy
 * of the running configuration brings it back as it was; with an archive the box does so by itself.
 */
export const ios: Driver = {
  name: 'ios',
  platforms: ['cisco_ios', 'cisco_xe'],

  async prepare(session, intent, options) {
    const step = pace(options);
    if (intent.file) throw notSupported(session, 'IOS is not changed file by file');
    const baseText = await readRunning(session, step);
    const means = await probe(session, step);
    if (means.isPending)
      throw deviceBusy(session, 'another change waits for its confirmation: `show archive config rollback timer`');
    if (intent.kind === 'replace' && !/^version \S/m.test(intent.text)) {
      throw changeRefused(session, 'a whole configuration of IOS has a line `version …`, and this one has none');
    }
    const plan = planByTree(session, baseText, intent);
    const capability = capabilityOf(means, baseText);
    return {
      intent,
      capability,
      baseText,
      diff: plan.diff,
      commands: plan.diff === '' ? [] : commandsOf(session, { intent, capability }, plan.lines, means.fileSystem),
      rollback: plan.rollback,
      ...(plan.warnings.length > 0 ? { warnings: plan.warnings } : {}),
    };
  },

  async receipt(session, candidate, { id, confirmMs, ...options }) {
    const step = pace(options);
    const canHold = candidate.capability.confirmed && confirmMs !== undefined && confirmMs <= longestTimerMs;
    const common = {
      driver: 'ios',
      device: session.device,
      method: candidate.capability.method,
      baseHash: fingerprint(candidate.baseText, session.platform),
    };
    if (candidate.capability.method === 'line by line') {
      const timer = confirmMs === undefined ? 'none' : 'netwright';
      return { ...common, timer, marks: {}, rollback: withWay(session, candidate.rollback) } satisfies Receipt;
    }
    const { fileSystem } = await probe(session, step);
    const kept = `${fileSystem}netwright-${id}.cfg`;
    return {
      ...common,
      timer: confirmMs === undefined ? 'none' : canHold ? 'device' : 'netwright',
      ...(canHold ? { confirmMs: minutesOf(confirmMs) * 60_000 } : {}),
      marks: { kept, ...(candidate.intent.kind === 'replace' ? { new: `${fileSystem}netwright-${id}-new.cfg` } : {}) },
      rollback: [`configure replace ${kept} force`],
    } satisfies Receipt;
  },

  async commit(session, change, options) {
    const step = pace(options);
    const { candidate, receipt } = change;
    if (receipt.marks['kept'] !== undefined) await keepRunning(session, receipt.marks['kept'], step);
    if (receipt.marks['new'] !== undefined) {
      await commitFile(session, change, step);
      return;
    }
    const commands = receipt.marks['kept'] === undefined ? candidate.commands : candidate.commands.slice(1);
    const lines = linesWithoutWay(session, commands);
    await commitLines(session, change, lines, step);
    await refuseNoEffect(session, candidate, lines, step);
  },

  async confirm(session, change, options) {
    const step = pace(options);
    const state = await stateNow(session, change, step);
    if (state === 'before') throw nothingToConfirm(session);
    if (state !== 'pending') return;
    await session.dialogue('configure confirm', [], step(60_000));
    if (await isPending(session, step)) {
      throw new NetwrightError('NW_COMMAND_REJECTED', `${session.device}: "configure confirm" was not taken`);
    }
  },

  async rollback(session, change, options) {
    const step = pace(options);
    const state = await stateNow(session, change, step);
    if (state === 'before' && !(await isPending(session, step))) return;
    await takeBack(session, change, step);
  },

  save: (session, options) => saveByPlatform(session, pace(options)),
  read: (session, _intent, options) => readRunning(session, pace(options)),
  state: (session, change, options) => stateNow(session, change, pace(options)),

  async forget(session, { receipt }, options) {
    const step = pace(options);
    for (const file of Object.values(receipt.marks)) {
      if (await fileExists(session, file, step)) await deleteFile(session, file, step);
    }
  },
};
