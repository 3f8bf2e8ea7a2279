import { isScalar, parseDocument, visit } from 'yaml';
import type { Login } from '#transport';
import type { CredentialStore } from '../credentials.ts';
import { secretFields } from '../secrets-file.ts';
import type { ImportedInventory } from './draft.ts';

/**
 * An imported inventory whose credentials take no name that the workspace uses for another login: `admin` becomes
 * `admin-2`, in the text too. Logins that are kept already under their name are left out.
 */
export async function besideKept(imported: ImportedInventory, kept: CredentialStore): Promise<ImportedInventory> {
  const taken = new Set((await kept.list()).map(({ name }) => name));
  const credentials = new Map<string, Login>();
  const renamed = new Map<string, string>();
  for (const [name, login] of imported.credentials) {
    if (taken.has(name) && isSame(await kept.login(name), login)) continue;
    let free = name;
    for (let count = 2; taken.has(free) || (free !== name && imported.credentials.has(free)); count += 1) {
      free = `${name}-${count}`;
    }
    taken.add(free);
    credentials.set(free, login);
    if (free !== name) renamed.set(name, free);
  }
  const inventory = renamed.size === 0 ? imported.inventory : withNames(imported.inventory, renamed);
  return { ...imported, inventory, credentials };
}

const isSame = (one: Login, other: Login): boolean =>
  one.user === other.user &&
  Boolean(one.agent) === Boolean(other.agent) &&
  secretFields.every((field) => one[field]?.reveal() === other[field]?.reveal());

function withNames(text: string, renamed: ReadonlyMap<string, string>): string {
  const document = parseDocument(text);
  visit(document, {
    Pair(_, pair) {
      const key = isScalar(pair.key) ? pair.key.value : undefined;
      // What stands in there is the user's own.
      if (key === 'variables') return visit.SKIP;
      if (key !== 'credential' || !isScalar(pair.value)) return;
      pair.value.value = renamed.get(String(pair.value.value)) ?? pair.value.value;
    },
  });
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}
