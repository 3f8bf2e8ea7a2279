export type { DeviceControl, DeviceFault, DeviceStatus } from './device-control.ts';
export { type DialogueEntry, loadDialogues, parseDialogue, recordDialogue } from './dialogue.ts';
export { type LabInventory, labInventory } from './inventory.ts';
export { type FaultKind, faultKinds, type Lab, type LabDevice, type LabOptions } from './lab.ts';
export { labPlatforms, labVendors } from './personas/index.ts';
export { startLab } from './start-lab.ts';
