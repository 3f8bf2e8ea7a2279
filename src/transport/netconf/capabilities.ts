import type { XmlElement } from '#core';

export const baseNamespace = 'urn:ietf:params:xml:ns:netconf:base:1.0';
export const base10 = 'urn:ietf:params:netconf:base:1.0';
export const base11 = 'urn:ietf:params:netconf:base:1.1';

/** A YANG module that the server says to implement (RFC 6020 section 5.6.4). */
export interface NetconfModule {
  readonly namespace: string;
  readonly module: string;
  readonly revision?: string;
  readonly features: readonly string[];
}

/** What a server said of itself in its hello. */
export class NetconfCapabilities {
  /** As they came, in order. */
  readonly uris: readonly string[];
  readonly #known: ReadonlySet<string>;

  constructor(uris: readonly string[]) {
    this.uris = uris;
    this.#known = new Set(uris.map(nameOf));
  }

  /**
   * Whether a capability of the IETF is there, by its short name: `candidate`, `confirmed-commit:1.1`, `validate`. Without
   * a version any version counts. Junos says `urn:ietf:params:xml:ns:netconf:capability:…` for some, which counts too.
   */
  has(name: string): boolean {
    if (this.#known.has(name) || this.uris.includes(name)) return true;
    return !name.includes(':') && [...this.#known].some((known) => known.startsWith(`${name}:`));
  }

  get modules(): readonly NetconfModule[] {
    return this.uris.flatMap((uri) => {
      const [namespace = '', query] = uri.split('?', 2);
      const parameters = new URLSearchParams(query);
      const module = parameters.get('module');
      if (module === null) return [];
      const revision = parameters.get('revision');
      const features = (parameters.get('features') ?? '').split(',').filter(Boolean);
      return [{ namespace, module, ...(revision !== null && { revision }), features }];
    });
  }
}

/** `candidate:1.0` of `urn:ietf:params:netconf:capability:candidate:1.0`, `url:1.0` without its parameters. */
function nameOf(uri: string): string {
  return uri.replace(/\?.*$/s, '').replace(/^urn:ietf:params:(?:xml:ns:)?netconf:(?:capability:)?/, '');
}

/** The capabilities of a hello, and the session id that a server must give; undefined when it gives none. */
export function readHello(root: XmlElement): { capabilities: NetconfCapabilities; sessionId: number | undefined } {
  const uris = root.allAt('capabilities/capability').map(({ value }) => value);
  const id = Number(root.valueAt('session-id'));
  return {
    capabilities: new NetconfCapabilities(uris.filter(Boolean)),
    sessionId: Number.isInteger(id) && id > 0 && id <= 0xffff_ffff ? id : undefined,
  };
}
