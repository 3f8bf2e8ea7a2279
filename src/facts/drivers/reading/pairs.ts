const pair =
  /(?<![\w-])([A-Za-z][\w()-]{0,20}(?: [\w()-]{1,20}){0,3}) {0,20}:(?: {1,2}|(?=\S))(\S{1,120}(?: \S{1,80}){0,8})?/g;

/**
 * The fields of lines that hold several of them, by their names in lower case without blanks:
 * `   Preference: 60                    Cost: 0`. A later one of the same name stands.
 */
export function pairsIn(lines: readonly string[]): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const line of lines) {
    for (const [, name = '', value = ''] of line.slice(0, 500).matchAll(pair)) {
      fields.set(name.toLowerCase().replaceAll(/[\s_-]/g, ''), value.trim());
    }
  }
  return fields;
}
