export { type BatchSize, batchesOf } from './batches.ts';
export type { ConnectOptions, Connector } from './connector.ts';
export { type ConnectorOptions, createConnector } from './create-connector.ts';
export { defaultConcurrency } from './default-concurrency.ts';
export { endpointOf } from './endpoint-of.ts';
export { type Job, type Run, type RunEvent, type RunLimits, type RunOptions, run, type Task } from './run.ts';
