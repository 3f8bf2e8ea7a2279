import { type GetterName, getters } from '../getters.ts';

export type Cell = string | number | boolean | null;
/** One row of a table: fields by their path, `address_family.ipv4.received_prefixes`. */
export type FactRow = Readonly<Record<string, Cell>>;

type Fields = Record<string, Cell>;

/**
 * A value as flat rows: the names of the mappings around a row first (`interface`, `vrf`, `peer`), then its fields.
 * Lists of texts are one cell; what a person would say of the row, and the device does not, comes last: `state`.
 */
export function factRows(getter: GetterName, value: unknown): readonly FactRow[] {
  const rows: Fields[] = [];
  descend(value, getters[getter].keys, {}, rows);
  return rows.map(withWords);
}

function descend(value: unknown, keys: readonly string[], around: Fields, rows: Fields[]): void {
  const [key, ...rest] = keys;
  if (Array.isArray(value)) {
    for (const one of value) descend(one, keys, around, rows);
  } else if (key === undefined || value === null || typeof value !== 'object') {
    rows.push({ ...around, ...flat(value, '') });
  } else if (key.startsWith('@')) {
    const field = key.slice(1);
    const { [field]: inner, ...others } = value as Record<string, unknown>;
    const outer = { ...around, ...flat(others, '') };
    const before = rows.length;
    descend(inner, rest, outer, rows);
    if (rows.length === before) rows.push(outer);
  } else {
    const scalars = Object.entries(value).filter(([, one]) => one === null || typeof one !== 'object');
    // A mapping with values at its end, where others have mappings: it is a row itself.
    if (scalars.length > 0) rows.push({ ...around, [key]: '', ...flat(Object.fromEntries(scalars), '') });
    for (const [name, one] of Object.entries(value)) {
      if (one !== null && typeof one === 'object') descend(one, rest, { ...around, [key]: name }, rows);
    }
  }
}

function flat(value: unknown, path: string): Fields {
  if (value === null || typeof value !== 'object') return { [path === '' ? 'value' : path]: (value ?? null) as Cell };
  if (Array.isArray(value)) {
    if (value.every((one) => one === null || typeof one !== 'object')) return { [path]: value.join(', ') };
    return Object.assign({}, ...value.map((one, index) => flat(one, path === '' ? String(index) : `${path}.${index}`)));
  }
  const inner = Object.values(value);
  // A mapping of names to nothing is a list of names.
  if (path !== '' && inner.length > 0 && inner.every(isNothing)) return { [path]: Object.keys(value).join(', ') };
  const parts = Object.entries(value).map(([key, one]) => flat(one, path === '' ? key : `${path}.${key}`));
  return Object.assign({}, ...parts);
}

const isNothing = (value: unknown): boolean =>
  value !== null && typeof value === 'object' && Object.keys(value).length === 0;

/** `state` of an interface, a peer, a fan; `prefixes` received in all address families. */
function withWords(row: Fields): FactRow {
  const { is_up: isUp, is_enabled: isEnabled, status, up } = row;
  const words: Fields = {};
  if (typeof isUp === 'boolean') words['state'] = isUp ? 'up' : isEnabled === false ? 'disabled' : 'down';
  else if (typeof up === 'boolean') words['state'] = up ? 'up' : 'down';
  else if (typeof status === 'boolean') words['state'] = status ? 'ok' : 'failed';
  const received = Object.entries(row).filter(([path]) => /^address_family\..*\.received_prefixes$/.test(path));
  if (received.length > 0) {
    const known = received.map(([, count]) => Number(count)).filter((count) => count >= 0);
    words['prefixes'] = known.length === 0 ? -1 : known.reduce((sum, count) => sum + count, 0);
  }
  return { ...row, ...words };
}
