import { NetwrightError } from './errors.ts';

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
