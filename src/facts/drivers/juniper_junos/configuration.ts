import type { XmlElement } from '#core';
import type { Ask } from '../../ask.ts';
import { documentOf, outermost } from '../reading/xml.ts';

/**
 * The elements of the committed configuration at a path, `protocols/bgp`; none where nothing is configured, for then
 * the reply is empty. Every element under `configuration` may come more than once.
 */
export async function configurationAt(ask: Ask, path: string): Promise<XmlElement[]> {
  const steps = path.split('/');
  const last = steps.at(-1)!;
  const filter = steps.slice(0, -1).reduceRight((inner, step) => `<${step}>${inner}</${step}>`, `<${last}/>`);
  const command = `show configuration ${steps.join(' ')}`;
  const rpc = `<get-configuration database="committed"><configuration>${filter}</configuration></get-configuration>`;
  const root = await documentOf(command, await ask.xml({ command, rpc }));
  return outermost(root, 'configuration').flatMap((configuration) => configuration.allAt(path));
}
