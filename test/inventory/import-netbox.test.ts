import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type Clock, Secret } from '#core';
import { importNetbox, type NetboxOptions } from '#inventory';
import { selfSignedCertificate } from '../../src/lab/http/self-signed.ts';
import { startServer } from '../transport/http/https-server.ts';
import { failure, platforms } from './workbench.ts';

const token = '0123456789abcdef0123456789abcdef01234567';
let server: Server | undefined;

afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
  server = undefined;
});

type Answer = (request: IncomingMessage, response: ServerResponse, url: URL) => void;

async function serve(answer: Answer): Promise<string> {
  server = createServer((request, response) => answer(request, response, new URL(request.url!, 'http://netbox')));
  await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const json = (response: ServerResponse, body: unknown, status = 200, headers = {}): void => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
};

const devices = Array.from({ length: 25 }, (_, index) => ({
  id: index + 1,
  name: `r${index + 1}`,
  platform: { slug: index % 2 === 0 ? 'cisco-ios' : 'junos', name: 'x' },
  primary_ip4: { address: `192.0.2.${index + 1}/24` },
  site: { slug: 'cairo', name: 'Cairo' },
  role: { slug: 'pe' },
  tags: [{ slug: 'bgp', name: 'BGP' }],
  status: { value: 'active' },
  custom_fields: { owner: 'noc', empty: null, nested: { a: 1 } },
}));

/** A NetBox with pages, that counts requests. */
function netbox(list: readonly unknown[], requests: URL[], nextHost = ''): Answer {
  return (request, response, url) => {
    requests.push(url);
    if (request.headers.authorization !== `Token ${token}`) return json(response, { detail: 'Invalid token' }, 403);
    const [offset, limit] = [Number(url.searchParams.get('offset') ?? 0), Number(url.searchParams.get('limit'))];
    const next = new URL(url);
    next.searchParams.set('offset', String(offset + limit));
    const host = nextHost === '' ? `http://${request.headers.host}` : nextHost;
    const hasMore = offset + limit < list.length;
    json(response, {
      count: list.length,
      next: hasMore ? `${host}${next.pathname}${next.search}` : null,
      results: list.slice(offset, offset + limit),
    });
  };
}

const slept: number[] = [];
const clock: Clock = { now: () => Date.now(), sleep: async (ms) => void slept.push(ms) };

const read = (url: string, more: Partial<NetboxOptions> = {}) =>
  importNetbox({
    url,
    token: new Secret(token),
    resolvePlatform: platforms.resolve,
    clock,
    random: () => 0.5,
    ...more,
  });

describe('importing from NetBox', () => {
  it('reads all pages and what a device has', async () => {
    const requests: URL[] = [];
    const url = await serve(netbox(devices, requests));
    const { inventory, credentials, warnings } = await read(`${url}/`, {
      pageSize: 10,
      credential: 'lab',
      filter: { site: 'cairo' },
    });
    expect(inventory.split('\n').slice(0, 5)).toEqual([
      '# Imported from NetBox.',
      'defaults: { credential: lab }',
      'devices:',
      '  r1: { address: 192.0.2.1, platform: cisco_ios, site: cairo, role: pe, tags: [bgp], variables: { owner: noc } }',
      '  r2: { address: 192.0.2.2, platform: juniper_junos, site: cairo, role: pe, tags: [bgp], variables: { owner: noc } }',
    ]);
    expect(inventory.match(/^ {2}r\d+:/gm)).toHaveLength(25);
    expect(requests.map((one) => one.search)).toEqual([
      '?limit=10&exclude=config_context&site=cairo&status=active',
      '?limit=10&exclude=config_context&site=cairo&status=active&offset=10',
      '?limit=10&exclude=config_context&site=cairo&status=active&offset=20',
    ]);
    expect(requests[0]?.pathname).toBe('/api/dcim/devices/');
    expect(credentials.size).toBe(0);
    expect(warnings).toEqual([]);
  });

  it('takes IPv6 where there is no IPv4, older field names and own platform names, and warns about the rest', async () => {
    const list = [
      {
        id: 1,
        name: 'v6',
        primary_ip6: { address: '2001:db8::1/64' },
        device_role: { slug: 'old' },
        platform: { slug: 'our-router' },
      },
      { id: 2, name: null, display: '', primary_ip4: { address: '192.0.2.2/24' } },
      { id: 3, name: 'no-address' },
      {
        id: 4,
        name: 'core switch',
        primary_ip: { address: '192.0.2.4/24' },
        platform: { slug: 'unheard' },
        tags: ['plain'],
      },
    ];
    const url = await serve(netbox(list, []));
    const { inventory, warnings } = await read(url, { platforms: { 'our-router': 'arista_eos' }, statuses: [] });
    expect(inventory).toBe(`# Imported from NetBox.
devices:
  v6: { address: "2001:db8::1", platform: arista_eos, role: old }
  # NetBox platform: unheard
  core-switch: { address: 192.0.2.4, platform: auto, tags: [plain] }
`);
    expect(warnings.map(({ file, message }) => `${file.replace(url, '')} ${message}`)).toEqual([
      '/dcim/devices/2/ the device has no name and is left out',
      '/dcim/devices/3/ device "no-address" has no primary address and is left out',
      '/dcim/devices/4/ device "core switch" is called "core-switch" here',
      '/dcim/devices/4/ the NetBox platform "unheard" corresponds to no platform here; it is left to be detected',
    ]);
  });

  it('asks again for a page that fails, after the time that it is told', async () => {
    slept.length = 0;
    const answer = netbox(devices, []);
    let failures = 0;
    const url = await serve((request, response, at) => {
      if (at.searchParams.get('offset') === '10' && failures < 3) {
        failures += 1;
        if (failures === 1) return json(response, {}, 503);
        if (failures === 2) return json(response, {}, 429, { 'retry-after': '7' });
        return void request.socket.destroy();
      }
      answer(request, response, at);
    });
    const { inventory } = await read(url, { pageSize: 10 });
    expect(inventory.match(/^ {2}r\d+:/gm)).toHaveLength(25);
    expect(slept).toEqual([500, 7000, 2000]);
  });

  it('gives up after some tries', async () => {
    let requests = 0;
    const url = await serve((_, response) => {
      requests += 1;
      json(response, {}, 500);
    });
    const error = await failure(read(url, { attempts: 3 }));
    expect(error).toMatchObject({
      code: 'NW_IMPORT_INVALID',
      retryable: true,
      message: expect.stringContaining('HTTP 500 (3 tries)'),
    });
    expect(requests).toBe(3);
  });

  it('says that the token was refused, without showing it, and does not try again', async () => {
    const requests: URL[] = [];
    const url = await serve(netbox(devices, requests));
    const error = await failure(read(url, { token: new Secret('wrong-token') }));
    expect(error.message).toContain('NetBox refused the token (HTTP 403)');
    expect(error.message).not.toContain('wrong-token');
    expect(requests).toHaveLength(1);
  });

  it('does not follow a "next" that leads back for ever', async () => {
    let requests = 0;
    const url = await serve((request, response, at) => {
      requests += 1;
      json(response, {
        next: `http://${request.headers.host}${at.pathname}?offset=${requests}`,
        results: devices.slice(0, 5),
      });
    });
    const error = await failure(read(url));
    expect(error.message).toContain('had nothing new');
    expect(requests).toBe(2);
  });

  it('takes the token to no other host', async () => {
    const requests: URL[] = [];
    const url = await serve(netbox(devices, requests, 'https://elsewhere.invalid'));
    const { inventory } = await read(url, { pageSize: 20 });
    expect(inventory.match(/^ {2}r\d+:/gm)).toHaveLength(25);
    expect(requests).toHaveLength(2);
  });

  it('sends tokens of the second kind as bearer', async () => {
    let authorization: string | undefined;
    const url = await serve((request, response) => {
      authorization = request.headers.authorization;
      json(response, { next: null, results: [] });
    });
    await read(url, { token: new Secret('nbt_abc.def') });
    expect(authorization).toBe('Bearer nbt_abc.def');
  });

  it.each([
    [
      'something else than JSON',
      (_: IncomingMessage, response: ServerResponse) => response.end('<html>login</html>'),
      /expected JSON, got "<html>login<\/html>"/,
    ],
    [
      'another JSON',
      (_: IncomingMessage, response: ServerResponse) => response.end('{"results":[1]}'),
      /expected a list with "results"/,
    ],
    [
      'no such page',
      (_: IncomingMessage, response: ServerResponse) => json(response, {}, 404),
      /expected HTTP 200, got 404/,
    ],
  ])('refuses %s', async (_, answer, message) => {
    const url = await serve(answer);
    expect(await failure(read(url))).toMatchObject({
      code: 'NW_IMPORT_INVALID',
      message: expect.stringMatching(message),
    });
  });

  it('says at once what no further try helps against: a certificate that nobody vouches for, TLS asked of plain HTTP', async () => {
    slept.length = 0;
    await using tls = await startServer((_, __, response) => response.end('{}'), {
      certificate: selfSignedCertificate(['127.0.0.1']),
    });
    const refused = await failure(read(`https://127.0.0.1:${tls.endpoint.port}`));
    expect(refused).toMatchObject({ code: 'NW_IMPORT_INVALID', retryable: false });
    expect(refused.message).toMatch(
      /^https:\/\/127\.0\.0\.1:\d+: its certificate is not trusted: self-signed certificate$/,
    );
    expect(refused.hint).toContain('NODE_EXTRA_CA_CERTS');
    expect(tls.requests).toEqual([]);
    await using plain = await startServer((_, __, response) => response.end('{}'), { isPlain: true });
    const spoken = await failure(read(`https://127.0.0.1:${plain.endpoint.port}`));
    expect(spoken.message).toMatch(/speaks no TLS that we do; is it http\?$/);
    expect(slept).toEqual([]);
  });

  it('leaves out custom fields that look like secrets', async () => {
    const fields = { owner: 'noc', enable_secret: 'hunter22', snmp_community: 'hunter22' };
    const url = await serve(
      netbox(
        devices.slice(0, 2).map((one) => ({ ...one, custom_fields: fields })),
        [],
      ),
    );
    const { inventory, warnings } = await read(url);
    expect(inventory).not.toContain('hunter22');
    expect(inventory).toContain('variables: { owner: noc }');
    expect(warnings.map(({ message }) => message)).toEqual([
      'custom field "enable_secret" looks like a secret and is left out',
      'custom field "snmp_community" looks like a secret and is left out',
    ]);
  });

  it.each(['netbox.example.net', 'ftp://x', 'https://user:hunter22@netbox'])('refuses the address %s', async (url) => {
    const error = await failure(read(url));
    expect(error.code).toBe('NW_IMPORT_INVALID');
    expect(error.message).not.toContain('hunter22');
  });

  it('keeps to its deadline and stops when told to', async () => {
    const url = await serve(() => {});
    const late = await failure(read(url, { timeoutMs: 100 }));
    expect(late.message).toContain('did not come within 100 ms');
    const abort = new AbortController();
    const reading = failure(read(url, { signal: abort.signal }));
    setTimeout(() => abort.abort(), 50);
    expect((await reading).code).toBe('NW_CANCELLED');
  });
});
