import { type AsciiSet, allAscii, asciiSet, noAscii, overlaps, union, without } from './ascii-set.ts';
import type { PatternNode } from './syntax.ts';

/** Which ASCII characters a text can begin with where a pattern matches. */
export interface Opening {
  /** The ASCII characters that can be the first. */
  readonly first: AsciiSet;
  /** Whether the pattern may match without taking a character. */
  readonly mayBeEmpty: boolean;
}

const spaces = asciiSet((code) => (code >= 9 && code <= 13) || (code >= 28 && code <= 32));

/** What the first character of a match can be; too much rather than too little. */
export const openingOf = (node: PatternNode): Opening =>
  openingFrom(node, (ascii) => ({ first: ascii, mayPass: false }));

/** What the first character after leading white space can be; too much rather than too little. */
export const openingAfterSpace = (node: PatternNode): Opening =>
  openingFrom(node, (ascii) => ({ first: without(ascii, spaces), mayPass: overlaps(ascii, spaces) }));

type FirstOf = (ascii: AsciiSet) => { readonly first: AsciiSet; readonly mayPass: boolean };

function openingFrom(node: PatternNode, firstOf: FirstOf): Opening {
  switch (node.kind) {
    case 'set': {
      const { first, mayPass } = firstOf(node.set.ascii);
      return { first, mayBeEmpty: mayPass };
    }
    case 'sequence':
      return inSequence(node.items, firstOf);
    case 'choice':
      return node.arms.map((arm) => openingFrom(arm, firstOf)).reduce(either);
    case 'group':
    case 'atomic':
      return openingFrom(node.body, firstOf);
    case 'repeat': {
      if (node.most === 0) return pass;
      const { first, mayBeEmpty } = openingFrom(node.body, firstOf);
      return { first, mayBeEmpty: mayBeEmpty || node.least === 0 };
    }
    case 'look':
      return pass;
    case 'assert':
      return node.at === 'lastLineEnd' || node.at === 'subjectEnd' || node.at === 'lineEnd' ? nothing : pass;
    case 'reference':
      return { first: allAscii, mayBeEmpty: true };
    case 'condition':
      return either(openingFrom(node.yes, firstOf), openingFrom(node.no, firstOf));
  }
}

const pass: Opening = { first: noAscii, mayBeEmpty: true };
/** The end of the text: no character can come. */
const nothing: Opening = { first: noAscii, mayBeEmpty: false };

function inSequence(items: readonly PatternNode[], firstOf: FirstOf): Opening {
  let first = noAscii;
  for (const item of items) {
    const opening = openingFrom(item, firstOf);
    first = union(first, opening.first);
    if (!opening.mayBeEmpty) return { first, mayBeEmpty: false };
  }
  return { first, mayBeEmpty: true };
}

const either = (a: Opening, b: Opening): Opening => ({
  first: union(a.first, b.first),
  mayBeEmpty: a.mayBeEmpty || b.mayBeEmpty,
});
