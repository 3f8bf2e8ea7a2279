import type { XmlElement } from '#core';
import type { Ask } from '../../ask.ts';
import { unreadable } from '../reading/unreadable.ts';
import { documentOf, holdsData, outermost } from '../reading/xml.ts';

/**
 * The elements of the committed configuration at a path, `protocols/bgp`; none where nothing is configured, for then
 * the reply is empty. Every element under `configuration` may come more than once.
 * @throws NetwrightError `NW_FACTS_INVALID` when what came is no configuration
 */
export async function configurationAt(ask: Ask, path: string): Promise<XmlElement[]> {
  const steps = path.split('/');
  const last = steps.at(-1)!;
  const filter = steps.slice(0, -1).reduceRight((inner, step) => `<${step}>${inner}</${step}>`, `<${last}/>`);
  const command = `show configuration ${steps.join(' ')}`;
  const rpc = `<get-configuration database="committed"><configuration>${filter}</configuration></get-configuration>`;
  const answer = await ask.xml({ command, rpc });
  const root = await documentOf(command, answer);
  const configurations = outermost(root, 'configuration');
  if (configurations.length === 0 && holdsData(root)) throw unreadable(command, '<configuration>', answer);
  return configurations.flatMap((configuration) => configuration.allAt(path));
}
