import { applySecrets, type Platform } from '#platforms';
import { type FactsOf, type GetterName, getters } from './getters.ts';
import type { Configurations } from './model/device.ts';

/** What stands for a secret. Different secrets have different marks, so that the keys of a mapping stay apart. */
export type FactMark = (secret: string) => string;

/**
 * The value with what is secret in it marked: hashes of passwords, communities, keys of BGP sessions, and in
 * configurations whatever the rules of the platform find.
 */
export function hideSecrets<G extends GetterName>(
  getter: G,
  value: FactsOf<G>,
  platform: Platform,
  mark: FactMark,
): FactsOf<G> {
  if (getter === 'get_config') {
    const { running, candidate, startup } = value as Configurations;
    const hidden = (text: string): string =>
      applySecrets(text, platform.backup.secrets, (secret) =>
        /^<(?:secret[^>]*|removed)>$/.test(secret) ? secret : mark(secret),
      );
    return { running: hidden(running), candidate: hidden(candidate), startup: hidden(startup) } as FactsOf<G>;
  }
  const { secrets = [] } = getters[getter];
  return secrets.reduce<unknown>((hidden, { path, at }) => hideAt(hidden, path, at, mark), value) as FactsOf<G>;
}

function hideAt(value: unknown, path: readonly string[], at: 'key' | 'value', mark: FactMark): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return typeof value === 'string' && value !== '' ? mark(value) : value;
  if (Array.isArray(value)) return value.map((one) => hideAt(one, step === '*' ? rest : path, at, mark));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => {
      if (step !== '*' && step !== key) return [key, one];
      const isKey = rest.length === 0 && at === 'key';
      return isKey ? [mark(key), one] : [key, hideAt(one, rest, at, mark)];
    }),
  );
}

/** Marks that need no key: numbered, in the order in which secrets appear. */
export function numberedMarks(): FactMark {
  const known = new Map<string, string>();
  return (secret) => {
    const mark = known.get(secret) ?? `<secret ${known.size + 1}>`;
    known.set(secret, mark);
    return mark;
  };
}
