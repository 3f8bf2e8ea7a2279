/**
 * Two configurations of 20,000 lines with 250 changes between them: their difference, and the lines that lead from
 * one to the other. Each notation has the configuration that the lab's devices of it hold; the goal is for the two
 * steps together, both trees read, and holds for each of them. It is judged by the CPU time of the process, threads
 * of the engine included: what the clock says depends on who else has the machine.
 *
 *     node --conditions=source bench/config-diff.bench.ts [lines]
 */
import { type ConfigTree, dialectOf, diffConfig, mergeConfig, parseConfig, remediate, sameConfig } from '#parse';
import { createPlatformRegistry } from '#platforms';
import { factsOf } from '../src/lab/facts.ts';
import { generateConfiguration } from '../src/lab/generate.ts';
import { personas } from '../src/lab/personas/index.ts';
import { median, printTable } from './table.ts';

const lineCount = Number(process.argv[2] ?? 20_000);
const changeCount = 250;
const goalMs = 100;
const runs = 9;
/** Lines whose last value can become another one. */
const changeable =
  /^\s+(?:description|set description|name|address|ip address|ipv4 address|comment|host|subnet|set subnet|switchport access vlan|port default vlan|ip ospf cost)|port-name|tagged|ip-netmask|^add |^set \[|^configure vlan \S+ tag /;

interface Timed<T> {
  readonly ms: number;
  readonly cpuMs: number;
  readonly result: T;
}

function timed<T>(work: () => T): Timed<T> {
  const times: number[] = [];
  const cpuTimes: number[] = [];
  let result: T | undefined;
  for (let run = 0; run < runs; run += 1) {
    globalThis.gc?.();
    const cpuBefore = process.cpuUsage();
    const started = performance.now();
    result = work();
    times.push(performance.now() - started);
    const { user, system } = process.cpuUsage(cpuBefore);
    cpuTimes.push((user + system) / 1000);
  }
  return { ms: median(times), cpuMs: median(cpuTimes), result: result as T };
}

function changed(lines: readonly string[]): string {
  const places = lines.flatMap((line, at) => (changeable.test(line) ? [at] : []));
  const changing = new Set(
    Array.from({ length: changeCount }, (_, nth) => places[Math.floor((nth * places.length) / changeCount)]!),
  );
  return lines
    .map((line, at) =>
      changing.has(at)
        ? line.replace(/(\w)(["';}]?[\s;]*)$/, (_, last: string, end: string) => (last === '1' ? '2' : '1') + end)
        : line,
    )
    .join('\n');
}

const registry = createPlatformRegistry();
const rows: (string | number)[][] = [];
for (const persona of personas) {
  const name = (await registry.get(persona.id)).config?.dialect;
  if (name === undefined || name === 'plain') continue;
  const facts = factsOf({ host: 'r1', site: 'cairo', user: 'netwright', password: 'pw-1', enable: 'en-1', seed: 4711 });
  const bytesALine =
    generateConfiguration(persona.config, facts, 200_000).length /
    generateConfiguration(persona.config, facts, 200_000).split('\n').length;
  const lines = generateConfiguration(persona.config, facts, Math.round(lineCount * bytesALine)).split('\n');
  const dialect = dialectOf(name);
  const read = (text: string): ConfigTree => parseConfig(text, dialect, { file: persona.id });
  const parsed = timed(() => read(lines.join('\n')));
  const [before, after] = [parsed.result, read(changed(lines))];
  const diff = timed(() => diffConfig(before, after));
  const remedy = timed(() => remediate(before, after));
  const merged = timed(() => mergeConfig(before, remedy.result.join('\n')));
  if (!sameConfig(merged.result, after)) throw new Error(`${persona.id}: the lines do not lead there`);
  const together = diff.cpuMs + remedy.cpuMs;
  if (together >= goalMs) process.exitCode = 1;
  rows.push([
    persona.id,
    lines.length,
    parsed.ms.toFixed(0),
    diff.ms.toFixed(1),
    remedy.ms.toFixed(1),
    together.toFixed(1),
    remedy.result.length,
    merged.ms.toFixed(0),
    together < goalMs ? `met (${goalMs} ms CPU)` : 'MISSED',
  ]);
}
printTable(
  [
    'platform',
    'lines',
    'parse ms',
    'diff ms',
    'remedy ms',
    'diff + remedy CPU ms',
    'lines to type',
    'merge ms',
    'diff + remedy',
  ],
  rows,
);
