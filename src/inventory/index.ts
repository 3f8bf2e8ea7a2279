export type { CredentialStore, CredentialSummary } from './credentials.ts';
export {
  type ApiOptions,
  type ApiProtocol,
  apiProtocols,
  type ConnectionOptions,
  type Device,
  type Inventory,
  type Problem,
} from './device.ts';
export type { AskPassphrase } from './identity-file.ts';
export { identityFolder } from './identity-folder.ts';
export type { ImportedInventory } from './import/draft.ts';
export type { NetboxOptions } from './import/netbox.ts';
export { besideKept, importAnsible, importCsv, importNetbox, importOxidized, importRancid } from './importers.ts';
export { createInventory, formatProblem } from './inventory.ts';
export { type LoadOptions, loadInventory } from './load-inventory.ts';
export { type CredentialOptions, openCredentials } from './open-credentials.ts';
export { isPrivateKey } from './private-key-text.ts';
export { generateInventorySchema, inventorySchema } from './schema.ts';
export { compileSelect, type DeviceTest, selectDevices, wildcard } from './select-devices.ts';
export {
  parseSelect,
  printSelect,
  type SelectExpression,
  type SelectKey,
  type SelectTerm,
  selectKeys,
} from './select-expression.ts';
