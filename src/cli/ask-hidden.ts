import { NetwrightError } from '#core';

const enter = new Set(['\r', '\n', '\u0004']);
const backspace = new Set(['\u007f', '\b']);

/**
 * Asks on a terminal without showing what is typed.
 * @throws NetwrightError `NW_CANCELLED` on Ctrl-C and when the signal fires.
 */
export async function askHidden(
  input: NodeJS.ReadStream,
  output: NodeJS.WritableStream,
  question: string,
  signal: AbortSignal,
): Promise<string> {
  const cancelled = new NetwrightError('NW_CANCELLED', 'nothing was typed', { hint: 'nothing was changed' });
  if (signal.aborted) throw cancelled;
  output.write(question);
  input.setRawMode(true);
  input.setEncoding('utf8');
  input.resume();
  let typed = '';
  const done = Promise.withResolvers<string>();
  const cancel = (): void => done.reject(cancelled);
  const onData = (text: string): void => {
    for (const key of text) {
      if (enter.has(key)) done.resolve(typed);
      else if (key === '\u0003') cancel();
      else if (backspace.has(key)) typed = Array.from(typed).slice(0, -1).join('');
      else if (key >= ' ') typed += key;
    }
  };
  input.on('data', onData);
  signal.addEventListener('abort', cancel, { once: true });
  try {
    return await done.promise;
  } finally {
    input.off('data', onData);
    signal.removeEventListener('abort', cancel);
    input.setRawMode(false);
    input.pause();
    output.write('\n');
  }
}
