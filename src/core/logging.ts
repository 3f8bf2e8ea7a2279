import { type DestinationStream, type Logger as PinoLogger, pino } from 'pino';
import type { Redactor } from './redactor.ts';

/** Structured log. The message is constant, the facts are fields: `log.info({ device, ms }, 'connected')`. */
export type Logger = Pick<PinoLogger, 'debug' | 'info' | 'warn' | 'error'> & {
  child(fields: Record<string, unknown>): Logger;
};

export const logLevels = ['silent', 'error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof logLevels)[number];

/** The default of every library function: says nothing. */
export const silentLogger: Logger = pino({ level: 'silent' });

/** JSON lines on `destination` (default stderr), every line redacted before it is written. */
export function createLogger(options: {
  readonly level: LogLevel;
  readonly redactor: Redactor;
  readonly destination?: DestinationStream;
}): Logger {
  const sink = options.destination ?? pino.destination({ fd: 2, sync: true });
  return pino(
    { level: options.level, base: null },
    { write: (line: string) => sink.write(options.redactor.redact(line)) },
  );
}
