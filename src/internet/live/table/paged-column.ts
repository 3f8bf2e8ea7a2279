/** Numbers of neighbouring keys, as keys come in the order in which prefixes were first seen. */
const pageBits = 10;
const pageSize = 1 << pageBits;
const pageMask = pageSize - 1;

/**
 * A number for some of many keys: four bytes each where most keys have one, and nothing for the stretches where none
 * has. A full table of a million prefixes takes 4 MB; a neighbour that tells a hundred, pages for these.
 */
export class PagedColumn {
  /** Values are kept one higher: 0 stands for none. */
  #pages: (Uint32Array | undefined)[] = [];
  #count = 0;

  /** How many keys have a number. */
  get count(): number {
    return this.#count;
  }

  /** -1: none. */
  get(key: number): number {
    const page = this.#pages[key >>> pageBits];
    return page === undefined ? -1 : page[key & pageMask]! - 1;
  }

  /** Whether the key had none before. */
  set(key: number, value: number): boolean {
    const at = key >>> pageBits;
    let page = this.#pages[at];
    if (page === undefined) {
      // Holes would turn the list into a dictionary.
      while (this.#pages.length < at) this.#pages.push(undefined);
      page = new Uint32Array(pageSize);
      this.#pages[at] = page;
    }
    const isNew = page[key & pageMask] === 0;
    page[key & pageMask] = value + 1;
    if (isNew) this.#count += 1;
    return isNew;
  }

  /** Whether there was something to take away. */
  delete(key: number): boolean {
    const page = this.#pages[key >>> pageBits];
    if (page === undefined || page[key & pageMask] === 0) return false;
    page[key & pageMask] = 0;
    this.#count -= 1;
    return true;
  }

  clear(): void {
    this.#pages = [];
    this.#count = 0;
  }

  /** Every key with its number, a page at a time. */
  *pages(): Generator<readonly [firstKey: number, values: Uint32Array]> {
    for (const [at, page] of this.#pages.entries()) if (page !== undefined) yield [at << pageBits, page];
  }
}
