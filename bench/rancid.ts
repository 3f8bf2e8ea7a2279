import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { LabDevice } from '#lab';
import { childCpuSeconds } from './child-cpu.ts';

/** The version of the installed RANCID, or undefined: then its row says so. */
export function rancidVersion(): string | undefined {
  const { status, stdout } = spawnSync('clogin', ['-V'], { encoding: 'utf8' });
  return status === 0 ? (/\d[\d.]*/.exec(stdout)?.[0] ?? 'unknown') : undefined;
}

/** Reads the device with `clogin`, expect and OpenSSH's client; CPU of all of them. */
export async function runClogin(
  device: LabDevice,
  commands: readonly string[],
  rounds: number,
): Promise<{ readonly cpuMs: number; readonly bytes: number }[]> {
  const folder = await mkdtemp(join(tmpdir(), 'netwright-clogin-'));
  const file = join(folder, 'cloginrc');
  const ssh = join(folder, 'ssh');
  const lines = [
    `add user ${device.host} ${device.user}`,
    `add password ${device.host} {${device.password}} {${device.enable ?? device.password}}`,
    `add autoenable ${device.host} 1`,
    `add method ${device.host} {ssh:${device.port}}`,
    `add sshcmd ${device.host} {${ssh}}`,
  ];
  // clogin joins the words of its command; and nothing is to be remembered of a lab's host keys.
  const options = '-o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR';
  await writeFile(ssh, `#!/bin/sh\nexec ssh ${options} "$@"\n`, { mode: 0o700 });
  await writeFile(file, `${lines.join('\n')}\n`, { mode: 0o600 });
  try {
    const figures = [];
    for (let round = 0; round < rounds; round++) {
      const before = childCpuSeconds() ?? Number.NaN;
      const args = ['-f', file, '-t', '60', '-c', commands.join(';'), device.host];
      const { stdout } = await promisify(execFile)('clogin', args, { maxBuffer: 1 << 26 });
      figures.push({ cpuMs: ((childCpuSeconds() ?? Number.NaN) - before) * 1000, bytes: stdout.length });
    }
    return figures;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
