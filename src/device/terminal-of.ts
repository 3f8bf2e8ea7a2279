import type { Platform } from '#platforms';
import type { Terminal } from '#transport';

/** Wide and tall, so that little is wrapped or paged by systems that believe the size of the terminal. */
export const terminalOf = (platform: Platform): Terminal => ({
  columns: platform.terminal?.columns ?? 511,
  rows: platform.terminal?.rows ?? 1000,
  ...(platform.terminal?.type === undefined ? {} : { type: platform.terminal.type }),
});
