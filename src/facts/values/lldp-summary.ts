import type { LldpNeighbors, LldpNeighborsDetail } from '../model/neighbors.ts';

/** Name and port of every neighbour; one that tells no name is called by its chassis. */
export const lldpSummary = (details: LldpNeighborsDetail): LldpNeighbors =>
  Object.fromEntries(
    Object.entries(details).map(([name, neighbors]) => [
      name,
      neighbors.map(({ remote_system_name, remote_chassis_id, remote_port }) => ({
        hostname: remote_system_name || remote_chassis_id,
        port: remote_port,
      })),
    ]),
  );

/** Those of one interface, or of all where none is named. */
export const ofInterface = (details: LldpNeighborsDetail, name: string): LldpNeighborsDetail =>
  name === '' ? details : Object.fromEntries(Object.entries(details).filter(([key]) => key === name));
