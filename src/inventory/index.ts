export type { CredentialStore, CredentialSummary } from './credentials.ts';
export type { ConnectionOptions, Device, Inventory, Problem } from './device.ts';
export { identityFolder } from './identities.ts';
export type { AskPassphrase } from './identity-file.ts';
export { importAnsible } from './import/ansible.ts';
export { importCsv } from './import/csv.ts';
export type { ImportedInventory } from './import/draft.ts';
export { importNetbox, type NetboxOptions } from './import/netbox.ts';
export { importOxidized } from './import/oxidized.ts';
export { importRancid } from './import/rancid.ts';
export { createInventory, formatProblem } from './inventory.ts';
export { type LoadOptions, loadInventory } from './load-inventory.ts';
export { type CredentialOptions, openCredentials } from './open-credentials.ts';
export { generateInventorySchema, inventorySchema } from './schema.ts';
export { compileSelect, type DeviceTest, selectDevices } from './select-devices.ts';
export {
  parseSelect,
  printSelect,
  type SelectExpression,
  type SelectKey,
  type SelectTerm,
  selectKeys,
} from './select-expression.ts';
