import { NetwrightError, readXml, type XmlElement } from '#core';
import type { Ask, XmlQuestion } from '../../ask.ts';
import { asInteger, asNumber } from '../../values/json.ts';
import { unreadable } from './unreadable.ts';

/** Some answers are megabytes, which a small processor has to write first. */
const longestMs = 180_000;

/** The document in an answer, whatever stands around it: the command line adds lines of its own. */
export async function documentOf(command: string, answer: string): Promise<XmlElement> {
  const from = answer.indexOf('<');
  const to = answer.lastIndexOf('>');
  if (from === -1 || to < from) throw unreadable(command, 'XML', answer);
  return await readXml(answer.slice(from, to + 1), { what: command, tolerant: true });
}

/** The outermost elements of one of these names: one of each routing engine or member of a chassis. */
export function outermost(root: XmlElement, ...names: readonly string[]): XmlElement[] {
  return names.includes(root.name) ? [root] : root.children.flatMap((child) => outermost(child, ...names));
}

/**
 * Asks and finds the elements of these names. What a system says instead ("BGP is not running", in an `output`
 * element) becomes a note.
 * @throws NetwrightError `NW_FACTS_INVALID` when something else came
 */
export async function askXml(ask: Ask, question: XmlQuestion, ...names: readonly string[]): Promise<XmlElement[]> {
  try {
    return await foundIn(ask, question.command, await ask.xml(question, { timeoutMs: longestMs }), names);
  } catch (error) {
    // "error: LLDP is not running" is an answer too.
    if (!(error instanceof NetwrightError) || error.code !== 'NW_COMMAND_REJECTED' || !isOff.test(error.message))
      throw error;
    const { line } = error.details;
    ask.note(typeof line === 'string' ? line : error.message);
    return [];
  }
}

const isOff = /\bnot (?:running|configured|enabled)\b|\bis disabled\b/i;

/** The same; undefined where the device does not know the question. */
export async function askXmlIfKnown(
  ask: Ask,
  question: XmlQuestion,
  ...names: readonly string[]
): Promise<XmlElement[] | undefined> {
  const answer = await ask.xml(question, { optional: true, timeoutMs: longestMs });
  return answer === undefined ? undefined : await foundIn(ask, question.command, answer, names);
}

async function foundIn(ask: Ask, command: string, answer: string, names: readonly string[]): Promise<XmlElement[]> {
  const root = await documentOf(command, answer);
  const found = outermost(root, ...names);
  if (found.length > 0) return found;
  const said = [...root.descendants('output'), ...root.descendants('message')].map(({ value }) => value).join(' ');
  if (said !== '') ask.note(`${command}: ${said.slice(0, 200)}`);
  else if (holdsData(root)) throw unreadable(command, `<${names.join('> or <')}>`, answer.slice(0, 400));
  else ask.note(`${command}: the device answered with nothing in it`);
  return [];
}

const envelopes = ['rpc-reply', 'data', 'multi-routing-engine-results', 'multi-routing-engine-item'];
const trimmings = ['cli', 'ok', 're-name'];

/** Whether a reply holds more than the envelope that every reply has. */
export const holdsData = (root: XmlElement): boolean =>
  envelopes.includes(root.name)
    ? root.value !== '' || root.children.some((child) => !trimmings.includes(child.name) && holdsData(child))
    : true;

export const textIn = (element: XmlElement, path: string, missing = ''): string => element.valueAt(path) ?? missing;

/** The first number in the text: some figures carry their unit. */
export function numberIn(element: XmlElement, path: string, missing: number): number {
  const value = element.valueAt(path);
  return value === undefined ? missing : asNumber(/-?[\d.]{1,30}(?:e[+-]?\d{1,3})?/i.exec(value)?.[0], missing);
}

export function wholeIn(element: XmlElement, path: string, missing: number): number {
  const value = element.valueAt(path);
  return value === undefined ? missing : asInteger(/-?\d{1,30}/.exec(value)?.[0], missing);
}

/** Seconds, as Junos gives them beside every time: `<age seconds="110562">1d 6:42:42</age>`. */
export const secondsIn = (element: XmlElement, path: string): number | undefined => {
  const seconds = element.at(path)?.attribute('seconds');
  return seconds === undefined ? undefined : asInteger(seconds);
};
