/** Reads code as a command of the built product would, and prints what it found and took as JSON. */
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { CodeIndex, readCode } from '#codemap';

const [what, where, cacheFolder] = process.argv.slice(2);
const onProgress = ({ stage, filesDone, filesTotal }) =>
  process.stderr.write(`${stage} ${filesDone} of ${filesTotal}\r`);
const refreshMs = [];
const refreshCpuMs = [];

async function read() {
  if (what === 'package') return readCode({ package: where });
  if (what === 'tree') return readCode(where, { cacheFolder, onProgress });
  const index = await CodeIndex.open(where);
  const file = 'cisco/cisco_ios.py';
  for (let time = 0; time < 40; time += 1) {
    appendFileSync(join(where, file), `\n\ndef added_${time}():\n    return ${time}\n`);
    const start = performance.now();
    const before = process.cpuUsage();
    await index.refresh([file]);
    refreshMs.push(performance.now() - start);
    const { user, system } = process.cpuUsage(before);
    refreshCpuMs.push((user + system) / 1000);
  }
  return index.model;
}

const model = await read();
const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
console.log(
  JSON.stringify({
    classes: model.classes.length,
    edges: model.edges.filter((one) => one.kind === 'inherits' && !one.to.startsWith('outside:')).length,
    cpuS: (userCPUTime + systemCPUTime) / 1e6,
    memoryMb: maxRSS / 1024,
    refreshMs,
    refreshCpuMs,
  }),
);
