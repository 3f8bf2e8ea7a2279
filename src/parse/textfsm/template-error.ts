import { NetwrightError } from '#core';

/** A mistake in a template: where, and what. */
export function templateError(name: string, line: number | undefined, message: string): NetwrightError {
  const place = line === undefined ? name : `${name}:${line}`;
  return new NetwrightError('NW_TEXTFSM_INVALID', `${place}: ${message}`, {
    details: { template: name, ...(line !== undefined && { line }) },
  });
}

/** A word of foreign text in a message, not too much of it. */
export const quoted = (text: string): string => JSON.stringify(text.length > 120 ? `${text.slice(0, 119)}…` : text);
