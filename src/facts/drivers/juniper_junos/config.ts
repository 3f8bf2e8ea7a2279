import type { Ask } from '../../ask.ts';
import type { ReadFacts } from '../../define-facts.ts';
import { withoutSecrets } from '../reading/sanitize.ts';
import { documentOf, outermost } from '../reading/xml.ts';

/** Forms other than the one with braces. */
const pipes: Readonly<Record<string, string>> = {
  set: ' | display set',
  xml: ' | display xml',
  json: ' | display json',
};

/**
 * Running is what was committed. The candidate is only to be had over NETCONF, or in the configuration mode of the
 * command line, where reading must not go. Start-up is no notion of Junos.
 */
export const readConfig: ReadFacts<'get_config'> = async (ask, { retrieve, full, sanitized, format }) => {
  // The rules leave the quotes of a secret, NAPALM takes them off.
  const clean = (text: string): string =>
    sanitized ? withoutSecrets(text, ask.platform).replaceAll('"<removed>"', '<removed>') : text;
  const wants = (one: string): boolean => retrieve === 'all' || retrieve === one;
  const defaults = full ? ' | display inheritance defaults' : '';
  const [running, candidate] = await Promise.all([
    wants('running') ? ask.text(`show configuration${defaults}${pipes[format] ?? ''}`, { timeoutMs: 180_000 }) : '',
    wants('candidate') ? candidateOf(ask, format) : '',
  ]);
  return { running: clean(running), candidate: clean(candidate), startup: '' };
};

async function candidateOf(ask: Ask, format: string): Promise<string> {
  // No command line knows this command, so that it refuses it at once.
  const command = 'show configuration candidate';
  const form = format === 'set' || format === 'xml' ? format : 'text';
  const rpc = `<get-configuration database="candidate" format="${form}"/>`;
  const answer = await ask.xml({ command, rpc }, { optional: true });
  if (answer === undefined) return '';
  if (form === 'xml') return answer;
  const [text] = outermost(await documentOf(command, answer), 'configuration-text', 'configuration-set');
  return text?.text ?? '';
}
