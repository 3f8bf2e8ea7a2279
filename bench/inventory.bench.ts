/**
 * Loads an inventory of 50,000 devices, as one file, as a folder of 100 files, and as a program writes it that shares lists by
 * aliases, each in a fresh process, and prints how long it took, the most memory that was resident and the most CPU time for which
 * the event loop stood still. Bounds: 2 s, 300 MB, 50 ms.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadInventory } from '#inventory';
import { watchStalls } from './stall-probe.ts';
import { printTable } from './table.ts';

const count = 50_000;
const known = ['cisco_ios', 'cisco_xr', 'juniper_junos', 'arista_eos', 'hp_comware', 'linux'];
const platforms = { resolve: (id: string) => (known.includes(id) ? id : undefined), ids: () => known };

const head = `defaults: { credential: lab, timeoutMs: 30000 }
groups:
  core: { jump: [bastion] }
${Array.from({ length: 50 }, (_, site) => `  site${site}: { site: s${site}, tags: [t${site % 7}], groups: [core] }\n`).join('')}devices:
  bastion: { address: 192.0.2.250, platform: linux, jump: [] }
`;

function device(index: number): string {
  const address = `10.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}`;
  const platform = known[index % known.length];
  const group = `site${index % 50}`;
  // Half of them as one line, half as a block: both are how people write.
  return index % 2 === 0
    ? `  r${index}: { address: ${address}, platform: ${platform}, groups: [${group}], role: pe, variables: { asn: ${64512 + (index % 1000)} } }\n`
    : `  r${index}:\n    address: ${address}\n    platform: ${platform}\n    groups: [${group}]\n    role: pe\n    variables:\n      asn: ${64512 + (index % 1000)}\n`;
}

const anchor = '\n    role: pe\n    tags: &id001\n    - bgp\n    - core';
const alias = '\n    role: pe\n    tags: *id001';
const devices = (from: number, to: number): string =>
  Array.from({ length: to - from }, (_, at) => device(from + at)).join('');

async function measure(path: string): Promise<void> {
  const stalls = watchStalls();
  const cpu = process.cpuUsage();
  const start = performance.now();
  const inventory = await loadInventory(path, { platforms });
  const loadMs = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  const stallMs = stalls().cpuMs;
  const selectStart = performance.now();
  const selected = inventory.select('platform:cisco_ios and site:s7* and not tag:t3 or address:10.0.3.0/24').length;
  const selectMs = performance.now() - selectStart;
  const result = {
    devices: inventory.devices.size,
    problems: inventory.problems.length,
    loadMs,
    cpuMs: (user + system) / 1000,
    selected,
    selectMs,
    peakMb: process.resourceUsage().maxRSS / 1024,
    stallMs,
  };
  console.log(JSON.stringify(result));
}

function compare(): void {
  const folder = mkdtempSync(join(tmpdir(), 'netwright-bench-'));
  try {
    const one = join(folder, 'inventory.yaml');
    writeFileSync(one, head + devices(0, count));
    const many = join(folder, 'inventory');
    mkdirSync(many);
    writeFileSync(join(many, 'base.yaml'), head);
    for (let file = 0; file < 100; file += 1) {
      const each = count / 100;
      writeFileSync(join(many, `devices-${file}.yaml`), `devices:\n${devices(file * each, (file + 1) * each)}`);
    }
    const aliased = join(folder, 'aliases.yaml');
    const blocks = devices(0, count).split('\n    role: pe');
    const shared = blocks.map((block, at) => block + (at === blocks.length - 1 ? '' : at === 0 ? anchor : alias));
    writeFileSync(aliased, head + shared.join(''));
    const rows: string[][] = [];
    for (const [what, path] of [
      ['one file', one],
      ['a folder of 100 files', many],
      ['one file with aliases', aliased],
    ] as const) {
      const self = fileURLToPath(import.meta.url);
      const out = execFileSync(process.execPath, ['--conditions=source', self, path], { encoding: 'utf8' });
      const found = JSON.parse(out) as Record<string, number>;
      const { loadMs = 0, peakMb = 0, stallMs = 0, problems = 0 } = found;
      const isLate = loadMs > 2000 || peakMb > 300 || stallMs > 50 || problems > 0;
      if (isLate) process.exitCode = 1;
      const figures = [found['devices'], loadMs, found['cpuMs'], peakMb, stallMs, found['selectMs']];
      rows.push([what, ...figures.map((value) => (value ?? 0).toFixed(0)), isLate ? 'out of bounds' : '']);
    }
    printTable(['inventory', 'devices', 'load, ms', 'CPU, ms', 'peak MB', 'stall, ms of CPU', 'select, ms', ''], rows);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[2] === undefined) compare();
else await measure(process.argv[2]);
