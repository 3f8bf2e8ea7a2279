import { XmlElement } from './xml-element.ts';
import { escapeXml } from './xml-escape.ts';
import { renderXml } from './xml-render.ts';

/** XML as text, ready to send. Only {@link xml} and {@link rawXml} make one, so that nothing gets in unescaped. */
export class XmlText {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

export type XmlValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | undefined
  | XmlText
  | XmlElement
  | readonly XmlValue[];

/**
 * Builds XML: `` xml`<name>${value}</name>` ``. Strings and numbers are escaped, for texts and for attributes in
 * either kind of quotes; other XML stands as it is, lists are joined, `null` and `undefined` leave nothing.
 *
 * @throws NetwrightError `NW_XML_INVALID` for a character that no XML can hold, as NUL.
 */
export function xml(strings: TemplateStringsArray, ...values: readonly XmlValue[]): XmlText {
  let text = strings[0]!;
  values.forEach((value, at) => {
    text += xmlOf(value) + strings[at + 1]!;
  });
  return new XmlText(text);
}

/** Takes a text that is XML already, from a file or a flag. Whether it is well formed is for {@link parseXml} to say. */
export function rawXml(text: string): XmlText {
  return new XmlText(text.replace(/^\ufeff?\s*<\?xml[^>]*\?>\s*/, ''));
}

function xmlOf(value: XmlValue): string {
  if (value === null || value === undefined) return '';
  if (value instanceof XmlText) return value.toString();
  if (value instanceof XmlElement) return renderXml(value);
  if (typeof value === 'object') return value.map(xmlOf).join('');
  return escapeXml(String(value));
}
