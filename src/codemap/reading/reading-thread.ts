import { parentPort } from 'node:worker_threads';
import { type AnyReader, loadReader, type ReaderName } from './readers.ts';

/** One file to read; the answer has its facts as JSON, which is what the cache keeps too. */
export interface ReadingTask {
  readonly id: number;
  readonly reader: ReaderName;
  readonly path: string;
  readonly bytes: Uint8Array;
}

export interface ReadingAnswer {
  readonly id: number;
  readonly json: string;
}

const port = parentPort;
if (port === null) throw new Error('reading-thread.ts runs only as a worker');
const loaded = new Map<ReaderName, Promise<AnyReader>>();

async function answer(tasks: readonly ReadingTask[]): Promise<ReadingAnswer[]> {
  const answers: ReadingAnswer[] = [];
  for (const { id, reader: name, path, bytes } of tasks) {
    const reader = loaded.get(name) ?? loadReader(name);
    loaded.set(name, reader);
    answers.push({ id, json: JSON.stringify((await reader).readFile({ path, bytes })) });
  }
  return answers;
}

port.on('message', (tasks: readonly ReadingTask[]) => {
  // A failure ends the thread, and the pool rejects with it.
  void answer(tasks).then((answers) => port.postMessage(answers));
});
