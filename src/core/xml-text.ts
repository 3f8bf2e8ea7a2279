import { NetwrightError } from './errors.ts';
import { XmlElement } from './xml-element.ts';

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

/** XML 1.0 section 2.2 leaves these out, even as references. */
const impossible = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/;
const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\r': '&#13;',
};

/** Escapes a text for element content and for attribute values. A carriage return would otherwise become a line feed. */
export function escapeXml(text: string): string {
  const wrong = impossible.exec(text) ?? (text.isWellFormed() ? undefined : /[\ud800-\udfff]/.exec(text));
  if (wrong) {
    const code = wrong[0].charCodeAt(0).toString(16).padStart(4, '0');
    throw new NetwrightError(
      'NW_XML_INVALID',
      `XML to send: no XML can hold the character U+${code} at ${wrong.index}`,
      {
        hint: 'Leave the character out.',
      },
    );
  }
  return text.replace(/[&<>"'\r]/g, (character) => references[character]!);
}

export interface RenderXmlOptions {
  /** Spaces a level; 0 for everything on one line. Elements that mix texts and elements stay on one line. @defaultValue 0 */
  readonly indent?: number;
}

/**
 * An element as text, with the prefixes it came with. An element without a namespace at the top takes none on, so
 * that it may stand within other XML and inherit.
 */
export function renderXml(element: XmlElement, options: RenderXmlOptions = {}): string {
  return render(
    element,
    new Map([
      ['', ''],
      ['xml', 'http://www.w3.org/XML/1998/namespace'],
    ]),
    options.indent ?? 0,
    0,
  );
}

function render(element: XmlElement, outer: ReadonlyMap<string, string>, indent: number, level: number): string {
  const scope = new Map(outer);
  const declared = new Map(Object.entries(element.declarations));
  for (const [prefix, namespace] of declared) scope.set(prefix, namespace);
  const declare = (prefix: string, namespace: string): void => {
    declared.set(prefix, namespace);
    scope.set(prefix, namespace);
  };
  let prefix = element.namespace === '' ? '' : element.prefix;
  if ((scope.get(prefix) ?? '') !== element.namespace) {
    if (declared.has(prefix)) prefix = freePrefix(scope);
    declare(prefix, element.namespace);
  }
  let attributes = '';
  for (const attribute of element.attributes) {
    let of = '';
    if (attribute.namespace !== '') {
      of =
        [...scope].find(([known, namespace]) => known !== '' && namespace === attribute.namespace)?.[0] ??
        freePrefix(scope);
      if (scope.get(of) !== attribute.namespace) declare(of, attribute.namespace);
    }
    attributes += ` ${qualified(of, attribute.name)}="${escapeXml(attribute.value)}"`;
  }
  const declarations = [...declared].map(([of, uri]) => ` ${of === '' ? 'xmlns' : `xmlns:${of}`}="${escapeXml(uri)}"`);
  const name = qualified(prefix, element.name);
  const tag = `${name}${declarations.join('')}${attributes}`;
  // Without anything inside, a line break is somebody's indentation.
  const isEmpty = element.text === '' || (indent > 0 && /^\s*\n\s*$/.test(element.text));
  if (element.children.length === 0 && isEmpty) return `<${tag}/>`;
  const inner = (child: XmlElement | string, spaces: number): string =>
    typeof child === 'string' ? escapeXml(child) : render(child, scope, spaces, level + 1);
  if (element.mixed) return `<${tag}>${element.mixed.map((child) => inner(child, 0)).join('')}</${name}>`;
  if (element.children.length === 0) {
    // Junos puts values on lines of their own; a text of several lines stays as it is.
    const { value } = element;
    const isPadded = indent > 0 && !value.includes('\n') && element.text.includes('\n');
    return `<${tag}>${escapeXml(isPadded ? value : element.text)}</${name}>`;
  }
  const line = indent > 0 ? `\n${' '.repeat(indent * (level + 1))}` : '';
  const last = indent > 0 ? `\n${' '.repeat(indent * level)}` : '';
  return `<${tag}>${element.children.map((child) => line + inner(child, indent)).join('')}${last}</${name}>`;
}

function qualified(prefix: string, name: string): string {
  return prefix === '' ? name : `${prefix}:${name}`;
}

function freePrefix(scope: ReadonlyMap<string, string>): string {
  for (let at = 1; ; at += 1) if (!scope.has(`ns${at}`)) return `ns${at}`;
}
