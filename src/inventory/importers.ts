/**
 * The importers, each loaded when it is called: what they need (an HTTP client, parsers) would cost every other
 * command 30 MB and its part of the start.
 */

export const importAnsible: typeof import('./import/ansible.ts').importAnsible = async (options) =>
  (await import('./import/ansible.ts')).importAnsible(options);

export const importCsv: typeof import('./import/csv.ts').importCsv = async (options) =>
  (await import('./import/csv.ts')).importCsv(options);

export const importNetbox: typeof import('./import/netbox.ts').importNetbox = async (options) =>
  (await import('./import/netbox.ts')).importNetbox(options);

export const importOxidized: typeof import('./import/oxidized.ts').importOxidized = async (options) =>
  (await import('./import/oxidized.ts')).importOxidized(options);

export const importRancid: typeof import('./import/rancid.ts').importRancid = async (options) =>
  (await import('./import/rancid.ts')).importRancid(options);

export const besideKept: typeof import('./import/keep-credentials.ts').besideKept = async (imported, kept) =>
  (await import('./import/keep-credentials.ts')).besideKept(imported, kept);
