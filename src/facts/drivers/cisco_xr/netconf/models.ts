import type { XmlElement } from '#core';
import type { Ask } from '../../../ask.ts';
import { unreadable } from '../../reading/unreadable.ts';
import { documentOf } from '../../reading/xml.ts';

/** Namespace of one of Cisco's models for IOS XR. */
export const model = (name: string): string => `http://cisco.com/ns/yang/Cisco-IOS-XR-${name}`;

/** A subtree filter: the path of the names below the top element, of which all is wanted. */
export function subtree(top: string, namespace: string, path = ''): string {
  const names = path.split('/').filter(Boolean);
  const below = names.reduceRight((inner, name) => (inner === '' ? `<${name}/>` : `<${name}>${inner}</${name}>`), '');
  const tag = `<${top} xmlns="${namespace}"`;
  return below === '' ? `${tag}/>` : `${tag}>${below}</${top}>`;
}

/**
 * The data of an operational question over NETCONF; undefined at the command line, and where the system has not got
 * the model.
 * @param command asks the same at the command line, and names the question in messages
 */
export const operational = async (ask: Ask, command: string, filter: string): Promise<XmlElement | undefined> =>
  await dataOf(ask, command, `<get><filter type="subtree">${filter}</filter></get>`);

/** The same of the running configuration. */
export const running = async (ask: Ask, command: string, filter: string): Promise<XmlElement | undefined> =>
  await dataOf(
    ask,
    command,
    `<get-config><source><running/></source><filter type="subtree">${filter}</filter></get-config>`,
  );

export async function dataOf(ask: Ask, command: string, rpc: string): Promise<XmlElement | undefined> {
  const answer = await ask.xml({ command, rpc }, { optional: true });
  if (answer === undefined) return undefined;
  const root = await documentOf(command, answer);
  const data = root.is('data') ? root : [...root.descendants('data')][0];
  if (data === undefined) throw unreadable(command, '<data>', answer.slice(0, 400));
  if (data.children.length === 0) ask.note(`${command}: nothing is configured or known`);
  else if (!data.children.some(({ name, namespace }) => rpc.includes(`<${name} xmlns="${namespace}"`))) {
    throw unreadable(command, 'the model that was asked for', answer.slice(0, 400));
  }
  return data;
}
