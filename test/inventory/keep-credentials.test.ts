import { expect, it } from 'vitest';
import { Secret } from '#core';
import { besideKept, type CredentialStore } from '#inventory';
import type { Login } from '#transport';

const login = (user: string, password: string): Login => ({ user, password: new Secret(password) });

const kept = (logins: Record<string, Login>): CredentialStore =>
  ({
    list: async () => Object.entries(logins).map(([name, { user }]) => ({ name, user, has: [], changedAtMs: 0 })),
    login: async (name: string) => logins[name],
  }) as Partial<CredentialStore> as CredentialStore;

const imported = {
  inventory: `# from elsewhere
devices:
  r1: { address: 192.0.2.1, credential: admin }
  # a comment that stays
  # r4: { address: 192.0.2.4, credential: admin }
  r2:
    address: 192.0.2.2
    credential: other
  r3: { address: 192.0.2.3, credential: admin, variables: { credential: admin } }
`,
  credentials: new Map([
    ['admin', login('admin', 'new')],
    ['other', login('other', 'same')],
  ]),
  warnings: [],
  devices: 3,
  switchedOff: 1,
};

it('takes another name where one is used for another login, in the text too', async () => {
  const { inventory, credentials } = await besideKept(
    imported,
    kept({ admin: login('admin', 'old'), 'admin-2': login('x', 'y'), other: login('other', 'same') }),
  );
  expect([...credentials.keys()]).toEqual(['admin-3']);
  expect(credentials.get('admin-3')?.password?.reveal()).toBe('new');
  expect(inventory).toContain('r1: { address: 192.0.2.1, credential: admin-3 }');
  expect(inventory).toContain('r3: { address: 192.0.2.3, credential: admin-3, variables: { credential: admin } }');
  expect(inventory).toContain('  # a comment that stays\n  # r4: { address: 192.0.2.4, credential: admin-3 }\n');
  expect(inventory).toMatch(/credential: other$/m);
});

it('changes nothing where no name is used', async () => {
  expect(await besideKept(imported, kept({}))).toEqual(imported);
});

it('finds the login again that an import of before gave another name', async () => {
  const { inventory, credentials } = await besideKept(
    imported,
    kept({ admin: login('admin', 'old'), 'admin-2': login('x', 'y'), 'admin-3': login('admin', 'new') }),
  );
  expect([...credentials.keys()]).toEqual(['other']);
  expect(inventory).toContain('r1: { address: 192.0.2.1, credential: admin-3 }');
});
