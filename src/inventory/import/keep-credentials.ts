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
  const keptNames = new Set((await kept.list()).map(({ name }) => name));
  const taken = new Set(keptNames);
  const credentials = new Map<string, Login>();
  const renamed = new Map<string, string>();
  /** The first name that is free, or that an import of before gave to this very login. */
  const nameFor = async (name: string, login: Login): Promise<string> => {
    for (let count = 1; ; count += 1) {
      const own = count === 1 ? name : `${name}-${count}`;
      if (
        keptNames.has(own)
          ? isSame(await kept.login(own), login)
          : !taken.has(own) && (count === 1 || !imported.credentials.has(own))
      )
        return own;
    }
  };
  for (const [name, login] of imported.credentials) {
    const own = await nameFor(name, login);
    if (own !== name) renamed.set(name, own);
    if (taken.has(own)) continue;
    taken.add(own);
    credentials.set(own, login);
  }
  const inventory = renamed.size === 0 ? imported.inventory : withNames(imported.inventory, renamed);
  return { ...imported, inventory, credentials };
}

const isSame = (one: Login, other: Login): boolean =>
  one.user === other.user &&
  Boolean(one.agent) === Boolean(other.agent) &&
  secretFields.every((field) => one[field]?.reveal() === other[field]?.reveal());

function withNames(text: string, renamed: ReadonlyMap<string, string>): string {
  const edits: { from: number; to: number; name: string }[] = [];
  visit(parseDocument(text), {
    Pair(_, pair) {
      const key = isScalar(pair.key) ? pair.key.value : undefined;
      // What stands in there is the user's own.
      if (key === 'variables') return visit.SKIP;
      if (key !== 'credential' || !isScalar(pair.value) || !pair.value.range) return;
      const name = renamed.get(String(pair.value.value));
      if (name !== undefined) edits.push({ from: pair.value.range[0], to: pair.value.range[1], name });
    },
  });
  let from = 0;
  const parts = edits.map((edit) => {
    const before = text.slice(from, edit.from);
    from = edit.to;
    return before + edit.name;
  });
  // Devices that are switched off stand in comments.
  return [...parts, text.slice(from)]
    .join('')
    .replace(/^( *# .*?\bcredential: )([\w.@+-]+)/gm, (whole, before: string, name: string) =>
      renamed.has(name) ? before + renamed.get(name)! : whole,
    );
}
