import type { ConfigNode } from '../config-tree.ts';
import type { Vocabulary } from './group-words.ts';
import { splitText } from './word.ts';

/**
 * Both trees without the sections that are the same in both: words are made of what is left. A section stays where its
 * place may count, and where leaving it out could make one of several look like the only one.
 */
export function differing(
  before: readonly ConfigNode[],
  after: readonly ConfigNode[],
  vocabulary: Vocabulary,
  header = '',
): readonly [readonly ConfigNode[], readonly ConfigNode[]] {
  if (vocabulary.isOrdered(splitText(header).at(-1) ?? '')) return [before, after];
  const sections = new Map<string, ConfigNode>();
  for (const node of after) if (node.children.length > 0) sections.set(node.text, node);
  if (sections.size === 0) return [before, after];
  const left: ConfigNode[] = [];
  const twins = new Map<ConfigNode, ConfigNode | undefined>();
  for (const node of before) {
    const twin = node.children.length > 0 ? sections.get(node.text) : undefined;
    if (twin === undefined) left.push(node);
    else if (isSame(node, twin)) {
      if (canBeLeftOut(node.text, vocabulary)) twins.set(twin, undefined);
      else left.push(node);
    } else {
      const [children, others] = differing(node.children, twin.children, vocabulary, node.text);
      left.push({ ...node, children });
      twins.set(twin, { ...twin, children: others });
    }
  }
  return [left, after.flatMap((node) => (twins.has(node) ? (twins.get(node) ?? []) : [node]))];
}

/** Names after an unknown word could be the values of a statement: what is known to name one of several may go. */
function canBeLeftOut(text: string, vocabulary: Vocabulary): boolean {
  const words = splitText(text);
  if (words.length > 2) return false;
  return words.length === 1 || (vocabulary.isMany(words[0]!) && !vocabulary.isOrdered(words[0]!));
}

function isSame(one: ConfigNode, other: ConfigNode): boolean {
  return (
    one === other ||
    (one.text === other.text &&
      one.children.length === other.children.length &&
      one.children.every((child, at) => isSame(child, other.children[at]!)))
  );
}
