import type { CallOptions, XmlElement, XmlText } from '#core';
import type { NetconfCapabilities } from './capabilities.ts';
import type { Framing } from './framing.ts';
import type { RpcError } from './rpc-error.ts';

/** A configuration of the device: `candidate` and `startup` only where it has them. */
export type Datastore = 'running' | 'candidate' | 'startup';

/** Where configuration comes from or goes to: a datastore, a file (capability `url`), or the XML itself. */
export type ConfigSource = Datastore | { readonly url: string } | { readonly config: XmlText | string };
export type ConfigTarget = Datastore | { readonly url: string };

/** What of the data is wanted (RFC 6241 section 6; XPath needs the capability `xpath`). */
export type NetconfFilter =
  | { readonly subtree: XmlText | string }
  | { readonly xpath: string; readonly namespaces?: Readonly<Record<string, string>> };

export interface RpcOptions extends CallOptions {
  /** Milliseconds to wait for the whole reply; then the session is given up, for its state is not known. Default 60,000. */
  readonly timeoutMs?: number;
}

export interface NetconfReply {
  /** The `<rpc-reply>` as it came. */
  readonly element: XmlElement;
  /** Warnings of the device; it has done what was asked all the same. */
  readonly warnings: readonly RpcError[];
}

export interface GetOptions extends RpcOptions {
  readonly filter?: NetconfFilter;
  /** RFC 6243; needs the capability `with-defaults`. */
  readonly withDefaults?: 'report-all' | 'report-all-tagged' | 'trim' | 'explicit';
}

export interface EditConfigOptions extends RpcOptions {
  /** What happens to nodes without an `operation` of their own. Default `merge`. */
  readonly defaultOperation?: 'merge' | 'replace' | 'none';
  /** Needs `validate`; `test-only` needs `validate:1.1`. */
  readonly testOption?: 'test-then-set' | 'set' | 'test-only';
  /** `rollback-on-error` needs the capability of that name. Default of the protocol: `stop-on-error`. */
  readonly errorOption?: 'stop-on-error' | 'continue-on-error' | 'rollback-on-error';
}

export interface CommitOptions extends RpcOptions {
  /** The device takes the commit back unless {@link NetconfSession.commit} comes again within this many seconds. */
  readonly confirmWithinS?: number;
  /**
   * A token under which another session may confirm or cancel (`confirmed-commit:1.1`). Without it the end of this
   * session takes the commit back at once.
   */
  readonly persist?: string;
  /** The token of the earlier confirmed commit, to confirm or prolong it. */
  readonly persistId?: string;
}

/**
 * A NETCONF session (RFC 6241). Requests may be made one upon the other; replies find theirs by message id. Functions
 * that need a capability which the device has not said to have reject with `NW_NOT_SUPPORTED` before anything is sent.
 *
 * Every function rejects with a NetwrightError: `NW_RPC_REFUSED` and `NW_CONFIG_LOCKED` with the `rpc-error`s in
 * `details.errors`, `NW_COMMAND_TIMEOUT` (the session is then destroyed), `NW_CONNECTION_LOST`, `NW_NETCONF_PROTOCOL`,
 * `NW_XML_INVALID`, `NW_OUTPUT_TOO_LARGE`, `NW_CANCELLED` (a reply that comes all the same is passed over).
 */
export interface NetconfSession extends AsyncDisposable {
  /** `r1 (192.0.2.1:830, ssh)`, for messages. */
  readonly label: string;
  readonly sessionId: number;
  readonly capabilities: NetconfCapabilities;
  readonly framing: Framing;
  readonly isOpen: boolean;
  /** Sends any operation: `<get-interface-information/>`. A whole `<rpc>` is taken too; its message id is ours. */
  rpc(operation: XmlText | string, options?: RpcOptions): Promise<NetconfReply>;
  /** State and configuration: the `<data>` element. */
  get(options?: GetOptions): Promise<XmlElement>;
  /** A configuration: the `<data>` element. */
  getConfig(source: ConfigTarget, options?: GetOptions): Promise<XmlElement>;
  /** @param config what stands in `<config>`, or that element itself; nodes may carry `nc:operation` */
  editConfig(target: Datastore, config: XmlText | string, options?: EditConfigOptions): Promise<NetconfReply>;
  copyConfig(source: ConfigSource, target: ConfigTarget, options?: RpcOptions): Promise<NetconfReply>;
  deleteConfig(target: ConfigTarget, options?: RpcOptions): Promise<NetconfReply>;
  lock(target: Datastore, options?: RpcOptions): Promise<void>;
  unlock(target: Datastore, options?: RpcOptions): Promise<void>;
  /** Holds the lock while `work` runs; it is given back whatever becomes of the work. */
  locked<T>(target: Datastore, work: () => Promise<T>, options?: RpcOptions): Promise<T>;
  validate(source: ConfigSource, options?: RpcOptions): Promise<NetconfReply>;
  /** Makes the candidate the running configuration, or confirms a confirmed commit. */
  commit(options?: CommitOptions): Promise<NetconfReply>;
  /** Takes a confirmed commit back at once (`confirmed-commit:1.1`). */
  cancelCommit(options?: RpcOptions & { readonly persistId?: string }): Promise<NetconfReply>;
  discardChanges(options?: RpcOptions): Promise<NetconfReply>;
  /** Ends another session, giving back its locks. */
  killSession(sessionId: number, options?: RpcOptions): Promise<void>;
  /** `<close-session>`, then the connection. Waits two seconds at most and never rejects. */
  close(): Promise<void>;
  /** Ends the connection at once; what waits rejects. */
  destroy(): void;
}
