/**
 * One client of the CPU benchmark in a process of its own, so that nobody's garbage is collected on another's account:
 * told how many conversations to hold and how many at once, it answers with the CPU time of one, helper threads included.
 *
 *     cpu-client.ts netwright|ssh2        (started with an IPC channel)
 */
import type { LabDevice } from '#lab';
import { createPlatformRegistry } from '#platforms';
import { benchDialer, readConfiguration } from './conversation.ts';
import { readWithBareSsh2 } from './raw-ssh2.ts';

export interface CpuOrder {
  readonly device: LabDevice;
  readonly commands: readonly string[];
  /** So many times. */
  readonly rounds: number;
  /** So many conversations a round, all at once. */
  readonly atOnce: number;
}

/** Of one conversation: the mean of a round. */
export interface CpuFigure {
  readonly cpuMs: number;
  readonly bytes: number;
}

const dialer = benchDialer();
const platforms = createPlatformRegistry();

async function withNetwright({ device, commands }: CpuOrder): Promise<number> {
  const platform = await platforms.get(device.platform);
  const { sizeBytes, closed } = await readConfiguration(dialer, device, platform, device.port, commands);
  await closed;
  return sizeBytes;
}

const withSsh2 = ({ device, commands }: CpuOrder): Promise<number> =>
  readWithBareSsh2(device, ['terminal length 0', ...commands], /# $/);

if (import.meta.main) {
  const converse = process.argv[2] === 'ssh2' ? withSsh2 : withNetwright;
  process.on('message', (order: CpuOrder) => void hold(order));

  async function hold(order: CpuOrder): Promise<void> {
    const figures: CpuFigure[] = [];
    for (let round = 0; round < order.rounds; round++) {
      const before = process.cpuUsage();
      const bytes = await Promise.all(Array.from({ length: order.atOnce }, () => converse(order)));
      const { user, system } = process.cpuUsage(before);
      figures.push({ cpuMs: (user + system) / 1000 / order.atOnce, bytes: bytes[0]! });
    }
    process.send!(figures);
  }
}
