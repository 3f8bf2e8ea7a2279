import { asNetwrightError, NetwrightError, Secret } from '#core';
import type { Device } from '#inventory';
import { contextOf, debugFailure, lookUp, newEnvironment } from '../intent/template.ts';
import { explainFailure } from '../intent/template-failure.ts';
import type { LineCheck, Pattern, Policy } from './policy.ts';

/** The mark that stands for a secret of a credential in the configuration of a device. */
export type MarkLookup = (device: Device, credential: string, part: string) => Promise<string>;

/** The texts of a policy for one device: variables filled in, and marks where it asks for secrets. */
export interface PolicyTexts {
  /** Whether a text is the same for every device. */
  isPlain(text: string): boolean;
  /** @throws `NW_TEMPLATE_INVALID` with file and line, where a device has no such variable */
  of(device: Device): Promise<(text: string) => string>;
}

const hasTemplate = (text: string): boolean => /\{[{%#]/.test(text);

/**
 * Makes templates of the texts of a policy that ask for variables, in the language of change templates.
 * @throws `NW_TEMPLATE_INVALID` with file and line
 */
export function policyTexts(policy: Policy, mark: MarkLookup): PolicyTexts {
  const names = new Map<string, string>();
  const sources = new Map<string, string>();
  const lines = new Map<string, number>();
  for (const [text, line] of textsOf(policy)) {
    if (!hasTemplate(text) || names.has(text)) continue;
    const name = `text${names.size}`;
    names.set(text, name);
    sources.set(name, text);
    lines.set(name, line);
  }
  if (names.size === 0) return { isPlain: () => true, of: async () => (text) => text };

  const environment = newEnvironment();
  const known = new Map<string, string>();
  let asking = '';
  let asked: string | undefined;
  environment.addGlobal('secret', (credential: unknown, part: unknown = 'password') => {
    const key = JSON.stringify([asking, credential, part]);
    const value = known.get(key);
    if (value === undefined) asked = key;
    return value ?? '';
  });
  const explained = (error: unknown, context?: object): NetwrightError => {
    const again = context === undefined ? {} : { again: (name: string) => debugFailure(sources, name, context) };
    const { message, details } = explainFailure(error, { folder: '', sources, ...again });
    const said = /^(text\d+):(\d+): ([\s\S]*)$/.exec(message);
    if (said === null) return new NetwrightError('NW_TEMPLATE_INVALID', `${policy.file}: ${message}`, { details });
    const line = lines.get(said[1]!)! + Number(said[2]) - 1;
    return new NetwrightError('NW_TEMPLATE_INVALID', `${policy.file}:${line}: ${said[3]}`, {
      details: { file: policy.file, line },
    });
  };
  for (const [name, source] of sources) {
    try {
      environment.addTemplate(name, source);
    } catch (error) {
      throw explained(error);
    }
  }

  return {
    isPlain: (text) => !names.has(text),
    async of(device) {
      const context = contextOf(device, {});
      const results = new Map<string, string | NetwrightError>();
      for (const [text, name] of names) results.set(text, await rendered(name, device, context));
      return (text) => {
        const result = results.get(text);
        if (result instanceof NetwrightError) throw result;
        return result ?? text;
      };
    },
  };

  async function rendered(name: string, device: Device, context: object): Promise<string | NetwrightError> {
    for (;;) {
      asked = undefined;
      asking = device.name;
      let text: string | undefined;
      let failure: unknown;
      try {
        text = environment.renderTemplate(name, context);
      } catch (error) {
        failure = error;
      }
      // The lookup is a wait, and the engine has none: what was asked for is found, and the text made again.
      if (asked === undefined) return text ?? explained(failure, context);
      const key = asked;
      try {
        known.set(key, await markFor(device, key));
      } catch (error) {
        return asNetwrightError(error);
      }
    }
  }

  async function markFor(device: Device, key: string): Promise<string> {
    const [, ...of] = JSON.parse(key) as [string, unknown, unknown];
    return await lookUp(
      JSON.stringify(of),
      policy.file,
      async (credential, part) => new Secret(await mark(device, credential, part)),
    );
  }
}

function* textsOf({ rules }: Policy): Generator<readonly [text: string, line: number]> {
  for (const { lines, variants, line } of rules)
    for (const check of [...(lines === undefined ? [] : [lines]), ...variants.map(([, one]) => one)])
      yield* textsOfCheck(check, line);
}

function* textsOfCheck(check: LineCheck, line: number): Generator<readonly [string, number]> {
  for (const glob of [...check.section, ...check.except]) yield [glob, line];
  yield* textsOfPatterns([...check.having, ...check.required, ...check.forbidden, ...check.ordered]);
}

function* textsOfPatterns(patterns: readonly Pattern[]): Generator<readonly [string, number]> {
  for (const pattern of patterns) {
    if (pattern.kind === 'text') yield [pattern.text, pattern.line];
    else yield* textsOfPatterns(pattern.kind === 'any' ? pattern.of : pattern.except);
  }
}
