// biome-ignore-all lint/suspicious/noTemplateCurlyInString: values of TextFSM are written so
/**
 * TextFSM: records a second and CPU on output like that of `show interfaces`, beside the reference implementation where
 * it is installed; templates compiled a second; and how long the event loop waits while a hostile text is read.
 */
import { loadavg } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { compileTemplate, parseLongText, parseRows } from '#parse';
import { interfaces, templates } from '../test/parse/textfsm/templates.ts';
import { findProgram, peers } from '../test/peers/peers.ts';
import { askReference } from '../test/peers/textfsm/reference.ts';
import { watchStalls } from './stall-probe.ts';
import { median, printTable } from './table.ts';

const records = 40_000;
const rounds = 5;
const leastRecordsPerSecond = 20_000;
const mostCompileMs = 1000;
const mostStallMs = 50;

const complaints: string[] = [];
const one = compileTemplate(interfaces.template);
const perText = parseRows(one, interfaces.text).length;
const text = (count: number): string =>
  Array.from({ length: count / perText }, (_, index) => interfaces.text.replaceAll('0/1 ', `0/${index} `)).join('');

const big = text(records);
const lines = big.split('\n').length - 1;
const figures: { cpuMs: number; ms: number }[] = [];
for (let round = 0; round < rounds; round++) {
  const cpu = process.cpuUsage();
  const from = performance.now();
  const rows = parseRows(one, big).length;
  const ms = performance.now() - from;
  const { user, system } = process.cpuUsage(cpu);
  if (rows !== records) throw new Error(`${rows} records instead of ${records}`);
  figures.push({ cpuMs: (user + system) / 1000, ms });
}
const ms = median(figures.map((figure) => figure.ms));
const cpuMs = median(figures.map((figure) => figure.cpuMs));
const perSecond = records / (ms / 1000);
const speed: string[][] = [
  ['Netwright', count(perSecond), count(lines / (ms / 1000)), ((cpuMs * 1000) / records).toFixed(1), '1.0'],
];
if (perSecond < leastRecordsPerSecond) complaints.push(`less than ${leastRecordsPerSecond} records a second`);
if (findProgram(peers.textfsm) === undefined) speed.push(['TextFSM, Python (not installed)', '-', '-', '-', '-']);
else {
  const few = records / 20;
  const [theirs] = askReference([['time', interfaces.template, text(few), 3]]);
  if (theirs.rows !== few) throw new Error(`the reference gave ${theirs.rows} records instead of ${few}`);
  const each = theirs.seconds / few;
  const linesEach = lines / records;
  speed.push([
    'TextFSM, Python',
    count(1 / each),
    count(linesEach / each),
    (each * 1e6).toFixed(1),
    (each / (cpuMs / 1000 / records)).toFixed(1),
  ]);
}
console.log(`median of ${rounds}; load average ${loadavg()[0]!.toFixed(1)}`);
printTable(['show interfaces', 'records/s', 'lines/s', 'CPU a record, µs', 'CPU, times ours'], speed);

const many = Array.from({ length: 1000 }, (_, index) => {
  const { template } = templates[index % templates.length]!;
  // No two alike: nothing can be taken from a memory.
  return template.replace('\nStart\n', `\nStart\n  ^line ${index}\\s+of\\s+template$$$$\n`);
});
const rules = many.reduce(
  (sum, template) => sum + template.split('\n').filter((line) => /^\s+\^/.test(line)).length,
  0,
);
const before = cpuMsSoFar();
const compiled = many.map((template) => compileTemplate(template));
const compileMs = cpuMsSoFar() - before;
for (const [index, template] of compiled.entries()) parseRows(template, templates[index % templates.length]!.text);
const firstUseMs = cpuMsSoFar() - before - compileMs;
if (compileMs > mostCompileMs) complaints.push(`1,000 templates took more than ${mostCompileMs} ms`);
printTable(
  ['templates', 'rules', 'compiled, CPU ms', 'first use of each, CPU ms'],
  [[compiled.length, rules, compileMs.toFixed(0), firstUseMs.toFixed(0)]],
);

const hostile: string[][] = [];
const traps: readonly (readonly [name: string, rule: string, line: string])[] = [
  ['nested repetition', '^(\\S+\\s*)+:$$', `:${'word '.repeat(5000)}!`],
  ['many neighbours', '^.*a.*a.*a.*a.*a.*a.*b$$', `b${'a'.repeat(2000)}`],
  ['back-reference', '^(\\w+)+(?P<x>.*)(?P=x)!$$', `${'ab'.repeat(1500)}!${'ab'.repeat(1500)}`],
  ['one line of 20 MB', '^.*${WORD}.*z$$', `z${'a word '.repeat(3_000_000)}`],
  ['20 MB of lines', '^\\s*${WORD}\\s+${REST}$$ -> Record', 'interface description here\n'.repeat(750_000)],
];
for (const [name, rule, line] of traps) {
  const template = compileTemplate(`Value WORD (\\w+)\nValue REST (.*)\n\nStart\n  ${rule}\n`, { name });
  const stalls = watchStalls();
  // A first tick, so that the probe knows where it began.
  await wait(20);
  const began = performance.now();
  const outcome = await parseLongText(template, line).then(
    (rows) => `${count(rows.length)} records`,
    (error: Error) => (error as { code?: string }).code ?? error.message,
  );
  const took = performance.now() - began;
  await wait(20);
  const { cpuMs: stallMs } = stalls();
  if (stallMs > mostStallMs) complaints.push(`${name}: the event loop stood still for ${stallMs.toFixed(0)} ms`);
  hostile.push([name, count(line.length), outcome, took.toFixed(0), stallMs.toFixed(0)]);
}
printTable(['hostile', 'characters', 'outcome', 'ms', 'longest turn of the loop, CPU ms'], hostile);

if (complaints.length > 0) {
  console.error(complaints.join('; '));
  process.exitCode = 1;
}

function cpuMsSoFar(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function count(value: number): string {
  return Math.round(value).toLocaleString('en');
}
