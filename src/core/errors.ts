import { type ErrorCode, errorCodes, type NetwrightErrorCode } from './error-codes.ts';

export interface NetwrightErrorOptions {
  readonly cause?: unknown;
  /** The next command to try, or the next thing to look at. Default: the remedy of the code. */
  readonly hint?: string;
  /** Whether trying again can help, where the case at hand differs from the code's default. */
  readonly retryable?: boolean;
  /** Facts for programs: host, port, offered algorithms, file, line. Never a secret. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/**
 * The one error class. The message says where, what was expected and what came; the code is stable and documented
 * in `docs/errors.md`; the hint says what to do next. Messages pass through redaction where they leave the program.
 */
export class NetwrightError extends Error {
  readonly code: NetwrightErrorCode;
  readonly hint: string;
  readonly retryable: boolean;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: NetwrightErrorCode, message: string, options: NetwrightErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    const row: ErrorCode = errorCodes[code];
    this.name = 'NetwrightError';
    this.code = code;
    this.hint = options.hint ?? row.remedy;
    this.retryable = options.retryable ?? row.retryable;
    this.details = options.details ?? {};
  }

  get exitCode(): number {
    return errorCodes[this.code].exit;
  }

  get httpStatus(): number {
    return errorCodes[this.code].http;
  }

  toJSON(): { code: NetwrightErrorCode; message: string; hint: string; retryable: boolean; details: object } {
    const { code, message, hint, retryable, details } = this;
    return { code, message, hint, retryable, details };
  }
}

/** Any thrown thing as a {@link NetwrightError}; what is none becomes `fallback` with its own message and cause. */
export function asNetwrightError(error: unknown, fallback: NetwrightErrorCode = 'NW_INTERNAL'): NetwrightError {
  if (error instanceof NetwrightError) return error;
  if (!(error instanceof Error)) return new NetwrightError(fallback, String(error));
  return new NetwrightError(fileErrorCode(error) ?? fallback, error.message, { cause: error });
}

/**
 * The code of an error of the file system that says what to do: no right to it, or a full disk; undefined for all others.
 * Errors of sockets have the same letters, and no path.
 */
export function fileErrorCode(error: unknown): 'NW_FILE_DENIED' | 'NW_STORE_FULL' | undefined {
  const { code = '', path } = error as NodeJS.ErrnoException;
  if (/^SQLITE_READONLY/.test(code)) return 'NW_FILE_DENIED';
  if (/^(?:ENOSPC|EDQUOT|SQLITE_FULL)$/.test(code)) return 'NW_STORE_FULL';
  return /^(?:EACCES|EPERM|EROFS)$/.test(code) && typeof path === 'string' ? 'NW_FILE_DENIED' : undefined;
}
