import { monitorEventLoopDelay } from 'node:perf_hooks';

const tickMs = 5;

export interface Stalls {
  /** Longest time without a turn, by the clock: on a loaded machine it counts what other processes took, too. */
  readonly wallMs: number;
  /** Most CPU time of the main thread between two ticks: what this process itself stood still for. */
  readonly cpuMs: number;
  /** Turns with more than 50 ms of CPU time. */
  readonly overLimit: number;
}

/** Watches the event loop until it is asked. */
export function watchStalls(): () => Stalls {
  const delay = monitorEventLoopDelay({ resolution: tickMs });
  delay.enable();
  const cpuMs = (): number => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1000;
  };
  let worst = 0;
  let overLimit = 0;
  let before = cpuMs();
  const timer = setInterval(() => {
    const now = cpuMs();
    worst = Math.max(worst, now - before);
    if (now - before > 50) overLimit += 1;
    before = now;
  }, tickMs);
  timer.unref();
  return () => {
    clearInterval(timer);
    delay.disable();
    return { wallMs: delay.max / 1e6, cpuMs: worst, overLimit };
  };
}
