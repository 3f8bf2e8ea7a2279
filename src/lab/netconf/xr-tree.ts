import { XmlElement } from '#core';

/** Elements by their names: a text, what stands below, or several of a kind. `@namespace` is that of what stands below. */
export interface Tree {
  readonly [name: string]: string | number | boolean | Tree | readonly (string | number | Tree)[];
}

export function elementsOf(tree: Tree, namespace: string): XmlElement[] {
  return Object.entries(tree).flatMap(([name, value]) => {
    if (name === '@namespace') return [];
    const values = Array.isArray(value) ? (value as readonly (string | number | Tree)[]) : [value as string | Tree];
    return values.map((one) => {
      if (typeof one !== 'object') return new XmlElement({ name, namespace, text: String(one) });
      const own = typeof one['@namespace'] === 'string' ? one['@namespace'] : namespace;
      return new XmlElement({ name, namespace: own, children: elementsOf(one, own) });
    });
  });
}

export const top = (name: string, namespace: string, tree: Tree): XmlElement =>
  new XmlElement({ name, namespace, children: elementsOf(tree, namespace) });
