import type { Session } from '#device';
import { unifiedDiff } from '#store';
import type { DeviceState, Driver, IntendedFile, Intent, Undertaking } from '../driver.ts';
import { fingerprint } from '../fingerprint.ts';
import { quoted, readFile, run, sudoFor, writeFile } from './linux-files.ts';
import {
  allOf,
  applyScript,
  type ChangeFiles,
  filesOf,
  marksScript,
  restoreScript,
  stopTimerScript,
  timerScript,
} from './linux-scripts.ts';
import { type Pace, pace } from './pace.ts';
import { changeRefused, nothingToConfirm, notSupported, rollbackFailed } from './refuse.ts';

function fileOf(session: Session, { file, kind }: Intent): IntendedFile {
  if (file === undefined) {
    throw notSupported(
      session,
      'the configuration of a host is files: the intent has to name one',
      'name the file that is meant, as a whole: `netwright change plan --target /etc/… -f <file>`',
    );
  }
  if (kind === 'merge') throw notSupported(session, `${file.path} is replaced as a whole, not merged into`);
  if (!file.path.startsWith('/')) throw notSupported(session, `"${file.path}" is no absolute path`);
  return file;
}

const filesOfChange = ({ candidate, receipt }: Undertaking): ChangeFiles =>
  filesOf(candidate.intent.file!.path, receipt.marks['id'] ?? '', receipt.marks['existed'] !== 'no');

const contentOf = async (session: Session, intent: Intent, sudo: string, pace: Pace): Promise<string> =>
  (await readFile(session, fileOf(session, intent).path, sudo, pace)) ?? '';

/** Runs a script as root where that takes sudo. */
const asRoot = (sudo: string, script: string): string => (sudo === '' ? script : `${sudo}sh -c ${quoted(script)}`);

const reloadMs = 180_000;

async function stateNow(session: Session, change: Undertaking, pace: Pace): Promise<DeviceState> {
  const { candidate, receipt } = change;
  const sudo = await sudoFor(session, pace);
  const now = fingerprint(await contentOf(session, candidate.intent, sudo, pace), session.platform);
  const marks = (await run(session, asRoot(sudo, marksScript(filesOfChange(change))), pace)).text;
  if (now === receipt.baseHash) return marks.includes('staged') ? 'between' : 'before';
  if (marks.includes('armed')) return 'pending';
  if (marks.includes('staged')) return 'between';
  return now === fingerprint(candidate.intent.text, session.platform) ? 'after' : 'between';
}

/** Brings the kept file back into effect. @throws NetwrightError `NW_ROLLBACK_FAILED` */
async function restore(session: Session, change: Undertaking, pace: Pace): Promise<void> {
  const { candidate, receipt } = change;
  const sudo = await sudoFor(session, pace);
  const files = filesOfChange(change);
  await run(session, asRoot(sudo, stopTimerScript(files)), pace);
  if (files.existed && (await readFile(session, files.kept, sudo, pace)) === undefined) {
    await writeFile(session, files.kept, candidate.baseText, { sudo, like: files.path }, pace);
  }
  const answer = await run(session, asRoot(sudo, restoreScript(files, candidate.intent.file!)), pace, reloadMs);
  const now = fingerprint(await contentOf(session, candidate.intent, sudo, pace), session.platform);
  if (answer.status === 0 && now === receipt.baseHash) return;
  throw rollbackFailed(session, `${files.path} could not be restored and brought into effect`, {
    commands: receipt.rollback,
    answer: answer.text,
  });
}

/**
 * Linux and its kin, whose configuration is files: the new one is written beside the old one and judged there, moved
 * into place in one step, and brought into effect. The old one is kept, and a process of the host's own restores it
 * unless the change is confirmed.
 */
export const linux: Driver = {
  name: 'linux',
  platforms: ['linux', 'cumulus_linux', 'sonic', 'ovs_linux'],

  async prepare(session, intent, options) {
    const step = pace(options);
    const file = fileOf(session, intent);
    const baseText = await contentOf(session, intent, await sudoFor(session, step), step);
    const { path } = file;
    const reload = file.reload === undefined ? [] : [file.reload];
    return {
      intent,
      capability: {
        method: 'configure replace',
        atomic: true,
        confirmed: true,
        rollback: 'exact',
        diff: 'offline',
        missing:
          file.reload === undefined ? ['nothing brings the file into effect: name a reload command with it'] : [],
      },
      baseText,
      diff: await unifiedDiff({ name: path, text: baseText }, { name: path, text: intent.text }),
      commands: [
        `cat > ${path}.netwright.new`,
        ...(file.check === undefined ? [] : [file.check.replaceAll('{file}', `${path}.netwright.new`)]),
        `cp -p ${path} ${path}.netwright.kept`,
        `mv -f ${path}.netwright.new ${path}`,
        ...reload,
      ],
      rollback: [`mv -f ${path}.netwright.kept ${path}`, ...reload],
    };
  },

  async receipt(session, candidate, { id, confirmMs, ...options }) {
    const file = fileOf(session, candidate.intent);
    const step = pace(options);
    const sudo = await sudoFor(session, step);
    const existed = (await readFile(session, file.path, sudo, step)) !== undefined;
    const files = filesOf(file.path, id, existed);
    return {
      driver: 'linux',
      device: session.device,
      method: candidate.capability.method,
      timer: confirmMs === undefined ? 'none' : 'device',
      ...(confirmMs === undefined ? {} : { confirmMs: Math.max(1, Math.ceil(confirmMs / 1000)) * 1000 }),
      marks: { id, kept: files.kept, existed: existed ? 'yes' : 'no' },
      rollback: [
        existed ? `mv -f ${files.kept} ${file.path}` : `rm -f ${file.path}`,
        ...(file.reload === undefined ? [] : [file.reload]),
      ],
      baseHash: fingerprint(candidate.baseText, session.platform),
    };
  },

  async commit(session, change, options) {
    const step = pace(options);
    const { candidate, receipt } = change;
    const file = fileOf(session, candidate.intent);
    const files = filesOfChange(change);
    const sudo = await sudoFor(session, step);
    await writeFile(session, files.next, candidate.intent.text, { sudo, like: file.path }, step);
    if (file.check !== undefined) {
      const judged = await run(
        session,
        asRoot(sudo, file.check.replaceAll('{file}', quoted(files.next))),
        step,
        reloadMs,
      );
      if (judged.status !== 0) {
        await run(session, `${sudo}rm -f ${quoted(files.next)}`, step);
        throw changeRefused(session, `the check of ${file.path} failed`, { line: file.check, answer: judged.text });
      }
    }
    const keep = `if test -e ${quoted(file.path)}; then cp -p ${quoted(file.path)} ${quoted(files.kept)}; fi`;
    const kept = await run(session, asRoot(sudo, keep), step);
    if (kept.status !== 0) throw changeRefused(session, `${file.path} cannot be kept`, { answer: kept.text });
    if (receipt.timer === 'device') {
      const armed = await run(session, asRoot(sudo, timerScript(files, file, receipt.confirmMs! / 1000)), step);
      if (armed.status !== 0)
        throw changeRefused(session, 'the timer that would take the change back does not start', {
          answer: armed.text,
        });
    }
    const answer = await run(session, asRoot(sudo, applyScript(files, file)), step, reloadMs);
    if (answer.status === 0) return;
    await restore(session, change, step);
    throw changeRefused(session, `${file.path} did not come into effect, and the old one is back`, {
      ...(file.reload === undefined ? {} : { line: file.reload }),
      answer: answer.text,
    });
  },

  async confirm(session, change, options) {
    const step = pace(options);
    const state = await stateNow(session, change, step);
    if (state === 'before') throw nothingToConfirm(session);
    await run(session, asRoot(await sudoFor(session, step), stopTimerScript(filesOfChange(change))), step);
  },

  async rollback(session, change, options) {
    const step = pace(options);
    if ((await stateNow(session, change, step)) === 'before') {
      await run(session, asRoot(await sudoFor(session, step), stopTimerScript(filesOfChange(change))), step);
      return;
    }
    await restore(session, change, step);
  },

  /** A file is what it starts with. */
  save: async () => {},

  async read(session, intent, options) {
    const step = pace(options);
    return contentOf(session, intent, await sudoFor(session, step), step);
  },

  state: (session, change, options) => stateNow(session, change, pace(options)),

  async forget(session, change, options) {
    const step = pace(options);
    const files = filesOfChange(change);
    const sudo = await sudoFor(session, step);
    await run(session, asRoot(sudo, stopTimerScript(files)), step);
    await run(session, `${sudo}rm -f ${allOf(files).map(quoted).join(' ')}`, step);
  },
};
