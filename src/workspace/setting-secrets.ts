import { Secret } from '#core';
import type { Settings } from './settings.ts';

/** What is secret in settings: logins in URLs (`https://noc:token@git.example.net/…`) and the keys of webhooks. */
export function settingSecrets(settings: Settings): Secret[] {
  return [...texts(settings)].flatMap(([key, text]) => {
    if (key === 'secret') return [new Secret(text)];
    if (!URL.canParse(text)) return [];
    const { username, password } = new URL(text);
    const values = password === '' ? [username] : [password];
    // As it stands there, and as it was meant.
    return values.flatMap((value) => [value, decoded(value)]).map((value) => new Secret(value));
  });
}

function* texts(value: unknown, key = ''): Generator<[key: string, text: string]> {
  if (typeof value === 'string') yield [key, value];
  else if (Array.isArray(value)) for (const one of value) yield* texts(one, key);
  else if (value !== null && typeof value === 'object') {
    for (const [name, one] of Object.entries(value)) yield* texts(one, name);
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A lone percent sign: then it is meant as it stands.
    return text;
  }
}
