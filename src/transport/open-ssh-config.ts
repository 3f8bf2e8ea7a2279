import type { Endpoint } from './endpoint.ts';

/** The endpoint with what its OpenSSH client configuration adds. */
export async function readsOpenSshConfig(endpoint: Endpoint): Promise<Endpoint> {
  return endpoint;
}
