import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { Socket } from 'node:net';
import { encodeText, seededRandom } from '#core';
import type { DeviceTerminal, SimulatedDevice } from '../device.ts';
import { type ApiModel, LostRequest } from './api-model.ts';
import { eapiModel } from './eapi-model.ts';
import { nxapiModel } from './nxapi-model.ts';
import { type ServerCertificate, selfSignedCertificate } from './self-signed.ts';

const models: Readonly<Record<string, ApiModel>> = { arista_eos: eapiModel, cisco_nxos: nxapiModel };

/** The HTTP API of a system; undefined where it has none. */
export const apiModelOf = (platform: string): ApiModel | undefined => models[platform];

const mostRequestBytes = 1_000_000;
const slowPieceMs = 100;

/** One certificate for all devices of a process, another for those that show a changed one. */
const certificates = new Map<number, ServerCertificate>();
function certificate(nth: number): ServerCertificate {
  const made = certificates.get(nth) ?? selfSignedCertificate(['lab.example.net', '127.0.0.1']);
  certificates.set(nth, made);
  return made;
}

/** The HTTPS server of one device. It listens nowhere: connections are handed to it. */
export class ApiServer {
  readonly model: ApiModel;
  readonly #device: SimulatedDevice;
  readonly #servers = new Map<number, Server>();
  #connections = 0;

  constructor(device: SimulatedDevice, model: ApiModel) {
    this.#device = device;
    this.model = model;
  }

  accept(socket: Socket): void {
    const { fault } = this.#device.spec;
    this.#connections += 1;
    const nth = fault === 'changed-key' && this.#connections > 1 ? 1 : 0;
    // A connection is cut with the device, as its terminals are.
    const terminal: DeviceTerminal = { tell: () => {}, cut: () => socket.resetAndDestroy(), thaw: () => {} };
    this.#device.terminals.add(terminal);
    socket.once('close', () => this.#device.terminals.delete(terminal));
    this.#server(nth).emit('connection', socket);
  }

  #server(nth: number): Server {
    const known = this.#servers.get(nth);
    if (known) return known;
    const server = createServer(certificate(nth), (request, response) => {
      this.#take(request, response);
    });
    // Clients that go away in the middle of a handshake are their own affair.
    server.on('tlsClientError', () => {});
    server.on('clientError', (_, socket) => socket.destroy());
    this.#servers.set(nth, server);
    return server;
  }

  #take(request: IncomingMessage, response: ServerResponse): void {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > mostRequestBytes) request.destroy();
      else chunks.push(chunk);
    });
    request.on('end', () => this.#answer(request, Buffer.concat(chunks).toString(), response));
    request.on('error', () => response.destroy());
  }

  #answer(request: IncomingMessage, body: string, response: ServerResponse): void {
    const [user = '', password] = Buffer.from(request.headers.authorization?.replace(/^Basic /, '') ?? '', 'base64')
      .toString()
      .split(/:(.*)/s);
    if (!this.#device.admits(user, password)) {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="COMMAND_API_AUTH"' }).end('Unauthorized');
      return;
    }
    if (request.method !== 'POST' || request.url !== this.model.path) {
      response.writeHead(request.url === this.model.path ? 405 : 404).end('not here');
      return;
    }
    let content: unknown;
    try {
      content = JSON.parse(body);
    } catch {
      response.writeHead(400).end('Bad Request');
      return;
    }
    try {
      const { status, content: answer } = this.model.answer(this.#device, content);
      this.#send(response, status, encodeText(JSON.stringify(answer)));
    } catch (error) {
      if (!(error instanceof LostRequest)) throw error;
      if (error.how === 'cut') response.destroy();
    }
  }

  #send(response: ServerResponse, status: number, bytes: Buffer): void {
    // The network of the device is gone: what it says does not arrive.
    if (this.#device.isFrozen) return;
    const { fault, seed } = this.#device.spec;
    const left = this.#device.faults.onBytes(bytes.length);
    response.writeHead(status, { 'content-type': 'application/json', 'content-length': bytes.length });
    if (left !== undefined || fault === 'cut' || fault === 'truncated') {
      response.write(bytes.subarray(0, left ?? Math.floor(bytes.length / 2)), () => response.destroy());
    } else if (fault === 'garbage') {
      const random = seededRandom(seed);
      response.end(Buffer.from(bytes.map(() => Math.floor(random() * 256))));
    } else if (fault === 'slow') sendSlowly(response, bytes);
    else response.end(bytes);
  }
}

function sendSlowly(response: ServerResponse, bytes: Buffer): void {
  const piece = Math.ceil(bytes.length / 5);
  let at = 0;
  let timer: NodeJS.Timeout | undefined;
  const next = (): void => {
    const end = at + piece;
    if (end >= bytes.length) response.end(bytes.subarray(at));
    else {
      response.write(bytes.subarray(at, end));
      timer = setTimeout(next, slowPieceMs);
    }
    at = end;
  };
  response.once('close', () => clearTimeout(timer));
  next();
}
