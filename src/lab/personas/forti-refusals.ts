import type { Refused } from '../persona.ts';

const badAddress =
  /(?<=[ =])(?=\d{1,3}(?:\.\d{1,3}){3}(?![\d.]))(?!(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\d.]))/;

/** What FortiOS says to a value that it does not take. */
export const fortiRefusals: readonly Refused[] = [
  {
    match: badAddress,
    says: (line) => {
      const value = line.slice(badAddress.exec(line)?.index ?? 0).split(' ')[0];
      return `\ninvalid ip address\nnode_check_object fail! for ip ${value}\n\nvalue parse error before '${value}'\nCommand fail. Return code -8\n`;
    },
  },
];

/** And RouterOS. */
export const routerosRefusals: readonly Refused[] = [
  {
    match: badAddress,
    says: (line) => {
      const [, key = 'address'] = /([\w-]+)=$/.exec(line.slice(0, badAddress.exec(line)?.index ?? 0)) ?? [];
      return `invalid value for argument ${key}:\n    invalid value of ip address\n`;
    },
  },
];
