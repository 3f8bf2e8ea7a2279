import type { XmlElement } from '#core';

/**
 * XML as plain data, for `jq`: an element without children is its text, others are mappings by local name, names that
 * come more than once are lists. Attributes are `@name`; text beside elements is `#text`. Without the model of the
 * device a list of one entry cannot be told from a container.
 */
export function plainXml(elements: readonly XmlElement[]): Record<string, unknown> {
  const plain: Record<string, unknown> = {};
  for (const element of elements) {
    const value = plainElement(element);
    const before = plain[element.name];
    if (!Object.hasOwn(plain, element.name)) define(plain, element.name, value);
    else if (isList.has(before as object)) (before as unknown[]).push(value);
    else {
      const list = [before, value];
      isList.add(list);
      define(plain, element.name, list);
    }
  }
  return plain;
}

/** Lists that were made here. */
const isList = new WeakSet<object>();

function plainElement({ children, attributes, text, value }: XmlElement): unknown {
  if (children.length === 0 && attributes.length === 0) return value;
  const plain = plainXml(children);
  for (const attribute of attributes) define(plain, `@${attribute.name}`, attribute.value);
  if (/\S/.test(text)) define(plain, '#text', value);
  return plain;
}

/** A device may call an element `__proto__`. */
function define(target: Record<string, unknown>, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, enumerable: true, writable: true, configurable: true });
}
