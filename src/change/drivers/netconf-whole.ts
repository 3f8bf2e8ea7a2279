import { parseXml, renderXml, type XmlElement, XmlText, xml } from '#core';

const base = 'urn:ietf:params:xml:ns:netconf:base:1.0';

export interface WholeEdit {
  readonly config: string;
  readonly defaultOperation: 'merge' | 'replace';
}

/**
 * What makes a datastore this configuration and no other. Servers read `default-operation` of `replace` differently:
 * netconfd 2.13 keeps what is not named. So each element at the top says itself that it replaces, and what has to go
 * that it goes; where several share a name, as lists at the top do, only the default is left.
 *
 * @param current what the datastore has
 * @throws NetwrightError `NW_XML_INVALID`
 */
export function wholeEdit(wanted: string, current: readonly XmlElement[]): WholeEdit {
  const text = wanted.replace(/^\s*<\?xml[^>]*\?>/, '');
  const { children } = parseXml(`<config>${text}</config>`, { what: 'the configuration' });
  const names = (elements: readonly XmlElement[]): string[] => elements.map(keyOf);
  if (hasTwice(names(children)) || hasTwice(names(current))) return { config: text, defaultOperation: 'replace' };
  const kept = new Set(names(children));
  const gone = current.filter((element) => !kept.has(keyOf(element)));
  const config = [
    ...gone.map(({ name, namespace }) =>
      xml`<${new XmlText(name)} xmlns="${namespace}" xmlns:nc="${base}" nc:operation="delete"/>`.toString(),
    ),
    ...children.map((element) =>
      renderXml(element).replace(/^<[^\s/>]+/, (tag) => `${tag} xmlns:nc="${base}" nc:operation="replace"`),
    ),
  ];
  return { config: config.join('\n'), defaultOperation: 'merge' };
}

const keyOf = ({ namespace, name }: XmlElement): string => `${namespace} ${name}`;
const hasTwice = (names: readonly string[]): boolean => new Set(names).size < names.length;
