/** Resolves when the signal fires. The process stays up meanwhile. */
export async function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  const hour = 3_600_000;
  const awake = setInterval(() => {}, hour);
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  clearInterval(awake);
}
