import { asNetwrightError, writeXml, type XmlElement } from '#core';
import type { Session } from '#device';
import { unifiedDiff } from '#store';
import type { Datastore, NetconfSession } from '#transport';
import type { Capability, Driver, Intent, Undertaking } from '../driver.ts';
import { fingerprint } from '../fingerprint.ts';
import { xmlDriver } from '../intent/xml.ts';
import { netconfOf } from '../netconf-line.ts';
import { refusing, rpcTime } from './netconf-refusals.ts';
import { type WholeEdit, wholeEdit } from './netconf-whole.ts';
import { type Pace, pace, tidied } from './pace.ts';
import { changeRefused, nothingToConfirm, notSupported, rollbackFailed } from './refuse.ts';

/** RFC 6241 section 8.4: only from version 1.1 on another session may confirm. */
const persistentCommit = 'confirmed-commit:1.1';

function capabilityOf({ capabilities }: NetconfSession, takesBack: boolean): Capability {
  const confirmed = capabilities.has(persistentCommit);
  const missing: string[] = [];
  if (!confirmed)
    missing.push(
      `the server has no ${persistentCommit}: another session could not confirm, so Netwright keeps the timer`,
    );
  if (!takesBack) {
    const now = confirmed ? '; until it is confirmed the server itself can' : '';
    missing.push(
      `the server does not take its own configuration as a whole, so nothing of ours can roll it back${now}`,
    );
  }
  return {
    ...{ method: 'native candidate', atomic: true, confirmed, diff: 'native', missing },
    rollback: takesBack ? 'exact' : 'none',
  };
}

/** Whether the configuration before could be put back: it is tried in the candidate, which is discarded. */
async function takesItsOwn(session: Session, open: NetconfSession, baseText: string, pace: Pace): Promise<boolean> {
  try {
    await edit(session, open, { kind: 'replace', text: baseText }, pace);
  } catch (thrown) {
    if (asNetwrightError(thrown).code === 'NW_CHANGE_REFUSED') return false;
    throw thrown;
  }
  return (await readStore(session, 'candidate', pace)) === baseText;
}

/** A datastore as text: one element a line, in the order of the server. */
async function readStore(session: Session, store: Datastore, pace: Pace): Promise<string> {
  const data: XmlElement = await netconfOf(session).getConfig(store, rpcTime(pace));
  const parts: string[] = [];
  for (const element of data.children) parts.push(`${await writeXml(element, { indent: 2 })}\n`);
  return parts.join('');
}

/** Works in the locked candidate, and leaves it as what runs. */
async function inCandidate<T>(session: Session, pace: Pace, work: (netconf: NetconfSession) => Promise<T>): Promise<T> {
  const netconf = netconfOf(session);
  await refusing(session, 'the candidate cannot be locked', () => netconf.lock('candidate', rpcTime(pace, 60_000)));
  return await tidied(
    () => work(netconf),
    async (ownPace) => {
      if (!netconf.isOpen) return;
      await netconf.discardChanges(rpcTime(ownPace));
      await netconf.unlock('candidate', rpcTime(ownPace));
    },
  );
}

async function edit(session: Session, netconf: NetconfSession, { kind, text }: Intent, pace: Pace): Promise<void> {
  const time = rpcTime(pace);
  const { config, defaultOperation }: WholeEdit =
    kind === 'merge'
      ? { config: text, defaultOperation: 'merge' }
      : wholeEdit(text, (await netconf.getConfig('candidate', time)).children);
  await refusing(session, 'the candidate was not understood', () =>
    netconf.editConfig('candidate', config, { ...time, defaultOperation }),
  );
}

const hashNow = async (session: Session, pace: Pace): Promise<string> =>
  fingerprint(await readStore(session, 'running', pace), session.platform);

const tokenOf = ({ receipt }: Undertaking): string => receipt.marks['persist'] ?? '';

/** Whether the server takes a confirmation or a cancellation: it refuses one when nothing is pending any more. */
async function isTaken(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (thrown) {
    if (asNetwrightError(thrown).code === 'NW_RPC_REFUSED') return false;
    throw thrown;
  }
}

/** Puts the configuration before back, as a whole. @throws NetwrightError `NW_ROLLBACK_FAILED` */
async function putBack(session: Session, { candidate, receipt }: Undertaking, pace: Pace): Promise<void> {
  try {
    await inCandidate(session, pace, async (netconf) => {
      await edit(session, netconf, { kind: 'replace', text: candidate.baseText }, pace);
      await refusing(session, 'the commit failed', () => netconf.commit(rpcTime(pace)));
    });
  } catch (thrown) {
    const error = asNetwrightError(thrown);
    if (error.code !== 'NW_CHANGE_REFUSED') throw error;
    throw rollbackFailed(session, 'the configuration before was refused', {
      commands: receipt.rollback,
      answer: error.message,
    });
  }
}

/**
 * Any server that has a candidate, with nothing but RFC 6241: what is wanted is XML, and what it would change is what
 * the server's candidate has and its running configuration has not.
 */
export const netconf: Driver = {
  name: xmlDriver,
  platforms: [],
  link: 'netconf',

  async prepare(session, intent, options) {
    const step = pace(options);
    if (intent.file) throw notSupported(session, 'it is not changed file by file');
    const { capabilities } = netconfOf(session);
    if (!capabilities.has('candidate')) {
      throw notSupported(session, 'its NETCONF server has no candidate, so nothing could be shown or taken back');
    }
    const baseText = await readStore(session, 'running', step);
    const { wanted, takesBack } = await inCandidate(session, step, async (open) => {
      await edit(session, open, intent, step);
      const text = await readStore(session, 'candidate', step);
      if (text !== baseText && capabilities.has('validate')) {
        await refusing(session, 'the candidate is not valid', () => open.validate('candidate', rpcTime(step)));
      }
      return { wanted: text, takesBack: await takesItsOwn(session, open, baseText, step) };
    });
    const [before, after] = ['running', 'candidate'].map((name, at) => ({ name, text: at === 0 ? baseText : wanted }));
    return {
      ...{ intent, baseText, capability: capabilityOf(netconfOf(session), takesBack) },
      diff: wanted === baseText ? '' : await unifiedDiff(before!, after!),
      afterHash: fingerprint(wanted, session.platform),
      commands: [
        '<lock><target><candidate/></target></lock>',
        `<edit-config> (${intent.kind})`,
        intent.text.replace(/\n+$/, ''),
        '</edit-config>',
        '<commit/>',
        '<unlock><target><candidate/></target></unlock>',
      ],
      rollback: ['<edit-config> (replace)', baseText.trimEnd(), '<commit/>'],
    };
  },

  async receipt(session, candidate, { id, confirmMs }) {
    const isHeld = confirmMs !== undefined && candidate.capability.confirmed;
    return {
      driver: xmlDriver,
      device: session.device,
      method: candidate.capability.method,
      timer: confirmMs === undefined ? 'none' : isHeld ? 'device' : 'netwright',
      ...(isHeld ? { confirmMs: Math.max(1, Math.ceil(confirmMs / 1000)) * 1000 } : {}),
      marks: { persist: `netwright-${id}` },
      rollback: candidate.rollback,
      baseHash: fingerprint(candidate.baseText, session.platform),
    };
  },

  async commit(session, change, options) {
    const step = pace(options);
    const { candidate, receipt } = change;
    const trial =
      receipt.timer === 'device' ? { confirmWithinS: receipt.confirmMs! / 1000, persist: tokenOf(change) } : {};
    await inCandidate(session, step, async (open) => {
      await edit(session, open, candidate.intent, step);
      const wanted = await readStore(session, 'candidate', step);
      if (fingerprint(wanted, session.platform) !== candidate.afterHash)
        throw changeRefused(session, 'the candidate shows other changes than the plan');
      await refusing(session, 'the commit failed', () => open.commit({ ...rpcTime(step), ...trial }));
    });
    if ((await hashNow(session, step)) === receipt.baseHash)
      throw changeRefused(session, 'the commit was taken, and nothing changed');
  },

  async confirm(session, change, options) {
    const step = pace(options);
    const { timer, baseHash } = change.receipt;
    if ((await hashNow(session, step)) === baseHash) throw nothingToConfirm(session);
    if (timer !== 'device') return;
    // A refusal says that nothing is pending: it was confirmed before, and what runs is not what was before.
    await isTaken(() => netconfOf(session).commit({ ...rpcTime(step), persistId: tokenOf(change) }));
    if ((await hashNow(session, step)) === baseHash) throw nothingToConfirm(session);
  },

  async rollback(session, change, options) {
    const step = pace(options);
    const { candidate, receipt } = change;
    const now = await hashNow(session, step);
    if (now === receipt.baseHash) return;
    if (receipt.timer === 'device') {
      await isTaken(() => netconfOf(session).cancelCommit({ ...rpcTime(step), persistId: tokenOf(change) }));
      if ((await hashNow(session, step)) === receipt.baseHash) return;
    }
    if (now !== candidate.afterHash && !options?.acceptsLoss) {
      throw rollbackFailed(session, 'others changed the configuration since, and that would go with it', {
        commands: receipt.rollback,
      });
    }
    await putBack(session, change, step);
    if ((await hashNow(session, step)) === receipt.baseHash) return;
    throw rollbackFailed(session, 'the configuration before was taken, and is not the one that runs', {
      commands: receipt.rollback,
    });
  },

  /** Where the start-up configuration is a datastore of its own. */
  async save(session, options) {
    const open = netconfOf(session);
    if (!open.capabilities.has('startup')) return;
    await refusing(session, 'the start-up configuration was not written', () =>
      open.copyConfig('running', 'startup', rpcTime(pace(options))),
    );
  },

  read: (session, _intent, options) => readStore(session, 'running', pace(options)),

  /** The protocol has no way to ask whether a commit waits: a confirmation and a cancellation both tell. */
  async state(session, { candidate, receipt }, options) {
    const now = await hashNow(session, pace(options));
    if (now === receipt.baseHash) return 'before';
    if (now !== candidate.afterHash) return 'after';
    return receipt.timer === 'device' ? 'pending' : 'after';
  },
};
