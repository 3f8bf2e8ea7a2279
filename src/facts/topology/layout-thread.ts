import { parentPort, workerData } from 'node:worker_threads';
import Elk from 'elkjs/lib/elk.bundled.js';
import type { ELK, ElkNode } from 'elkjs/lib/elk-api.js';

/** Laying 200 boxes out takes a second of computing: it is done beside the event loop. */
// The declarations of elkjs name its API, not the class that the bundle exports.
const engine = new (Elk as unknown as new () => ELK)();
parentPort?.postMessage(await engine.layout(workerData as ElkNode));
