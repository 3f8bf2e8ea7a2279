import { createServer, type Server, type Socket } from 'node:net';
import { NetwrightError } from '#core';

const loopback = '127.0.0.1';
/** Between two attempts to have the port of a device back, which somebody may hold for a moment. */
const retryMs = 20;

/** The port of one device: it keeps its number while the device cannot be reached. */
export class Listener {
  readonly #name: string;
  readonly #accept: (socket: Socket) => void;
  readonly #servers = new Set<Server>();
  #open: Server | undefined;
  #port = 0;
  #isWanted = false;
  #retry: NodeJS.Timeout | undefined;

  constructor(name: string, accept: (socket: Socket) => void) {
    this.#name = name;
    this.#accept = accept;
  }

  /** Listens on a port of `nextPort`, the first that is free; 0 stands for any. */
  async start(nextPort: () => number): Promise<number> {
    for (;;) {
      const port = nextPort();
      try {
        this.#port = await this.#listen(port);
        this.#isWanted = true;
        return this.#port;
      } catch (error) {
        if (port === 0 || (error as NodeJS.ErrnoException).code !== 'EADDRINUSE') {
          throw new NetwrightError('NW_LAB_FAILED', `${this.#name} cannot listen: ${(error as Error).message}`, {
            cause: error,
          });
        }
      }
    }
  }

  /** Refuses connections, or accepts them again on the same port; what is connected stays so. */
  serve(isWanted: boolean): void {
    if (isWanted === this.#isWanted) return;
    this.#isWanted = isWanted;
    if (isWanted) this.#reopen();
    else {
      clearTimeout(this.#retry);
      this.#open?.close();
      this.#open = undefined;
    }
  }

  async stop(): Promise<void> {
    this.#isWanted = false;
    clearTimeout(this.#retry);
    this.#open?.close();
    this.#open = undefined;
    await Promise.all(
      [...this.#servers].map((server) => new Promise<void>((closed) => server.once('close', () => closed()))),
    );
  }

  #reopen(): void {
    this.#listen(this.#port).then(
      () => {
        if (!this.#isWanted) {
          this.#open?.close();
          this.#open = undefined;
        }
      },
      () => {
        if (!this.#isWanted) return;
        this.#retry = setTimeout(() => {
          if (this.#isWanted && this.#open === undefined) this.#reopen();
        }, retryMs);
      },
    );
  }

  // A burst of a thousand clients may arrive at one bastion.
  #listen(port: number): Promise<number> {
    const server = createServer({ noDelay: true }, this.#accept);
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host: loopback, port, backlog: 1024 }, () => {
        server.removeListener('error', reject);
        // A listening socket fails only where one cannot accept; the client sees that by itself.
        server.on('error', () => {});
        const address = server.address();
        if (address === null || typeof address === 'string') {
          reject(new NetwrightError('NW_LAB_FAILED', `${this.#name}: no TCP port`));
          return;
        }
        this.#servers.add(server);
        server.once('close', () => this.#servers.delete(server));
        this.#open = server;
        resolve(address.port);
      });
    });
  }
}
