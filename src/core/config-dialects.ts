/**
 * The notations in which configurations are read as trees. A platform names its own in `config.dialect`, and `#parse`
 * has what each of them means.
 */
export const configDialects = [
  'ios',
  'nxos',
  'eos',
  'iosxr',
  'asa',
  'frr',
  'fastiron',
  'procurve',
  'aoscx',
  'junos',
  'vyos',
  'vrp',
  'comware',
  'fortios',
  'routeros',
  'sros',
  'panos',
  'exos',
  'plain',
] as const;

export type DialectName = (typeof configDialects)[number];
