export type { Candidate, Capability, CommitOptions, Driver, Intent, Receipt } from './driver.ts';
