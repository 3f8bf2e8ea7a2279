import type { ConfigNode } from '../config-tree.ts';

/**
 * Spells out `int gi0/1` where one type of interface of the configuration alone begins so: a running configuration
 * names all the hardware there is. Anything else stays as it was typed.
 */
export function spelling(nodes: readonly ConfigNode[]): (line: string) => string {
  let types: readonly string[] | undefined;
  return (line) => {
    const match = /^((?:no |default )?)int[erfac]* ?([a-z-]+) ?(\d\S*)$/i.exec(line);
    if (match === null || /^int[erfac]*$/i.test(match[2]!)) return line;
    const [, before = '', typed = '', number = ''] = match;
    types ??= interfaceTypes(nodes);
    const wanted = typed.toLowerCase();
    const meant = types.filter((type) => type.trimEnd().toLowerCase().startsWith(wanted));
    const exact = meant.filter((type) => type.trimEnd().toLowerCase() === wanted);
    const type = (exact.length > 0 ? exact : meant).length === 1 ? (exact[0] ?? meant[0]) : undefined;
    return type === undefined ? line : `${before}interface ${type}${number}`;
  };
}

/** As they are written: `GigabitEthernet`, and `ethernet ` with its blank. */
function interfaceTypes(nodes: readonly ConfigNode[]): readonly string[] {
  const types = new Set<string>();
  for (const { text } of nodes) {
    const type = /^interface ([A-Za-z-]+ ?)(?=\d)/.exec(text)?.[1];
    if (type !== undefined) types.add(type);
  }
  return [...types];
}
