export { type FaultKind, faultKinds, type Lab, type LabDevice, type LabOptions } from './lab.ts';
