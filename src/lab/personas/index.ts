import { didYouMean, NetwrightError } from '#core';
import type { Persona } from '../persona.ts';
import { cisco_ios } from './cisco_ios.ts';
import { juniper_junos } from './juniper_junos.ts';
import { linux } from './linux.ts';

/** In the order in which a lab draws them, so that a small lab is a mixed one. */
export const personas: readonly Persona[] = [cisco_ios, juniper_junos, linux];

const byId = new Map(personas.map((persona) => [persona.id, persona]));

export const isPersona = (id: string): boolean => byId.has(id);

/** @throws NetwrightError `NW_LAB_FAILED` with a suggestion when the lab cannot play such a platform. */
export function findPersona(id: string): Persona {
  const persona = byId.get(id);
  if (persona !== undefined) return persona;
  const suggestion = didYouMean(id, [...byId.keys()]);
  throw new NetwrightError(
    'NW_LAB_FAILED',
    `the lab cannot play "${id}".${suggestion} It plays: ${[...byId.keys()].join(', ')}`,
  );
}

/** Platform ids that the lab can play. */
export const labPlatforms: readonly string[] = personas.map((persona) => persona.id);

/** Vendor of each of them. */
export const labVendors: Readonly<Record<string, string>> = Object.fromEntries(
  personas.map(({ id, vendor }) => [id, vendor]),
);
