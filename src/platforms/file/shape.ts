import { didYouMean } from '#core';

/** One mistake in a platform file: what, and the way to it from the top of the file. */
export interface Problem {
  readonly path: Path;
  readonly message: string;
  /** The key itself is wrong, not its value. */
  readonly atKey?: boolean;
}
export type Path = readonly (string | number)[];

/** A kind of value in a platform file: its JSON Schema for editors, and how it is read, so that the two never differ. */
export interface Shape<T> {
  readonly schema: object;
  /** The value, or undefined after reporting what is wrong. */
  read(value: unknown, path: Path, report: (problem: Problem) => void): T | undefined;
}

const shown = (value: unknown): string => {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a mapping';
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
};

/** A value of a JavaScript type, described for the reader of the message. */
function plain<T>(schema: object, expected: string, is: (value: unknown) => value is T): Shape<T> {
  return {
    schema,
    read(value, path, report) {
      if (is(value)) return value;
      report({ path, message: `expected ${expected}, got ${shown(value)}` });
      return undefined;
    },
  };
}

export const text = (description: string): Shape<string> =>
  plain({ type: 'string', description }, 'a text', (value) => typeof value === 'string');

export const word = (description: string): Shape<string> =>
  plain(
    { type: 'string', minLength: 1, description },
    'a text that is not empty',
    (value): value is string => typeof value === 'string' && value !== '' && !value.includes('\n'),
  );

export const flag = (description: string): Shape<boolean> =>
  plain({ type: 'boolean', description }, 'true or false', (value) => typeof value === 'boolean');

export const integer = (minimum: number, maximum: number, description: string): Shape<number> =>
  plain(
    { type: 'integer', minimum, maximum, description },
    `an integer from ${minimum} to ${maximum}`,
    (value): value is number => Number.isInteger(value) && Number(value) >= minimum && Number(value) <= maximum,
  );

export function oneOf<const V extends string | boolean>(values: readonly V[], description: string): Shape<V> {
  const names = values.map((value) => JSON.stringify(value));
  return {
    schema: { enum: [...values], description },
    read(value, path, report) {
      const found = values.find((one) => one === value);
      if (found !== undefined) return found;
      const suggestion = typeof value === 'string' ? didYouMean(value, values.map(String)) : '';
      report({ path, message: `expected ${names.join(' or ')}, got ${shown(value)}.${suggestion}` });
      return undefined;
    },
  };
}

/** A list, or `{ append: [...] }`: what is added to the list of the platform that the file extends. */
export class Append<T> {
  readonly items: readonly T[];
  constructor(items: readonly T[]) {
    this.items = items;
  }
}

export function list<T>(of: Shape<T>, description: string): Shape<readonly T[]> {
  const schema = { type: 'array', items: of.schema, description };
  return {
    schema,
    read(value, path, report) {
      if (!Array.isArray(value)) {
        report({ path, message: `expected a list, got ${shown(value)}` });
        return undefined;
      }
      const read = value.map((one, at) => of.read(one, [...path, at], report));
      return read.every((one) => one !== undefined) ? read : undefined;
    },
  };
}

export function appendable<T>(of: Shape<T>, description: string): Shape<readonly T[] | Append<T>> {
  const whole = list(of, description);
  return {
    schema: {
      description,
      anyOf: [
        whole.schema,
        { type: 'object', properties: { append: whole.schema }, required: ['append'], additionalProperties: false },
      ],
    },
    read(value, path, report) {
      if (!isMapping(value)) return whole.read(value, path, report);
      const other = Object.keys(value).find((key) => key !== 'append');
      if (other !== undefined) {
        report({ path: [...path, other], atKey: true, message: `expected a list or "append", got "${other}"` });
        return undefined;
      }
      const items = whole.read(value['append'], [...path, 'append'], report);
      return items && new Append(items);
    },
  };
}

type Read<F> = { -readonly [K in keyof F]?: F[K] extends Shape<infer T> ? T : never };

/** A mapping of known keys; unknown ones are mistakes. Nothing is required unless named. */
export function mapping<F extends Record<string, Shape<unknown>>>(
  fields: F,
  description: string,
  required: readonly (keyof F & string)[] = [],
): Shape<Read<F>> {
  const properties = Object.fromEntries(Object.entries(fields).map(([key, { schema }]) => [key, schema]));
  return {
    schema: {
      type: 'object',
      properties,
      additionalProperties: false,
      description,
      ...(required.length > 0 && { required }),
    },
    read(value, path, report) {
      if (!isMapping(value)) {
        report({ path, message: `expected a mapping, got ${shown(value)}` });
        return undefined;
      }
      const result: Record<string, unknown> = {};
      for (const [key, inner] of Object.entries(value)) {
        const field = Object.hasOwn(fields, key) ? fields[key] : undefined;
        if (field === undefined) {
          const suggestion = didYouMean(key, Object.keys(fields));
          report({ path: [...path, key], atKey: true, message: `unknown key "${key}".${suggestion}` });
          continue;
        }
        const read = field.read(inner, [...path, key], report);
        if (read !== undefined) result[key] = read;
      }
      for (const key of required) if (!(key in value)) report({ path, message: `the key "${key}" is missing` });
      return result as Read<F>;
    },
  };
}

/** A mapping of names of the writer's own to values of one shape. */
export function record<T>(of: Shape<T>, description: string): Shape<Record<string, T>> {
  return {
    schema: { type: 'object', additionalProperties: of.schema, description },
    read(value, path, report) {
      if (!isMapping(value)) {
        report({ path, message: `expected a mapping, got ${shown(value)}` });
        return undefined;
      }
      const entries: [string, T][] = [];
      for (const [key, inner] of Object.entries(value)) {
        const read = of.read(inner, [...path, key], report);
        if (read !== undefined) entries.push([key, read]);
      }
      return Object.fromEntries(entries);
    },
  };
}

/** A text in short, or a mapping in full. */
export function textOr<A, B>(short: Shape<A>, full: Shape<B>): Shape<A | B> {
  return {
    schema: { anyOf: [short.schema, full.schema] },
    read: (value, path, report): A | B | undefined =>
      isMapping(value) ? full.read(value, path, report) : short.read(value, path, report),
  };
}

/** What was read, turned into what is kept. */
export function as<A, B>(
  shape: Shape<A>,
  turn: (value: A, path: Path, report: (problem: Problem) => void) => B | undefined,
): Shape<B> {
  return {
    schema: shape.schema,
    read(value, path, report) {
      const read = shape.read(value, path, report);
      return read === undefined ? undefined : turn(read, path, report);
    },
  };
}

export const isMapping = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
