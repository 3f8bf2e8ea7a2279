import type { Ask } from '../../ask.ts';
import { isObject, type JsonObject } from '../reading/json.ts';
import { unreadable } from '../reading/unreadable.ts';

/** Debian keeps these programs out of the way of people who are not root. */
export const withSbin = 'PATH=$PATH:/usr/sbin:/sbin ';

/** The rows that a command with `-j` prints; nothing at all is no rows. */
export async function shellRows(ask: Ask, command: string): Promise<JsonObject[]> {
  return rowsIn(ask, command, await ask.text(command));
}

/** The same; undefined where the host does not have the command. */
export async function shellRowsIfKnown(ask: Ask, command: string): Promise<JsonObject[] | undefined> {
  const text = await ask.text(command, { optional: true });
  return text === undefined ? undefined : rowsIn(ask, command, text);
}

function rowsIn(ask: Ask, command: string, text: string): JsonObject[] {
  const parsed = parse(command, text) ?? [];
  if (!Array.isArray(parsed)) throw unreadable(command, 'a list', text);
  ask.understood(command);
  return parsed.filter(isObject).filter((row) => Object.keys(row).length > 0);
}

/** @throws NetwrightError `NW_FACTS_INVALID` for what is no JSON; an old `ip` or that of Busybox answers in prose */
export function parse(command: string, text: string): unknown {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  try {
    return JSON.parse(trimmed) as unknown;
  } catch {
    throw unreadable(command, 'JSON, as iproute2 4.13 and later print it', text);
  }
}
