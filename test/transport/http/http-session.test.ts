import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { NetwrightError } from '#core';
import {
  certificateFingerprint,
  certificateHost,
  type HttpEndpoint,
  type HttpSession,
  type HttpSessionOptions,
  openHttp,
  openKnownCertificates,
  readFingerprint,
  type SshDialer,
} from '#transport';
import { selfSignedCertificate } from '../../../src/lab/http/self-signed.ts';
import { startSshServer } from '../ssh-server.ts';
import { certificateMemory, type Handler, startServer, testDialer } from './https-server.ts';

const hello: Handler = (_, __, response) => response.end('hello');

let dialer: SshDialer;

beforeEach(() => {
  dialer = testDialer();
});

afterEach(async () => {
  await dialer[Symbol.asyncDispose]();
  await expect.poll(() => dialer.openSockets).toBe(0);
});

const open = (endpoint: HttpEndpoint, options: Partial<HttpSessionOptions> = {}): HttpSession =>
  openHttp(dialer, endpoint, { knownCertificates: certificateMemory(), ...options });

describe('a certificate', () => {
  test('is what openssl would call it, and for the names that were asked for', () => {
    const certificate = new X509Certificate(selfSignedCertificate(['leaf1.example.net', '127.0.0.1']).cert);
    expect(certificate.checkHost('leaf1.example.net')).toBe('leaf1.example.net');
    expect(certificate.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(Date.parse(certificate.validTo)).toBeGreaterThan(Date.now());
  });

  test('is trusted on first use and remembered in a file', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'sub', 'known_certificates');
    await using server = await startServer(hello);
    {
      await using session = open(server.endpoint, { knownCertificates: openKnownCertificates(file) });
      expect((await session.request({ path: '/' })).body.toString()).toBe('hello');
    }
    expect(await readFile(file, 'utf8')).toMatch(
      new RegExp(`^127\\.0\\.0\\.1:${server.endpoint.port} SHA256:([0-9A-F]{2}:){31}[0-9A-F]{2}\\n$`),
    );
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    await using strict = open(
      { ...server.endpoint, certificates: 'strict' },
      { knownCertificates: openKnownCertificates(file) },
    );
    expect((await strict.request({ path: '/' })).status).toBe(200);
  });

  test('that is another one is refused before anything is sent', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'known_certificates');
    const known = openKnownCertificates(file);
    const first = await startServer(hello);
    const { port } = first.endpoint;
    {
      await using session = open(first.endpoint, { knownCertificates: known });
      await session.request({ path: '/' });
    }
    await first[Symbol.asyncDispose]();
    await using server = await startServer(hello, { port });
    await using session = open(server.endpoint, { knownCertificates: known });
    const error = await rejection(session.request({ path: '/' }));
    expect(error).toMatchObject({ code: 'NW_CERTIFICATE_CHANGED', retryable: false });
    expect(error.message).toContain('THE CERTIFICATE HAS CHANGED');
    expect(error.message).toContain(`${file}:1`);
    expect(error.hint).toContain('netwright inventory trust leaf1 --certificate');
    expect(server.requests).toEqual([]);
    // Whoever has compared it trusts the new one.
    await known.replace(certificateHost('127.0.0.1', port), { fingerprint: String(error.details['fingerprint']) });
    expect((await session.request({ path: '/' })).status).toBe(200);
    expect((await readFile(file, 'utf8')).trim().split('\n')).toHaveLength(1);
  });

  test('is held to the fingerprint of the inventory, to strictness, and to authorities', async () => {
    const certificate = selfSignedCertificate(['leaf1', '127.0.0.1']);
    const fingerprint = certificateFingerprint(new X509Certificate(certificate.cert));
    await using server = await startServer(hello, { certificate });
    const ask = async (change: Partial<HttpEndpoint>): Promise<number> => {
      await using session = open({ ...server.endpoint, ...change });
      return (await session.request({ path: '/' })).status;
    };
    expect(await ask({ fingerprint })).toBe(200);
    expect(await ask({ certificates: 'ignore' })).toBe(200);
    await expect(ask({ fingerprint: fingerprint.replaceAll(/\d/g, '0') })).rejects.toMatchObject({
      code: 'NW_CERTIFICATE_CHANGED',
    });
    await expect(ask({ certificates: 'strict' })).rejects.toMatchObject({ code: 'NW_CERTIFICATE_UNKNOWN' });
    const error = await rejection(ask({ certificates: 'ca' }));
    expect(error.code).toBe('NW_CERTIFICATE_UNKNOWN');
    expect(error.message).toContain('SELF_SIGNED');
  });

  test('is known from a file that people and other processes write too', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'known_certificates');
    const [one, other] = [openKnownCertificates(file), openKnownCertificates(file)];
    const print = (byte: string): string => `SHA256:${`${byte}:`.repeat(31)}${byte}`;
    expect(await one.find('a:443')).toEqual([]);
    await Promise.all([one.add('a:443', { fingerprint: print('AA') }), one.add('a:443', { fingerprint: print('AA') })]);
    expect(await other.find('a:443')).toMatchObject([{ fingerprint: print('AA'), source: `${file}:1` }]);
    await writeFile(file, `# mine\n\nnonsense\nA:443 ${'bb:'.repeat(31)}bb comment\nb:443 short`);
    expect(await one.find('a:443')).toMatchObject([{ fingerprint: print('BB'), source: `${file}:4` }]);
    expect(await one.find('b:443')).toEqual([]);
    await one.add('c:443', { fingerprint: print('CC') });
    await other.add('d:443', { fingerprint: print('DD') });
    for (const known of [one, other]) {
      expect(await known.find('c:443')).toMatchObject([{ fingerprint: print('CC') }]);
      expect(await known.find('d:443')).toMatchObject([{ fingerprint: print('DD') }]);
    }
    await other.replace('a:443', { fingerprint: print('EE') });
    expect(await one.find('a:443')).toMatchObject([{ fingerprint: print('EE') }]);
    expect(await readFile(file, 'utf8')).toBe(
      `# mine\n\nnonsense\nb:443 short\nc:443 ${print('CC')}\nd:443 ${print('DD')}\na:443 ${print('EE')}\n`,
    );
    await expect(
      openKnownCertificates(join(file, 'below')).add('a:1', { fingerprint: print('AA') }),
    ).rejects.toMatchObject({
      code: 'NW_STORE_FAILED',
    });
  });

  test('is asked of the authorities of this machine where that is wanted', async () => {
    const certificate = selfSignedCertificate(['127.0.0.1']);
    const others = selfSignedCertificate(['leaf2']);
    const before = getCACertificates('default');
    setDefaultCACertificates([...before, certificate.cert, others.cert]);
    try {
      await using server = await startServer(hello, { certificate });
      await using session = open({ ...server.endpoint, certificates: 'ca' });
      expect((await session.request({ path: '/' })).status).toBe(200);
      await using wrong = await startServer(hello, { certificate: others });
      await using second = open({ ...wrong.endpoint, certificates: 'ca' });
      const error = await rejection(second.request({ path: '/' }));
      expect(error.code).toBe('NW_CERTIFICATE_UNKNOWN');
      expect(error.message).toContain('it is for another name than 127.0.0.1');
    } finally {
      setDefaultCACertificates(before);
    }
  });

  test('has a fingerprint that people write in many ways', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (bytes) => {
        const hex = Buffer.from(bytes).toString('hex');
        const ours = `SHA256:${hex.toUpperCase().match(/../g)!.join(':')}`;
        for (const text of [
          ours,
          hex,
          hex.match(/../g)!.join(':'),
          `sha256 Fingerprint=${hex.match(/../g)!.join(':')}`,
          `SHA256:${Buffer.from(bytes).toString('base64').replace('=', '')}`,
        ]) {
          expect(readFingerprint(text)).toBe(ours);
        }
      }),
    );
    for (const text of ['', 'SHA256:', 'abcd', 'SHA1:00:11', 'x'.repeat(43), 'g'.repeat(64)]) {
      if (text !== 'x'.repeat(43)) expect(readFingerprint(text)).toBeUndefined();
    }
  });
});

describe('a session', () => {
  test('logs in, keeps cookies and one connection', async () => {
    await using server = await startServer((request, body, response) => {
      if (request.url === '/first') response.setHeader('set-cookie', ['nxapi_auth=abc; Secure; HttpOnly', 'old=1']);
      if (request.url === '/second') response.setHeader('set-cookie', 'old=; Max-Age=0');
      response.end(body);
    });
    await using session = open(server.endpoint);
    await session.request({ path: '/first' });
    await session.request({ path: '/second' });
    const { body } = await session.request({ method: 'POST', path: '/third', body: 'čau' });
    expect(body.toString()).toBe('čau');
    expect(server.requests.map(({ headers }) => headers.cookie)).toEqual([
      undefined,
      'nxapi_auth=abc; old=1',
      'nxapi_auth=abc',
    ]);
    expect(server.requests[0]?.headers.authorization).toBe(`Basic ${btoa('admin:hunter2')}`);
    expect(server.sockets.size).toBe(1);
  });

  test('connects again when the device has closed the connection', async () => {
    await using server = await startServer(hello);
    await using session = open(server.endpoint);
    await session.request({ path: '/' });
    for (const socket of server.sockets) socket.destroy();
    await expect.poll(() => server.sockets.size).toBe(0);
    expect((await session.request({ path: '/' })).status).toBe(200);
  });

  test('passes hops, TLS and pin and all', async () => {
    await using bastion = await startSshServer({ forwards: true });
    await using server = await startServer(hello);
    const memory = certificateMemory();
    const { Secret } = await import('#core');
    await using session = open(
      {
        ...server.endpoint,
        via: [
          {
            name: 'bastion',
            host: '127.0.0.1',
            port: bastion.port,
            protocol: 'ssh',
            login: { user: 'admin', password: new Secret('secret') },
            via: [],
          },
        ],
      },
      { knownCertificates: memory },
    );
    expect((await session.request({ path: '/' })).body.toString()).toBe('hello');
    expect(bastion.connectionCount).toBe(1);
    expect(memory.all.size).toBe(1);
  });

  test('passes the hops that an OpenSSH configuration names', async () => {
    await using folder = await temporaryFolder();
    await using bastion = await startSshServer({ forwards: true });
    await using server = await startServer(hello);
    const configFile = join(folder.path, 'config');
    await writeFile(configFile, `Host leaf1.lab\n  HostName 127.0.0.1\n  ProxyJump admin@127.0.0.1:${bastion.port}\n`);
    const { Secret } = await import('#core');
    await using session = open({
      ...server.endpoint,
      host: 'leaf1.lab',
      login: { user: 'admin', password: new Secret('secret') },
      ssh: { configFile },
    });
    expect((await session.request({ path: '/' })).status).toBe(200);
    expect(bastion.connectionCount).toBe(1);
  });

  test('says so when the login is refused, without the password', async () => {
    await using server = await startServer((_, __, response) => response.writeHead(401).end('hunter2?'));
    await using session = open(server.endpoint);
    const error = await rejection(session.request({ path: '/secret?token=hunter2' }));
    expect(error).toMatchObject({ code: 'NW_AUTH_FAILED' });
    expect(
      `${error.message}${JSON.stringify(error)}${String((error.cause as Error | undefined)?.stack)}`,
    ).not.toContain('hunter2');
  });

  test('gives up at its deadline and when it is cancelled, and leaves no connection', async () => {
    await using server = await startServer(() => {});
    await using session = open(server.endpoint);
    await expect(session.request({ path: '/slow' }, { timeoutMs: 100 })).rejects.toMatchObject({
      code: 'NW_COMMAND_TIMEOUT',
    });
    await expect.poll(() => server.sockets.size).toBe(0);
    const abort = new AbortController();
    const waiting = session.request({ path: '/slow' }, { signal: abort.signal });
    waiting.catch(() => {});
    await expect.poll(() => server.requests.length).toBe(2);
    abort.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'NW_CANCELLED' });
    await expect.poll(() => server.sockets.size).toBe(0);
    const disposed = session.request({ path: '/slow' });
    disposed.catch(() => {});
    await session[Symbol.asyncDispose]();
    await expect(disposed).rejects.toMatchObject({ code: 'NW_CANCELLED' });
  });

  test('bounds what it takes', async () => {
    await using server = await startServer((_, __, response) => {
      const more = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536)));
        response.once('drain', more);
      };
      more();
    });
    await using session = open(server.endpoint, { maxBodyBytes: 1_000_000 });
    await expect(session.request({ path: '/' })).rejects.toMatchObject({ code: 'NW_OUTPUT_TOO_LARGE' });
    await expect.poll(() => server.sockets.size).toBe(0);
  });

  test('tells apart what can be wrong with a port', async () => {
    const known = { timeoutMs: 5_000 };
    const ask = async (port: number, change: Partial<HttpEndpoint> = {}): Promise<NetwrightError> => {
      await using session = open({ ...endpointOn(port), ...change }, known);
      return await rejection(session.request({ path: '/' }));
    };
    await using plain = await startServer(hello, { isPlain: true });
    const noTls = await ask(plain.endpoint.port);
    expect(noTls.code).toBe('NW_TLS_FAILED');
    expect(noTls.hint).toContain('api.tls');
    await using ssh = await startTcp((socket) => socket.write('SSH-2.0-OpenSSH_9.2p1\r\n'));
    expect((await ask(ssh.port)).code).toBe('NW_TLS_FAILED');
    expect((await ask(ssh.port, { protocol: 'http' })).code).toBe('NW_HTTP_PROTOCOL');
    await using closing = await startTcp((socket) => socket.destroy());
    expect((await ask(closing.port)).code).toBe('NW_CONNECTION_LOST');
    expect((await ask(closing.port, { protocol: 'http' })).code).toBe('NW_CONNECTION_LOST');
    await using mute = await startTcp((socket) => socket.resume());
    expect((await ask(mute.port, { connectTimeoutMs: 100 })).code).toBe('NW_CONNECT_TIMEOUT');
    const { port } = closing;
    await closing[Symbol.asyncDispose]();
    expect((await ask(port)).code).toBe('NW_CONNECT_REFUSED');
  });

  test('cut at any byte of the answer, ends with an error of ours', async () => {
    const answer = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 13\r\n\r\n{"a": [1, 2]}';
    for (let length = 0; length <= answer.length; length += 3) {
      await using server = await startTcp((socket) => {
        socket.once('data', () => socket.end(answer.slice(0, length)));
      });
      await using session = open({ ...endpointOn(server.port), protocol: 'http' });
      const outcome = session.request({ path: '/' });
      if (length === answer.length) await outcome;
      else expect(['NW_CONNECTION_LOST', 'NW_HTTP_PROTOCOL']).toContain((await rejection(outcome)).code);
    }
  });

  test('noise is answered with an error of ours', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 200 }), async (noise) => {
        await using server = await startTcp((socket) => {
          socket.once('data', () => socket.end(noise));
        });
        await using session = open({ ...endpointOn(server.port), protocol: 'http' });
        expect(await rejection(session.request({ path: '/' }))).toBeInstanceOf(NetwrightError);
      }),
      { numRuns: 30 },
    );
  });
});

const endpointOn = (port: number): HttpEndpoint => ({
  name: 'leaf1',
  host: '127.0.0.1',
  port,
  protocol: 'https',
  login: { user: 'admin' },
  via: [],
});

async function startTcp(accept: (socket: Socket) => void): Promise<AsyncDisposable & { readonly port: number }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    accept(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

async function temporaryFolder(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'netwright-http-'));
  return { path, [Symbol.asyncDispose]: async () => await rm(path, { recursive: true }) };
}

async function rejection(work: Promise<unknown>): Promise<NetwrightError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof NetwrightError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}
