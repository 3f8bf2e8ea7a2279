import { didYouMean } from '#core';

/** What is wrong with a value, and where in it. `atKey`: the key itself is the mistake, not its value. */
export interface ShapeProblem {
  readonly path: readonly (string | number)[];
  readonly atKey: boolean;
  readonly message: string;
}

/** The part of JSON Schema that the inventory schema uses. */
interface Shape {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly additionalProperties?: boolean | Shape;
  readonly items?: Shape;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
}

const kindOf = (value: unknown): string =>
  value === null ? 'nothing' : Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'a mapping' : shown(value);
const shown = (value: unknown): string => {
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
};

/**
 * Compares a value with a schema and says every difference in words for the person who wrote the file: ajv's messages
 * are for programmers, and its result would have to be mapped back to lines of the file anyway.
 */
export function checkShape(value: unknown, schema: object): readonly ShapeProblem[] {
  if (fits(value, schema as Shape)) return none;
  const problems: ShapeProblem[] = [];
  check(value, schema as Shape, [], problems);
  return problems;
}

const none: readonly ShapeProblem[] = [];

/** The same question without the words: nearly all values are right, and there are hundreds of thousands of them. */
function fits(value: unknown, shape: Shape): boolean {
  if (mistakeOf(value, shape) !== undefined) return false;
  if (shape.type === 'array') {
    const { items } = shape;
    return items === undefined || (value as unknown[]).every((one) => fits(one, items));
  }
  const { properties } = shape;
  if (shape.type !== 'object' || !properties) return true;
  for (const key in value as object) {
    const property = Object.hasOwn(properties, key) ? properties[key] : undefined;
    if (!property || !fits((value as Record<string, unknown>)[key], property)) return false;
  }
  return true;
}

function check(value: unknown, shape: Shape, path: readonly (string | number)[], problems: ShapeProblem[]): void {
  const message = mistakeOf(value, shape);
  if (message !== undefined) {
    problems.push({ path, atKey: false, message: `${label(path)}${message}` });
  } else if (shape.type === 'object') {
    checkMapping(value as Record<string, unknown>, shape, path, problems);
  } else if (shape.type === 'array') {
    (value as unknown[]).forEach((one, index) => {
      check(one, shape.items ?? {}, [...path, index], problems);
    });
  }
}

/** What is wrong with the value itself, its parts aside. */
function mistakeOf(value: unknown, shape: Shape): string | undefined {
  switch (shape.type) {
    case 'object':
      return value === null || typeof value !== 'object' || Array.isArray(value)
        ? `expected a mapping, got ${kindOf(value)}`
        : undefined;
    case 'array':
      return Array.isArray(value) ? undefined : `expected a list such as [a, b], got ${kindOf(value)}`;
    case 'string':
      return textMistake(value, shape);
    case 'integer': {
      const { minimum = Number.MIN_SAFE_INTEGER, maximum } = shape;
      if (Number.isInteger(value) && (value as number) >= minimum && (value as number) <= (maximum ?? Infinity)) {
        return undefined;
      }
      const range = maximum === undefined ? `from ${minimum} up` : `from ${minimum} to ${maximum}`;
      return `expected an integer ${range}, got ${kindOf(value)}`;
    }
    case 'boolean':
      return typeof value === 'boolean' ? undefined : `expected true or false, got ${kindOf(value)}`;
    case undefined:
      return undefined;
  }
  return undefined;
}

function textMistake(value: unknown, shape: Shape): string | undefined {
  const wanted = shape.enum ? shape.enum.join(' or ') : 'a text';
  if (typeof value !== 'string') {
    const quote = typeof value === 'number' || typeof value === 'boolean' ? '; put it in quotes' : '';
    return `expected ${wanted}, got ${kindOf(value)}${shape.enum ? '' : quote}`;
  }
  if (shape.enum && !shape.enum.includes(value)) {
    return `expected ${wanted}, got ${shown(value)}.${didYouMean(value, shape.enum)}`;
  }
  return value.length < (shape.minLength ?? 0) ? 'expected a text, got an empty one' : undefined;
}

function checkMapping(
  value: Record<string, unknown>,
  shape: Shape,
  path: readonly (string | number)[],
  problems: ShapeProblem[],
): void {
  const { properties } = shape;
  if (!properties) return;
  for (const key in value) {
    const property = Object.hasOwn(properties, key) ? properties[key] : undefined;
    if (property) check(value[key], property, [...path, key], problems);
    else {
      problems.push({
        path: [...path, key],
        atKey: true,
        message: `${label(path)}unknown key "${key}".${meant(key, properties)}`,
      });
    }
  }
}

function meant(key: string, properties: Readonly<Record<string, Shape>>): string {
  for (const [parent, shape] of Object.entries(properties)) {
    if (shape.properties && Object.hasOwn(shape.properties, key)) return ` It stands under "${parent}:".`;
  }
  return didYouMean(key, Object.keys(properties)) || ` Known: ${Object.keys(properties).join(', ')}.`;
}

const label = (path: readonly (string | number)[]): string =>
  path.length === 0
    ? ''
    : `${path.map((one, at) => (typeof one === 'number' ? `[${one + 1}]` : at === 0 ? one : `.${one}`)).join('')}: `;
