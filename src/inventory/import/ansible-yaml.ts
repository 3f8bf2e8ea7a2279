import { isMap, isScalar, LineCounter, parseDocument, type ScalarTag } from 'yaml';
import { type AnsibleInventory, type AnsibleVariables, expandRange, vaulted } from './ansible-model.ts';
import { type Draft, importError } from './draft.ts';
import { yamlMistake } from './read-source.ts';

const vaultTag: ScalarTag = { tag: '!vault', resolve: () => vaulted };
const vaultFile = /^\$ANSIBLE_VAULT;/;

interface YamlMapping {
  readonly pairs: readonly {
    readonly key: string;
    readonly value: unknown;
    readonly node: unknown;
    readonly line: number;
  }[];
}

/** A file of variables (`group_vars/x.yml`); everything in it is `vaulted` when the whole file is encrypted. */
export function readAnsibleVariables(file: string, text: string, into: AnsibleVariables): 'read' | 'vaulted' {
  if (vaultFile.test(text)) return 'vaulted';
  const reader = new Reader(file, text);
  for (const { key, value, line } of reader.mapping(reader.root, 'variables').pairs) {
    into.set(key, { value, origin: { file, line } });
  }
  return 'read';
}

const asYaml = 'let Ansible write it as YAML: ansible-inventory -i <inventory> --list --yaml --output inventory.yml';

/**
 * The YAML form of an Ansible inventory: groups with `hosts`, `children` and `vars`, nested.
 * @throws NetwrightError `NW_IMPORT_INVALID` with file and line
 */
export function readAnsibleYaml(file: string, text: string, inventory: AnsibleInventory, draft: Draft): void {
  const reader = new Reader(file, text);
  const readGroup = (name: string, node: unknown, depth: number): void => {
    // Aliases can make a tree without end.
    if (depth > 100) throw importError({ file, line: 1 }, `group "${name}": children are nested deeper than 100`);
    const group = inventory.group(name);
    for (const { key, node: below, line } of reader.mapping(node, `group "${name}"`).pairs) {
      const origin = { file, line };
      if (key === 'vars') {
        for (const one of reader.mapping(below, 'vars').pairs) {
          group.variables.set(one.key, { value: one.value, origin: { file, line: one.line } });
        }
      } else if (key === 'children') {
        for (const child of reader.mapping(below, 'children', true).pairs) {
          group.children.add(child.key);
          readGroup(child.key, child.node, depth + 1);
        }
      } else if (key === 'hosts') {
        for (const one of reader.mapping(below, 'hosts', true).pairs) {
          const place = { file, line: one.line };
          const variables = reader.mapping(one.node, `host "${one.key}"`).pairs;
          for (const host of expandRange(one.key, place)) {
            const known = inventory.host(host, place);
            for (const pair of variables) known.set(pair.key, { value: pair.value, origin: { file, line: pair.line } });
            group.hosts.add(host);
          }
        }
      } else {
        // Ansible passes over it with a warning.
        draft.warn(origin, `group "${name}": expected hosts, children or vars, got "${key}"; left out`);
      }
    }
  };
  const { pairs } = reader.mapping(reader.root, 'the inventory');
  for (const { key, value, line } of pairs) {
    if (key === 'plugin' && typeof value === 'string')
      throw importError({ file, line }, `this asks an inventory plugin, expected hosts and groups; ${asYaml}`);
    if (key === '_meta')
      throw importError({ file, line }, `this is what an inventory script prints, expected YAML or INI; ${asYaml}`);
  }
  for (const { key, node } of pairs) readGroup(key, node, 0);
}

class Reader {
  readonly #file: string;
  readonly #counter = new LineCounter();
  readonly #document;

  constructor(file: string, text: string) {
    this.#file = file;
    this.#document = parseDocument(text, {
      customTags: [vaultTag],
      lineCounter: this.#counter,
      prettyErrors: false,
      logLevel: 'silent',
      merge: true,
      // Ansible takes the last one of two.
      uniqueKeys: false,
    });
    const [error] = this.#document.errors;
    if (error) throw importError({ file, line: this.#counter.linePos(error.pos[0]).line }, yamlMistake(error));
  }

  get root(): unknown {
    return this.#document.contents;
  }

  /** The pairs of a mapping; none for nothing. */
  mapping(node: unknown, what: string, isOneName = false): YamlMapping {
    const resolved = node !== null && typeof node === 'object' && 'source' in node ? this.#resolve(node) : node;
    if (resolved === null || resolved === undefined || (isScalar(resolved) && resolved.value === null))
      return { pairs: [] };
    // `hosts: r1` is short for a mapping with one key.
    if (isScalar(resolved) && typeof resolved.value === 'string' && isOneName) {
      const line = this.#counter.linePos(resolved.range?.[0] ?? 0).line;
      return { pairs: [{ key: resolved.value, value: null, node: null, line }] };
    }
    if (!isMap(resolved)) {
      const offset = (resolved as { range?: [number] }).range?.[0] ?? 0;
      throw importError({ file: this.#file, line: this.#counter.linePos(offset).line }, `${what}: expected a mapping`);
    }
    const pairs = resolved.items.map(({ key, value }) => {
      const range = (key as { range?: [number] } | null)?.range;
      if (!isScalar(key)) {
        throw importError(
          { file: this.#file, line: this.#counter.linePos(range?.[0] ?? 0).line },
          `${what}: expected a plain key`,
        );
      }
      const name = String(key.value);
      return { key: name, value: this.#plain(value), node: value, line: this.#counter.linePos(range?.[0] ?? 0).line };
    });
    return { pairs };
  }

  #resolve(node: object): unknown {
    const alias = node as { resolve?: (document: unknown) => unknown };
    return typeof alias.resolve === 'function' ? this.#guard(node, () => alias.resolve!(this.#document)) : node;
  }

  #plain(node: unknown): unknown {
    if (isScalar(node)) return node.value;
    const data = node as { toJS?: (document: unknown, options: object) => unknown } | null;
    if (typeof data?.toJS !== 'function') return node;
    return this.#guard(data, () => data.toJS!(this.#document, { maxAliasCount: 1000 }));
  }

  /** Aliases that point nowhere, or that multiply beyond reason. */
  #guard(node: object, read: () => unknown): unknown {
    try {
      return read();
    } catch (error) {
      const { range } = node as { range?: [number] };
      const { line } = this.#counter.linePos(range?.[0] ?? 0);
      throw importError({ file: this.#file, line: Math.max(line, 1) }, 'an alias (*name) cannot be resolved', error);
    }
  }
}
