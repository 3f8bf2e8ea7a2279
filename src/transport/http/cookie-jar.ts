/** Cookies of one device: every path of it is the same login, so that neither path nor domain matters. */
export class CookieJar {
  readonly #cookies = new Map<string, string>();

  /** Takes the values of `Set-Cookie` (RFC 6265 section 5.2). */
  take(header: string | readonly string[] | undefined): void {
    for (const line of typeof header === 'string' ? [header] : (header ?? [])) {
      const [pair = '', ...attributes] = line.split(';');
      const at = pair.indexOf('=');
      const name = pair.slice(0, at).trim();
      if (at < 1 || name === '') continue;
      if (isExpired(attributes)) this.#cookies.delete(name);
      // More than any device sets; one that sets ever new ones fills no memory.
      else if (this.#cookies.size < 50 || this.#cookies.has(name)) this.#cookies.set(name, pair.slice(at + 1).trim());
    }
  }

  /** The value of `Cookie`, empty without cookies. */
  get header(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }
}

function isExpired(attributes: readonly string[]): boolean {
  return attributes.some((attribute) => /^\s*max-age\s*=\s*(?:0|-\d+)\s*$/i.test(attribute));
}
