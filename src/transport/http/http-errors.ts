import { asNetwrightError, NetwrightError } from '#core';
import { connectionError } from '../connect-errors.ts';

/** What undici threw as one of ours. Its own messages hold neither headers nor bodies. */
export function httpError(what: string, error: unknown): NetwrightError {
  if (error instanceof NetwrightError) return error;
  const { code = '', name, message } = error as Error & { code?: string };
  if (name === 'HTTPParserError' || code === 'UND_ERR_HEADERS_OVERFLOW') {
    // Without the cause, which holds what came.
    return new NetwrightError('NW_HTTP_PROTOCOL', `${what}: the answer is no HTTP: ${message}`);
  }
  if (code === 'UND_ERR_SOCKET' || code === 'UND_ERR_ABORTED' || code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH') {
    return new NetwrightError('NW_CONNECTION_LOST', `${what}: the device closed the connection`, { cause: error });
  }
  if (code === 'UND_ERR_INVALID_ARG' || code === 'UND_ERR_NOT_SUPPORTED') return asNetwrightError(error);
  return connectionError(what, error);
}
