import { XmlElement } from '#core';
import { applySecrets, type SecretRule } from '#platforms';
import { genericRules } from './generic-secrets.ts';

/**
 * The same XML without secrets: leaves whose name says that they are one, values that a rule of the platform or of all
 * vendors would mark in the line `name "value";`, and texts of the command line within (`<configuration-text>`).
 * Marks too much rather than too little.
 *
 * @param mark stands for each secret
 */
export function scrubXml(root: XmlElement, rules: readonly SecretRule[], mark = '[redacted]'): XmlElement {
  const { hide, leaf } = hiding(rules, mark);

  function scrub(element: XmlElement, above: readonly string[]): XmlElement {
    const { name, namespace, prefix, declarations, line, mixed } = element;
    const attributes = element.attributes.map((attribute) => ({
      ...attribute,
      value: leaf(attribute.name, attribute.value, above),
    }));
    const shared = { name, namespace, prefix, declarations, attributes, line };
    if (element.children.length === 0) return new XmlElement({ ...shared, text: leaf(name, element.text, above) });
    const path = [...above, name];
    const parts = (mixed ?? element.children).map((part) =>
      typeof part === 'string' ? hide(part) : scrub(part, path),
    );
    return new XmlElement({
      ...shared,
      children: parts.filter((part) => typeof part !== 'string'),
      text: parts.filter((part) => typeof part === 'string').join(''),
      ...(mixed && { mixed: parts }),
    });
  }

  return scrub(root, []);
}

/** JSON of a data model (RFC 7951) without secrets, by the same rules; the names of modules before a colon do not count. */
export function scrubJson(root: unknown, rules: readonly SecretRule[], mark = '[redacted]'): unknown {
  const { leaf } = hiding(rules, mark);

  function scrub(value: unknown, name: string, above: readonly string[]): unknown {
    if (Array.isArray(value)) return value.map((entry: unknown) => scrub(entry, name, above));
    if (value !== null && typeof value === 'object') {
      const path = name === '' ? above : [...above, name];
      return Object.fromEntries(
        Object.entries(value).map(([key, child]) => [key, scrub(child, key.slice(key.indexOf(':') + 1), path)]),
      );
    }
    if (typeof value === 'string') return leaf(name, value, above);
    if (typeof value !== 'number') return value;
    const shown = leaf(name, `${value}`, above);
    return shown === `${value}` ? value : shown;
  }

  return scrub(root, '', []);
}

/** How texts and leaves are hidden. */
function hiding(
  rules: readonly SecretRule[],
  mark: string,
): {
  readonly hide: (text: string) => string;
  readonly leaf: (name: string, text: string, above: readonly string[]) => string;
} {
  const all = [...rules, ...genericRules.secrets];
  const hide = (text: string): string => applySecrets(text, all, () => mark);
  // What the command line would print, the platform knows best; only an unknown one is judged by the words of all.
  const hideLines = (text: string): string => applySecrets(text, rules.length > 0 ? rules : all, () => mark);

  function leaf(name: string, text: string, above: readonly string[]): string {
    const value = text.trim();
    if (value === '' || /^(?:true|false|\d{1,2})$/.test(value)) return text;
    if (isSecretName(name, above)) return text.replace(value, () => mark);
    if (value.includes('\n')) return hideLines(text);
    const [before, after] = [`${name} "`, '";'];
    const hidden = hide(`${before}${value}${after}`);
    const isFramed = hidden.startsWith(before) && hidden.endsWith(after);
    return text.replace(value, () => (isFramed ? hide(hidden.slice(before.length, -after.length)) : mark));
  }

  return { hide, leaf };
}

const secretName =
  /pass(?:word|wd|phrase)|secret|(?:^|-)psk(?:-|$)|pre-?shared|private-key|auth(?:entication)?-(?:key|data)|key-?(?:string|value|octet)|^encrypted$|^clear-?text$|hex(?:adecimal)?-string|ascii-text|community-(?:name|string|or-user)|snmp-community/i;
/** Names that speak about a secret and hold none. */
const aboutSecret = /-(?:type|id|length|lifetime|timeout|algorithm|format|expir\w*|enabled?)$/i;

function isSecretName(name: string, above: readonly string[]): boolean {
  if (secretName.test(name) && !aboutSecret.test(name)) return true;
  // The key of a list is its secret: `<snmp><community><name>public`, `<text-name>` of ietf-snmp, `community-config` of IOS XE.
  const holder = above.at(-1);
  return (
    /^(?:name|text-name|index)$/.test(name) &&
    holder !== undefined &&
    /^communit(?:y|ies)(?:-config)?$/.test(holder) &&
    above.some((one) => one.toLowerCase().includes('snmp'))
  );
}
