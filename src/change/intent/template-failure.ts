import { join } from 'node:path';
import { NetwrightError } from '#core';

export interface FailurePlace {
  readonly folder: string;
  readonly sources: ReadonlyMap<string, string>;
  readonly device?: string;
  /** Renders one template alone, and returns how it failed, if it did. */
  readonly again?: (name: string) => unknown;
}

/** Deeper than files include one another. */
const deepest = 20;

/**
 * The engine's error as ours: device, file and line, what was expected. Its own explanation is not passed on, for it
 * lists the values of variables, and among them may be secrets.
 */
export function explainFailure(error: unknown, place: FailurePlace): NetwrightError {
  let said = messageOf(error);
  const { again } = place;
  for (let depth = 0; again !== undefined && depth < deepest; depth += 1) {
    const inner = /error in "([^"\n]+)"/.exec(headOf(said))?.[1];
    const next = inner === undefined ? undefined : again(inner);
    if (next === undefined) break;
    said = messageOf(next);
  }
  const { what, name, line } = placeOf(headOf(said));
  const explained = again === undefined || name === undefined ? said : messageOf(again(name) ?? error);
  const named = name === undefined ? undefined : expressionOf(explained, place.sources.get(name), line);
  const where = name === undefined ? place.folder : `${join(place.folder, name)}:${line}`;
  const device = place.device === undefined ? '' : `${place.device}: `;
  const told = `${device}${where}: ${what}${named ? `: ${named}` : ''}`;
  return new NetwrightError('NW_TEMPLATE_INVALID', told, {
    ...(named !== undefined &&
      ofDevice.has(named) && { hint: `what the inventory says of it is {{ device.${named} }}` }),
    details: { ...(name !== undefined && { file: join(place.folder, name), line }) },
  });
}

/** What stands below `device`, and not by itself. */
const ofDevice: ReadonlySet<string> = new Set([
  'name',
  'address',
  'port',
  'platform',
  'site',
  'role',
  'tags',
  'groups',
]);

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
const headOf = (message: string): string => message.split('\n', 1)[0] ?? '';

/** `undefined value (in acl.j2:3)` */
function placeOf(head: string): { readonly what: string; readonly name?: string; readonly line: number } {
  const match = /^(.*) \(in (.+):(\d+)\)$/.exec(head);
  if (match === null) return { what: head, line: 0 };
  return { what: match[1]!, name: match[2]!, line: Number(match[3]) };
}

/** What the carets below the line point at, with the dots and brackets that lead to it. */
function expressionOf(explained: string, source: string | undefined, line: number): string | undefined {
  const text = source?.split('\n')[line - 1];
  const carets = /^ {5}i ( *)(\^+)/m.exec(explained);
  if (text === undefined || carets === null) return undefined;
  let from = carets[1]!.length;
  const to = from + carets[2]!.length;
  while (from > 0 && /[\w.[\]'"]/.test(text[from - 1]!)) from -= 1;
  const expression = text.slice(from, to).trim();
  return expression === '' ? undefined : expression.slice(0, 80);
}
