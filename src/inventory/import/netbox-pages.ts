import { Agent, type Dispatcher, request } from 'undici';
import { abortError, type Clock, NetwrightError, type Random, type Secret, withDeadline } from '#core';

export interface NetboxConnection {
  /** `https://netbox.example.net`, with or without a path or a slash at the end. */
  readonly url: string;
  readonly token: Secret;
  /** Milliseconds for everything together; default 120,000. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  /** A certificate authority of one's own (PEM), or no check at all. Default: the usual ones are checked. */
  readonly tls?: { readonly ca?: string; readonly rejectUnauthorized?: boolean };
  /** Tries of one page, the first included; default 5. */
  readonly attempts?: number;
}

export type Json = Record<string, unknown>;

const pageTimeoutMs = 30_000;
const largestPageBytes = 64 * 1024 * 1024;
const longestWaitMs = 30_000;

/**
 * All objects of a list of the NetBox API, page after page as `next` says. A page that fails with 429, 5xx or a broken
 * connection is asked for again, after what `Retry-After` says or a pause that doubles. Links to other hosts are
 * followed on the host that was asked (proxies make such links), so that the token goes nowhere else.
 *
 * @throws NetwrightError `NW_IMPORT_INVALID`; `NW_CANCELLED`
 */
export async function netboxList(
  connection: NetboxConnection,
  path: string,
  query: URLSearchParams,
  { clock, random }: { readonly clock: Clock; readonly random: Random },
): Promise<Json[]> {
  const { timeoutMs = 120_000, signal } = connection;
  const base = baseUrl(connection.url);
  const agent = new Agent({
    headersTimeout: pageTimeoutMs,
    bodyTimeout: pageTimeoutMs,
    ...(connection.tls === undefined ? undefined : { connect: connection.tls }),
  });
  try {
    return await withDeadline(
      { timeoutMs, ...(signal === undefined ? undefined : { signal }) },
      () => failure(`${base.origin}: the inventory did not come within ${timeoutMs} ms`, true),
      async (inner) => {
        const first = new URL(path, base);
        first.search = query.toString();
        const found: Json[] = [];
        const ids = new Set<unknown>();
        for (let url: URL | undefined = first; url; ) {
          const page = await getPage(url, connection, agent, { clock, random, signal: inner });
          const before = ids.size;
          for (const one of page.results) {
            if (ids.has(one['id'])) continue;
            ids.add(one['id']);
            found.push(one);
          }
          // A link that leads back would be followed for ever.
          if (page.next !== undefined && ids.size === before) {
            throw failure(`${url.href}: "next" leads to another page, but this one had nothing new`);
          }
          url = page.next === undefined ? undefined : sameHost(page.next, base, url);
        }
        return found;
      },
    );
  } finally {
    await agent.destroy();
  }
}

const failure = (message: string, retryable = false, cause?: unknown): NetwrightError =>
  new NetwrightError('NW_IMPORT_INVALID', message, {
    retryable,
    hint: 'check the address of NetBox and the token',
    ...(cause === undefined ? undefined : { cause }),
  });

function baseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) throw failure(`${JSON.stringify(text)} is no http or https address`);
  if (url.username !== '' || url.password !== '') {
    throw failure('the address of NetBox has a user or a password in it; give the token by itself');
  }
  url.pathname = `${url.pathname.replace(/\/+$/, '').replace(/\/api$/, '')}/`;
  url.search = '';
  url.hash = '';
  return url;
}

function sameHost(next: string, base: URL, from: URL): URL {
  if (!URL.canParse(next, from.href)) throw failure(`${from.href}: "next" is no address`);
  const url = new URL(next, from);
  url.protocol = base.protocol;
  url.host = base.host;
  return url;
}

interface Page {
  readonly results: readonly Json[];
  readonly next: string | undefined;
}

async function getPage(
  url: URL,
  { token, attempts = 5 }: NetboxConnection,
  agent: Agent,
  { clock, random, signal }: { readonly clock: Clock; readonly random: Random; readonly signal: AbortSignal },
): Promise<Page> {
  // Tokens of the second kind (NetBox 4.5) begin with nbt_ and go as Bearer.
  const value = token.reveal();
  const headers = {
    authorization: `${value.startsWith('nbt_') ? 'Bearer' : 'Token'} ${value}`,
    accept: 'application/json',
  };
  for (let attempt = 1; ; attempt += 1) {
    if (signal.aborted) throw abortError(signal);
    let problem: string;
    let waitMs = 500 * 2 ** (attempt - 1) * (0.5 + random());
    try {
      const response = await request(url, { dispatcher: agent, headers, signal });
      const { statusCode } = response;
      if (statusCode === 200) return readPage(url, await bodyText(url, response));
      await response.body.dump({ limit: 65_536 });
      if (statusCode === 401 || statusCode === 403) {
        throw failure(`${url.href}: NetBox refused the token (HTTP ${statusCode})`);
      }
      if (statusCode !== 429 && statusCode < 500) throw failure(`${url.href}: expected HTTP 200, got ${statusCode}`);
      problem = `HTTP ${statusCode}`;
      const after = Number(response.headers['retry-after']);
      if (Number.isFinite(after)) waitMs = Math.min(after * 1000, longestWaitMs);
    } catch (error) {
      if (error instanceof NetwrightError) throw error;
      if (signal.aborted) throw abortError(signal);
      const refusal = tlsRefusal(url, error);
      if (refusal) throw refusal;
      problem = (error as Error).message || String((error as NodeJS.ErrnoException).code);
      if (attempt >= attempts) throw failure(`${url.href}: ${problem} (${attempt} tries)`, true, error);
    }
    if (attempt >= attempts) throw failure(`${url.href}: ${problem} (${attempt} tries)`, true);
    await clock.sleep(waitMs, signal);
  }
}

/** What no further try helps against. */
function tlsRefusal(url: URL, error: unknown): NetwrightError | undefined {
  const { code = '', message } = error as NodeJS.ErrnoException;
  if (/^(?:EPROTO$|ERR_SSL_)/.test(code))
    return failure(`${url.origin}: speaks no TLS that we do; is it http?`, false, error);
  if (!/CERT|ALTNAME|UNABLE_TO_(?:GET_ISSUER|VERIFY)/.test(code)) return undefined;
  return new NetwrightError(
    'NW_IMPORT_INVALID',
    `${url.origin}: its certificate is not trusted: ${message.replace(/;.*/s, '')}`,
    {
      hint: 'name the certificate of the authority that signed it: NODE_EXTRA_CA_CERTS=<ca.pem> netwright …',
      cause: error,
    },
  );
}

async function bodyText(url: URL, { body }: Dispatcher.ResponseData): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += (chunk as Buffer).length;
    if (size > largestPageBytes) throw failure(`${url.href}: a page of more than ${largestPageBytes} bytes`);
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function readPage(url: URL, text: string): Page {
  let page: unknown;
  try {
    page = JSON.parse(text);
  } catch (error) {
    throw failure(
      `${url.href}: expected JSON, got ${JSON.stringify(text.slice(0, 60))}; is this NetBox?`,
      false,
      error,
    );
  }
  const { results, next } = (page ?? {}) as { results?: unknown; next?: unknown };
  if (!Array.isArray(results) || !results.every((one) => one !== null && typeof one === 'object')) {
    throw failure(`${url.href}: expected a list with "results"; is this the API of NetBox?`);
  }
  return { results: results as Json[], next: typeof next === 'string' && next !== '' ? next : undefined };
}
