import { createHmac } from 'node:crypto';
import type { KnownHostKey } from './known-hosts.ts';

/** One line of an OpenSSH `known_hosts` file (sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT"). */
export interface KnownHostsLine {
  readonly key: KnownHostKey;
  /** The host field as it stands. */
  readonly hosts: string;
}

const markers: Readonly<Record<string, KnownHostKey['marker']>> = {
  '@revoked': 'revoked',
  '@cert-authority': 'cert-authority',
};

/** The line's key and hosts; undefined for comments, empty lines and what is no line of such a file. */
export function parseKnownHostsLine(line: string, source: string): KnownHostsLine | undefined {
  const fields = line.split(/[ \t\r]+/).filter(Boolean);
  if (fields.length === 0 || fields[0]!.startsWith('#')) return undefined;
  let marker: KnownHostKey['marker'];
  if (fields[0]!.startsWith('@')) {
    marker = markers[fields.shift()!];
    // A marker that is not understood must not turn its line into a trusted key.
    if (marker === undefined) return undefined;
  }
  const [hosts, type, key] = fields;
  if (hosts === undefined || type === undefined || key === undefined) return undefined;
  if (!/^[a-z0-9@.-]{3,64}$/i.test(type) || !isKeyBlob(key, type)) return undefined;
  return { hosts, key: { type, key, source, ...(marker === undefined ? {} : { marker }) } };
}

/** A base64 blob that begins with the name of its own type. */
function isKeyBlob(base64: string, type: string): boolean {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return false;
  const blob = Buffer.from(base64, 'base64');
  return (
    blob.length > 4 + type.length &&
    blob.readUInt32BE(0) === type.length &&
    blob.toString('latin1', 4, 4 + type.length) === type
  );
}

/** Whether a host field (a list of patterns, or a hash) means this host; `host` in lower case, `[host]:port` form. */
export function hostsMatch(hosts: string, host: string): boolean {
  if (hosts.startsWith('|')) return hashMatches(hosts, host);
  let isMatch = false;
  for (const pattern of hosts.split(',')) {
    if (pattern.startsWith('!')) {
      if (globMatches(pattern.slice(1), host)) return false;
    } else if (globMatches(pattern, host)) isMatch = true;
  }
  return isMatch;
}

/** `|1|salt|hash`: HMAC-SHA1 of the host under the salt (`HashKnownHosts`). */
function hashMatches(field: string, host: string): boolean {
  const [, version, salt, hash] = field.split('|');
  if (version !== '1' || salt === undefined || hash === undefined) return false;
  return createHmac('sha1', Buffer.from(salt, 'base64')).update(host).digest('base64') === hash;
}

/** `*` and `?` as in OpenSSH, in linear space and without the backtracking of a regular expression. */
export function globMatches(pattern: string, text: string): boolean {
  const wanted = pattern.toLowerCase();
  let at = 0;
  let from = 0;
  let starAt = -1;
  let starFrom = 0;
  while (from < text.length) {
    if (at < wanted.length && (wanted[at] === '?' || (wanted[at] === text[from] && wanted[at] !== '*'))) {
      at += 1;
      from += 1;
    } else if (wanted[at] === '*') {
      starAt = at;
      starFrom = from;
      at += 1;
    } else if (starAt !== -1) {
      at = starAt + 1;
      starFrom += 1;
      from = starFrom;
    } else return false;
  }
  while (wanted[at] === '*') at += 1;
  return at === wanted.length;
}

/** Whether a host field can be looked up by its text alone. */
export const isPlain = (hosts: string): boolean => !/[|*?!]/.test(hosts);
