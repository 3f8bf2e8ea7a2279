import { createHash } from 'node:crypto';

/** Distinct text that is held back until the end, so that equal answers can be shown once. */
const mostHeldBytes = 64 * 1024 * 1024;

export interface OutputGroup {
  readonly text: string;
  readonly devices: string[];
}

/** Devices by what they answered, in the order of the inventory. */
export class OutputGroups {
  readonly #rank: ReadonlyMap<string, number>;
  readonly #groups = new Map<string, OutputGroup>();
  #heldBytes = 0;

  /** `order`: the names as the inventory has them. */
  constructor(order: readonly string[]) {
    this.#rank = new Map(order.map((name, rank) => [name, rank]));
  }

  /** Returns false when so much differs that it can no longer be held: then {@link take} what there is. */
  add(device: string, text: string): boolean {
    const key = createHash('sha256').update(text).digest('base64');
    const group = this.#groups.get(key);
    if (group !== undefined) group.devices.push(device);
    else {
      this.#groups.set(key, { text, devices: [device] });
      this.#heldBytes += text.length * 2;
    }
    return this.#heldBytes <= mostHeldBytes;
  }

  /** The groups so far, the largest first, those alike in size by their first device; then there are none. */
  take(): readonly OutputGroup[] {
    const rankOf = (device: string | undefined): number => this.#rank.get(device ?? '') ?? this.#rank.size;
    const groups = [...this.#groups.values()];
    for (const { devices } of groups) devices.sort((a, b) => rankOf(a) - rankOf(b));
    groups.sort((a, b) => b.devices.length - a.devices.length || rankOf(a.devices[0]) - rankOf(b.devices[0]));
    this.#groups.clear();
    this.#heldBytes = 0;
    return groups;
  }
}
