import { parentPort } from 'node:worker_threads';
import { createBz2Workspace, decodeBz2Block } from './bz2-block.ts';

/** Decodes one block after the other; imports no other room, as a thread knows no package conditions. */
const workspace = createBz2Workspace();
parentPort!.on('message', ({ id, bytes, startBit, endBit }: Bz2Job) => {
  try {
    const output = decodeBz2Block(bytes, startBit, endBit, workspace);
    const answer: Bz2Answer = { id, output: output.buffer, length: output.length, damage: undefined };
    parentPort!.postMessage(answer, [output.buffer]);
  } catch (error) {
    const answer: Bz2Answer = { id, output: undefined, length: 0, damage: (error as Error).message };
    parentPort!.postMessage(answer);
  }
});

export interface Bz2Job {
  readonly id: number;
  readonly bytes: Uint8Array;
  readonly startBit: number;
  readonly endBit: number;
}

export interface Bz2Answer {
  readonly id: number;
  readonly output: ArrayBuffer | undefined;
  readonly length: number;
  readonly damage: string | undefined;
}
