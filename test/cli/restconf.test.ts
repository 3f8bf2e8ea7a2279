import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Handler, startServer, type TestServer } from '../transport/http/https-server.ts';
import { type LabWorkspace, labWorkspace } from './lab-workspace.ts';

const interfaces = {
  'ietf-interfaces:interface': [{ name: 'e0', enabled: true, 'auth-key': { 'key-string': 'sw0rdfish' } }],
};

describe('restconf', () => {
  let net: LabWorkspace;
  let server: TestServer;
  let name: string;
  let answer: Handler;
  beforeAll(async () => {
    net = await labWorkspace({ devices: 1, platforms: ['cisco_xe'], telnetShare: 0 });
    name = net.lab.devices[0]!.name;
    server = await startServer((request, body, response) => answer(request, body, response));
    const api = { protocol: 'restconf', port: server.endpoint.port };
    await net.inventory({ [name]: { address: '127.0.0.1', api } });
  });
  afterAll(async () => {
    await net[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  });

  it('prints the data at a path, secrets taken out', async () => {
    answer = (request, _, response) => {
      if (request.url === '/.well-known/host-meta') response.writeHead(404).end();
      else response.end(JSON.stringify(interfaces));
    };
    const asked = ['restconf', name, 'ietf-interfaces:interfaces/interface=e0', '--content', 'config', '--depth', '2'];
    const { code, stdout } = await net.call(asked);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      'ietf-interfaces:interface': [{ name: 'e0', enabled: true, 'auth-key': { 'key-string': '[redacted]' } }],
    });
    expect(server.requests.at(-1)).toMatchObject({
      method: 'GET',
      path: '/restconf/data/ietf-interfaces:interfaces/interface=e0?content=config&depth=2',
    });
    const json = JSON.parse((await net.call([...asked, '--json'])).stdout) as { device: string; data: object };
    expect(json).toMatchObject({ device: name, path: 'ietf-interfaces:interfaces/interface=e0' });
    expect(JSON.stringify(json)).not.toContain('sw0rdfish');
  });

  it('says where there is nothing, what the device refuses, and what is no depth', async () => {
    answer = (request, _, response) => {
      const error = { 'error-type': 'application', 'error-tag': 'access-denied', 'error-message': 'not you' };
      if (request.url?.includes('nothing')) response.writeHead(404).end();
      else response.writeHead(403).end(JSON.stringify({ 'ietf-restconf:errors': { error: [error] } }));
    };
    const nothing = await net.call(['restconf', name, 'x:nothing']);
    expect(nothing.code).not.toBe(0);
    expect(nothing.stderr).toContain(`${name}: there is no data at x:nothing`);
    const denied = await net.call(['restconf', name, 'x:secret']);
    expect(denied.code).not.toBe(0);
    expect(denied.stderr).toContain('not you');
    expect((await net.call(['restconf', name, 'x:a', '--depth', '0'])).code).toBe(2);
  });
});
