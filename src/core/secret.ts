import { inspect } from 'node:util';

const mask = '[secret]';

/**
 * A value that must not be seen. It prints, logs and serialises as `[secret]`; only `reveal()` gives it away, and
 * only `transport/` and `device/` (which type it into a login) and the sealing of the secrets file call that.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return mask;
  }

  toJSON(): string {
    return mask;
  }

  [inspect.custom](): string {
    return mask;
  }
}
