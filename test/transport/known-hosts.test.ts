import { createHmac, randomBytes } from 'node:crypto';
import { appendFile, mkdtemp, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fingerprint, openKnownHosts } from '#transport';
import { checkHostKey } from '../../src/transport/host-key-check.ts';
import { globMatches, hostsMatch, parseKnownHostsLine } from '../../src/transport/known-hosts-file.ts';
import { leastCpuMs, threadCpuMs } from '../cpu-time.ts';
import { StallProbe } from '../stall-probe.ts';

/** The base64 of a well-formed blob: the type's name, then some bytes. */
function key(type = 'ssh-ed25519', fill = 'k'): { type: string; key: string } {
  const name = Buffer.from(type);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(name.length);
  return { type, key: Buffer.concat([length, name, Buffer.alloc(36, fill)]).toString('base64') };
}
const one = key();
const two = key('ssh-rsa', 'r');
const three = key('ssh-ed25519', 'z');

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netwright-hosts-'));
});
afterEach(() => rm(folder, { recursive: true }));

const bare = (keys: readonly { type: string; key: string }[]): object[] => keys.map(({ type, key }) => ({ type, key }));

describe('lines of known_hosts', () => {
  it('reads hosts, ports, lists, comments and markers', () => {
    const line = (text: string): ReturnType<typeof parseKnownHostsLine> => parseKnownHostsLine(text, 'f:1');
    expect(line(`r1,192.0.2.1 ${one.type} ${one.key} a comment`)).toMatchObject({ hosts: 'r1,192.0.2.1', key: one });
    expect(line(`\t[r1]:2222\t${one.type}\t${one.key}\r`)).toMatchObject({ hosts: '[r1]:2222' });
    expect(line(`@revoked * ${one.type} ${one.key}`)?.key.marker).toBe('revoked');
    expect(line(`@cert-authority *.net ${one.type} ${one.key}`)?.key.marker).toBe('cert-authority');
    for (const bad of [
      '',
      '   ',
      '# r1 ssh-rsa AAAA',
      'r1',
      'r1 ssh-rsa',
      `@other r1 ${one.type} ${one.key}`,
      `r1 ssh-rsa ${one.key}`,
      `r1 ${one.type} not*base64`,
    ]) {
      expect(line(bad), bad).toBeUndefined();
    }
  });

  it('matches wildcards, negation and hashes as OpenSSH does', () => {
    expect(hostsMatch('*.example.net', 'r1.example.net')).toBe(true);
    expect(hostsMatch('*.example.net,!r1.example.net', 'r1.example.net')).toBe(false);
    expect(hostsMatch('!r1.example.net,*.example.net', 'r2.example.net')).toBe(true);
    expect(hostsMatch('192.0.2.?', '192.0.2.7')).toBe(true);
    expect(hostsMatch('192.0.2.?', '192.0.2.17')).toBe(false);
    expect(hostsMatch('!*', 'r1')).toBe(false);
    expect(hostsMatch('[192.0.2.*]:22?2', '[192.0.2.9]:2222')).toBe(true);
    const salt = Buffer.from('c2FsdHNhbHRzYWx0c2FsdHNhbHQ=', 'base64');
    const hash = createHmac('sha1', salt).update('[127.0.0.1]:2222').digest('base64');
    expect(hostsMatch(`|1|${salt.toString('base64')}|${hash}`, '[127.0.0.1]:2222')).toBe(true);
    expect(hostsMatch(`|1|${salt.toString('base64')}|${hash}`, '127.0.0.1')).toBe(false);
    expect(hostsMatch('|2|x|y', 'r1')).toBe(false);
    expect(hostsMatch('|1|', 'r1')).toBe(false);
  });

  it('globs like the regular expression would, in bounded time', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 8 });
    const words = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 12 });
    fc.assert(
      fc.property(letters, words, (pattern, text) => {
        const expected = new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`).test(text);
        expect(globMatches(pattern, text)).toBe(expected);
      }),
    );
    // Steps in the product of the lengths, not in powers: at four times the lengths 16 times the work.
    const cost = (size: number): number =>
      leastCpuMs(3, () => void globMatches('*a'.repeat(size), 'a'.repeat(size - 100)));
    expect(cost(4000)).toBeLessThan(16 * 5 * Math.max(cost(1000), 0.5));
  });

  it('survives truncation and noise', () => {
    const good = `r1,[r2]:2222 ${one.type} ${one.key} comment`;
    fc.assert(
      fc.property(fc.nat(good.length), fc.string({ unit: 'binary', maxLength: 40 }), (cut, noise) => {
        for (const text of [good.slice(0, cut), good.slice(0, cut) + noise, noise, noise + good]) {
          const line = parseKnownHostsLine(text, 'f:1');
          if (line) hostsMatch(line.hosts, 'r1');
          // Whatever was read is a key that names its own type.
          if (line) expect(Buffer.from(line.key.key, 'base64').toString('latin1')).toContain(line.key.type);
        }
      }),
    );
  });
});

describe('known hosts files', () => {
  it('keeps a thousand first contacts at once, in a file for its owner alone', async () => {
    const path = join(folder, 'deep', 'known_hosts');
    const hosts = await openKnownHosts({ write: path });
    await Promise.all(Array.from({ length: 1000 }, (_, index) => hosts.add(`10.0.${index >> 8}.${index & 255}`, one)));
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    const lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
    expect(lines).toHaveLength(1000);
    expect(new Set(lines).size).toBe(1000);
    const again = await openKnownHosts({ write: path });
    expect(bare(again.find('10.0.3.231'))).toEqual([one]);
    expect(again.find('10.0.3.231')[0]?.source).toBe(`${path}:1000`);
    expect(hosts.find('10.0.3.231')[0]?.source).toBe(`${path}:1000`);
    expect(again.find('10.0.3.232')).toEqual([]);
  });

  it('adds nothing twice and ends a last line that has no end', async () => {
    const path = join(folder, 'known_hosts');
    await writeFile(path, `r1 ${one.type} ${one.key}`);
    const hosts = await openKnownHosts({ write: path });
    await hosts.add('R1', one);
    await hosts.add('r2', two);
    expect(await readFile(path, 'utf8')).toBe(`r1 ${one.type} ${one.key}\nr2 ${two.type} ${two.key}\n`);
  });

  it('finds a host among 20,000 hashed ones without holding up the rest', async () => {
    const system = join(folder, 'system');
    const lines = Array.from({ length: 20_000 }, (_, index) => {
      const salt = randomBytes(20);
      const hash = createHmac('sha1', salt)
        .update(`10.0.${index >> 8}.${index & 255}`)
        .digest('base64');
      return `|1|${salt.toString('base64')}|${hash} ${one.type} ${one.key}`;
    });
    await writeFile(system, lines.join('\n'));
    const hosts = await openKnownHosts({ write: join(folder, 'own'), read: [system] });
    using stall = new StallProbe();
    await Promise.all(['10.0.1.2', '10.0.77.1', 'unknown'].map((host) => hosts.refresh!(host)));
    expect(stall.worstMs).toBeLessThan(50);
    const startedAtMs = threadCpuMs();
    expect(hosts.find('10.0.1.2')).toMatchObject([{ source: `${system}:259` }]);
    expect(hosts.find('10.0.77.1')).toMatchObject([{ source: `${system}:19714` }]);
    expect(hosts.find('unknown')).toEqual([]);
    // To try them out takes 50 ms a host.
    expect(threadCpuMs() - startedAtMs).toBeLessThan(40);
    // Whoever did not ask before is answered all the same.
    expect(hosts.find('10.0.0.0')).toMatchObject([{ source: `${system}:1` }]);
  });

  it('reads the files of others and never writes them', async () => {
    const system = join(folder, 'system');
    const salt = randomBytes(20);
    const hash = createHmac('sha1', salt).update('r9').digest('base64');
    const text = [
      '# by the administrators',
      `*.example.net,!r3.example.net ${one.type} ${one.key}`,
      `|1|${salt.toString('base64')}|${hash} ${two.type} ${two.key}`,
      `@revoked * ${three.type} ${three.key}`,
      `@cert-authority *.example.net ${two.type} ${two.key}`,
    ].join('\n');
    await writeFile(system, text);
    const hosts = await openKnownHosts({ write: join(folder, 'own'), read: [system, join(folder, 'missing')] });
    expect(hosts.find('r1.example.net').filter((found) => !found.marker)).toMatchObject([
      { ...one, source: `${system}:2` },
    ]);
    expect(hosts.find('r3.example.net').filter((found) => !found.marker)).toEqual([]);
    expect(hosts.find('r9').filter((found) => !found.marker)).toMatchObject([two]);
    expect(hosts.find('anything')).toMatchObject([{ ...three, marker: 'revoked' }]);
    await hosts.add('r1.example.net', two);
    await hosts.replace('r9', three);
    expect(await readFile(system, 'utf8')).toBe(text);
  });

  it('replaces a key wherever its host stands in the own file, and leaves the other hosts of the line', async () => {
    const path = join(folder, 'known_hosts');
    await writeFile(
      path,
      [
        '# mine',
        `r1,r2 ${one.type} ${one.key}`,
        `r1 ${two.type} ${two.key}`,
        `r* ${two.type} ${two.key}`,
        `@revoked r1 ${two.type} ${two.key}`,
        '',
      ].join('\n'),
    );
    const hosts = await openKnownHosts({ write: path });
    await hosts.replace('r1', three);
    expect(bare(hosts.find('r1').filter((found) => !found.marker))).toEqual([three]);
    expect(bare(hosts.find('r2'))).toEqual([one, two]);
    expect(await readFile(path, 'utf8')).toBe(
      [
        '# mine',
        `r2 ${one.type} ${one.key}`,
        `r*,!r1 ${two.type} ${two.key}`,
        `@revoked r1 ${two.type} ${two.key}`,
        `r1 ${three.type} ${three.key}`,
        '',
      ].join('\n'),
    );
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('loses nothing when appends and replacements run at once', async () => {
    const path = join(folder, 'known_hosts');
    const hosts = await openKnownHosts({ write: path });
    await Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        index % 20 === 0 ? hosts.replace(`s${index}`, two) : hosts.add(`s${index}`, one),
      ),
    );
    const again = await openKnownHosts({ write: path });
    for (let index = 0; index < 200; index += 1) expect(again.find(`s${index}`), `s${index}`).toHaveLength(1);
  });

  it('takes in what another program wrote', async () => {
    const path = join(folder, 'known_hosts');
    let nowMs = 10_000;
    const clock = { now: () => nowMs, sleep: async () => {} };
    const hosts = await openKnownHosts({ write: path, clock });
    await hosts.refresh?.();
    await appendFile(path, `r1 ${one.type} ${one.key}\n`);
    await utimes(path, 1, 1);
    await hosts.refresh?.();
    expect(hosts.find('r1')).toEqual([]);
    nowMs += 2000;
    await hosts.refresh?.();
    expect(bare(hosts.find('r1'))).toEqual([one]);
  });

  it('says which file cannot be written', async () => {
    const path = join(folder, 'file', 'known_hosts');
    await writeFile(join(folder, 'file'), '');
    await expect(openKnownHosts({ write: path }).then((hosts) => hosts.add('r1', one))).rejects.toMatchObject({
      code: 'NW_STORE_FAILED',
      message: expect.stringContaining(path) as string,
    });
  });
});

describe('the verdict on a host key', () => {
  const facts = { label: 'r1 (192.0.2.1:22, ssh)', name: 'r1', policy: 'accept-new' } as const;

  it('trusts a known key and, on first contact, a new one', () => {
    expect(checkHostKey(one, [one], facts)).toEqual({ isTrusted: true, isNew: false });
    expect(checkHostKey(one, [], facts)).toEqual({ isTrusted: true, isNew: true });
    expect(checkHostKey(one, [two], { ...facts, policy: 'ignore' })).toEqual({ isTrusted: true, isNew: false });
  });

  it('refuses a changed key loudly, with both fingerprints, the place and what to do', () => {
    const verdict = checkHostKey(three, [{ ...one, source: '/etc/known:7' }], facts);
    if (verdict.isTrusted) throw new Error('trusted');
    expect(verdict.error.code).toBe('NW_SSH_HOST_KEY_CHANGED');
    for (const part of [fingerprint(one.key), fingerprint(three.key), '/etc/known:7', 'r1 (192.0.2.1:22, ssh)'])
      expect(verdict.error.message).toContain(part);
    expect(verdict.error.hint).toContain('netwright inventory trust r1');
    expect(fingerprint(one.key)).toMatch(/^SHA256:[A-Za-z0-9+/]{43}$/);
  });

  it('takes another kind of key for a change, and an authority for no key', () => {
    expect(checkHostKey(three, [two], facts)).toMatchObject({
      isTrusted: false,
      error: { code: 'NW_SSH_HOST_KEY_CHANGED' },
    });
    expect(checkHostKey(one, [{ ...one, marker: 'cert-authority' }], { ...facts, policy: 'strict' })).toMatchObject({
      isTrusted: false,
      error: { code: 'NW_SSH_HOST_KEY_UNKNOWN' },
    });
  });

  it('takes the key that is known for the usual port on another one, and no other for a change', () => {
    const strict = { ...facts, policy: 'strict' } as const;
    expect(checkHostKey(one, [], { ...strict, atUsualPort: [one] })).toEqual({ isTrusted: true, isNew: false });
    const changed = { isTrusted: false, error: { code: 'NW_SSH_HOST_KEY_CHANGED' } };
    const unknown = { isTrusted: false, error: { code: 'NW_SSH_HOST_KEY_UNKNOWN' } };
    expect(checkHostKey(three, [], { ...strict, atUsualPort: [one] })).toMatchObject(unknown);
    expect(checkHostKey(three, [], { ...facts, atUsualPort: [one] })).toEqual({ isTrusted: true, isNew: true });
    expect(checkHostKey(one, [three], { ...facts, atUsualPort: [one] })).toMatchObject(changed);
    const revoked = { ...one, marker: 'revoked' } as const;
    expect(checkHostKey(one, [], { ...strict, atUsualPort: [revoked] })).toMatchObject(unknown);
  });

  it('refuses a revoked key even where it is also known', () => {
    expect(checkHostKey(one, [one, { ...one, marker: 'revoked', source: 'f:3' }], facts)).toMatchObject({
      isTrusted: false,
      error: { code: 'NW_SSH_HOST_KEY_CHANGED', message: expect.stringContaining('revoked in f:3') as string },
    });
  });
});
