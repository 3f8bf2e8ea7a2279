import type { PathIndex } from './path-index.ts';
import { customer, peer, provider, type RelationState } from './relation-state.ts';
import { itemsASlice, type Sliced } from './slices.ts';

/** Example paths a link. */
export const examplesALink = 3;
/** Stands where a link has fewer examples. */
export const noPath = 0xffffffff;

/**
 * Up to {@link examplesALink} paths a link, as numbers of the path table: for a customer such as come to its provider
 * from above, which is what decided, else any.
 */
export function* findExamples(index: PathIndex, state: RelationState): Sliced<Uint32Array> {
  const { paths, edgeOf, links } = index;
  const examples = new Uint32Array(links.count * examplesALink).fill(noPath);
  const used = new Uint8Array(links.count);
  const note = (link: number, path: number): void => {
    const source = paths.source[path]!;
    const start = link * examplesALink;
    for (let at = 0; at < used[link]!; at += 1) if (examples[start + at] === source) return;
    examples[start + used[link]!] = source;
    used[link]! += 1;
  };
  for (const onlyDeciding of [true, false]) {
    for (let path = 0; path < paths.count; path += 1) {
      if (path % itemsASlice === 0) yield 'choosing examples';
      const first = paths.offsets[path]!;
      for (let at = first; at < paths.offsets[path + 1]! - 1; at += 1) {
        const edge = edgeOf[at]!;
        if (used[edge >> 1]! === examplesALink) continue;
        if (!onlyDeciding || (at > first && decides(state, edgeOf[at - 1]!, edge))) note(edge >> 1, path);
      }
    }
  }
  return examples;
}

function decides(state: RelationState, before: number, edge: number): boolean {
  const above = state.of(before ^ 1);
  return state.of(edge) === customer && (above === provider || above === peer);
}
