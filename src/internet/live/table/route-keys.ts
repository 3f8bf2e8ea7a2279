import { emptySlot, HashSlots } from '../../routes/hash-slots.ts';
import { grown } from '../../routes/path-interner.ts';

/** Gives every prefix with a path identifier a number; without ADD-PATH the identifier is 0. */
export class RouteKeys {
  #count = 0;
  #prefixOf = new Uint32Array(1 << 12);
  #pathIdOf = new Uint32Array(1 << 12);
  readonly #slots = new HashSlots();

  get count(): number {
    return this.#count;
  }

  prefixOf(key: number): number {
    return this.#prefixOf[key]!;
  }

  pathIdOf(key: number): number {
    return this.#pathIdOf[key]!;
  }

  intern(prefix: number, pathId: number): number {
    const hash = Math.imul(prefix, 0x9e3779b1) ^ Math.imul(pathId, 0x85ebca6b);
    const slots = this.#slots;
    let slot = slots.first(hash);
    for (let key = slots.at(slot); key !== emptySlot; key = slots.at(slot)) {
      if (this.#prefixOf[key] === prefix && this.#pathIdOf[key] === pathId) return key;
      slot = slots.next(slot);
    }
    const key = this.#count++;
    if (key === this.#prefixOf.length) {
      this.#prefixOf = grown(this.#prefixOf, key);
      this.#pathIdOf = grown(this.#pathIdOf, key);
    }
    this.#prefixOf[key] = prefix;
    this.#pathIdOf[key] = pathId;
    slots.put(slot, hash, key);
    return key;
  }
}
