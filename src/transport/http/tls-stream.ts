import { isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls';
import { NetwrightError, withDeadline } from '#core';

export interface TlsTarget {
  readonly label: string;
  readonly host: string;
  /** Also TLS 1.0 and 1.1 and the ciphers of that time. */
  readonly isLegacy: boolean;
  readonly timeoutMs: number;
}

/** TLS 1.2 and newer; what systems of old speak only where the inventory allows it. */
const legacy: ConnectionOptions = { minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' };

/**
 * TLS on an open stream. Whether the certificate may be trusted is for the caller to say, before anything is sent.
 * On failure, deadline and abort the stream is destroyed.
 */
export async function startTls(stream: Duplex, target: TlsTarget, signal: AbortSignal): Promise<TLSSocket> {
  const { label, host, timeoutMs } = target;
  const socket = connect({
    socket: stream,
    // RFC 6066 section 3 forbids addresses there.
    ...(isIP(host) === 0 && { servername: host }),
    rejectUnauthorized: false,
    // For an address Node would compare with `localhost`; whoever asks authorities compares the name himself.
    checkServerIdentity: () => undefined,
    ALPNProtocols: ['http/1.1'],
    minVersion: 'TLSv1.2',
    ...(target.isLegacy && legacy),
  });
  try {
    await withDeadline(
      { timeoutMs, signal },
      () =>
        new NetwrightError(
          'NW_CONNECT_TIMEOUT',
          `${label}: TCP was accepted, but no TLS handshake within ${timeoutMs} ms`,
        ),
      () =>
        new Promise<void>((resolve, reject) => {
          socket.once('secureConnect', resolve);
          socket.once('error', (error) => reject(tlsError(label, error)));
          socket.once('close', () =>
            reject(
              new NetwrightError(
                'NW_CONNECTION_LOST',
                `${label}: the device closed the connection in the TLS handshake`,
              ),
            ),
          );
        }),
    );
  } catch (error) {
    socket.on('error', () => {});
    socket.destroy();
    stream.destroy();
    throw error;
  }
  return socket;
}

function tlsError(label: string, error: Error & { readonly code?: string; readonly reason?: string }): NetwrightError {
  const { code = '' } = error;
  if (code === 'ECONNRESET' || code === 'EPIPE') {
    return new NetwrightError('NW_CONNECTION_LOST', `${label}: the device closed the connection in the TLS handshake`, {
      cause: error,
    });
  }
  const reason = error.reason ?? error.message;
  const isOld =
    /unsupported protocol|version|no shared cipher|handshake failure|dh key too small|ca md too weak|ee key too small/i.test(
      reason,
    );
  return new NetwrightError('NW_TLS_FAILED', `${label}: no TLS: ${reason}`, {
    cause: error,
    ...(isOld && { hint: 'a device of old may need `connection.algorithms: legacy`' }),
    ...(/wrong version number|packet length|http request/i.test(reason) && {
      hint: 'the port does not speak TLS; check `api.port`, or set `api.tls: false` if the device serves plain HTTP',
    }),
  });
}

/** Why the certificate authorities of this machine do not vouch for a certificate; undefined when they do. */
export function authorityError(
  tls: { readonly authorized: boolean; readonly authorizationError: Error | string | null },
  certificate: { checkHost(name: string): string | undefined; checkIP(ip: string): string | undefined },
  host: string,
): string | undefined {
  if (!tls.authorized) return String(tls.authorizationError ?? 'not authorised').replace(/^Error: /, '');
  const isNamed = certificate.checkHost(host) ?? certificate.checkIP(host);
  return isNamed === undefined ? `it is for another name than ${host}` : undefined;
}
