import type { CallOptions } from '#core';
import type { Platform } from '#platforms';

/**
 * How a getter asks a device. Questions asked together (`Promise.all`) go out together, in one burst where the platform
 * pipelines. The same question reaches the device by the best way it has (eAPI, NX-API or NETCONF
 * where the inventory says so, the command line otherwise), and is answered from a recorded file in tests.
 */
export interface Ask {
  readonly device: string;
  readonly platform: Platform;
  /** When the getter was asked, milliseconds since 1970: for what a device tells as "so long ago". */
  readonly nowMs: number;
  /** The output of a command as text. With `optional`, a refused command gives undefined instead of rejecting. */
  text(command: string, options?: AskOptions & { readonly optional?: false }): Promise<string>;
  text(command: string, options: AskOptions & { readonly optional: true }): Promise<string | undefined>;
  /**
   * A show command answered as JSON: eAPI, NX-API, or with the platform's own pipe (`| json`). No answer at all is `{}`,
   * as NX-OS means it. With `optional`, a command that is refused or answered in prose gives undefined.
   */
  json(command: string, options?: CallOptions): Promise<unknown>;
  json(command: string, options: AskOptions & { readonly optional: true }): Promise<unknown>;
  /** An operational question answered as XML text: an RPC over NETCONF, or its command with `| display xml`. */
  xml(question: XmlQuestion, options?: CallOptions): Promise<string>;
  xml(question: XmlQuestion, options: AskOptions & { readonly optional: true }): Promise<string | undefined>;
  /** Says aloud what a getter could not read; never an empty result that looks like an answer. */
  warn(warning: FactWarning): void;
  /** Says that an answer was read to its end: an empty value from it is the truth. `readLines` does so itself. */
  understood(command: string): void;
  /** Says why an empty value is the whole truth: `LLDP is not enabled`. */
  note(note: string): void;
}

export interface AskOptions extends CallOptions {
  readonly optional?: boolean;
  /** A line that looks like a refusal and is an answer all the same: `ERROR: No neighbour information`. */
  readonly isAnswer?: RegExp;
}

export interface XmlQuestion {
  /** As typed at the prompt: `show interfaces`. */
  readonly command: string;
  /** The RPC element with its arguments: `<get-interface-information><media/></get-interface-information>`. */
  readonly rpc: string;
}

/** A line that a getter did not understand, or a part of the answer that is missing. */
export interface FactWarning {
  readonly command: string;
  /** The line as it came, without secrets. */
  readonly line?: string;
  /** 1-based, in the output of `command`. */
  readonly number?: number;
  readonly reason: string;
}
