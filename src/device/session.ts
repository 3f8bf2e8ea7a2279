import type { CallOptions } from '#core';
import type { Exchange, Platform } from '#platforms';
import type { FileOptions } from '#transport';

/** `timeoutMs` is for each command: in a burst from the end of the output before it. */
export interface SendOptions extends CallOptions {
  /** Default true: an output that matches a failure pattern of the platform rejects with `NW_COMMAND_REJECTED`. */
  readonly rejectFailures?: boolean;
  /** The timeout of single commands, in milliseconds; where it gives none, `timeoutMs` or the session's own holds. */
  readonly timeoutMsOf?: (command: string) => number | undefined;
  /**
   * Default: outputs are text, as `decodeText` reads it. `latin1`: they come with one character a byte, for whoever keeps the
   * bytes (`textOfLatin1` makes text of them).
   */
  readonly encoding?: 'latin1';
}

/** What one command gave. */
export interface CommandOutput {
  readonly command: string;
  /** Echo, prompt, pagers and ANSI removed, line ends `\n`, no newline at the end; see `decodeText` for odd bytes, and {@link SendOptions.encoding}. */
  readonly text: string;
  /** From the writing of the command to its prompt, as far as that can be told in a burst. */
  readonly durationMs: number;
  /** The failure pattern's line when the device refused the command, with `rejectFailures: false`. */
  readonly failure?: string;
}

/** A conversation with one device, logged in and in a known mode. */
export interface Session extends AsyncDisposable {
  readonly device: string;
  readonly platform: Platform;
  /** The mode that the last prompt belonged to. */
  readonly mode: string;
  /** The last prompt, as it stood. */
  readonly prompt: string;
  /** The device's own name as its prompt gives it. */
  readonly hostname: string;

  /**
   * Sends one command and resolves with its output.
   * @throws NetwrightError `NW_COMMAND_TIMEOUT`, `NW_COMMAND_REJECTED`, `NW_OUTPUT_TOO_LARGE`, `NW_CONNECTION_LOST`.
   */
  send(command: string, options?: SendOptions): Promise<string>;
  /**
   * Sends several commands, in one burst where the platform pipelines, and resolves with one output each, in order.
   * With `rejectFailures: false` a refused command yields its text and `failure` instead of rejecting.
   */
  sendAll(commands: readonly string[], options?: SendOptions): Promise<readonly CommandOutput[]>;
  /** Goes to a mode by the shortest way through the graph. @throws `NW_MODE_UNREACHABLE`, `NW_ENABLE_FAILED`. */
  enter(mode: string, options?: CallOptions): Promise<void>;
  /** Sends a line and answers the questions that it raises, until a prompt comes; resolves with all that was printed. */
  dialogue(send: string, exchanges: readonly Exchange[], options?: CallOptions): Promise<string>;
  /**
   * Enters the configuration mode, sends the lines one by one, and returns home; stops at the first refused line. A
   * line that opens a text (a banner) holds the whole of it, with newlines.
   * @throws NetwrightError `NW_COMMAND_REJECTED` after coming home, `NW_NOT_SUPPORTED` without such a mode
   */
  configure(lines: readonly string[], options?: CallOptions): Promise<readonly CommandOutput[]>;
  /** Sends a file to the device. @throws `NW_NOT_SUPPORTED`, `NW_FILE_TRANSFER`. */
  put(remotePath: string, content: Uint8Array, options?: FileOptions): Promise<void>;
  /** Fetches a file from the device. */
  get(remotePath: string, options?: FileOptions): Promise<Buffer>;
  /** Hands the raw channel to a person (`netwright shell`): resolves when either side ends. */
  interact(io: InteractiveIo, options?: CallOptions): Promise<void>;
  /** Leaves politely (the platform's `close` steps) within two seconds, then destroys. Never rejects. */
  close(): Promise<void>;
  /** Destroys the connection at once. */
  destroy(): void;
}

export interface InteractiveIo {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
  /** After the input ended, leave once the device has been silent for so long; default: at once. */
  readonly lingerMs?: number;
}
