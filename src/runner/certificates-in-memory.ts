import type { KnownCertificate, KnownCertificates } from '#transport';

/** Certificates that are remembered as long as somebody holds this. */
export function certificatesInMemory(): KnownCertificates {
  const hosts = new Map<string, KnownCertificate[]>();
  return {
    find: async (host) => await Promise.resolve(hosts.get(host) ?? []),
    add: async (host, certificate) => {
      await Promise.resolve(hosts.set(host, [...(hosts.get(host) ?? []), certificate]));
    },
    replace: async (host, certificate) => {
      await Promise.resolve(hosts.set(host, [certificate]));
    },
  };
}
