import { SaxesParser, type SaxesTagNS } from 'saxes';

/** What stands in an element: which children, each at most once unless `+`, and which attributes, `*` for those it must have. */
interface Rule {
  readonly children?: string;
  readonly attributes?: string;
}

/** GEXF 1.3 (gexf.net: schema of graph, data and visualization), as far as a graph without time or hierarchy has it. */
const rules: Readonly<Record<string, Rule>> = {
  gexf: { children: 'meta graph', attributes: 'version* variant' },
  meta: { children: 'creator keywords description', attributes: 'lastmodifieddate' },
  creator: {},
  keywords: {},
  description: {},
  graph: { children: 'attributes+ nodes edges', attributes: 'defaultedgetype idtype mode' },
  attributes: { children: 'attribute+', attributes: 'class*' },
  attribute: { children: 'default options', attributes: 'id* title* type*' },
  nodes: { children: 'node+', attributes: 'count' },
  edges: { children: 'edge+', attributes: 'count' },
  node: { children: 'attvalues viz:color viz:position viz:size viz:shape', attributes: 'id* label pid' },
  edge: {
    children: 'attvalues viz:color viz:thickness viz:shape',
    attributes: 'id type label source* target* weight kind',
  },
  attvalues: { children: 'attvalue+' },
  attvalue: { attributes: 'for* value*' },
  'viz:color': { attributes: 'r* g* b* a' },
  'viz:position': { attributes: 'x* y* z' },
  'viz:size': { attributes: 'value*' },
};

const float = /^-?\d+(?:\.\d+)?$/;
const values: Readonly<Record<string, RegExp>> = {
  'gexf version': /^1\.3$/,
  'meta lastmodifieddate': /^\d{4}-\d\d-\d\d$/,
  'graph defaultedgetype': /^(?:directed|undirected|mutual)$/,
  'attributes class': /^(?:node|edge)$/,
  'attribute type': /^(?:integer|long|double|float|boolean|string|anyURI)$/,
  // `xsd:token`: blanks inside, one at a time.
  'node label': /^\S+(?: \S+)*$/,
  'edge type': /^(?:directed|undirected|mutual)$/,
  'viz:color r': /^(?:1?\d?\d|2[0-4]\d|25[0-5])$/,
  'viz:color g': /^(?:1?\d?\d|2[0-4]\d|25[0-5])$/,
  'viz:color b': /^(?:1?\d?\d|2[0-4]\d|25[0-5])$/,
  'viz:position x': float,
  'viz:position y': float,
  'viz:size value': /^\d+(?:\.\d+)?$/,
};

/**
 * Everything that a document of GEXF 1.3 must not do: elements and attributes in wrong places, twice or missing, values of
 * other types, edges and values that refer to nothing. The schema itself checks no references.
 */
export function gexfTrouble(xml: string): string[] {
  const trouble: string[] = [];
  const seen: { name: string; children: Map<string, number> }[] = [];
  const ids = { node: new Set<string>(), edge: new Set<string>() };
  const declared = { node: new Map<string, string>(), edge: new Map<string, string>() };
  let described: 'node' | 'edge' = 'node';
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', (error) => trouble.push(error.message));
  parser.on('opentag', ({ name, uri, attributes }: SaxesTagNS) => {
    const wantedUri = name.startsWith('viz:') ? 'http://gexf.net/1.3/viz' : 'http://gexf.net/1.3';
    if (uri !== wantedUri) trouble.push(`<${name}> is of ${uri}`);
    const rule = rules[name];
    const parent = seen.at(-1);
    const allowed = parent === undefined ? ['gexf'] : (rules[parent.name]?.children ?? '').split(' ');
    const times = (parent?.children.get(name) ?? 0) + 1;
    parent?.children.set(name, times);
    if (!allowed.includes(`${name}+`) && !(allowed.includes(name) && times === 1)) {
      trouble.push(`<${name}> within <${parent?.name}>, time ${times}`);
    }
    const given = new Map(
      Object.values(attributes).flatMap((one) =>
        one.prefix === 'xmlns' || one.name === 'xmlns' ? [] : [[one.name, one.value]],
      ),
    );
    const known = (rule?.attributes ?? '').split(' ');
    for (const [key, value] of given) {
      if (!known.includes(key) && !known.includes(`${key}*`)) trouble.push(`<${name} ${key}>`);
      if (values[`${name} ${key}`]?.test(value) === false) trouble.push(`<${name} ${key}="${value}">`);
    }
    for (const key of known) {
      if (key.endsWith('*') && !given.has(key.slice(0, -1))) trouble.push(`<${name}> without ${key}`);
    }
    if (name === 'attributes' || name === 'node' || name === 'edge') {
      described = name === 'attributes' ? (given.get('class') as 'node' | 'edge') : name;
    }
    if (name === 'attribute') declared[described].set(given.get('id')!, given.get('type')!);
    if ((name === 'node' || name === 'edge') && given.has('id')) {
      if (ids[name].has(given.get('id')!)) trouble.push(`<${name} id="${given.get('id')}"> twice`);
      ids[name].add(given.get('id')!);
    }
    for (const end of name === 'edge' ? (['source', 'target'] as const) : []) {
      if (!ids.node.has(given.get(end)!)) trouble.push(`an edge to ${given.get(end)}, which is no node`);
    }
    if (name === 'attvalue') {
      const type = declared[described].get(given.get('for')!);
      if (type === undefined) trouble.push(`a value for ${given.get('for')}, which is no attribute of a ${described}`);
      if (type === 'integer' && !/^-?\d+$/.test(given.get('value')!))
        trouble.push(`${given.get('value')} is no integer`);
    }
    seen.push({ name, children: new Map() });
  });
  parser.on('closetag', () => void seen.pop());
  parser.write(xml).close();
  return trouble;
}
