/**
 * Loads an inventory of 50,000 devices, as one file and as a folder of 100 files, each in a fresh process, and prints
 * how long it took, the most memory that was resident and the longest time for which the event loop stood still.
 * Bounds: 2 s, 300 MB, 50 ms.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { loadInventory } from '#inventory';

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

const devices = (from: number, to: number): string =>
  Array.from({ length: to - from }, (_, at) => device(from + at)).join('');

async function measure(path: string): Promise<void> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const cpu = process.cpuUsage();
  const start = performance.now();
  const inventory = await loadInventory(path, { platforms });
  const loadMs = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  delay.disable();
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
    stallMs: delay.max / 1e6,
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
    const rows = [
      ['one file', one],
      ['a folder of 100 files', many],
    ].map(([what, path]) => {
      const self = fileURLToPath(import.meta.url);
      const out = execFileSync(process.execPath, ['--conditions=source', self, path!], { encoding: 'utf8' });
      const {
        devices: found,
        loadMs,
        cpuMs,
        peakMb,
        stallMs,
        selected,
        selectMs,
        problems,
      } = JSON.parse(out) as Record<string, number>;
      return {
        inventory: what,
        devices: found,
        problems,
        'load ms (bound 2000)': Math.round(loadMs!),
        'CPU ms': Math.round(cpuMs!),
        'peak RSS MB (bound 300)': Math.round(peakMb!),
        'worst stall ms (bound 50)': Math.round(stallMs!),
        'select ms': `${Math.round(selectMs!)} (${selected} found)`,
      };
    });
    console.table(rows);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[2] === undefined) compare();
else await measure(process.argv[2]);
