import type { XmlElement, XmlText } from '#core';
import type { SimulatedDevice } from '../device.ts';

/** An edit of a configuration, as `<edit-config>` has it. */
export interface Edit {
  /** What stands in `<config>`. */
  readonly elements: readonly XmlElement[];
  readonly defaultOperation: 'merge' | 'replace' | 'none';
}

/** What a session may ask its server to do. */
export interface NetconfActions {
  /** As `<commit>` does. @param seconds taken back unless confirmed within */
  commit(options: { readonly seconds?: number; readonly comment?: string; readonly isCheck?: boolean }): void;
  lock(target: string): void;
  unlock(target: string): void;
}

/** What is particular about the NETCONF of one system: its models, and operations of its own. */
export interface NetconfModel {
  readonly versions: readonly ('1.0' | '1.1')[];
  /** Besides the base. */
  readonly capabilities: readonly string[];
  /** Said before the hello. */
  readonly preamble?: string;
  /** What it begins its messages with; Junos sends no XML declaration. */
  readonly declaration?: string;
  /** Attributes and prefixes that it puts on every `<rpc-reply>`. */
  readonly replyAttributes?: string;
  /** A configuration as data. */
  read(device: SimulatedDevice, text: string): readonly XmlElement[];
  /** State, without the configuration. */
  state(device: SimulatedDevice): readonly XmlElement[];
  /** The text after an edit. @throws RpcRefusal */
  edit(device: SimulatedDevice, text: string, edit: Edit): string;
  /** Operations of its own: what stands in the reply, or undefined for one that it does not know. @throws RpcRefusal */
  own?(device: SimulatedDevice, operation: XmlElement, actions: NetconfActions): XmlText | undefined;
}
