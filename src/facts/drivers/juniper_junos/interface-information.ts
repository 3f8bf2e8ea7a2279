import type { XmlElement } from '#core';
import type { Ask } from '../../ask.ts';
import { askXml, textIn } from '../reading/xml.ts';

/** How much of an interface is told. */
export type Level = 'terse' | 'extensive';

/** The physical interfaces of all members, names first. */
export async function physicalInterfaces(ask: Ask, level: Level): Promise<XmlElement[]> {
  const command = `show interfaces ${level}`;
  const rpc = `<get-interface-information><${level}/></get-interface-information>`;
  const answers = await askXml(ask, { command, rpc }, 'interface-information');
  return answers.flatMap((answer) => answer.all('physical-interface'));
}

export const nameOf = (element: XmlElement): string => textIn(element, 'name');
