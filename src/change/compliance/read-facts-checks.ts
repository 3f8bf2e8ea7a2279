import { asNetwrightError } from '#core';
import { type GetterName, getterNamed, getters } from '#facts';
import { checkExpected } from './compare-facts.ts';
import type { FactsCheck } from './policy.ts';
import type { Path, PolicyFile } from './policy-file.ts';
import { checkKeys, isMapping } from './read-body.ts';

/** What NAPALM's drivers can do beside its getters, and validation files may name. */
const otherMethods = new Set(['ping', 'traceroute', 'cli', 'is_alive']);

/** The list of a validation file: mappings of getters to what they are to answer. */
export function readFactsList(source: PolicyFile, path: Path, data: unknown): readonly FactsCheck[] {
  if (!Array.isArray(data) || data.length === 0) {
    source.mistake(path, 'expected a list of getters with what they are to answer, as in validation files of NAPALM');
    return [];
  }
  return data.flatMap((entry: unknown, at) => {
    if (isMapping(entry) && Object.keys(entry).length > 0)
      return Object.entries(entry).flatMap(([name, value]) => readFacts(source, [...path, at, name], name, value));
    source.mistake([...path, at], 'expected a getter with what it is to answer, such as get_facts: {os_version: 7.0}');
    return [];
  });
}

function readFacts(source: PolicyFile, path: Path, name: string, value: unknown): FactsCheck[] {
  let getter: GetterName | undefined;
  if (!otherMethods.has(name)) {
    try {
      getter = getterNamed(name);
    } catch (error) {
      source.mistake(path, asNetwrightError(error).message, true);
      return [];
    }
  }
  const line = source.lineOf(path, true);
  if (!isMapping(value)) {
    for (const wrong of checkExpected(value)) source.mistake(path, wrong.message);
    return [{ getter, name, args: {}, expected: value, line }];
  }
  const { _name: shown, _kwargs: args = {}, ...expected } = value;
  if (shown !== undefined && typeof shown !== 'string') source.mistake([...path, '_name'], '"_name": expected a text');
  if (!isMapping(args)) source.mistake([...path, '_kwargs'], '"_kwargs": expected arguments by their names');
  else if (getter !== undefined) {
    const known = Object.keys((getters[getter].args as { properties: object }).properties);
    if (Object.keys(args).length > 0 && known.length === 0)
      source.mistake([...path, '_kwargs'], `${name} takes no arguments`, true);
    else checkKeys(source, [...path, '_kwargs'], args, known);
  }
  for (const wrong of checkExpected(expected)) source.mistake([...path, ...wrong.path], wrong.message);
  return [
    {
      ...{ getter, expected, line },
      name: typeof shown === 'string' && shown !== '' ? shown : name,
      args: isMapping(args) ? args : {},
    },
  ];
}
