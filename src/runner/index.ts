export { type BatchSize, parseBatchSizes } from './batches.ts';
export type { Connector } from './connector.ts';
export { defaultConcurrency } from './default-concurrency.ts';
export { type Job, type Run, type RunEvent, type RunLimits, type RunOptions, run, type Task } from './run.ts';
