import type { Ask } from '../../ask.ts';
import { asList, asObject } from '../../values/json.ts';

/**
 * The rows of a table in the JSON of NX-OS: `{ TABLE_x: { ROW_x: [ … ] } }`, where one row alone is no list, and where
 * some commands (7.0(3)I4) give a list of tables with a row each.
 */
export const rowsOf = (value: unknown, name: string): readonly Readonly<Record<string, unknown>>[] =>
  asList(asObject(value)[`TABLE_${name}`])
    .flatMap((table) => asList(asObject(table)[`ROW_${name}`]))
    .map(asObject);

/** The answer in JSON to the first of the commands that the device answers so; undefined where it has none. */
export async function firstJson(ask: Ask, ...commands: readonly string[]): Promise<unknown> {
  for (const command of commands) {
    const answer = await ask.json(command, { optional: true });
    if (answer !== undefined) return answer;
  }
  return undefined;
}

/**
 * The text of a command of a feature that may be off, which NX-OS answers as if there were no such command. When
 * `show feature` says so, that is a note and the answer is undefined.
 */
export async function textOfFeature(ask: Ask, feature: string, command: string): Promise<string | undefined> {
  const output = await ask.text(command, { optional: true });
  if (output !== undefined) return output;
  if (await isFeatureOff(ask, feature)) return undefined;
  // Asked again, for the device's own words.
  return await ask.text(command);
}

async function isFeatureOff(ask: Ask, feature: string): Promise<boolean> {
  const question = `show feature | include ${feature}`;
  const state = await ask.text(question, { optional: true });
  ask.understood(question);
  const lines = (state ?? '').split('\n').filter((line) => line.trimStart().startsWith(`${feature} `));
  if (lines.length === 0 || lines.some((line) => /\benabled\b/.test(line))) return false;
  ask.note(`feature ${feature} is disabled`);
  return true;
}
