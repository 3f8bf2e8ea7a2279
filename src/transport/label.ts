import type { Endpoint } from './endpoint.ts';

/** `192.0.2.1:22`, `[2001:db8::1]:22`. */
function address(host: string, port: number): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** `r1 (192.0.2.1:22, ssh)`: how messages call an endpoint. */
export function labelOf(endpoint: Pick<Endpoint, 'name' | 'host' | 'port'> & { readonly protocol: string }): string {
  return `${endpoint.name} (${address(endpoint.host, endpoint.port)}, ${endpoint.protocol})`;
}

/** The name under which OpenSSH remembers a host: the port appears only where it is not 22. */
export function knownHostName(host: string, port: number): string {
  const name = host.toLowerCase();
  return port === 22 ? name : `[${name}]:${port}`;
}

/** Words of a peer for a message: in one line, of bounded length, with nothing in them that a terminal would act on. */
export function wordsOf(text: string, limit = 300): string {
  const cut = text.length > limit ? `${text.slice(0, limit)}…` : text;
  return cut.trim().replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ');
}

/** Bytes of a peer for a message: the first `limit` printable characters, everything else as `\xNN`. */
export function excerpt(bytes: Uint8Array, limit = 80): string {
  let text = '';
  for (const byte of bytes) {
    if (text.length >= limit) return `"${text}"…`;
    if (byte === 0x0a) text += '\\n';
    else if (byte === 0x0d) text += '\\r';
    else if (byte >= 0x20 && byte < 0x7f) text += String.fromCharCode(byte);
    else text += `\\x${byte.toString(16).padStart(2, '0')}`;
  }
  return `"${text}"`;
}
