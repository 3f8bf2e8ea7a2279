import { emptySlot, HashSlots } from './hash-slots.ts';
import { grown } from './path-interner.ts';
import type { PrefixTable } from './route-table.ts';

/** Gives every distinct prefix a number. */
export class PrefixInterner {
  #count = 0;
  #family = new Uint8Array(1 << 12);
  #length = new Uint8Array(1 << 12);
  #words = new Uint32Array(1 << 14);
  readonly #slots = new HashSlots();

  get count(): number {
    return this.#count;
  }

  /** `words` as in {@link PrefixTable}, bits behind the mask zero. */
  intern(family: number, length: number, words: Uint32Array): number {
    let hash = (family << 8) | length;
    for (let word = 0; word < 4; word++) hash = Math.imul(hash ^ words[word]!, 0x9e3779b1) ^ (hash >>> 15);
    const slots = this.#slots;
    let slot = slots.first(hash);
    for (let prefix = slots.at(slot); prefix !== emptySlot; prefix = slots.at(slot)) {
      if (this.#isSame(prefix, family, length, words)) return prefix;
      slot = slots.next(slot);
    }
    const prefix = this.#add(family, length, words);
    slots.put(slot, hash, prefix);
    return prefix;
  }

  table(): PrefixTable {
    return {
      count: this.#count,
      family: this.#family.subarray(0, this.#count),
      length: this.#length.subarray(0, this.#count),
      words: this.#words.subarray(0, this.#count * 4),
    };
  }

  #isSame(prefix: number, family: number, length: number, words: Uint32Array): boolean {
    const stored = this.#words;
    const at = prefix * 4;
    return (
      stored[at] === words[0] &&
      this.#length[prefix] === length &&
      this.#family[prefix] === family &&
      stored[at + 1] === words[1] &&
      stored[at + 2] === words[2] &&
      stored[at + 3] === words[3]
    );
  }

  #add(family: number, length: number, words: Uint32Array): number {
    const prefix = this.#count++;
    if (prefix >= this.#family.length) {
      this.#family = doubled(this.#family);
      this.#length = doubled(this.#length);
      this.#words = grown(this.#words, prefix * 4);
    }
    this.#family[prefix] = family;
    this.#length[prefix] = length;
    this.#words.set(words, prefix * 4);
    return prefix;
  }
}

function doubled(array: Uint8Array): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(array.length * 2);
  larger.set(array);
  return larger;
}
