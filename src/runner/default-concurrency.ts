import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

const most = 1000;
/** What one session may cost: buffers of the channel, and a configuration in flight. */
const bytesPerSession = 1024 * 1024;
/** Files, pipes and databases that the process needs besides the sockets. */
const reservedDescriptors = 64;

/** Sessions at once that this machine carries: a quarter of the memory that is free, half of the open files allowed. */
export function defaultConcurrency(
  memoryBytes: number = process.availableMemory(),
  descriptors: number = openFileLimit(),
): number {
  const byMemory = Math.floor(memoryBytes / 4 / bytesPerSession);
  const byDescriptors = Math.floor((descriptors - reservedDescriptors) / 2);
  return Math.max(availableParallelism(), Math.min(most, byMemory, byDescriptors), 1);
}

/** The soft limit of open files of this process; 256 (macOS' default) where the system does not tell. */
function openFileLimit(): number {
  try {
    const limits = readFileSync('/proc/self/limits', 'utf8');
    const soft = /^Max open files\s+(\d+|unlimited)/m.exec(limits)?.[1];
    if (soft !== undefined) return soft === 'unlimited' ? Number.POSITIVE_INFINITY : Number(soft);
  } catch (error) {
    // No /proc: macOS, Windows.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  return 256;
}
