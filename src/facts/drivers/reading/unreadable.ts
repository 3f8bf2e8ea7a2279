import { NetwrightError } from '#core';

/**
 * The error for an answer that is no answer to its question. Getters raise it rather than give an empty result:
 * nobody must take "not understood" for "there is none".
 *
 * @param came the beginning of what came, in one line
 */
export function unreadable(command: string, expected: string, came: string): NetwrightError {
  const shown = came.trim().slice(0, 200).replace(/\s+/g, ' ');
  return new NetwrightError(
    'NW_FACTS_INVALID',
    `${command}: expected ${expected}, but ${shown === '' ? 'nothing came' : `"${shown}" came`}`,
    { details: { command } },
  );
}
