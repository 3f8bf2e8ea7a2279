import { XmlElement } from '#core';

/**
 * Subtree filtering (RFC 6241 section 6): what of the data the filter selects. An element of the filter without
 * children selects all below it, a leaf with text must match, others only lead further down.
 */
export function filterSubtree(data: readonly XmlElement[], filter: readonly XmlElement[]): XmlElement[] {
  return data.flatMap((element) => {
    const wanted = filter.filter((one) => matches(one, element));
    if (wanted.length === 0) return [];
    if (wanted.some(isSelection)) return [element];
    const kept = wanted.flatMap((one) => selected(element, one));
    return kept.length === 0 ? [] : [kept.length === 1 ? kept[0]! : united(element, kept)];
  });
}

const isSelection = ({ children, value }: XmlElement): boolean => children.length === 0 && value === '';
const isMatch = ({ children, value }: XmlElement): boolean => children.length === 0 && value !== '';

/** A filter without a namespace means any, as XR and Junos take it. */
const matches = (filter: XmlElement, { name, namespace }: XmlElement): boolean =>
  filter.name === name &&
  (filter.namespace === '' ||
    namespace === '' ||
    filter.namespace === namespace ||
    filter.namespace.endsWith(':base:1.0'));

function selected(element: XmlElement, filter: XmlElement): XmlElement[] {
  const conditions = filter.children.filter(isMatch);
  const holds = conditions.every((one) => element.all(one.name).some(({ value }) => value === one.value));
  if (!holds) return [];
  const rest = filter.children.filter((one) => !isMatch(one));
  // Only conditions: the whole entry is wanted; otherwise the leaves that were compared come along.
  if (rest.length === 0) return [element];
  const named = element.children.filter(({ name }) => conditions.some((one) => one.name === name));
  const below = filterSubtree(element.children, rest);
  return below.length === 0 ? [] : [copy(element, [...named, ...below.filter((one) => !named.includes(one))])];
}

function united(element: XmlElement, parts: readonly XmlElement[]): XmlElement {
  const kept = new Set(parts.flatMap(({ children }) => children));
  return copy(element, [...kept]);
}

function copy({ name, namespace, attributes }: XmlElement, children: readonly XmlElement[]): XmlElement {
  return new XmlElement({ name, namespace, attributes, children });
}
