import type { CallOptions } from '#core';
import { NetwrightError, withDeadline } from '#core';
import type { SshDialer } from '../dialer.ts';
import { labelOf } from '../label.ts';
import { certificateFingerprint, certificateHost } from './certificate-check.ts';
import type { HttpEndpoint } from './http-session.ts';
import { startTls } from './tls-stream.ts';

export interface ScannedCertificate {
  /** `SHA256:AB:CD:…` */
  readonly fingerprint: string;
  /** The name under which it is remembered. */
  readonly host: string;
  readonly subject: string;
  readonly issuer: string;
  /** As the certificate has it: `Nov 20 09:00:00 2027 GMT`. */
  readonly validTo: string;
}

const defaultTimeoutMs = 30_000;

/** The certificate that an HTTPS server shows, whatever is known about it; nothing is sent but the handshake. */
export async function scanCertificate(
  dialer: Pick<SshDialer, 'openStream'>,
  endpoint: HttpEndpoint,
  options: CallOptions = {},
): Promise<ScannedCertificate> {
  const label = labelOf(endpoint);
  const { timeoutMs = defaultTimeoutMs } = options;
  return await withDeadline(
    { ...options, timeoutMs },
    () => new NetwrightError('NW_CONNECT_TIMEOUT', `${label}: no certificate within ${timeoutMs} ms`),
    async (signal) => {
      const stream = await dialer.openStream(endpoint, { signal });
      const isLegacy = endpoint.algorithms === 'legacy';
      const tls = await startTls(stream, { label, host: endpoint.host, isLegacy, timeoutMs }, signal);
      const certificate = tls.getPeerX509Certificate();
      tls.on('error', () => {});
      tls.destroy();
      if (!certificate) throw new NetwrightError('NW_TLS_FAILED', `${label}: the device showed no certificate`);
      const { subject, issuer, validTo } = certificate;
      return {
        fingerprint: certificateFingerprint(certificate),
        host: certificateHost(endpoint.host, endpoint.port),
        subject: subject.replaceAll('\n', ', '),
        issuer: issuer.replaceAll('\n', ', '),
        validTo,
      };
    },
  );
}
