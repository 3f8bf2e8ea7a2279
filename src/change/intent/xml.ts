import { scrubXml } from '#backup';
import { parseXml, type XmlElement } from '#core';

/** The driver of what is wanted as XML: which one made a plan is known by its name. */
export const xmlDriver = 'RFC 6241 over NETCONF';

/** Whether a text is XML, which only goes in over NETCONF. */
export const isXml = (text: string): boolean => /^\s*</.test(text);

const mark = '[redacted]';

/** The values in an XML text that are secrets by their names or their form; none where it is not well formed. */
export function xmlSecrets(text: string): readonly string[] {
  if (!isXml(text)) return [];
  let root: XmlElement;
  try {
    root = parseXml(`<config>${text.replace(/^\s*<\?xml[^>]*\?>/, '')}</config>`, { what: 'the configuration' });
  } catch {
    // The server is the one to say what is wrong with it.
    return [];
  }
  const values: string[] = [];
  collect(root, scrubXml(root, [], mark), values);
  return values;
}

function collect(plain: XmlElement, scrubbed: XmlElement, into: string[]): void {
  if (plain.text !== scrubbed.text) into.push(plain.value);
  for (const [at, child] of plain.children.entries()) collect(child, scrubbed.children[at]!, into);
}
