/**
 * CPU of this thread so far, in milliseconds; of the whole process where Node does not tell (before 23.9). Unlike the
 * clock on the wall it stands still while a busy machine gives its turns to others.
 */
export function threadCpuMs(): number {
  const { user, system } = process.threadCpuUsage?.() ?? process.cpuUsage();
  return (user + system) / 1000;
}

/** The least CPU, in milliseconds, that one of several rounds of the work took. */
export function leastCpuMs(rounds: number, work: () => void): number {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round += 1) {
    const before = threadCpuMs();
    work();
    least = Math.min(least, threadCpuMs() - before);
  }
  return least;
}
