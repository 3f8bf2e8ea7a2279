import type { Refused } from '../persona.ts';

const caret = (column: number): string =>
  `${' '.repeat(Math.max(0, column))}^\n% Invalid input detected at '^' marker.\n\n`;

/** A line is refused with the caret below what `match` finds. */
const at = (match: RegExp, within?: RegExp): Refused => ({
  match,
  ...(within === undefined ? {} : { within }),
  says: (line, column) => caret(column + (match.exec(line)?.index ?? 0)),
});

/** A number above 255 in a dotted address. */
const badAddress =
  /(?<=[ ])(?=\d{1,3}(?:\.\d{1,3}){3}(?![\d.]))(?!(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\d.]))/;

const interfaceTypes =
  'GigabitEthernet|FastEthernet|TenGigabitEthernet|TenGigE|HundredGigE|FortyGig\\w+|TwentyFiveGig\\w+|Ethernet|Management|mgmt|Loopback|Vlan|Tunnel|Port-channel|Serial|Bundle-Ether|BVI|Null|nve|MgmtEth|Cellular|Dialer|Virtual-Template|preconfigure|range|Async|tunnel';

/** What systems in the image of IOS refuse although the words are known. */
export const iosRefusals: readonly Refused[] = [
  at(new RegExp(`(?<=^(?:no )?interface )(?!(?:${interfaceTypes}))\\S`, 'i')),
  at(badAddress),
  {
    match:
      /^ip address \S+ (?!255\.|254\.|252\.|248\.|240\.|224\.|192\.|128\.|0\.|\d+\.\d+\.\d+\.\d+ secondary)\d+\.\d+\.\d+\.\d+$/,
    says: (line) => {
      const [, , address = '', mask = ''] = line.split(' ');
      return `Bad mask ${mask} for address ${address}\n`;
    },
  },
  at(/(?<=^vlan )(?:0|409[5-9]|4[1-9]\d\d|[5-9]\d{3}|\d{5,})$/),
  at(/(?<=^mtu )(?:\d|[1-5]\d|\d{6,})$/),
];

const literal = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

const nxosCaret = (match: RegExp): Refused => ({
  match,
  says: (line, column) =>
    `${' '.repeat(column + (match.exec(line)?.index ?? 0))}^\nInvalid interface format at '^' marker.\n`,
});

/** The same on NX-OS. */
export const nxosRefusals: readonly Refused[] = [
  nxosCaret(new RegExp(`(?<=^(?:no )?interface )(?!(?:${interfaceTypes}|lo|po|eth|vlan))\\S`, 'i')),
  {
    match: badAddress,
    says: (line, column) =>
      `${' '.repeat(column + (badAddress.exec(line)?.index ?? 0))}^\n% Invalid ip address at '^' marker.\n`,
  },
  {
    match: /(?<=^vlan )(?:0|409[5-9]|4[1-9]\d\d|[5-9]\d{3}|\d{5,})$/,
    says: (_, column) => `${' '.repeat(column + 'vlan '.length)}^\n% Invalid value/range(max-4094) at '^' marker.\n`,
  },
];

const aoscx = (match: RegExp): Refused => ({
  match,
  says: (line) =>
    `Invalid input: ${(match.exec(line) === null ? line : line.slice(match.exec(line)!.index)).split(' ')[0]}\n`,
});

/** The same on AOS-CX, which names the bad word. */
export const aoscxRefusals: readonly Refused[] = [
  aoscx(/(?<=^(?:no )?interface )(?!\d+\/\d+\/\d+|vlan ?\d|lag ?\d|loopback ?\d|mgmt|tunnel|vxlan)\S/i),
  aoscx(badAddress),
  aoscx(/(?<=^vlan )(?:0|409[5-9]|4[1-9]\d\d|[5-9]\d{3}|\d{5,})$/),
];

const asa = (match: RegExp): Refused => ({
  match,
  says: (line, column) =>
    `${' '.repeat(column + (match.exec(line)?.index ?? 0))}^\nERROR: % Invalid input detected at '^' marker.\n`,
});
export const asaRefusals: readonly Refused[] = [
  asa(new RegExp(`(?<=^(?:no )?interface )(?!(?:${interfaceTypes}))\\S`, 'i')),
  { match: badAddress, says: () => 'ERROR: % Invalid Hostname\n' },
];

const fastiron = (match: RegExp): Refused => ({
  match,
  says: (line) => `Invalid input -> ${line.slice(match.exec(line)?.index ?? 0)}\nType ? for a list\n`,
});
export const fastironRefusals: readonly Refused[] = [
  fastiron(/(?<=^(?:no )?interface )(?!ethernet \d|ve \d|lag|loopback|management|lo)\S/i),
  fastiron(badAddress),
];

const procurve = (match: RegExp): Refused => ({
  match,
  says: (line) => `Invalid input: ${line.slice(match.exec(line)?.index ?? 0).split(' ')[0]}\n`,
});
export const procurveRefusals: readonly Refused[] = [
  procurve(/(?<=^(?:no )?interface )(?![A-Z]?\d|all|loopback)\S/),
  procurve(badAddress),
  procurve(/(?<=^vlan )(?:0|409[5-9]|4[1-9]\d\d|[5-9]\d{3}|\d{5,})$/),
];

const invalid = (match: RegExp): Refused => ({ match, says: () => '% Invalid input\n' });

/** The same on EOS, which has one sentence for all. */
export const eosRefusals: readonly Refused[] = [
  invalid(new RegExp(`^(?:no )?interface (?!(?:${interfaceTypes}|Vxlan|Recirc))\\S`, 'i')),
  invalid(badAddress),
  invalid(/^ip address \S+\/(?:3[3-9]|[4-9]\d|\d{3,})$/),
  invalid(/^vlan (?:0|409[5-9]|4[1-9]\d\d|[5-9]\d{3}|\d{5,})$/),
];

/** The lines of a section of a text with indented sections; undefined when it has none like that. */
export function sectionBody(text: string, header: RegExp): string | undefined {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => header.test(line));
  if (start < 0) return undefined;
  const body: string[] = [];
  for (let next = start + 1; next < lines.length && /^\s/.test(lines[next]!); next += 1) body.push(lines[next]!.trim());
  return body.join('\n');
}

/** The interface that leads to the device is down, has no address, or lets nothing in. */
export function iosShutsOff(header: RegExp, address = /^ip address \S+/m): (text: string) => boolean {
  return (text) => {
    const body = sectionBody(text, header);
    if (body === undefined || /^shutdown$/m.test(body) || !address.test(body)) return true;
    const list = /^(?:ip|ipv4) access-group (\S+) (?:in|ingress)$/m.exec(body)?.[1];
    if (list === undefined) return false;
    const rules = sectionBody(text, new RegExp(`^(?:ip|ipv4) access-list (?:extended |standard )?${literal(list)}$`));
    const flat = text.match(new RegExp(`^access-list ${literal(list)} .*$`, 'gm'))?.join('\n');
    const all = rules ?? flat;
    return all !== undefined && all !== '' && !/\bpermit\b/.test(all);
  };
}
