import { addAbortSignal } from 'node:stream';
import { abortError } from '#core';

/**
 * Reads no further than needed and never echoes. A line end belongs to no value; other blanks do.
 * @throws NetwrightError `NW_CANCELLED` when the signal fires before so many lines came
 */
export async function firstLines(input: NodeJS.ReadStream, count: number, signal: AbortSignal): Promise<string[]> {
  let text = '';
  try {
    for await (const chunk of addAbortSignal(signal, input.setEncoding('utf8'))) {
      text += chunk as string;
      if (text.split('\n').length > count) break;
    }
  } catch (error) {
    throw signal.aborted ? abortError(signal) : error;
  }
  const lines = text.split('\n').map((line) => line.replace(/\r$/, ''));
  return text.endsWith('\n') ? lines.slice(0, -1) : lines;
}
