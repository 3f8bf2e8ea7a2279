/** The end of a command's help: how it is used. */
export const example = (...lines: readonly string[]): string =>
  `\n${lines.length > 1 ? 'Examples' : 'Example'}:\n${lines.map((line) => `  $ netwright ${line}`).join('\n')}`;
