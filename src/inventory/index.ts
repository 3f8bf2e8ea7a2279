export type { CredentialStore, CredentialSummary } from './credentials.ts';
export type { ConnectionOptions, Device, Inventory, Problem } from './device.ts';
