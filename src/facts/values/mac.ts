/**
 * A MAC address as `AA:BB:CC:DD:EE:FF`, from any of the ways in which devices write one (`0011.2233.4455`,
 * `00-11-22-33-44-55`, `0011-2233-4455`, `0:1:2:3:4:5`); undefined for anything else.
 */
export function readMac(text: string): string | undefined {
  const word = text.trim();
  if (word.length > 23) return undefined;
  const parts = word.split(/[.:-]/);
  const digits =
    parts.length === 6
      ? parts.map((part) => part.padStart(2, '0')).join('')
      : parts.map((part) => (parts.length === 3 ? part.padStart(4, '0') : part)).join('');
  if (!/^[0-9a-f]{12}$/i.test(digits)) return undefined;
  return digits.toUpperCase().replace(/(..)(?=.)/g, '$1:');
}

/** The same, or the text as it stands where it is no MAC address. */
export const macOr = (text: string): string => readMac(text) ?? text.trim();
