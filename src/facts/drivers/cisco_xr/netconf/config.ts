import type { Ask } from '../../../ask.ts';
import type { ReadFacts } from '../../../define-facts.ts';
import { withoutSecrets } from '../../reading/sanitize.ts';
import type { IfKnown } from '../either.ts';
import { dataOf, model } from './models.ts';

const filter = `<cli xmlns="${model('cli-cfg')}"/>`;

/** As lines of the command line, which the system has in a model of its own. */
export const readConfig: IfKnown<ReadFacts<'get_config'>> = async (ask, { retrieve, sanitized }) => {
  const wants = (one: string): boolean => retrieve === 'all' || retrieve === one;
  const clean = (text: string): string => (sanitized ? withoutSecrets(text, ask.platform) : text);
  const [running, candidate] = await Promise.all([
    wants('running') ? linesOf(ask, 'running') : '',
    wants('candidate') ? linesOf(ask, 'candidate') : '',
  ]);
  if (running === undefined || candidate === undefined) return undefined;
  return { running: clean(running), candidate: clean(candidate), startup: '' };
};

async function linesOf(ask: Ask, datastore: 'running' | 'candidate'): Promise<string | undefined> {
  const rpc = `<get-config><source><${datastore}/></source><filter type="subtree">${filter}</filter></get-config>`;
  const data = await dataOf(ask, `show ${datastore}-config`, rpc);
  return data && (data.valueAt('cli') ?? '');
}
