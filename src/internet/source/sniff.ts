import { mrt } from '../mrt/record-types.ts';

const compressions = ['none', 'gzip', 'bzip2', 'zstd'] as const;
export type Compression = (typeof compressions)[number];

/** What is recognised by its beginning; `json` and `text` are those that nothing else claims. */
const sourceFormats = [
  'mrt',
  'bgpdump-text',
  'show-ip-bgp',
  'junos-routes',
  'frr-json',
  'gobgp-json',
  'as-rel',
  'as-organizations',
  'delegated',
  'peeringdb-json',
  'as-names-json',
  'vrp-json',
  'ranges-csv',
  'json',
  'text',
  'empty',
  'unknown',
] as const;
export type SourceFormat = (typeof sourceFormats)[number];

const magics: readonly (readonly [compression: Compression | 'xz', bytes: readonly number[]])[] = [
  ['gzip', [0x1f, 0x8b]],
  ['bzip2', [0x42, 0x5a, 0x68]],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]],
];

/** By magic, never by name: archives are full of files whose suffix lies. `xz` is known, but not unpacked. */
export function sniffCompression(head: Uint8Array): Compression | 'xz' {
  const found = magics.find(([, magic]) => magic.every((byte, index) => head[index] === byte));
  return found?.[0] ?? 'none';
}

/** The format of unpacked data, from its first kilobytes. */
export function sniffFormat(head: Uint8Array): SourceFormat {
  if (head.length === 0) return 'empty';
  if (isMrtHeader(head)) return 'mrt';
  const text = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, 65_536)).toString('latin1');
  if (/[^\t\n\f\r\u001b\u0020-\u00ff]/.test(text.slice(0, 4096))) return 'unknown';
  const start = text.replace(/^(?:\u00ef\u00bb\u00bf)?\s+/, '');
  return start.startsWith('{') || start.startsWith('[') ? sniffJson(start) : sniffText(text);
}

/** A header of RFC 6396 with a known type, a subtype that goes with it and a body of believable size. */
function isMrtHeader(head: Uint8Array): boolean {
  if (head.length < 12) return false;
  const view = new DataView(head.buffer, head.byteOffset, head.length);
  const type = view.getUint16(4);
  const known: readonly number[] = [...Object.values(mrt), 11, 32, 33, 48, 49];
  return known.includes(type) && view.getUint16(6) <= 16 && view.getUint32(8) <= 1 << 24;
}

function sniffJson(start: string): SourceFormat {
  if (/"(?:roas|vrps)"\s*:/.test(start)) return 'vrp-json';
  if (/"as_paths"\s*:|"nlri"\s*:/.test(start)) return 'gobgp-json';
  if (/"routerId"\s*:|"vrfName"\s*:|"pathFrom"\s*:|"bestpath"\s*:/.test(start)) return 'frr-json';
  if (/"(?:ixlan_id|net_id|org_id|info_type|ix_id)"\s*:/.test(start)) return 'peeringdb-json';
  if (/^\{\s*"(?:AS)?\d+"\s*:\s*"/.test(start)) return 'as-names-json';
  return 'json';
}

function sniffText(text: string): SourceFormat {
  const lines = text.split(/\r?\n/, 400);
  const sure = lines.find((line) => line.trim() !== '' && !line.startsWith('#')) ?? '';
  if (/^(?:TABLE_DUMP2?|BGP4MP|BGP)(?:_[A-Z_]+)?\|\d/.test(sure)) return 'bgpdump-text';
  if (/^2(?:\.\d)?\|[a-z]+\|/.test(sure) || /^(?:afrinic|apnic|arin|lacnic|ripencc|iana)\|/.test(sure))
    return 'delegated';
  if (/^\d+[|\t ]\d+[|\t ](?:-1|0|1|2)(?:[|\t ]|$)/.test(sure)) return 'as-rel';
  if (lines.some((line) => /^#\s*(?:source|input clique)/.test(line)) && sure === '') return 'as-rel';
  if (lines.some((line) => /^# format: ?(?:aut|org_id)\|/.test(line))) return 'as-organizations';
  if (/^[\d.:a-f]+,[\d.:a-f]+,/.test(sure)) return 'ranges-csv';
  if (lines.some((line) => /^\s*\S+: \d+ destinations?, \d+ routes? \(/.test(line))) return 'junos-routes';
  if (lines.some((line) => /^\s*Network\s+Next Hop\s+.*Path\s*$/.test(line))) return 'show-ip-bgp';
  if (lines.some((line) => /^[sdhrS* >=iebcNRfu]{1,6}\s*[\d.:a-f]+(?:\/\d+)?\s+[\d.:a-f]+\s+/.test(line))) {
    return 'show-ip-bgp';
  }
  return 'text';
}
