/** What a device does with a line that was typed. */
export interface Reply {
  /** Printed before the next prompt or question, `\n` line ends, marks of volatile text in place. */
  readonly text?: string;
  /** The text is the device's configuration: what some faults wait for. */
  readonly isConfiguration?: boolean;
  /** Lines of a page from now on; 0: no pages. */
  readonly rows?: number;
  readonly ask?: Question;
  readonly read?: Reading;
  /** The session is over; `lost`: without a word. */
  readonly end?: 'logout' | 'lost';
  /** All that was to be said has been said. */
  readonly isSilent?: true;
  /** Nothing more comes, ever. */
  readonly hangs?: true;
  /** For a command without a terminal: what it ends with. */
  readonly exitCode?: number;
}

export interface Question {
  readonly text: string;
  readonly isHidden?: boolean;
  /** A single key without Enter. */
  readonly isKey?: boolean;
  readonly answered: (answer: string) => Reply;
}

/** Lines that are no commands: a text, a file, a configuration typed into the terminal. */
export interface Reading {
  /** Printed before every line. */
  readonly prompt?: string;
  /** Called with each line as it stands, `\x04` for Ctrl-D, `\x03` for Ctrl-C; undefined: go on reading. */
  readonly line: (line: string) => Reply | undefined;
}
