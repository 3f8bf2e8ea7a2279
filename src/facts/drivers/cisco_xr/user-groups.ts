/** IOS XR has task groups instead of levels; these are the levels that NAPALM gives to them. */
const levels: Readonly<Record<string, number>> = {
  'root-system': 15,
  'root-lr': 15,
  operator: 5,
  sysadmin: 1,
  serviceadmin: 1,
};

export const levelOf = (group: string): number => levels[group] ?? 0;
