import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { NetwrightError, systemClock } from '#core';
import type { FactSource } from '#facts';
import { createPlatformRegistry } from '#platforms';
import { readJson } from '../../src/facts/sources/structured.ts';

/** Recordings name their files after the command, with `_` for everything that a file name may not hold. */
const nameOf = (command: string): string => command.replaceAll(/[^A-Za-z0-9]+/g, '_').slice(0, 150);

/** When all recordings pretend to be asked. */
export const recordedAtMs = 1_500_000_000_000;

export interface Recording {
  /** Platform id. */
  readonly platform: string;
  readonly device?: string;
  /** What was recorded: by command, or by the name of the file without its ending. */
  readonly answers: Readonly<Record<string, string>>;
  /** Ending (`txt`, `json`, `xml`) by the same key, where it is known: JSON is not answered to who asks for text. */
  readonly forms?: Readonly<Record<string, string>>;
}

/** A device that knows a few answers by heart, and refuses every other command. */
export async function recordedSource({ platform, device = 'r1', answers, forms = {} }: Recording): Promise<FactSource> {
  const registry = createPlatformRegistry();
  const found = await registry.get(platform);
  const known = new Map<string, { text: string; form: string | undefined }>();
  for (const [key, text] of Object.entries(answers)) known.set(nameOf(key), { text, form: forms[key] });
  const answerTo = (form: string, ...commands: readonly string[]): string => {
    for (const command of commands) {
      const answer = known.get(nameOf(command));
      if (answer !== undefined && (answer.form === undefined || answer.form === form)) return answer.text;
    }
    throw new NetwrightError('NW_COMMAND_REJECTED', `${device}: "${commands[0]}" was refused: "% Invalid input"`);
  };
  return {
    device,
    platform: found,
    clock: { ...systemClock, now: () => recordedAtMs },
    text: async (command) => answerTo('txt', command),
    json: async (command) =>
      readJson(
        device,
        command,
        known.has(nameOf(`${command} | json`)) ? answerTo('txt', `${command} | json`) : answerTo('json', command),
      ),
    xml: async ({ command, rpc }) => answerTo('xml', command, rpc, /^<([\w-]+)/.exec(rpc)?.[1] ?? rpc),
  };
}

/** The recordings of one folder: `show_version.txt`, `show_vlan.json`, `get-interface-information.xml`. */
export function recordingsIn(folder: string): Pick<Recording, 'answers' | 'forms'> {
  const answers: Record<string, string> = {};
  const forms: Record<string, string> = {};
  for (const file of readdirSync(folder)) {
    const [, name, ending] = /^(.*)\.(txt|text|json|xml)$/.exec(file) ?? [];
    if (name === undefined || ending === undefined || name === 'expected_result') continue;
    answers[name] = readFileSync(path.join(folder, file), 'utf8');
    // NX-API wraps text in JSON, and its recordings hold that text in files called .json.
    forms[name] = ending === 'json' && !/^\s*[[{]/.test(answers[name]) ? 'txt' : ending === 'text' ? 'txt' : ending;
  }
  return { answers, forms };
}
