import { type CallOptions, decodeText, NetwrightError, parseXml, type XmlElement } from '#core';
import { field, jsonOf, statusError, told } from './answers.ts';
import type { HttpRequest, HttpResponse, HttpSession } from './http-session.ts';

export interface RestconfGet extends CallOptions {
  readonly content?: 'config' | 'nonconfig' | 'all';
  readonly depth?: number | 'unbounded';
  /** `name;config/mtu` (RFC 8040 section 4.8.3). */
  readonly fields?: string;
  readonly withDefaults?: 'report-all' | 'report-all-tagged' | 'trim' | 'explicit';
}

/**
 * RESTCONF (RFC 8040) in JSON. Paths are those of the data resource, `ietf-interfaces:interfaces/interface=eth0`, with
 * keys percent-encoded.
 *
 * Functions reject with `NW_RPC_REFUSED` and the device's own errors in `details.errors`, `NW_CONFIG_LOCKED`,
 * `NW_HTTP_STATUS`, and as {@link HttpSession.request} does.
 */
export interface RestconfClient {
  readonly session: HttpSession;
  /** The data at a path; undefined where there is none (status 404). */
  get(path: string, options?: RestconfGet): Promise<unknown>;
  /** Merges into the resource (plain patch, RFC 8040 section 4.6.1). */
  patch(path: string, data: unknown, options?: CallOptions): Promise<void>;
  /** Makes or replaces the resource. */
  put(path: string, data: unknown, options?: CallOptions): Promise<void>;
  /** Makes a child of the resource; an operation below `operations/` gives its output. */
  post(path: string, data: unknown, options?: CallOptions): Promise<unknown>;
  delete(path: string, options?: CallOptions): Promise<void>;
}

const media = 'application/yang-data+json';

export function createRestconfClient(session: HttpSession): RestconfClient {
  let root: Promise<string> | undefined;

  /** RFC 8040 section 3.1: the root is told by a well-known resource; devices without it have it at `/restconf`. */
  async function findRoot(options: CallOptions): Promise<string> {
    const response = await session.request(
      { path: '/.well-known/host-meta', headers: { accept: 'application/xrd+xml' } },
      options,
    );
    if (response.status !== 200) return '/restconf';
    let document: XmlElement;
    try {
      document = parseXml(decodeText(response.body), { what: `${session.label}: host-meta` });
    } catch {
      return '/restconf';
    }
    const link = document.all('Link').find((one) => one.attribute('rel') === 'restconf');
    const href = link
      ?.attribute('href')
      ?.replace(/^https?:\/\/[^/]+/, '')
      .replace(/\/+$/, '');
    return href?.startsWith('/') ? href : '/restconf';
  }

  async function ask(
    method: NonNullable<HttpRequest['method']>,
    path: string,
    options: CallOptions,
    data?: unknown,
  ): Promise<HttpResponse> {
    const call: CallOptions = {
      ...(options.timeoutMs !== undefined && { timeoutMs: options.timeoutMs }),
      ...(options.signal && { signal: options.signal }),
    };
    root ??= findRoot(call);
    let base: string;
    try {
      base = await root;
    } catch (error) {
      // Whoever asks next tries again.
      root = undefined;
      throw error;
    }
    const response = await session.request(
      {
        method,
        path: `${base}/${path.startsWith('operations/') ? '' : 'data/'}${path}`.replace(/\/$/, ''),
        headers: { accept: media, ...(data !== undefined && { 'content-type': media }) },
        ...(data !== undefined && { body: JSON.stringify(data) }),
      },
      call,
    );
    const isMissing = response.status === 404 && method === 'GET';
    if ((response.status >= 200 && response.status < 300) || isMissing) return response;
    throw restconfError(session, `${method} ${path.replace(/\?.*$/s, '')}`, response);
  }

  return {
    session,
    async get(path, options = {}) {
      const { content, depth, fields, withDefaults, ...call } = options;
      const query = new URLSearchParams();
      if (content !== undefined) query.set('content', content);
      if (depth !== undefined) query.set('depth', String(depth));
      if (fields !== undefined) query.set('fields', fields);
      if (withDefaults !== undefined) query.set('with-defaults', withDefaults);
      const asked = query.size > 0 ? `${path}?${query.toString()}` : path;
      const response = await ask('GET', asked, call);
      if (response.status === 404 || response.body.length === 0) return undefined;
      return jsonOf(session, `GET ${path}`, response);
    },
    async patch(path, data, options = {}) {
      await ask('PATCH', path, options, data);
    },
    async put(path, data, options = {}) {
      await ask('PUT', path, options, data);
    },
    async post(path, data, options = {}) {
      const response = await ask('POST', path, options, data);
      return response.body.length === 0 ? undefined : jsonOf(session, `POST ${path}`, response);
    },
    async delete(path, options = {}) {
      await ask('DELETE', path, options);
    },
  };
}

/** `errors` of RFC 8040 section 7.1; a status alone where the device sends none. */
function restconfError(session: HttpSession, what: string, response: HttpResponse): NetwrightError {
  const errors = errorsOf(response, session);
  const [first] = errors;
  if (!first) return statusError(session, what, response);
  const isHeld = errors.some(({ tag }) => tag === 'lock-denied' || tag === 'in-use');
  const where = first.path === undefined ? '' : ` (${first.path})`;
  return new NetwrightError(
    isHeld ? 'NW_CONFIG_LOCKED' : 'NW_RPC_REFUSED',
    `${session.label}: ${what} was refused: ${first.tag}: ${first.message ?? first.type}${where}`,
    { details: { status: response.status, errors } },
  );
}

interface RestconfError {
  readonly type: string;
  readonly tag: string;
  readonly appTag?: string;
  readonly path?: string;
  readonly message?: string;
}

function errorsOf({ body }: HttpResponse, session: HttpSession): RestconfError[] {
  let content: unknown;
  try {
    content = JSON.parse(decodeText(body));
  } catch {
    return [];
  }
  const list = field(content, 'ietf-restconf:errors', 'error') ?? field(content, 'errors', 'error');
  return (Array.isArray(list) ? list : []).map((one: unknown) => {
    const appTag = told(field(one, 'error-app-tag'));
    const path = told(field(one, 'error-path'));
    const message = told(field(one, 'error-message'));
    return {
      type: told(field(one, 'error-type')) ?? 'application',
      tag: told(field(one, 'error-tag')) ?? 'operation-failed',
      ...(appTag !== undefined && { appTag }),
      ...(path !== undefined && { path }),
      ...(message !== undefined && { message: session.scrub(message) }),
    };
  });
}
