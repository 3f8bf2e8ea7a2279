import type { Duplex } from 'node:stream';
import type { Client } from 'undici';
import { abortError, type CallOptions, type Logger, NetwrightError, silentLogger, withDeadline } from '#core';
import type { SshDialer, StreamEndpoint } from '../dialer.ts';
import type { AlgorithmPolicy, Login } from '../endpoint.ts';
import { labelOf } from '../label.ts';
import {
  type CertificatePolicy,
  certificateFingerprint,
  certificateHost,
  checkCertificate,
  type KnownCertificates,
} from './certificate-check.ts';
import { CookieJar } from './cookie-jar.ts';
import { httpError } from './http-errors.ts';
import { authorityError, startTls } from './tls-stream.ts';

const defaultConnectTimeoutMs = 15_000;
const defaultTimeoutMs = 60_000;
const defaultMaxBodyBytes = 64 * 1024 * 1024;

/** Where an HTTP server of a device is, and who logs in there. */
export interface HttpEndpoint extends StreamEndpoint {
  readonly protocol: 'https' | 'http';
  readonly login: Login;
  /** Default `accept-new`. */
  readonly certificates?: CertificatePolicy;
  /** Only this certificate, in the form of {@link certificateFingerprint}. */
  readonly fingerprint?: string;
  /** `legacy`: TLS 1.0 and its ciphers too. */
  readonly algorithms?: AlgorithmPolicy;
}

export interface HttpRequest {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD' | 'OPTIONS';
  /** Path and query: `/command-api`. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface HttpResponse {
  readonly status: number;
  /** Names in lower case; several values of one name are joined by `, `. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface HttpSessionOptions {
  readonly knownCertificates: KnownCertificates;
  /** For a request that has no deadline of its own. Default 60,000. */
  readonly timeoutMs?: number;
  /** Most bytes of an answer. Default 64 MiB. */
  readonly maxBodyBytes?: number;
  /** Hides what is secret in commands and words of the device before they go into an error. Default: nothing is. */
  readonly scrub?: (text: string) => string;
  readonly logger?: Logger;
}

/**
 * One connection to the HTTP server of a device, made when it is first needed and made again when the device closed
 * it. Logs in with basic authentication and keeps the cookies that the device sets.
 */
export interface HttpSession extends AsyncDisposable {
  /** `leaf1 (192.0.2.7:443, https)`, for messages. */
  readonly label: string;
  readonly endpoint: HttpEndpoint;
  /** See {@link HttpSessionOptions.scrub}. */
  scrub(text: string): string;
  /**
   * Whatever its status, the answer. Redirections are not followed.
   * @throws NetwrightError with the codes for reaching a device; `NW_CERTIFICATE_CHANGED`, `NW_CERTIFICATE_UNKNOWN`,
   * `NW_TLS_FAILED`, `NW_AUTH_FAILED` (status 401), `NW_HTTP_PROTOCOL`, `NW_COMMAND_TIMEOUT`, `NW_OUTPUT_TOO_LARGE`,
   * `NW_CANCELLED`. On deadline and abort the connection is destroyed.
   */
  request(request: HttpRequest, options?: CallOptions): Promise<HttpResponse>;
}

export function openHttp(
  dialer: Pick<SshDialer, 'openStream'>,
  endpoint: HttpEndpoint,
  options: HttpSessionOptions,
): HttpSession {
  return new DeviceHttpSession(dialer, endpoint, options);
}

class DeviceHttpSession implements HttpSession {
  readonly label: string;
  readonly endpoint: HttpEndpoint;
  readonly #dialer: Pick<SshDialer, 'openStream'>;
  readonly #options: HttpSessionOptions;
  readonly #logger: Logger;
  #client: Promise<Client> | undefined;
  readonly #cookies = new CookieJar();
  readonly #disposal = new AbortController();

  constructor(dialer: Pick<SshDialer, 'openStream'>, endpoint: HttpEndpoint, options: HttpSessionOptions) {
    this.label = labelOf(endpoint);
    this.endpoint = endpoint;
    this.#dialer = dialer;
    this.#options = options;
    this.#logger = options.logger ?? silentLogger;
  }

  scrub(text: string): string {
    return this.#options.scrub?.(text) ?? text;
  }

  async request(request: HttpRequest, options: CallOptions = {}): Promise<HttpResponse> {
    const timeoutMs = options.timeoutMs ?? this.#options.timeoutMs ?? defaultTimeoutMs;
    const method = request.method ?? 'GET';
    const what = `${this.label}: ${method} ${request.path.replace(/\?.*$/s, '')}`;
    const signal = options.signal ? AbortSignal.any([options.signal, this.#disposal.signal]) : this.#disposal.signal;
    const response = await withDeadline(
      { timeoutMs, signal },
      () => new NetwrightError('NW_COMMAND_TIMEOUT', `${what} was not answered within ${timeoutMs} ms`),
      async (inner) => {
        try {
          return await this.#exchange(request, method, what, inner);
        } catch (error) {
          throw inner.aborted ? abortError(inner) : httpError(what, error);
        }
      },
    );
    if (response.status === 401) {
      throw new NetwrightError('NW_AUTH_FAILED', `${what}: login of user "${this.endpoint.login.user}" refused`, {
        details: { user: this.endpoint.login.user },
      });
    }
    return response;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposal.abort(new NetwrightError('NW_CANCELLED', `${this.label}: the session is closed`));
    await (await this.#client)?.destroy();
  }

  /** undici takes a while to load, and most sessions of a program ask nobody over HTTP. */
  async #newClient(): Promise<Client> {
    const undici = await import('undici');
    const { protocol, host, port } = this.endpoint;
    return new undici.Client(`${protocol}://${host.includes(':') ? `[${host}]` : host}:${port}`, {
      allowH2: false,
      // Every request has a deadline of its own.
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: (_options, callback) => {
        this.#connect().then(
          // undici only reads, writes and destroys; a stream of a hop can do that as a socket can.
          (stream) => callback(null, stream as never),
          (error: unknown) => callback(error as Error, null),
        );
      },
    });
  }

  async #exchange(request: HttpRequest, method: string, what: string, signal: AbortSignal): Promise<HttpResponse> {
    this.#client ??= this.#newClient();
    const client = await this.#client;
    const { user, password } = this.endpoint.login;
    const cookie = this.#cookies.header;
    const { statusCode, headers, body } = await client.request({
      path: request.path,
      method: method as 'GET',
      signal,
      headers: {
        authorization: `Basic ${Buffer.from(`${user}:${password?.reveal() ?? ''}`).toString('base64')}`,
        ...(cookie !== '' && { cookie }),
        ...request.headers,
      },
      body: request.body ?? null,
    });
    const limit = this.#options.maxBodyBytes ?? defaultMaxBodyBytes;
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of body as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > limit) {
        // Leaving the loop destroys the connection with what is still to come.
        throw new NetwrightError('NW_OUTPUT_TOO_LARGE', `${what} was answered with more than ${limit} bytes`);
      }
      chunks.push(chunk);
    }
    this.#cookies.take(headers['set-cookie']);
    return { status: statusCode, headers: plainHeaders(headers), body: Buffer.concat(chunks) };
  }

  async #connect(): Promise<Duplex> {
    const { endpoint, label } = this;
    const signal = this.#disposal.signal;
    const stream = await this.#dialer.openStream(endpoint, { signal });
    // An error before undici listens is told by the end of the stream too.
    stream.on('error', () => {});
    if (endpoint.protocol === 'http') return stream;
    const timeoutMs = endpoint.connectTimeoutMs ?? defaultConnectTimeoutMs;
    const isLegacy = endpoint.algorithms === 'legacy';
    const tls = await startTls(stream, { label, host: endpoint.host, isLegacy, timeoutMs }, signal);
    try {
      const certificate = tls.getPeerX509Certificate();
      if (!certificate) throw new NetwrightError('NW_TLS_FAILED', `${label}: the device showed no certificate`);
      const shown = certificateFingerprint(certificate);
      const host = certificateHost(endpoint.host, endpoint.port);
      const { isNew } = checkCertificate(shown, {
        label,
        name: endpoint.name,
        policy: endpoint.certificates ?? 'accept-new',
        pinned: endpoint.fingerprint,
        known: await this.#options.knownCertificates.find(host),
        authorityError: authorityError(tls, certificate, endpoint.host),
      });
      if (isNew) await this.#options.knownCertificates.add(host, { fingerprint: shown });
    } catch (error) {
      tls.destroy();
      throw error;
    }
    tls.on('error', () => {});
    this.#logger.debug({ endpoint: endpoint.name, protocol: tls.getProtocol() }, 'TLS open');
    return tls;
  }
}

function plainHeaders(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const plain: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && name !== 'set-cookie') plain[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return plain;
}
