import type { Session } from '#device';
import type { Candidate, Driver, Undertaking } from '../driver.ts';
import { fingerprint } from '../fingerprint.ts';
import { configuring, saveByPlatform, withWay } from './configuring.ts';
import { type Pace, pace } from './pace.ts';
import { changeRefused, nothingToConfirm, notSupported, rollbackFailed } from './refuse.ts';
import { readRunning } from './running.ts';
import { placeByTree, planByTree } from './tree-plan.ts';
import { type RefusedLine, typeOneByOne } from './type-lines.ts';

/** The lines of a candidate without the way into the configuration mode and out of it. */
export function linesWithoutWay(session: Session, commands: readonly string[]): readonly string[] {
  const way = withWay(session, ['']);
  const at = way.indexOf('');
  return commands.slice(at, commands.length - (way.length - at - 1));
}

/**
 * Takes back what is left of a change, as our own reading has it, and proves it by reading again.
 * @throws NetwrightError `NW_ROLLBACK_FAILED`
 */
export async function takeBackByTree(session: Session, candidate: Candidate, pace: Pace): Promise<void> {
  const { wayBack } = placeByTree(session, candidate, await readRunning(session, pace));
  if (wayBack.length === 0) return;
  const refused = await configuring(session, pace, () => typeOneByOne(session, wayBack, pace));
  const left = placeByTree(session, candidate, await readRunning(session, pace)).wayBack;
  if (left.length === 0) return;
  const commands = withWay(session, left);
  if (refused) {
    throw rollbackFailed(session, `"${refused.line.split('\n')[0]!}" was refused`, {
      commands,
      answer: refused.answer,
    });
  }
  throw rollbackFailed(session, 'every line was taken, and yet the configuration is not the one before', { commands });
}

/** Types the lines; when one is refused takes back those before it. @throws NetwrightError `NW_CHANGE_REFUSED`, `NW_ROLLBACK_FAILED` */
export async function typeOrTakeBack(
  session: Session,
  lines: readonly string[],
  pace: Pace,
  takeBack: (refused: RefusedLine) => Promise<void>,
): Promise<void> {
  const refused = await configuring(session, pace, () => typeOneByOne(session, lines, pace));
  if (!refused) return;
  await takeBack(refused);
  const count = refused.applied.length;
  throw changeRefused(
    session,
    count === 0 ? 'the device refused' : `after ${count} lines, which are taken back, the device refused`,
    refused,
  );
}

/** A device that takes every line and does nothing has said no without a word. @throws NetwrightError `NW_CHANGE_REFUSED` */
export async function refuseNoEffect(
  session: Session,
  candidate: Candidate,
  lines: readonly string[],
  pace: Pace,
): Promise<void> {
  if (lines.length === 0) return;
  const { state } = placeByTree(session, candidate, await readRunning(session, pace));
  if (state === 'before') throw changeRefused(session, 'every line was taken, and nothing changed');
}

const stateNow = async (
  session: Session,
  { candidate }: Undertaking,
  pace: Pace,
): Promise<'before' | 'after' | 'between'> => placeByTree(session, candidate, await readRunning(session, pace)).state;

/** The promise that these systems cannot give, whoever runs the timer. */
const noTimer =
  'the system holds no timer: a change that cuts our own way to it is taken back once it can be reached again, no sooner';

/** Where the same box can do more by another way in. */
const otherWays: Readonly<Record<string, readonly string[]>> = {
  frr: [
    'with an account whose shell is a Unix shell the host takes a change back by itself: `platform: linux`, `change plan -f frr.conf --target /etc/frr/frr.conf --check "vtysh -C -f {file}" --reload "systemctl reload frr"`',
  ],
};

/**
 * For systems without a commit: lines that we compute take effect one by one, the first refused one stops and takes
 * back those before it, and what was computed beforehand takes all of it back. Netwright holds the timer.
 */
export function lineByLine(name: string, platforms: readonly string[]): Driver {
  return {
    name,
    platforms,

    async prepare(session, intent, options) {
      const step = pace(options);
      if (intent.file) throw notSupported(session, 'it is not changed file by file');
      if (session.platform.configure === undefined)
        throw notSupported(session, 'it has no mode that takes configuration');
      const baseText = await readRunning(session, step);
      const plan = planByTree(session, baseText, intent);
      const { transaction } = session.platform;
      return {
        intent,
        capability: {
          method: 'line by line',
          atomic: false,
          confirmed: false,
          rollback: 'computed',
          diff: 'offline',
          missing: [noTimer, ...(otherWays[session.platform.id] ?? [])],
        },
        baseText,
        diff: plan.diff,
        commands: withWay(session, plan.lines),
        rollback: plan.rollback,
        ...(plan.warnings.length > 0 && plan.lines.length > 0 && transaction.rollback !== 'exact'
          ? { warnings: plan.warnings }
          : {}),
      };
    },

    async receipt(session, candidate, { confirmMs }) {
      return {
        driver: name,
        device: session.device,
        method: candidate.capability.method,
        timer: confirmMs === undefined ? 'none' : 'netwright',
        marks: {},
        rollback: withWay(session, candidate.rollback),
        baseHash: fingerprint(candidate.baseText, session.platform),
      };
    },

    async commit(session, { candidate }, options) {
      const step = pace(options);
      const lines = linesWithoutWay(session, candidate.commands);
      await typeOrTakeBack(session, lines, step, () => takeBackByTree(session, candidate, step));
      await refuseNoEffect(session, candidate, lines, step);
    },

    async confirm(session, change, options) {
      if ((await stateNow(session, change, pace(options))) === 'before') throw nothingToConfirm(session);
    },

    rollback: (session, { candidate }, options) => takeBackByTree(session, candidate, pace(options)),
    save: (session, options) => saveByPlatform(session, pace(options)),
    read: (session, _intent, options) => readRunning(session, pace(options)),
    state: (session, change, options) => stateNow(session, change, pace(options)),
  };
}

/** Every platform that has nothing better, and whose configuration we read as a tree. */
export const lineByLineDriver = lineByLine('line by line', []);
