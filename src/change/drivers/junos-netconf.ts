import { NetwrightError, rawXml, type XmlElement, type XmlText, xml } from '#core';
import type { Session } from '#device';
import { dialectOf, fromSetLines, renderConfig } from '#parse';
import { dropLines } from '#platforms';
import type { Intent } from '../driver.ts';
import { isXml } from '../intent/xml.ts';
import { netconfOf } from '../netconf-line.ts';
import { parseCommits } from './junos-commits.ts';
import { junosDriver } from './junos-driver.ts';
import { loadCommands } from './junos-load.ts';
import { refusing, rpcErrorsIn, rpcTime } from './netconf-refusals.ts';
import { type Pace, tidied } from './pace.ts';
import { notSupported } from './refuse.ts';

interface Loading {
  readonly action: 'set' | 'merge' | 'replace' | 'override';
  readonly text: string;
  /** `<configuration>…</configuration>`, as `| display xml` prints it. */
  readonly isXml?: true;
}

/** How an intent gets into the candidate; undefined where only the command line can. */
function loadingOf({ kind, text }: Intent): Loading | undefined {
  if (isXml(text)) return { action: kind === 'replace' ? 'override' : 'merge', text, isXml: true };
  const [first = ''] = loadCommands({ kind, text });
  // What deletes everything asks first, which no operation can answer: the whole in braces overrides it instead.
  if (first === 'delete')
    return { action: 'override', text: renderConfig(fromSetLines(text, dialectOf('junos'), { file: 'intent' })) };
  const action = (['set', 'merge', 'replace', 'override'] as const).find((one) => first === `load ${one} terminal`);
  return action === undefined ? undefined : { action, text };
}

function operationOf({ action, text, isXml: isElements }: Loading): XmlText {
  if (isElements) return xml`<load-configuration action="${action}" format="xml">${rawXml(text)}</load-configuration>`;
  if (action === 'set')
    return xml`<load-configuration action="set"><configuration-set>${text}</configuration-set></load-configuration>`;
  return xml`<load-configuration action="${action}" format="text"><configuration-text>${text}</configuration-text></load-configuration>`;
}

/** What a plan shows of it: the text as it was written, for its secrets are found there. */
const shown = (loading: Loading | undefined): readonly string[] =>
  loading === undefined
    ? []
    : [`<load-configuration action="${loading.action}">`, loading.text.replace(/\n+$/, ''), '</load-configuration>'];

const ask = async (session: Session, operation: XmlText | string, pace: Pace): Promise<XmlElement> =>
  (await netconfOf(session).rpc(operation, rpcTime(pace))).element;

/** The text below one element of a reply. @throws NetwrightError `NW_OUTPUT_INCOMPLETE` */
function textIn(session: Session, reply: XmlElement, name: string): string {
  const [element] = reply.descendants(name);
  if (element !== undefined) return element.text.replace(/^\n+/, '');
  throw new NetwrightError('NW_OUTPUT_INCOMPLETE', `${session.device}: the reply has no <${name}>`);
}

async function readRunning(session: Session, pace: Pace): Promise<string> {
  const reply = await ask(session, '<get-configuration database="committed" format="text"/>', pace);
  const text = dropLines(textIn(session, reply, 'configuration-text'), session.platform.backup.volatile);
  return `${text.replace(/^\n+/, '').replace(/\n+$/, '')}\n`;
}

async function inCandidate<T>(session: Session, pace: Pace, work: () => Promise<T>): Promise<T> {
  const netconf = netconfOf(session);
  // The lock is refused while the candidate has changes of somebody else.
  await refusing(session, 'the configuration cannot be locked', () => netconf.lock('candidate', rpcTime(pace, 60_000)));
  return await tidied(work, async (ownPace) => {
    if (!netconf.isOpen) return;
    await netconf.discardChanges(rpcTime(ownPace));
    await netconf.unlock('candidate', rpcTime(ownPace));
  });
}

const compareOperation = '<get-configuration compare="rollback" rollback="0" format="text"/>';

/** Junos over NETCONF, with its own operations beside those of the RFC: they take the text that people write. */
export const junosNetconf = junosDriver('junos over NETCONF', 'netconf', {
  commands: (intent) => [
    '<lock><target><candidate/></target></lock>',
    ...shown(loadingOf(intent)),
    '<commit-configuration/>',
    '<unlock><target><candidate/></target></unlock>',
  ],
  readRunning,
  inCandidate,

  async readCommits(session, pace) {
    const reply = await ask(session, '<command format="text">show system commit</command>', pace);
    return parseCommits(textIn(session, reply, 'output'));
  },

  async load(session, intent, pace) {
    const loading = loadingOf(intent);
    if (loading === undefined) {
      throw notSupported(
        session,
        'over NETCONF it takes set lines, braces and XML, but no patches',
        'write set lines, or leave out `api` in the inventory to use the command line',
      );
    }
    const operation = operationOf(loading);
    await refusing(session, 'the candidate was not understood', () => ask(session, operation, pace));
  },

  async compare(session, pace) {
    return textIn(session, await ask(session, compareOperation, pace), 'configuration-output').replace(/\n+$/, '');
  },

  async check(session, pace) {
    const operation = '<commit-configuration><check/></commit-configuration>';
    await refusing(session, 'the check of the candidate failed', () => ask(session, operation, pace));
  },

  async commit(session, { comment, minutes }, pace) {
    const trial = minutes === undefined ? undefined : xml`<confirmed/><confirm-timeout>${minutes}</confirm-timeout>`;
    const operation = xml`<commit-configuration>${trial}<log>${comment.slice(0, 500)}</log></commit-configuration>`;
    await refusing(session, 'the commit failed', () => ask(session, operation, pace));
  },

  async loadRollback(session, nth, pace) {
    try {
      await ask(session, xml`<load-configuration rollback="${nth}"/>`, pace);
      return undefined;
    } catch (error) {
      if (!(error instanceof NetwrightError) || error.code !== 'NW_RPC_REFUSED') throw error;
      return rpcErrorsIn(error);
    }
  },
});
