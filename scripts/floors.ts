/**
 * Who may import whom. A room imports only rooms on lower floors, through their doors (`#room`),
 * and no two rooms import each other in a circle.
 */
export const floors = {
  core: 0,
  page: 1,
  transport: 1,
  platforms: 1,
  parse: 1,
  store: 1,
  device: 2,
  inventory: 2,
  lab: 2,
  runner: 3,
  workspace: 4,
  backup: 5,
  facts: 5,
  change: 5,
  monitor: 5,
  internet: 5,
  cloud: 5,
  sdn: 5,
  nfv: 5,
  codemap: 5,
  server: 6,
  cli: 6,
} as const satisfies Record<string, number>;

export type Room = keyof typeof floors;
export const rooms = Object.keys(floors) as Room[];
/** Capabilities stand on one floor and may use one another's doors, as long as no circle closes. */
export const capabilityFloor = 5;
