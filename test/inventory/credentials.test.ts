import { scryptSync } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, rename, stat, truncate, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { beforeEach, describe, expect, it } from 'vitest';
import { Redactor, Secret } from '#core';
import { type CredentialOptions, type CredentialStore, openCredentials } from '#inventory';
import { leastCpuMs } from '../cpu-time.ts';
import { StallProbe } from '../stall-probe.ts';
import { failure, folderWith } from './workbench.ts';

let folder = '';
let file = '';
let env: NodeJS.ProcessEnv = {};
const open = (more: Partial<CredentialOptions> = {}) =>
  openCredentials({ file, env, redactor: new Redactor(), ...more });
const defaultIdentity = (): string => join(folder, 'config', 'netwright', 'identities', 'default.txt');
const password = (value: string) => ({ user: 'admin', password: new Secret(value) });

beforeEach(async () => {
  folder = await folderWith();
  file = join(folder, 'secrets.age');
  env = { PATH: process.env['PATH'], HOME: folder, XDG_CONFIG_HOME: join(folder, 'config') };
});

describe('credentials', () => {
  it('gives back what was set, to another process as well', async () => {
    await open().set('lab', {
      user: 'admin',
      password: new Secret('pass word'),
      enable: new Secret('en-able'),
      privateKey: new Secret('-----BEGIN KEY-----\nabc\n'),
      passphrase: new Secret('phrase'),
      agent: true,
    });
    const login = await open().login('lab');
    expect(login.user).toBe('admin');
    expect(login.agent).toBe(true);
    expect([login.password, login.enable, login.privateKey, login.passphrase].map((one) => one?.reveal())).toEqual([
      'pass word',
      'en-able',
      '-----BEGIN KEY-----\nabc\n',
      'phrase',
    ]);
    expect(JSON.stringify(login)).not.toContain('pass word');
  });

  it('creates nothing before it is needed', async () => {
    const store = open();
    expect(await store.list()).toEqual([]);
    expect((await failure(store.login('lab'))).code).toBe('NW_CREDENTIAL_MISSING');
    expect((await failure(store.remove('lab'))).code).toBe('NW_CREDENTIAL_MISSING');
    expect(await readdir(folder)).toEqual([]);
  });

  it('keeps file and identity for the owner alone, and nothing in clear', async () => {
    await open().set('lab', password('plain-to-see'));
    for (const path of [file, defaultIdentity()]) expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await readFile(file)).includes('plain-to-see')).toBe(false);
    expect((await readFile(file)).includes('admin')).toBe(false);
    expect(await readdir(folder)).toEqual(['config', 'secrets.age']);
  });

  it('lists names and what they have, and removes', async () => {
    const store = open({ clock: { now: () => 1_000, sleep: async () => {} } });
    await store.set('b', { user: 'u', agent: true });
    await store.set('a', { ...password('1234'), enable: new Secret('5678') });
    expect(await store.list()).toEqual([
      { name: 'a', user: 'admin', has: ['password', 'enable'], changedAtMs: 1000 },
      { name: 'b', user: 'u', has: ['agent'], changedAtMs: 1000 },
    ]);
    await store.remove('a');
    expect((await open().list()).map(({ name }) => name)).toEqual(['b']);
  });

  it('sees at once what another process has set', async () => {
    const [one, other] = [open(), open()];
    await one.set('a', password('first'));
    expect((await other.login('a')).password?.reveal()).toBe('first');
    await one.set('a', password('second'));
    expect((await other.login('a')).password?.reveal()).toBe('second');
  });

  it('teaches the redactor every secret that it hands out', async () => {
    await open().set('lab', { ...password('hunter22'), enable: new Secret('en-able') });
    const redactor = new Redactor();
    await open({ redactor }).login('lab');
    expect(redactor.redact('hunter22 then en-able')).toBe('<redacted> then <redacted>');
    const [identity] = await open({ redactor }).identities();
    expect(redactor.redact(`key ${identity}`)).toBe('key <redacted>');
  });

  it('suggests the name that was meant and says how to set it', async () => {
    await open().set('routers', password('1234'));
    const error = await failure(open().login('router'));
    expect(error).toMatchObject({
      code: 'NW_CREDENTIAL_MISSING',
      hint: expect.stringContaining('netwright secret set router'),
    });
    expect(error.message).toContain('Did you mean "routers"?');
    expect((await failure(open().login('constructor'))).code).toBe('NW_CREDENTIAL_MISSING');
  });

  it.each(['', 'two words', '../x', '-x', '__proto__'])('refuses %j as a name', async (name) => {
    expect((await failure(open().set(name, password('1234')))).code).toBe('NW_USAGE');
  });

  it('loses no update of writers at the same time', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, index) => open().set(`c${index}`, password(`secret-${index}`))));
    const store = open();
    expect(await store.list()).toHaveLength(20);
    expect((await store.login('c17')).password?.reveal()).toBe('secret-17');
    expect(await readdir(folder)).toEqual(['config', 'secrets.age']);
    expect(await store.identities()).toHaveLength(1);
  });

  it('takes over the lock of a process that is gone, and waits for one that lives', async () => {
    await open().set('a', password('1234'));
    const { hostname } = await import('node:os');
    await writeFile(`${file}.lock`, JSON.stringify({ pid: 2 ** 22 + 1, host: hostname(), id: 'x' }));
    await open().set('b', password('1234'));
    await writeFile(`${file}.lock`, JSON.stringify({ pid: process.pid, host: hostname(), id: 'x' }));
    const error = await failure(open({ lockTimeoutMs: 60 }).set('c', password('1234')));
    expect(error.code).toBe('NW_WORKSPACE_BUSY');
    expect(error.message).toContain(`held by process ${process.pid}`);
    await writeFile(`${file}.lock`, JSON.stringify({ pid: 1, host: 'elsewhere', id: 'x' }));
    expect((await failure(open({ lockTimeoutMs: 60 }).set('c', password('1234')))).message).toContain('on elsewhere');
    expect((await open().list()).map(({ name }) => name)).toEqual(['a', 'b']);
  });

  it('keeps the scrub key and the credentials when identities rotate, and locks the old identity out', async () => {
    const store = open();
    await store.set('lab', password('1234'));
    const [scrubKey, [oldRecipient], [oldIdentity]] = [
      await store.scrubKey(),
      await store.recipients(),
      await store.identities(),
    ];
    expect(scrubKey).toHaveLength(32);
    const { recipient, identityFile } = await store.rotate();
    expect(identityFile).toBe(defaultIdentity());
    expect(recipient).not.toBe(oldRecipient);
    const again = open();
    expect(await again.recipients()).toEqual([recipient]);
    expect(await again.scrubKey()).toEqual(scrubKey);
    expect((await again.login('lab')).password?.reveal()).toBe('1234');
    const identities = await again.identities();
    expect(identities).toHaveLength(2);
    expect(identities).toContain(oldIdentity);
    expect((await stat(identityFile)).mode & 0o777).toBe(0o600);
    const onlyOld = open({ env: { NETWRIGHT_IDENTITY: oldIdentity!, XDG_CONFIG_HOME: join(folder, 'empty') } });
    expect((await failure(onlyOld.login('lab'))).code).toBe('NW_SECRETS_LOCKED');
  });

  it('keeps recipients of others when it rotates its own', async () => {
    const store = open();
    await store.set('lab', password('1234'));
    const colleague = await generateX25519Identity();
    const decrypter = new Decrypter();
    for (const one of await store.identities()) decrypter.addIdentity(one);
    const content = JSON.parse(await decrypter.decrypt(new Uint8Array(await readFile(file)), 'text')) as {
      recipients: string[];
    };
    content.recipients.push(await identityToRecipient(colleague));
    await seal(content, content.recipients);
    await open().rotate();
    const theirs = open({ env: { NETWRIGHT_IDENTITY: colleague, XDG_CONFIG_HOME: join(folder, 'empty') } });
    expect((await theirs.login('lab')).password?.reveal()).toBe('1234');
  });

  it('creates file and identity for a first sealing', async () => {
    const recipients = await open().recipients();
    expect(recipients).toHaveLength(1);
    expect(await open().recipients()).toEqual(recipients);
    expect(await identityToRecipient((await open().identities())[0]!)).toBe(recipients[0]);
  });
});

async function seal(content: unknown, recipients?: readonly string[]): Promise<void> {
  const encrypter = new Encrypter();
  for (const one of recipients ?? (await open().recipients())) encrypter.addRecipient(one);
  await writeFile(file, await encrypter.encrypt(typeof content === 'string' ? content : JSON.stringify(content)));
}

describe('a secrets file that is damaged', () => {
  const refused = async (code: string): Promise<void> => {
    const before = await readFile(file);
    const uses: ((store: CredentialStore) => Promise<unknown>)[] = [
      (store) => store.login('lab'),
      (store) => store.list(),
      (store) => store.set('x', password('1234')),
      (store) => store.rotate(),
      (store) => store.scrubKey(),
    ];
    for (const use of uses) expect((await failure(use(open()))).code).toBe(code);
    expect(await readFile(file)).toEqual(before);
    expect(await readdir(folder)).toEqual(['config', 'secrets.age']);
  };

  it('is refused and not overwritten, wherever it was cut', async () => {
    await open().set('lab', password('1234'));
    const { size } = await stat(file);
    for (const length of [size - 1, size - 40, 300, 150, 20, 0]) {
      await truncate(file, length);
      await refused('NW_SECRETS_CORRUPT');
    }
  });

  it('is refused when a byte of the payload changed', async () => {
    await open().set('lab', password('1234'));
    const bytes = await readFile(file);
    bytes[bytes.length - 5]! ^= 1;
    await writeFile(file, bytes);
    await refused('NW_SECRETS_CORRUPT');
  });

  it.each([
    ['no JSON', 'hunter22 {', 'NW_SECRETS_CORRUPT'],
    ['another format', { format: 'else', version: 1 }, 'NW_SECRETS_CORRUPT'],
    [
      'another shape',
      { format: 'netwright-secrets', version: 1, recipients: ['age1'], scrubKey: '', credentials: {} },
      'NW_SECRETS_CORRUPT',
    ],
    ['null', null, 'NW_SECRETS_CORRUPT'],
    ['a newer version', { format: 'netwright-secrets', version: 2 }, 'NW_WORKSPACE_NEWER'],
  ])('is refused when it holds %s', async (_, content, code) => {
    await seal(content);
    await refused(code);
    expect((await failure(open().list())).message).not.toContain('hunter22');
  });
});

describe('identities', () => {
  it('are refused when others can read them, with the command that mends it', async () => {
    await open().set('lab', password('1234'));
    await chmod(defaultIdentity(), 0o640);
    const error = await failure(open().login('lab'));
    expect(error).toMatchObject({ code: 'NW_SECRETS_LOCKED', hint: `chmod 600 ${defaultIdentity()}` });
    expect(error.message).toContain('mode 0640, expected 0600');
    await chmod(defaultIdentity(), 0o600);
    expect((await open().login('lab')).user).toBe('admin');
  });

  it('come from the environment, as value, file and command', async () => {
    await open().set('lab', password('1234'));
    const [identity] = await open().identities();
    const elsewhere = join(folder, 'my identity.txt');
    await writeFile(elsewhere, `# mine\n${identity}\n`, { mode: 0o600 });
    const base = { PATH: process.env['PATH'], XDG_CONFIG_HOME: join(folder, 'empty') };
    expect((await failure(open({ env: base }).login('lab'))).message).toContain('there is no identity to open it with');
    for (const source of [
      { NETWRIGHT_IDENTITY: identity! },
      { NETWRIGHT_IDENTITY_FILE: elsewhere },
      { NETWRIGHT_IDENTITY_FILE: '~/my identity.txt', HOME: folder },
      { NETWRIGHT_IDENTITY_COMMAND: `cat '${elsewhere}'` },
    ]) {
      const store = open({ env: { ...base, ...source } });
      expect((await store.login('lab')).user).toBe('admin');
      expect(await store.identities()).toEqual([identity]);
    }
  });

  it('are made in the file that the environment names', async () => {
    const named = join(folder, 'keys', 'netwright.txt');
    await open({ env: { ...env, NETWRIGHT_IDENTITY_FILE: named } }).set('lab', password('1234'));
    expect((await stat(named)).mode & 0o777).toBe(0o600);
    const { identityFile } = await open({ env: { ...env, NETWRIGHT_IDENTITY_FILE: named } }).rotate();
    expect(identityFile).toBe(named);
  });

  it.each([
    ['fails', 'echo hunter22; echo hunter22 >&2; exit 3', 'ended with exit code 3'],
    ['hangs', 'echo hunter22; sleep 60', 'did not end within 300 ms'],
    ['prints something else', 'echo hunter22', 'line 1 is no age identity'],
    ['prints without end', 'yes hunter22', 'printed more than 65536 bytes'],
    ['prints nothing', 'true', 'there is no age identity in it'],
  ])('are not taken from a command that %s, and what it printed is not shown', async (_, command, message) => {
    await open().set('lab', password('1234'));
    // The one that hangs would take longer than this test may.
    const store = open({ env: { ...env, NETWRIGHT_IDENTITY_COMMAND: command }, commandTimeoutMs: 300 });
    const error = await failure(store.login('lab'));
    expect(error.code).toBe('NW_SECRETS_LOCKED');
    expect(error.message).toContain(message);
    expect(error.message).not.toContain('hunter22');
  });

  it('that are no identities are refused without being shown', async () => {
    const error = await failure(open({ env: { ...env, NETWRIGHT_IDENTITY: 'AGE-SECRET-KEY-1WRONG' } }).recipients());
    expect(error).toMatchObject({ code: 'NW_SECRETS_LOCKED' });
    expect(`${error.message} ${String(error.cause)}`).not.toContain('WRONG');
  });

  it('of somebody else do not open the file', async () => {
    await open().set('lab', password('1234'));
    const other = await generateX25519Identity();
    const error = await failure(
      open({ env: { NETWRIGHT_IDENTITY: other, XDG_CONFIG_HOME: join(folder, 'empty') } }).login('lab'),
    );
    expect(error).toMatchObject({
      code: 'NW_SECRETS_LOCKED',
      message: expect.stringContaining('the identity at hand does not open it'),
    });
  });

  it('in further files of the folder are tried as well', async () => {
    await open().set('lab', password('1234'));
    const identity = await readFile(defaultIdentity(), 'utf8');
    const others = join(folder, 'others', 'netwright', 'identities');
    await mkdir(others, { recursive: true });
    await writeFile(join(others, 'default.txt'), await generateX25519Identity(), { mode: 0o600 });
    await writeFile(join(others, 'laptop.txt'), identity, { mode: 0o600 });
    expect((await open({ env: { XDG_CONFIG_HOME: join(folder, 'others') } }).login('lab')).user).toBe('admin');
  });
});

describe('identities with a passphrase', () => {
  const protect = async (isArmored: boolean): Promise<string> => {
    await open().set('lab', password('1234'));
    const { PassphraseRecipient } = await import('../../src/inventory/age-passphrase.ts');
    const { armor } = await import('age-encryption');
    const encrypter = new Encrypter();
    encrypter.addRecipient(new PassphraseRecipient('correct horse', 10));
    const sealed = await encrypter.encrypt(await readFile(defaultIdentity(), 'utf8'));
    await writeFile(defaultIdentity(), isArmored ? armor.encode(sealed) : sealed, { mode: 0o600 });
    return defaultIdentity();
  };

  it.each([true, false])('are opened by asking once (armored: %s)', async (isArmored) => {
    const path = await protect(isArmored);
    const asked: unknown[] = [];
    const store = open({
      askPassphrase: async (what) => {
        asked.push(what);
        return what.attempt === 1 ? 'wrong' : 'correct horse';
      },
    });
    expect((await store.login('lab')).user).toBe('admin');
    expect(await store.identities()).toHaveLength(1);
    expect(asked).toEqual([
      { file: path, attempt: 1 },
      { file: path, attempt: 2 },
    ]);
    await store.rotate();
    expect(asked).toHaveLength(2);
    const text = await readFile(path, 'latin1');
    expect(
      text.startsWith(isArmored ? '-----BEGIN AGE ENCRYPTED FILE-----' : 'age-encryption.org/v1\n-> scrypt '),
    ).toBe(true);
    expect(await open({ env: { ...env, NETWRIGHT_PASSPHRASE: 'correct horse' } }).identities()).toHaveLength(2);
  });

  it('stay protected when they rotate, whatever the file is called', async () => {
    const path = await protect(true);
    const renamed = path.replace(/[^/]*$/, 'noc.age');
    await rename(path, renamed);
    const { identityFile } = await open({ env: { ...env, NETWRIGHT_PASSPHRASE: 'correct horse' } }).rotate();
    expect(identityFile).toBe(renamed);
    expect(await readdir(dirname(renamed))).toEqual(['noc.age']);
    expect((await failure(open().login('lab'))).code).toBe('NW_SECRETS_LOCKED');
  });

  it('are opened by the library of age itself too', async () => {
    await protect(false);
    const decrypter = new Decrypter();
    decrypter.addPassphrase('correct horse');
    expect(await decrypter.decrypt(new Uint8Array(await readFile(defaultIdentity())), 'text')).toContain(
      'AGE-SECRET-KEY-1',
    );
  });

  it('stay locked without a terminal, after three wrong answers, and with a wrong NETWRIGHT_PASSPHRASE', async () => {
    await protect(true);
    expect((await failure(open().login('lab'))).message).toContain('protected by a passphrase, and none was given');
    let asked = 0;
    const wrong = open({
      askPassphrase: async () => {
        asked += 1;
        return 'wrong';
      },
    });
    expect((await failure(wrong.login('lab'))).message).toContain('the passphrase is wrong');
    expect(asked).toBe(3);
    const error = await failure(open({ env: { ...env, NETWRIGHT_PASSPHRASE: 'wrong one' } }).login('lab'));
    expect(error).toMatchObject({ code: 'NW_SECRETS_LOCKED' });
    expect(error.message).not.toContain('wrong one');
  });

  it('never stop the event loop', async () => {
    await protect(false);
    const { PassphraseRecipient } = await import('../../src/inventory/age-passphrase.ts');
    const encrypter = new Encrypter();
    encrypter.addRecipient(new PassphraseRecipient('slow', 17));
    using probe = new StallProbe();
    await encrypter.encrypt('x');
    const stallMs = probe.worstMs;
    expect(stallMs).toBeGreaterThan(0);
    // What the same work factor takes at one go.
    const wholeMs = leastCpuMs(1, () => void scryptSync('slow', 'salt', 32, { N: 2 ** 17, r: 8, maxmem: 2 ** 28 }));
    expect(stallMs).toBeLessThan(wholeMs / 2);
  });

  it('of a work factor beyond reason are refused at once', async () => {
    await protect(false);
    const sealed = await readFile(defaultIdentity(), 'latin1');
    await writeFile(defaultIdentity(), sealed.replace(/(scrypt \S+) 10\n/, '$1 31\n'), {
      encoding: 'latin1',
      mode: 0o600,
    });
    const error = await failure(open({ env: { ...env, NETWRIGHT_PASSPHRASE: 'correct horse' } }).login('lab'));
    expect(error.message).toContain('work factor 31');
  });
});
