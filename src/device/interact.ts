import { abortError } from '#core';
import type { Conversation } from './conversation.ts';
import type { InteractiveIo } from './session.ts';

/** What a terminal of Node's has and a pipe has not. */
interface Window {
  readonly columns: number;
  readonly rows: number;
}

const windowOf = (output: NodeJS.WritableStream): Window | undefined => {
  const { columns, rows } = output as Partial<Window>;
  return columns === undefined || rows === undefined || columns < 1 || rows < 1 ? undefined : { columns, rows };
};

/**
 * Joins a person's terminal and the channel, bytes both ways with back-pressure, until either side ends. The device is told
 * the size of the person's window as long as that lasts, and `usual` afterwards.
 *
 * @param shownFirst what the device had printed already: the prompt that it waits at
 * @throws NetwrightError `NW_CANCELLED`
 */
export async function joinTerminal(
  conversation: Conversation,
  io: InteractiveIo,
  shownFirst: string,
  usual: Window,
  signal?: AbortSignal,
): Promise<void> {
  const { channel } = conversation;
  if (signal?.aborted) throw abortError(signal);
  const done = Promise.withResolvers<void>();
  const onInput = (data: string | Uint8Array): void => {
    if (!conversation.isEnded) channel.write(data);
  };
  const onDrain = (): void => channel.resume();
  const onResize = (): void => {
    const window = windowOf(io.output);
    if (window && !conversation.isEnded) channel.resize?.(window.columns, window.rows);
  };
  const onEnd = (): void => done.resolve();
  let silence: NodeJS.Timeout | undefined;
  // Typed by a pipe: its end is no wish to leave, what it asked is still to be answered.
  const onInputEnd = (): void => {
    if (io.lingerMs === undefined) onEnd();
    else silence ??= setTimeout(onEnd, io.lingerMs);
  };
  const onAbort = (): void => done.reject(abortError(signal!));
  const show = (chunk: Uint8Array | string): void => {
    silence?.refresh();
    if (!io.output.write(chunk)) channel.pause();
  };
  conversation.tap(show);
  if (shownFirst !== '') show(shownFirst);
  onResize();
  io.output.on('resize', onResize);
  io.output.on('drain', onDrain);
  io.output.once('error', onEnd);
  io.input.on('data', onInput);
  io.input.once('end', onInputEnd);
  io.input.once('close', onInputEnd);
  io.input.once('error', onEnd);
  signal?.addEventListener('abort', onAbort, { once: true });
  io.input.resume();
  try {
    await Promise.race([done.promise, conversation.ended]);
  } finally {
    clearTimeout(silence);
    conversation.tap(undefined);
    io.output.removeListener('resize', onResize);
    io.output.removeListener('drain', onDrain);
    io.output.removeListener('error', onEnd);
    io.input.removeListener('data', onInput);
    io.input.removeListener('end', onInputEnd);
    io.input.removeListener('close', onInputEnd);
    io.input.removeListener('error', onEnd);
    io.input.pause();
    signal?.removeEventListener('abort', onAbort);
    if (!conversation.isEnded) {
      if (windowOf(io.output)) channel.resize?.(usual.columns, usual.rows);
      channel.resume();
    }
  }
}
