import { afterEach } from 'vitest';
import { createDialer, type SshDialer } from '#transport';
import { eventually, memoryKnownHosts } from './conversation.ts';

type DialerOptions = Parameters<typeof createDialer>[0];

/** For a file of tests: makes the dialer of a test, which is closed behind it, and no socket may be left. */
export function dialing(): { readonly dial: (options?: Partial<DialerOptions>) => SshDialer; dialed: () => SshDialer } {
  let dialer: SshDialer | undefined;
  afterEach(async () => {
    const used = dialer;
    dialer = undefined;
    await used?.[Symbol.asyncDispose]();
    if (used) await eventually(() => used.openSockets === 0);
  });
  return {
    dial(options = {}) {
      dialer = createDialer({ knownHosts: memoryKnownHosts(), ...options });
      return dialer;
    },
    dialed() {
      if (!dialer) throw new Error('nothing was dialed yet');
      return dialer;
    },
  };
}
