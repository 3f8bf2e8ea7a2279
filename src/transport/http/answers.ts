import { decodeText, NetwrightError } from '#core';
import type { HttpResponse, HttpSession } from './http-session.ts';

/** What became of one of several commands. */
export type ApiAnswer = { readonly value: unknown } | { readonly refused: NetwrightError };

/** An answer whose status is a success. Nothing of its body is told: it may be configuration. */
export function successful(session: Pick<HttpSession, 'label'>, what: string, response: HttpResponse): HttpResponse {
  if (response.status >= 200 && response.status < 300) return response;
  throw statusError(session, what, response);
}

export function statusError(
  session: Pick<HttpSession, 'label'>,
  what: string,
  { status }: HttpResponse,
): NetwrightError {
  const meaning = meanings[status];
  return new NetwrightError(
    'NW_HTTP_STATUS',
    `${session.label}: ${what} was answered with HTTP status ${status}${meaning === undefined ? '' : `: ${meaning}`}`,
    { details: { status }, retryable: status === 429 || status === 503 },
  );
}

const meanings: Readonly<Record<number, string>> = {
  301: 'the server is elsewhere; redirections are not followed',
  302: 'the server is elsewhere; redirections are not followed',
  307: 'the server is elsewhere; redirections are not followed',
  308: 'the server is elsewhere; redirections are not followed',
  403: 'the user may not do this',
  404: 'there is no such interface; is the API enabled on the device?',
  405: 'the interface does not know this method',
  406: 'the device has no such representation',
  415: 'the device does not take this content type',
  429: 'too many requests at once',
  503: 'the server of the device is busy, or starting',
};

/** @throws NetwrightError `NW_HTTP_PROTOCOL` when the body is no JSON */
export function jsonOf(session: Pick<HttpSession, 'label'>, what: string, { body, headers }: HttpResponse): unknown {
  try {
    return JSON.parse(decodeText(body)) as unknown;
  } catch {
    const type = headers['content-type'] ?? 'no content type';
    throw new NetwrightError(
      'NW_HTTP_PROTOCOL',
      `${session.label}: ${what}: expected JSON, got ${body.length} bytes of ${type.slice(0, 60)} that are none`,
    );
  }
}

/** Steps into a value that came from a device; undefined where there is nothing of that kind. */
export function field(value: unknown, ...path: readonly (string | number)[]): unknown {
  let at = value;
  for (const key of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined;
    at = (at as Record<string | number, unknown>)[key];
  }
  return at;
}

/** A text of a device in one line of bounded length, for a message. */
export function told(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const line = value.replaceAll(/\s+/g, ' ').trim();
  return line === '' ? undefined : line.slice(0, 400);
}
