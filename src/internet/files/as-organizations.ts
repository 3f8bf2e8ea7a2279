import { NetwrightError } from '#core';
import type { Source } from '../source/open-source.ts';
import { asnFromText } from './asn-text.ts';

/** Who holds an AS, as CAIDA's AS-to-organisation files have it. */
export interface AsOrganizations {
  /** By AS number: the id of the organisation, and the name of the AS. */
  readonly ases: ReadonlyMap<number, { readonly organisation: string; readonly name: string }>;
  /** By the id of an organisation. */
  readonly organisations: ReadonlyMap<string, { readonly name: string; readonly country: string }>;
}

type Row = Readonly<Record<string, string>>;

/**
 * Reads the two tables that stand in one text, each under a line `# format:`, or the newer form, a JSON object a line.
 * @throws NetwrightError `NW_INTERNET_FORMAT` when no AS is in it.
 */
export async function readAsOrganizations(source: Source): Promise<AsOrganizations> {
  const ases = new Map<number, { organisation: string; name: string }>();
  const organisations = new Map<string, { name: string; country: string }>();
  let columns: readonly string[] = [];
  for await (const line of source.lines()) {
    if (line.startsWith('#')) {
      const [, format] = /^#\s*format:\s*(\S+)/.exec(line) ?? [];
      if (format !== undefined) columns = format.split('|');
      continue;
    }
    const row = line.startsWith('{') ? jsonRow(line) : tableRow(line, columns);
    const asn = asnFromText(row['aut'] ?? row['asn'] ?? '');
    const organisation = row['org_id'] ?? row['organizationId'] ?? '';
    if (asn !== undefined && organisation !== '') {
      ases.set(asn, { organisation, name: row['aut_name'] ?? row['name'] ?? '' });
    } else if (organisation !== '') {
      organisations.set(organisation, { name: row['org_name'] ?? row['name'] ?? '', country: row['country'] ?? '' });
    }
  }
  if (ases.size === 0) {
    throw new NetwrightError(
      'NW_INTERNET_FORMAT',
      `${source.name}: expected rows under # format:aut|changed|aut_name|org_id|…, or JSON lines, there is none`,
    );
  }
  return { ases, organisations };
}

const tableRow = (line: string, columns: readonly string[]): Row => {
  const cells = line.split('|');
  return Object.fromEntries(columns.map((column, at) => [column, cells[at] ?? '']));
};

/** A damaged line is an empty row: the others are kept. */
function jsonRow(line: string): Row {
  try {
    const parsed: unknown = JSON.parse(line);
    const fields = Object.entries(typeof parsed === 'object' && parsed !== null ? parsed : {});
    return Object.fromEntries(
      fields.flatMap(([key, value]) =>
        typeof value === 'string' || typeof value === 'number' ? [[key, String(value)]] : [],
      ),
    );
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}
