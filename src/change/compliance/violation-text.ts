import type { Violation } from './judge-lines.ts';

/** A violation in one line: `interface Gi0/1: "no ip proxy-arp" is missing`. */
export function violationText(violation: Violation): string {
  const { section, expected, found } = violation;
  const where = section === undefined ? '' : `${section.join(' / ')}: `;
  return where + whatOf(violation, flat(expected), flat(found));
}

function whatOf({ kind, found }: Violation, expected: string, there: string): string {
  switch (kind) {
    case 'missing':
      return `${expected} is missing${found === undefined ? '' : `; there is: ${there}`}`;
    case 'forbidden':
      return `${there} is forbidden`;
    case 'order':
      return `${there} is out of order, expected ${expected}`;
    case 'fact':
      return found === undefined ? `${expected} is missing` : `expected ${expected}, found ${there}`;
  }
}

const flat = (text = ''): string => text.replace(/\s*\n\s*/g, ' / ');
