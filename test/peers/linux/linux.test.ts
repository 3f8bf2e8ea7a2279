import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { peer } from '../peers.ts';
import { type Sshd, startSshd } from '../transport/sshd.ts';
import { peerWorkspace } from '../workspace.ts';

describe.skipIf(peer('sshd').isMissing)('a Linux host through OpenSSH', () => {
  let sshd: Sshd;
  let kept: Awaited<ReturnType<typeof peerWorkspace>>;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'netwright-linux-'));
    sshd = await startSshd();
    kept = await peerWorkspace(
      { host: { address: '127.0.0.1', port: sshd.port, platform: 'linux' } },
      { user: sshd.user, privateKey: sshd.clientKey },
    );
  }, 60_000);
  afterAll(async () => {
    await kept?.[Symbol.asyncDispose]();
    await sshd?.[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  it('runs commands and gives their output alone', async () => {
    for await (const outcome of kept.workspace.run(['echo hello; echo world', 'printf "caf\\351"; echo', 'true'])) {
      if (!outcome.ok) throw outcome.error;
      expect(outcome.value.map(({ text }) => text)).toEqual(['hello\nworld', 'caf\udce9', '']);
    }
  });

  it('reads a large output whole', async () => {
    for await (const outcome of kept.workspace.run(['seq 1 200000'])) {
      if (!outcome.ok) throw outcome.error;
      const lines = outcome.value[0]!.text.split('\n');
      expect([lines.length, lines[0], lines.at(-1)]).toEqual([200_000, '1', '200000']);
    }
  });

  it('backs the host up', async () => {
    const report = await kept.workspace.backup().report;
    expect(report).toMatchObject({ total: 1, failed: 0, changed: 1 });
    expect(await kept.workspace.backup().report).toMatchObject({ changed: 0, unchanged: 1 });
  });

  it('sends and fetches files', async () => {
    await using session = await kept.workspace.connect('host');
    const content = Buffer.from(Array.from({ length: 100_000 }, (_, at) => at % 256));
    await session.put(join(folder, 'image.bin'), content);
    expect(Buffer.compare(await readFile(join(folder, 'image.bin')), content)).toBe(0);
    expect(Buffer.compare(await session.get(join(folder, 'image.bin')), content)).toBe(0);
    await expect(session.get(join(folder, 'missing'))).rejects.toMatchObject({ code: 'NW_FILE_TRANSFER' });
  });
});
