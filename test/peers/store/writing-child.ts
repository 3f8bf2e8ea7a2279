/** Writes a run that never ends; its test kills it. Arguments: folder of the store, how many configurations. */
import { join } from 'node:path';
import { openConfigurationStore, openDatabase } from '#store';

const [folder = '', count = '0'] = process.argv.slice(2);
const database = await openDatabase(join(folder, 'state.sqlite'));
const store = await openConfigurationStore({ repository: join(folder, 'configs'), database });
const writer = await store.startRun({
  ...{ id: 'killed', startedAtMs: 0, author: 'child', reason: 'to be killed', commitPer: 'run' },
});
for (let at = 0; at < Number(count); at += 1) {
  const text = Array.from({ length: 2_000 }, () => `line ${Math.random()}`).join('\n');
  await writer.write(`d${at}`, `x/d${at}`, Buffer.from(text), { device: `d${at}`, durationMs: 1 });
  if (at % 10 === 0) process.stdout.write(`${at}\n`);
}
process.stdout.write('waiting\n');
// The lock and the open pipe of git are held until the kill.
setInterval(() => undefined, 1_000);
