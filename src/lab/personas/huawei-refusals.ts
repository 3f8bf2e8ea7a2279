import type { Refused } from '../persona.ts';
import { sectionBody } from './ios-refusals.ts';

const wrong = (caret: number, at: number): string =>
  `${' '.repeat(Math.max(1, caret + at))}^\nError: Wrong parameter found at '^' position.\n`;

const badAddress =
  /(?<=[ ])(?=\d{1,3}(?:\.\d{1,3}){3}(?![\d.]))(?!(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\d.]))/;
const badInterface =
  /(?<=^(?:undo )?interface )(?!(?:GigabitEthernet|XGigabitEthernet|Ethernet|10GE|25GE|40GE|100GE|Vlanif|Vlan-interface|LoopBack|MEth|M-GigabitEthernet|Eth-Trunk|Bridge-Aggregation|Ten-GigabitEthernet|FortyGigE|Tunnel|NULL|Global-VE))\S/i;
const badVlan = /(?<=^vlan )(?:0|409[5-9]|4[1-9]\d\d|[5-9]\d{3}|\d{5,})$/;

/** What VRP and Comware refuse although the words are known. */
export const huaweiRefusals: readonly Refused[] = [badAddress, badInterface, badVlan].map((match) => ({
  match,
  says: (line, caret) => wrong(caret, match.exec(line)?.index ?? 0),
}));

/** The interface that leads to the device is down or has no address. */
export const huaweiShutsOff =
  (header: RegExp) =>
  (text: string): boolean => {
    const body = sectionBody(text, header);
    return body === undefined || /^shutdown$/m.test(body) || !/^ip address \S+/m.test(body);
  };
