import { NetwrightError } from '#core';

/**
 * Ctrl-C, SIGTERM and SIGHUP as a signal: the first asks for a clean stop, the second leaves at once.
 * `release` gives the process its own handling back.
 */
export function interruption(target: NodeJS.Process): { readonly signal: AbortSignal; readonly release: () => void } {
  const controller = new AbortController();
  const onSignal = (name: NodeJS.Signals): void => {
    if (controller.signal.aborted) target.exit(130);
    if (name === 'SIGINT') target.stderr.write('\nstopping; once more leaves at once\n');
    controller.abort(
      new NetwrightError('NW_CANCELLED', `stopped by ${name === 'SIGINT' ? 'Ctrl-C' : name}`, {
        hint: 'what was done is kept; run it again for the rest',
      }),
    );
  };
  const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const name of names) target.on(name, onSignal);
  return {
    signal: controller.signal,
    release: () => {
      for (const name of names) target.off(name, onSignal);
    },
  };
}
