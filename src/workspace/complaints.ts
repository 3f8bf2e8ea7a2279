import { Ajv, type ErrorObject } from 'ajv';
import { didYouMean } from '#core';

/** What is wrong with a value, as a sentence, and where in it. */
export interface Complaint {
  readonly path: readonly string[];
  readonly text: string;
}

/** Everything that the schema finds wrong with the data; of a union only its best branch, and each place once. */
export function complaints(schema: object, data: unknown): readonly Complaint[] {
  const validate = new Ajv({ allErrors: true, strict: false, verbose: true }).compile(schema);
  if (validate(data)) return [];
  const errors = validate.errors ?? [];
  const found = new Map<string, Complaint>();
  for (const error of errors) {
    if (error.keyword === 'anyOf' || (error.schemaPath.includes('/anyOf/') && !isBestBranch(error, errors))) continue;
    const path = error.instancePath
      .split('/')
      .slice(1)
      .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
    const complaint = complaintOf(error, path);
    const id = `${complaint.path.join('/')} ${error.keyword}`;
    if (!found.has(id)) found.set(id, complaint);
  }
  return [...found.values()];
}

const branchOf = (error: ErrorObject): string => /^.*?\/anyOf\/\d+/.exec(error.schemaPath)?.[0] ?? '';

/** The branch of a union with the fewest complaints is the one that the user meant. */
function isBestBranch(error: ErrorObject, errors: readonly ErrorObject[]): boolean {
  const place = error.instancePath.split('/').slice(0, 3).join('/');
  const counts = new Map<string, number>();
  for (const other of errors) {
    if (!other.schemaPath.includes('/anyOf/') || !other.instancePath.startsWith(place)) continue;
    counts.set(branchOf(other), (counts.get(branchOf(other)) ?? 0) + 1);
  }
  const best = [...counts].sort((a, b) => a[1] - b[1])[0]?.[0];
  return branchOf(error) === best;
}

function complaintOf(error: ErrorObject, path: readonly string[]): Complaint {
  const where = path.join('.');
  const shown = where === '' ? '' : `${where}: `;
  const got = error.data === undefined ? '' : `, got ${JSON.stringify(error.data)}`;
  switch (error.keyword) {
    case 'additionalProperties': {
      const key = String(error.params['additionalProperty']);
      const known = Object.keys((error.parentSchema?.['properties'] ?? {}) as object);
      return { path: [...path, key], text: `unknown key "${[...path, key].join('.')}".${didYouMean(key, known)}` };
    }
    case 'required':
      return { path, text: `${shown}"${error.params['missingProperty']}" is missing` };
    case 'enum': {
      const allowed = error.params['allowedValues'] as string[];
      const near = typeof error.data === 'string' ? didYouMean(error.data, allowed) : '';
      return { path, text: `${shown}expected ${allowed.map((one) => `"${one}"`).join(' or ')}${got}.${near}` };
    }
    case 'const':
      return { path, text: `${shown}expected ${JSON.stringify(error.params['allowedValue'])}${got}` };
    case 'type':
      return { path, text: `${shown}expected ${withArticle(String(error.params['type']))}${got}` };
    default:
      return { path, text: `${shown}${error.message ?? error.keyword}${got}` };
  }
}

const withArticle = (word: string): string => (/^[aeiou]/.test(word) ? `an ${word}` : `a ${word}`);
