export type { Connector } from './connector.ts';
export type { Job, Run, RunEvent, RunLimits, RunOptions, Task } from './run.ts';
