import { afterEach, describe, expect, it, vi } from 'vitest';
import { type PeerName, peer, peers } from './peers.ts';

afterEach(() => vi.unstubAllEnvs());

describe('peers', () => {
  it('are found where Debian puts them, daemons included', () => {
    const found = peer('ssh-keygen');
    if (!found.isMissing) expect(found.path).toMatch(/\/ssh-keygen$/);
    expect(peers.sshd.package).toBe('openssh-server');
  });

  it('that are missing say so, and fail where nothing may be skipped', () => {
    const absent = 'no-such-program' as PeerName;
    Object.assign(peers, { [absent]: { program: 'no-such-program-here', package: 'no-such-package' } });
    try {
      vi.stubEnv('CI', '');
      expect(peer(absent)).toMatchObject({
        isMissing: true,
        reason: expect.stringContaining('apt-get install no-such-package') as string,
      });
      vi.stubEnv('CI', 'true');
      expect(() => peer(absent)).toThrow(/no-such-package/);
    } finally {
      delete (peers as Record<string, unknown>)[absent];
    }
  });
});
