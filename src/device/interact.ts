import { abortError } from '#core';
import type { Conversation } from './conversation.ts';
import type { InteractiveIo } from './session.ts';

/**
 * Joins a person's terminal and the channel, bytes both ways with back-pressure, until either side ends.
 *
 * @param shownFirst what the device had printed already: the prompt that it waits at
 * @throws NetwrightError `NW_CANCELLED`
 */
export async function joinTerminal(
  conversation: Conversation,
  io: InteractiveIo,
  shownFirst: string,
  signal?: AbortSignal,
): Promise<void> {
  const { channel } = conversation;
  if (signal?.aborted) throw abortError(signal);
  const done = Promise.withResolvers<void>();
  const onInput = (data: string | Uint8Array): void => {
    if (!conversation.isEnded) channel.write(data);
  };
  const onDrain = (): void => channel.resume();
  const onEnd = (): void => done.resolve();
  const onAbort = (): void => done.reject(abortError(signal!));
  const show = (chunk: Uint8Array | string): void => {
    if (!io.output.write(chunk)) channel.pause();
  };
  conversation.tap(show);
  if (shownFirst !== '') show(shownFirst);
  io.output.on('drain', onDrain);
  io.output.once('error', onEnd);
  io.input.on('data', onInput);
  io.input.once('end', onEnd);
  io.input.once('close', onEnd);
  io.input.once('error', onEnd);
  signal?.addEventListener('abort', onAbort, { once: true });
  io.input.resume();
  try {
    await Promise.race([done.promise, conversation.ended]);
  } finally {
    conversation.tap(undefined);
    io.output.removeListener('drain', onDrain);
    io.output.removeListener('error', onEnd);
    io.input.removeListener('data', onInput);
    io.input.removeListener('end', onEnd);
    io.input.removeListener('close', onEnd);
    io.input.removeListener('error', onEnd);
    io.input.pause();
    signal?.removeEventListener('abort', onAbort);
    if (!conversation.isEnded) channel.resume();
  }
}
