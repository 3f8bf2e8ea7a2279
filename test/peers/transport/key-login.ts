import { Secret } from '#core';
import type { Endpoint } from '#transport';
import type { Sshd } from './sshd.ts';

/** An endpoint for a test server, logged in with the key that it lets in. */
export function keyLogin(server: Sshd, more: Partial<Endpoint> = {}): Endpoint {
  return {
    name: 'peer',
    host: '127.0.0.1',
    port: server.port,
    protocol: 'ssh',
    login: { user: server.user, privateKey: new Secret(server.clientKey) },
    via: [],
    ...more,
  };
}
