import { expect, it } from 'vitest';
import { shortName } from '../../../src/internet/draw/name.ts';

it.each([
  ['TE-AS TE Data', 'TE Data'],
  ['LEVEL3 - Level 3 Communications, Inc.', 'Level 3 Communications'],
  ['Mansoura University', 'Mansoura University'],
  ['E.G.I.T. for Technology Services', 'E.G.I.T. for Technology Services'],
  ["L'Azurde Company For Jewelry", "L'Azurde Company For Jewelry"],
  ['Kaopu Cloud HK Limited', 'Kaopu Cloud HK'],
  ['GSL Networks Pty LTD', 'GSL Networks'],
  ['ACEVILLE PTE.LTD.', 'ACEVILLE'],
  ['EYEMG - EYEMG - interactive media group', 'interactive media group'],
  ['NETIA Netia SA', 'Netia'],
  ['NEXUSGUARD-AS-AP Suite 2101~02, 21/F, Tower 2', 'NEXUSGUARD-AS-AP'],
  ['CHINANET-BACKBONE No.31,Jin-rong Street', 'CHINANET-BACKBONE'],
  ['PROLEXIC-TECHNOLOGIES-DDOS-MITIGATION-NETWORK - Akamai Technologies, Inc.', 'Akamai Technologies'],
  ['-Reserved AS-', ''],
  ['RAYA-AS', 'RAYA-AS'],
  ['', ''],
])('calls %o %o', (name, short) => {
  expect(shortName(name)).toBe(short);
});
