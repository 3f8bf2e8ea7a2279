/**
 * What the steps of a backup beside the conversation cost: outputs that were fetched before go through the guard, the rules for
 * secrets, git and the seal, each step measured alone.
 *
 *     node --conditions=source bench/backup-steps.bench.ts [devices] [bytes] [platform]
 */
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { Redactor, Secret } from '#core';
import { startLab } from '#lab';
import type { Platform } from '#platforms';
import { run } from '#runner';
import { openConfigurationStore, openDatabase } from '#store';
import { openWorkspace } from '#workspace';
import { assemble } from '../src/backup/assemble.ts';
import { ByteMemory } from '../src/backup/byte-memory.ts';
import { collect, type Part } from '../src/backup/collect.ts';
import { guardComplete } from '../src/backup/guard.ts';
import { outputFingerprint } from '../src/backup/output-fingerprint.ts';
import { holdsLogin, markOf, scrubbedPieces, withoutVolatile } from '../src/backup/scrub.ts';
import { keepHeapSmall } from '../src/cli/small-heap.ts';
import { ageFile } from '../src/store/age-file.ts';
import { writeWhole } from '../src/store/atomic-file.ts';
import { buildFilter } from '../src/store/gram-filter.ts';
import { nativeX25519 } from '../src/store/x25519-recipient.ts';
import { childCpuSeconds } from './child-cpu.ts';
import { makeLabWorkspace } from './lab-workspace.ts';
import { printTable } from './table.ts';

const devices = Number(process.argv[2] ?? 30);
const configBytes = Number(process.argv[3] ?? 225_000);
const platformId = process.argv[4] ?? 'cisco_nxos';
/** The first of them warms up. */
const rounds = 6;

interface Output {
  readonly device: string;
  readonly platform: Platform;
  readonly parts: readonly Part[];
}

async function fetchOutputs(): Promise<Output[]> {
  await using lab = await startLab({ devices, configBytes, platforms: [platformId], telnetShare: 0, processes: 1 });
  await using made = await makeLabWorkspace(lab);
  await using workspace = await openWorkspace({ folder: made.folder, env: made.env });
  const outputs: Output[] = [];
  const all = [...(await workspace.inventory()).devices.values()];
  const task = async (job: Parameters<Parameters<typeof run>[1]>[0]): Promise<Output> => {
    const session = await job.connect();
    const parts = await collect(session, job.device, job.signal);
    return { device: job.device.name, platform: session.platform, parts };
  };
  for await (const outcome of run(all, task, await workspace.connector(), {})) {
    if (!outcome.ok) throw outcome.error;
    outputs.push(outcome.value);
  }
  return outputs;
}

const spent = new Map<string, number>();
function step<T>(name: string, work: () => T): T {
  const before = process.cpuUsage();
  const done = (): void => {
    const { user, system } = process.cpuUsage(before);
    spent.set(name, (spent.get(name) ?? 0) + (user + system) / 1000);
  };
  const value = work();
  if (!(value instanceof Promise)) {
    done();
    return value;
  }
  return value.finally(done) as T;
}

const outputs = await fetchOutputs();
keepHeapSmall();
const folder = await mkdtemp(join(tmpdir(), 'netwright-bench-'));
try {
  await using database = await openDatabase(join(folder, 'state.sqlite'));
  await using store = await openConfigurationStore({ repository: join(folder, 'configs'), database });
  const key = randomBytes(32);
  const login = new Redactor([new Secret('correct horse')]);
  const recipient = nativeX25519(await identityToRecipient(await generateX25519Identity()))!;
  const memory = new ByteMemory();
  let gitMs = 0;
  for (let round = 0; round < rounds; round += 1) {
    if (round === 1) spent.clear();
    const children = childCpuSeconds() ?? Number.NaN;
    const info = {
      id: `run-${round}`,
      startedAtMs: round,
      author: 'bench',
      reason: 'bench',
      commitPer: 'run',
    } as const;
    const writer = await step('git: start of the run', () => store.startRun(info));
    for (const { device, platform, parts } of outputs) {
      const { backup } = platform;
      const kept = step('volatile lines', () =>
        parts.map(({ command, latin1 }) => ({ command, latin1: withoutVolatile(latin1, backup) })),
      );
      step('the login in it', () => kept.some(({ latin1 }) => holdsLogin(latin1, login)));
      step('fingerprint', () => outputFingerprint(device, platform, kept, key, memory));
      step('guard', () => guardComplete(device, platform, parts));
      const mark = markOf(device, key);
      const scrubbed = step('secrets', () =>
        assemble(
          kept.map(({ command, latin1 }) => ({ command, pieces: scrubbedPieces(latin1, backup, mark) })),
          backup.comment,
        ),
      );
      const full = assemble(
        parts.map(({ command, latin1 }) => ({ command, pieces: [latin1] })),
        backup.comment,
      );
      await memory.lend(scrubbed, async (bytes) => {
        step('search filter, lines', () => buildFilter(bytes));
        step('hash', () => createHash('sha1').update(bytes).digest());
      });
      const zipped = memory.use(full, (bytes) => step('gzip', () => gzipSync(bytes, { level: 1, chunkSize: 32_768 })));
      const sealed = await step('age', () => ageFile(zipped, [recipient]));
      await step('sealed file', () => writeWhole(join(folder, `${round}`, device, 'x.age'), sealed));
      // Each time another text, so that each round is a first backup; lines, hash and index are in it once more.
      const now = [...scrubbed, `round ${round}\n`];
      const note = { device, durationMs: 1 };
      await step('to bytes, to git', () =>
        memory.lend(now, async (bytes) => await writer.write(`${device}-${round}`, `${round}/${device}`, bytes, note)),
      );
    }
    await step('git: commit, index', () => writer.commit());
    if (round > 0) gitMs += ((childCpuSeconds() ?? Number.NaN) - children) * 1000;
  }
  const each = outputs.length * (rounds - 1);
  const rows = [...spent].map(([name, ms]) => [name, (ms / each).toFixed(3)]);
  console.log(
    `${outputs.length} outputs of ${platformId} x ${configBytes / 1000} KB; load average ${loadavg()[0]!.toFixed(1)}`,
  );
  printTable(['step', 'CPU a device, ms'], [...rows, ['processes of git', (gitMs / each).toFixed(3)]]);
} finally {
  await rm(folder, { recursive: true, force: true });
}
