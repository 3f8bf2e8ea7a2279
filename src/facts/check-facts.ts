import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { NetwrightError } from '#core';
import { type ArgsOf, type FactsOf, type GetterName, getters, shortName } from './getters.ts';

const mostNamed = 3;
const ajv = new Ajv({ allErrors: true, strict: false, strictNumbers: true, useDefaults: true, verbose: true });
const compiled = new Map<object, ValidateFunction>();

function errorsOf(schema: object, value: unknown): readonly ErrorObject[] {
  let validate = compiled.get(schema);
  if (validate === undefined) {
    validate = ajv.compile(schema);
    compiled.set(schema, validate);
  }
  return validate(value) ? [] : (validate.errors ?? []);
}

/**
 * The value, when it has the shape of the getter.
 * @throws NetwrightError `NW_FACTS_INVALID` that names the paths of what does not fit.
 */
export function checkFacts<G extends GetterName>(getter: G, device: string, value: unknown): FactsOf<G> {
  const errors = errorsOf(getters[getter].value, value);
  if (errors.length === 0) return value as FactsOf<G>;
  const named = errors.slice(0, mostNamed).map(inWords).join('; ');
  const more = errors.length > mostNamed ? `; and ${errors.length - mostNamed} more` : '';
  throw new NetwrightError('NW_FACTS_INVALID', `${device}: ${shortName(getter)}: ${named}${more}`, {
    details: { getter, paths: errors.map(({ instancePath }) => instancePath) },
  });
}

/**
 * The arguments with the defaults of those that are not given.
 * @throws NetwrightError `NW_USAGE` for an argument that the getter does not have, or of the wrong kind.
 */
export function checkArgs<G extends GetterName>(getter: G, args: Partial<ArgsOf<G>> = {}): ArgsOf<G> {
  const complete = { ...args };
  const errors = errorsOf(getters[getter].args, complete);
  if (errors.length === 0) return complete as ArgsOf<G>;
  const known = Object.keys(getters[getter].args.properties);
  throw new NetwrightError('NW_USAGE', `${shortName(getter)}: ${errors.map(inWords).join('; ')}`, {
    hint: known.length === 0 ? 'this getter takes no arguments' : `its arguments: ${known.join(', ')}`,
  });
}

function inWords({ instancePath, keyword, params, message, data }: ErrorObject): string {
  const path = instancePath === '' ? '' : `${instancePath.slice(1).replaceAll('/', '.').replaceAll('~1', '/')}: `;
  if (keyword === 'additionalProperties') return `${path}unknown field "${String(params['additionalProperty'])}"`;
  if (keyword === 'required') return `${path}field "${String(params['missingProperty'])}" is missing`;
  if (keyword === 'enum')
    return `${path}expected ${(params['allowedValues'] as string[]).join(' or ')}, got ${shown(data)}`;
  return `${path}${(message ?? 'does not fit').replace(/^must /, 'must ')}, got ${shown(data)}`;
}

/** Only the kind of a text: what a field of the wrong shape holds might be a secret. */
const shown = (value: unknown): string =>
  typeof value === 'string'
    ? `a text of ${value.length} characters`
    : value === null || typeof value !== 'object'
      ? String(value)
      : Array.isArray(value)
        ? 'a list'
        : 'a mapping';
