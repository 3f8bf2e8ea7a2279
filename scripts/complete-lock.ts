/**
 * `npm ci` wants every optional package of the tree in the lock file, those for other systems too. An `npm install` from a registry
 * that carries only some systems leaves the others out without a word, and every `npm ci` fails from then on. This puts them back, by
 * name and version; `--check` only says which are missing.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

interface Locked {
  version?: string;
  dev?: boolean;
  optional?: boolean;
  cpu?: string[];
  os?: string[];
  libc?: string[];
  optionalDependencies?: Record<string, string>;
}

const systems = new Set(['android', 'darwin', 'win32', 'freebsd', 'linux', 'openharmony']);
const processors: Readonly<Record<string, string>> = Object.fromEntries(
  ['arm64', 'x64', 'ia32', 'arm', 'ppc64', 'riscv64', 's390x', 'wasm32'].map((one) => [one, one]),
);

/** An entry for a binary package, with what its name says of where it runs: `@oxlint/binding-linux-x64-musl`. */
function entryOf(name: string, version: string, isDev: boolean): Locked {
  const words = name.split(/[-/]/);
  const os = name === 'fsevents' ? ['darwin'] : words.filter((word) => systems.has(word));
  const cpu = words.flatMap((word) => processors[word] ?? []);
  const libc = words.some((word) => word.startsWith('musl'))
    ? ['musl']
    : words.some((word) => word.startsWith('gnu'))
      ? ['glibc']
      : [];
  return {
    version,
    ...(cpu.length > 0 && { cpu }),
    ...(isDev && { dev: true }),
    ...(libc.length > 0 && { libc }),
    optional: true,
    ...(os.length > 0 && { os }),
  };
}

const file = resolve(dirname(fileURLToPath(import.meta.url)), '../package-lock.json');
const lock = JSON.parse(readFileSync(file, 'utf8')) as { packages: Record<string, Locked> };
const { packages } = lock;

const missing: string[] = [];
for (const [path, { optionalDependencies = {}, dev = false }] of Object.entries(packages)) {
  for (const [name, range] of Object.entries(optionalDependencies)) {
    const beside = path.slice(0, path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const version = range.replace(/^[\^~]/, '');
    const isThere = packages[`${beside}${name}`] !== undefined || packages[`node_modules/${name}`]?.version === version;
    if (isThere || path === '') continue;
    missing.push(`${name}@${version}`);
    packages[`${beside}${name}`] = entryOf(name, version, dev);
  }
}

if (missing.length > 0 && process.argv.includes('--check')) {
  console.error(`package-lock.json lacks ${missing.join(', ')}: run \`node scripts/complete-lock.ts\``);
  process.exitCode = 1;
} else if (missing.length > 0) {
  const sorted = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(file, `${JSON.stringify({ ...lock, packages: sorted }, null, 2)}\n`);
  console.log(`put back: ${missing.join(', ')}`);
}
